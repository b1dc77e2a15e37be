#include "verify/web/web.h"

#include <algorithm>

#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "ledger/core/text.h"
#include "ledger/format/link.h"
#include "ledger/format/witness_request.h"
#include "ledger/log/cosigned.h"
#include "ledger/records/records.h"
#include "verify/web/assets.h"
#include "verify/web/headers.h"
#include "verify/web/metadata.h"
#include "verify/web/pages.h"
#include "verify/web/reference.h"

namespace refledger::web {
namespace {

std::string text_of_json(const Json& json) {
  Result<std::string> text = to_canonical_json(json);
  return text ? *std::move(text) : "{}";
}

http::Response json_of(unsigned status, const Json& json) {
  return json_response(status, text_of_json(json));
}

// The one answer for a record that is unknown, erased or asked for by a malformed ID.
http::Response no_record() { return json_of(404, {{"error", "not_found"}, {"v", 1}}); }

http::Response failed(const Error& error) {
  if (error.fault == Fault::not_found || error.fault == Fault::out_of_range ||
      error.fault == Fault::malformed) {
    return json_of(404, {{"error", "not_found"}, {"v", 1}});
  }
  http::Response response = json_of(503, {{"error", "cannot_check_now"}, {"v", 1}});
  response.set("Retry-After", "5");
  return response;
}

bool wants_json(const http::Request& request) {
  const std::string_view accept = request.header("accept");
  const std::size_t json = accept.find("application/json");
  return json != std::string_view::npos && json < accept.find("text/html");
}

Language language_of(const http::Request& request) {
  return pick_language(http::form_value(request.query, "lang").value_or(""),
                       request.header("accept-language"));
}

http::Response page_of(unsigned status, std::string html) {
  http::Response response = html_response(status, std::move(html));
  response.set("Vary", "Accept, Accept-Language");
  return response;
}

unsigned status_of(ReferencePage::State state) {
  switch (state) {
    case ReferencePage::State::issued:
    case ReferencePage::State::withdrawn:
      return 200;
    case ReferencePage::State::unknown:
      return 404;
    case ReferencePage::State::malformed:
      return 400;
    case ReferencePage::State::cannot_check:
      return 503;
  }
  std::abort();
}

}  // namespace

struct PublicEndpoint::State {
  Settings settings;
  const store::Reader& ledger;
  const store::Reader& records;
  const Clock& clock;
  Pages pages;
  std::shared_ptr<log::ViewCache> views = std::make_shared<log::ViewCache>();

  State(Settings given, const store::Reader& ledger_store, const store::Reader& record_store,
        const Clock& the_clock)
      : settings{std::move(given)},
        ledger{ledger_store},
        records{record_store},
        clock{the_clock},
        pages{settings.public_url, settings.log_vkey} {}

  http::Response answer(const http::Request& request, const Route& route) const {
    switch (route.page) {
      case Page::entrance:
        return page_of(200, pages.entrance(language_of(request)));
      case Page::reference:
        return wants_json(request) ? reference_json(route.rest)
                                   : reference_page(request, route.rest);
      case Page::record:
        return record(route.rest);
      case Page::verifier:
        return verifier();
      case Page::asset:
        return asset(route.rest);
      case Page::burnt:
        return html_response(410, pages.burnt());
      case Page::none:
        return missing(request);
      case Page::well_known:
        return well_known();
      case Page::type_metadata:
        return stored(json_of(200, type_metadata(settings.public_url + "/" + kTypePath)), 3600);
      case Page::proof:
        return from_log([&](const log::View& view) { return proof(view, route.rest); });
      case Page::receipt:
        return receipt(route.rest, false);
      case Page::withdrawal:
        return receipt(route.rest, true);
      case Page::document:
        return from_log([&](const log::View& view) { return document(view, route.rest); });
      case Page::checkpoint:
        return from_log([&](const log::View& view) { return checkpoint(view); });
      case Page::closing:
        return from_log(
            [&](const log::View& view) { return end_of(view.closings(), "application/json"); });
      case Page::predecessor:
        return from_log([&](const log::View& view) {
          return end_of(view.predecessor(), "text/plain; charset=utf-8");
        });
      case Page::tile:
        return from_log([&](const log::View& view) { return tile(view, route.rest); });
      case Page::log_proof:
        return from_log([&](const log::View& view) { return log_proof(view, route.rest); });
      case Page::consistency:
        return from_log([&](const log::View& view) { return consistency(view, route.rest); });
      case Page::status:
        return from_log([&](const log::View& view) { return status_list(view, route.rest); });
      case Page::keys:
        return from_log([&](const log::View& view) { return metadata(all_keys(view)); });
      case Page::issuer_metadata:
        return from_log([&](const log::View& view) {
          return metadata(issuer_metadata(view, settings.public_url + route.rest));
        });
    }
    std::abort();
  }

 private:
  static constexpr std::chrono::seconds kSilence{60};
  static constexpr const char* kTypePath = "vct/employment-reference/1";

  // ---- answers that are read from the log as of one checkpoint ----------------------------------
  template <class Answer>
  http::Response from_log(const Answer& answer_from) const {
    const Result<log::View> view = log::View::open(ledger, views);
    return view ? answer_from(*view) : failed(view.error());
  }

  static http::Response stored(http::Response response, unsigned seconds) {
    store_for(response, seconds);
    return response;
  }

  // The newest one that the witnesses have cosigned, unless they have been silent for a while: a
  // reader who asks for a quorum cannot use another, and others must not wait for them.
  http::Response checkpoint(const log::View& view) const {
    const Result<log::View> cosigned = log::best_witnessed(ledger, view, {0});
    if (!cosigned) return failed(cosigned.error());
    const bool fresh = is_fresh(*cosigned);
    const std::string& note = (fresh ? *cosigned : view).signed_checkpoint();
    return stored({200, "text/plain; charset=utf-8", note}, 2);
  }

  // Whether the log has not moved on from it, or a witness cosigned it within the last minute.
  bool is_fresh(const log::View& cosigned) const {
    const Result<log::View> newest = log::View::open(ledger);
    if (newest && newest->checkpoint().size == cosigned.checkpoint().size) return true;
    const Result<format::Note> note = format::parse_note(cosigned.signed_checkpoint());
    if (!note) return false;
    const auto now =
        std::chrono::duration_cast<std::chrono::seconds>(clock.now().time_since_epoch());
    return std::ranges::any_of(note->signatures, [&](const format::NoteSignature& signature) {
      const std::optional<std::uint64_t> time = format::cosignature_time(signature);
      return time && static_cast<std::int64_t>(*time) + kSilence.count() >= now.count();
    });
  }

  // Most logs have not ended: then there is nothing.
  static http::Response end_of(const Result<std::optional<std::string>>& said, const char* type) {
    if (!said) return failed(said.error());
    if (!*said) return failed({Fault::not_found, "the log was not closed"});
    return stored({200, type, **said}, 60);
  }

  // Of the entry with that leaf hash, by the newest checkpoint that shows it.
  http::Response log_proof(const log::View& view, const std::string& hex) const {
    const Result<Bytes> bytes = from_hex(hex, "leaf");
    const std::optional<TreeHash> leaf = bytes ? TreeHash::from(*bytes) : std::nullopt;
    if (!leaf) return failed({Fault::malformed, "leaf"});
    const Result<LeafIndex> at = view.find_leaf(*leaf);
    if (!at) return failed(at.error());
    return proof_of_entry(view, *at);
  }

  http::Response proof_of_entry(const log::View& view, LeafIndex at) const {
    const Result<log::View> shown = log::best_witnessed(ledger, view, {at.position + 1});
    if (!shown) return failed(shown.error());
    const Result<format::Receipt> receipt = shown->receipt(at);
    if (!receipt) return failed(receipt.error());
    return stored({200, "text/plain; charset=utf-8", format::format_receipt(*receipt)}, 2);
  }

  // In the form that a witness takes (c2sp.org/tlog-witness).
  static http::Response consistency(const log::View& view, const std::string& number) {
    const Result<std::uint64_t> from = from_decimal(number, "size");
    if (!from) return failed(from.error());
    const Result<std::vector<TreeHash>> proof = view.consistency({*from});
    if (!proof) return failed(proof.error());
    return stored({200, "text/plain; charset=utf-8",
                   format::format_witness_request({{*from}, *proof, view.signed_checkpoint()})},
                  2);
  }

  static http::Response metadata(const Result<Json>& json) {
    return json ? stored(json_of(200, *json), 300) : failed(json.error());
  }

  http::Response tile(const log::View& view, const std::string& path) const {
    const Result<format::TilePath> parsed = format::parse_tile_path(path);
    if (!parsed) return failed(parsed.error());
    const Result<Bytes> bytes = view.tile(*parsed);
    if (!bytes) return failed(bytes.error());
    http::Response response{200, "application/octet-stream", std::string(text_of(*bytes))};
    store_for_ever(response);  // a tile of a given width never changes, nor does a partial one
    return response;
  }

  http::Response status_list(const log::View& view, const std::string& number) const {
    const bool plain = !number.empty() && number.size() <= 9 &&
                       (number == "0" || number[0] != '0') &&
                       number.find_first_not_of("0123456789") == std::string::npos;
    if (!plain) return failed({Fault::not_found, "list"});
    Result<std::string> token = view.status_token(std::stoul(number));
    if (!token) return failed(token.error());
    return stored({200, "application/statuslist+jwt", *std::move(token)}, 60);
  }

  // ---- one reference ----------------------------------------------------------------------------
  http::Response reference_json(const std::string& id_text) const {
    const Result<ReferenceId> id = format::parse_id(id_text);
    if (!id) return json_of(400, {{"error", "malformed"}, {"v", 1}});
    const Result<log::View> view = log::View::open(ledger, views);
    if (!view && view.error().fault != Fault::not_found) return failed(view.error());
    if (!view) return unknown_json(id_text, 0);
    const std::uint64_t size = view->checkpoint().size.leaves;
    const Result<Reference> reference = find_reference(ledger, *view, hash_reference(*id));
    if (!reference && reference.error().fault == Fault::not_found)
      return unknown_json(id_text, size);
    if (!reference) return failed(reference.error());
    Json json = to_json(*reference, *view);
    json["id"] = id_text;
    return json_of(200, dated(std::move(json), size));
  }

  http::Response unknown_json(const std::string& id, std::uint64_t size) const {
    return json_of(404, dated({{"id", id}, {"status", "unknown"}}, size));
  }

  Json dated(Json json, std::uint64_t size) const {
    json["v"] = 1;
    json["size"] = size;
    json["as_of"] = format_time(clock.now());
    return json;
  }

  http::Response reference_page(const http::Request& request, const std::string& id) const {
    const ReferencePage page = look_up(id);
    return page_of(status_of(page.state), pages.reference(language_of(request), page));
  }

  ReferencePage look_up(const std::string& id_text) const {
    using enum ReferencePage::State;
    const Result<ReferenceId> id = format::parse_id(id_text);
    if (!id) return {malformed, "", "", ""};
    const Result<log::View> view = log::View::open(ledger, views);
    const Result<Reference> found =
        view ? find_reference(ledger, *view, hash_reference(*id)) : Result<Reference>{view.error()};
    if (!found && found.error().fault == Fault::not_found) return {unknown, id_text, "", ""};
    if (!found) return {cannot_check, id_text, "", ""};
    return {found->withdrawn ? withdrawn : issued, id_text, found->iss, found->issuer_name};
  }

  http::Response record(const std::string& id_text) const {
    // A malformed ID walks the same way as an unknown one, so that neither body nor time differs.
    const Result<ReferenceId> id = format::parse_id(id_text);
    const ReferenceHash ref = hash_reference(id ? *id : ReferenceId{});
    const Result<records::StoredRecord> found = records::read_record(records, settings.shares, ref);
    if (!found && found.error().fault != Fault::not_found) return failed(found.error());
    if (!found || !id) return no_record();
    return json_of(200, {{"sealed", to_base64url(found->sealed)},
                         {"share", to_base64url(found->share.view())},
                         {"v", 1}});
  }

  http::Response proof(const log::View& view, const std::string& id_text) const {
    const Result<ReferenceId> id = format::parse_id(id_text);
    if (!id) return failed(id.error());
    const Result<Reference> found = find_reference(ledger, view, hash_reference(*id));
    if (!found) return failed(found.error());
    http::Response response = json_response(200, format::format_proof_file(proof_of(*id, *found)));
    response.set("Content-Disposition", "attachment; filename=\"" + id_text + ".refproof\"");
    return response;
  }

  // The tlog-proof of a reference's entry, or of its withdrawal.
  http::Response receipt(const std::string& id_text, bool of_withdrawal) const {
    const Result<ReferenceId> id = format::parse_id(id_text);
    if (!id) return failed(id.error());
    return from_log([&](const log::View& view) {
      const Result<log::View::Reference> at = view.find(hash_reference(*id));
      if (!at) return failed(at.error());
      if (of_withdrawal && !at->withdrawn) return failed({Fault::not_found, "withdrawal"});
      http::Response response = proof_of_entry(view, of_withdrawal ? *at->withdrawn : at->issued);
      never_store(response);
      return response;
    });
  }

  http::Response document(const log::View& view, const std::string& hex) const {
    const Result<Bytes> bytes = from_hex(hex, "document");
    const std::optional<DocumentHash> doc = bytes ? DocumentHash::from(*bytes) : std::nullopt;
    if (!doc) return json_of(400, {{"error", "malformed"}, {"v", 1}});
    const Result<std::vector<Reference>> found = find_by_document(ledger, view, *doc);
    if (!found) return failed(found.error());
    Json entries = Json::array();
    for (const Reference& reference : *found) entries.push_back(to_json(reference, view));
    return json_of(
        200, dated({{"doc", hex}, {"entries", std::move(entries)}}, view.checkpoint().size.leaves));
  }

  // ---- the same for everyone --------------------------------------------------------------------
  // What `read` finds in the log; nothing while the log is empty.
  template <class Item>
  Result<std::vector<Item>> listed(Result<std::vector<Item>> (&read)(const log::View&)) const {
    const Result<log::View> view = log::View::open(ledger, views);
    if (view) return read(*view);
    if (view.error().fault != Fault::not_found) return view.error();
    return std::vector<Item>{};
  }

  // The members of the TXT record at _refledger.DOMAIN, and what a program needs besides.
  http::Response well_known() const {
    const Result<std::vector<std::string>> kids = listed(current_kids);
    if (!kids) return failed(kids.error());
    return stored(json_of(200, {{"kid", *kids},
                                {"log", key_hash()},
                                {"origin", settings.origin},
                                {"url", settings.public_url},
                                {"v", "refledger1"},
                                {"vkey", settings.log_vkey}}),
                  300);
  }

  // Of ORIGIN+HASH+KEY the middle: the note key's id in hex.
  std::string key_hash() const {
    const std::size_t plus = settings.log_vkey.find('+');
    return plus == std::string::npos ? std::string{} : settings.log_vkey.substr(plus + 1, 8);
  }

  http::Response verifier() const {
    const Result<std::vector<format::Trust::Issuer>> issuers = listed(known_issuers);
    if (!issuers) return failed(issuers.error());
    Pages::Offline made = pages.verifier(*issuers);
    http::Response response = html_response(200, std::move(made.html));
    response.set("Content-Security-Policy", made.policy);
    return response;
  }

  http::Response asset(const std::string& path) const {
    const std::string folder = pages.version() + "/";
    const std::string name = path.starts_with(folder) ? path.substr(folder.size()) : "";
    const std::string_view type = asset_type(name);
    const std::string_view content = find_asset(name);
    if (content.empty() || type.empty()) return failed({Fault::not_found, "asset"});
    http::Response response{200, type, std::string(content)};
    store_for_ever(response);
    return response;
  }

  http::Response missing(const http::Request& request) const {
    if (wants_json(request)) return failed({Fault::not_found, "path"});
    return page_of(404, pages.not_found(language_of(request)));
  }
};

PublicEndpoint::PublicEndpoint(Settings settings, const store::Reader& ledger,
                               const store::Reader& records, const Clock& clock)
    : state_{std::make_unique<State>(std::move(settings), ledger, records, clock)} {}

PublicEndpoint::~PublicEndpoint() = default;

http::Response PublicEndpoint::answer(const http::Request& request) const {
  const Route route = route_of(request.path, request.query);
  const bool reads = request.method == "GET" || request.method == "HEAD";
  http::Response response = reads ? state_->answer(request, route)
                                  : json_of(405, {{"error", "method_not_allowed"}, {"v", 1}});
  if (!reads) response.set("Allow", "GET, HEAD");
  add_common_headers(response, route.page, state_->settings.public_url);
  return response;
}

}  // namespace refledger::web
