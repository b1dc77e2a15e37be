#include "verify/web/reference.h"

#include <algorithm>

#include "ledger/core/hash.h"
#include "ledger/log/cosigned.h"

namespace refledger::web {
namespace {

constexpr std::uint64_t kStatusList = 0;  // one list serves the whole installation

// The key entries of the issuer, with what they say about its name.
Result<void> load_keys(const log::View& view, Reference& reference) {
  Result<std::vector<LeafIndex>> positions =
      view.key_entries(reference.iss, view.checkpoint().size);
  if (!positions) return positions.error();
  for (const LeafIndex at : *positions) {
    Result<format::LoggedEntry> logged = view.logged(at);
    if (!logged) return logged.error();
    const Result<format::Entry> entry = format::parse_entry(logged->entry);
    if (!entry) return Error{Fault::storage, "key entry in the log: " + entry.error().detail};
    const auto* added = std::get_if<format::KeyAdded>(&entry->act);
    if (added != nullptr && added->use == format::KeyUse::issuer) {
      reference.issuer_name = added->name;
    }
    if (at < reference.issued_at) ++reference.keys_before;
    reference.keys.push_back(*std::move(logged));
  }
  return {};
}

Result<void> load_status(const log::View& view, Reference& reference) {
  Result<std::string> token = view.status_token(kStatusList);
  if (token) {
    reference.status_token = *std::move(token);
  } else if (token.error().fault != Fault::not_found) {
    return token.error();
  }
  return {};
}

Result<Reference> load(const log::View& view, const log::View::Reference& at) {
  Reference reference;
  reference.issued_at = at.issued;
  Result<format::LoggedEntry> issued = view.logged(at.issued);
  if (!issued) return issued.error();
  reference.issued = *std::move(issued);
  if (at.withdrawn) {
    Result<format::LoggedEntry> withdrawn = view.logged(*at.withdrawn);
    if (!withdrawn) return withdrawn.error();
    reference.withdrawn = *std::move(withdrawn);
  }
  const Result<format::Entry> entry = format::parse_entry(reference.issued.entry);
  if (!entry) return Error{Fault::storage, "entry in the log: " + entry.error().detail};
  Result<std::string> iss = view.issuer_of(entry->kid);
  if (!iss) return Error{Fault::storage, "the entry's key is nobody's"};
  reference.iss = *std::move(iss);
  if (Result<void> done = load_keys(view, reference); !done) return done.error();
  if (Result<void> done = load_status(view, reference); !done) return done.error();
  return reference;
}

Json to_json(const format::LoggedEntry& logged) {
  return Json{{"entry", logged.entry}, {"receipt", logged.receipt}};
}

}  // namespace

Result<Reference> find_reference(const store::Reader& ledger, const log::View& newest,
                                 const ReferenceHash& ref) {
  const Result<log::View::Reference> at = newest.find(ref);
  if (!at) return at.error();
  const LeafIndex last = std::max(at->issued, at->withdrawn.value_or(at->issued));
  const Result<log::View> witnessed = log::best_witnessed(ledger, newest, {last.position + 1});
  if (!witnessed) return witnessed.error();
  Result<Reference> reference = load(*witnessed, *at);
  if (!reference || witnessed->checkpoint().size == newest.checkpoint().size) return reference;
  // A key that was retired since must not be kept from the reader.
  const auto keys = newest.key_entries(reference->iss, newest.checkpoint().size);
  if (!keys) return keys.error();
  return keys->size() == reference->keys.size() ? reference : load(newest, *at);
}

Result<std::vector<Reference>> find_by_document(const store::Reader& ledger, const log::View& view,
                                                const DocumentHash& doc) {
  const Result<std::vector<LeafIndex>> positions = view.find_document(doc);
  if (!positions) return positions.error();
  std::vector<Reference> found;
  for (const LeafIndex at : *positions) {
    const Result<std::string> jws = view.entry(at);
    if (!jws) return jws.error();
    const Result<format::Entry> entry = format::parse_entry(*jws);
    if (!entry) return Error{Fault::storage, "entry in the log: " + entry.error().detail};
    const auto* issued = std::get_if<format::Issued>(&entry->act);
    if (issued == nullptr) return Error{Fault::storage, "document index: not an issued entry"};
    Result<Reference> reference = find_reference(ledger, view, issued->ref);
    if (!reference) return reference.error();
    found.push_back(*std::move(reference));
  }
  return found;
}

Json to_json(const Reference& reference, const log::View& view) {
  Json json = to_json(reference.issued);
  json["status"] = reference.withdrawn ? "withdrawn" : "issued";
  json["withdrawn"] = reference.withdrawn ? to_json(*reference.withdrawn) : Json(nullptr);
  json["iss"] = reference.iss;
  json["issuer_name"] = reference.issuer_name;
  json["keys"] = Json::array();
  for (const format::LoggedEntry& key : reference.keys) json["keys"].push_back(to_json(key));
  json["status_token"] = reference.status_token;
  json["checkpoint"] = view.signed_checkpoint();
  return json;
}

format::ProofFile proof_of(const ReferenceId& id, const Reference& reference) {
  const auto first = reference.keys.begin();
  const auto last = first + static_cast<std::ptrdiff_t>(reference.keys_before);
  return {id, reference.issued, {first, last}, reference.status_token};
}

}  // namespace refledger::web
