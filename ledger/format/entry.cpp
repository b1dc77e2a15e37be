#include "ledger/format/entry.h"

#include <algorithm>
#include <cstdlib>

#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "ledger/core/json.h"
#include "ledger/core/jws.h"
#include "ledger/core/text.h"
#include "ledger/format/link.h"
#include "ledger/format/note.h"

namespace refledger::format {
namespace {

constexpr std::uint64_t kMaxNumber = (std::uint64_t{1} << 53) - 1;
constexpr std::size_t kMaxIss = 512;
constexpr std::size_t kMaxName = 256;

Error bad(std::string_view member) { return {Fault::malformed, "entry: " + std::string(member)}; }

// ---- an act as JSON, without v and log, which every payload has ---------------------------------

template <class Fixed>
Json text_or_null(const std::optional<Fixed>& value) {
  return value ? Json(to_base64url(value->view())) : Json(nullptr);
}

const char* name_of(KeyUse use) { return use == KeyUse::issuer ? "issuer" : "status"; }

Json members(const Issued& act) {
  Json out{{"act", "issued"},
           {"cred", to_base64url(act.cred.view())},
           {"ref", to_base64url(act.ref.view())}};
  if (act.doc) out["doc"] = to_base64url(act.doc->view());
  return out;
}

Json members(const Withdrawn& act) {
  return {{"act", "withdrawn"},
          {"idx", act.idx},
          {"list", act.list},
          {"ref", to_base64url(act.ref.view())}};
}

Json members(const KeyAdded& act) {
  Json out{{"act", "key-added"},
           {"iss", act.iss},
           {"key", to_base64url(act.key.view())},
           {"name", act.name},
           {"prev", text_or_null(act.prev)},
           {"recovery", text_or_null(act.recovery)},
           {"use", name_of(act.use)}};
  if (act.pop) out["pop"] = to_base64url(act.pop->view());
  return out;
}

Json members(const KeyRetired& act) {
  return {{"act", "key-retired"},
          {"bad_from", act.bad_from ? Json(*act.bad_from) : Json(nullptr)},
          {"iss", act.iss},
          {"kid", act.kid},
          {"prev", to_base64url(act.prev.view())}};
}

Json payload_of(const Act& act, std::string_view origin) {
  Json out = std::visit([](const auto& held) { return members(held); }, act);
  out["log"] = origin;
  out["v"] = 1;
  return out;
}

std::string canonical(const Json& payload) {
  Result<std::string> text = to_canonical_json(payload);
  if (!text) std::abort();  // check_act has been passed
  return *std::move(text);
}

// ---- what the members may hold ------------------------------------------------------------------

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

bool is_segment(std::string_view segment) {
  return !segment.empty() && segment != "." && segment != ".." &&
         std::all_of(segment.begin(), segment.end(), is_unreserved);
}

// Empty, or segments that each begin with a slash.
bool is_path(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    if (!is_segment(path.substr(0, end))) return false;
    path.remove_prefix(end);
  }
  return true;
}

// In one form only, so that issuers that read alike are one: issuers are compared as text.
bool is_iss(std::string_view iss) {
  const std::size_t scheme = iss.find("://");
  if (iss.size() > kMaxIss || scheme == std::string_view::npos) return false;
  const std::size_t path = std::min(iss.find('/', scheme + 3), iss.size());
  const Result<std::string> base = parse_base(iss.substr(0, path));
  return base && *base == iss.substr(0, path) && is_path(iss.substr(path));
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxName && is_one_line(name);
}

bool is_thumbprint(std::string_view kid) {
  return from_base64url_as<EntryHash>(kid, "kid").has_value();
}

Result<void> check(const Issued&) { return {}; }

Result<void> check(const Withdrawn& act) {
  if (act.idx > kMaxNumber) return bad("idx");
  if (act.list > kMaxNumber) return bad("list");
  return {};
}

Result<void> check(const KeyAdded& act) {
  if (!is_iss(act.iss)) return bad("iss");
  if (!is_name(act.name)) return bad("name");
  return {};
}

Result<void> check(const KeyRetired& act) {
  if (!is_iss(act.iss)) return bad("iss");
  if (!is_thumbprint(act.kid)) return bad("kid");
  if (act.bad_from && *act.bad_from > kMaxNumber) return bad("bad_from");
  return {};
}

// ---- an act from JSON ---------------------------------------------------------------------------

// Takes the members of one payload out by name and remembers the first that is not what it should
// be, so that the acts below read as lists.
class Members {
 public:
  explicit Members(const Json& payload) : payload_(payload) {}

  std::string text(const char* name) {
    Result<std::string> value = string_member(payload_, name);
    if (!value) return fail(name), std::string();
    return *std::move(value);
  }

  std::uint64_t number(const char* name) {
    const Result<std::uint64_t> value = number_member(payload_, name);
    if (!value) return fail(name), 0;
    return *value;
  }

  template <class Fixed>
  Fixed fixed(const char* name) {
    const Result<Fixed> value = from_base64url_as<Fixed>(text(name), name);
    if (!value) return fail(name), Fixed{};
    return *value;
  }

  template <class Fixed>
  std::optional<Fixed> fixed_or_null(const char* name) {
    if (is_null(name)) return std::nullopt;
    return fixed<Fixed>(name);
  }

  std::optional<std::uint64_t> number_or_null(const char* name) {
    if (is_null(name)) return std::nullopt;
    return number(name);
  }

  bool has(const char* name) const { return payload_.contains(name); }
  void fail(const char* name) {
    if (failed_ == nullptr) failed_ = name;
  }
  const char* failed() const { return failed_; }

 private:
  bool is_null(const char* name) const {
    const auto found = payload_.find(name);
    return found != payload_.end() && found->is_null();
  }

  const Json& payload_;
  const char* failed_ = nullptr;
};

Issued issued_from(Members& members) {
  Issued act;
  act.cred = members.fixed<CredentialHash>("cred");
  if (members.has("doc")) act.doc = members.fixed<DocumentHash>("doc");
  act.ref = members.fixed<ReferenceHash>("ref");
  return act;
}

Withdrawn withdrawn_from(Members& members) {
  return {members.number("idx"), members.number("list"), members.fixed<ReferenceHash>("ref")};
}

KeyUse use_from(Members& members) {
  const std::string use = members.text("use");
  if (use != "issuer" && use != "status") members.fail("use");
  return use == "status" ? KeyUse::status : KeyUse::issuer;
}

KeyAdded key_added_from(Members& members) {
  KeyAdded act;
  act.iss = members.text("iss");
  act.key = members.fixed<PublicKey>("key");
  act.name = members.text("name");
  act.pop = members.fixed<Signature>("pop");
  act.prev = members.fixed_or_null<EntryHash>("prev");
  act.recovery = members.fixed_or_null<PublicKey>("recovery");
  act.use = use_from(members);
  return act;
}

KeyRetired key_retired_from(Members& members) {
  KeyRetired act;
  act.bad_from = members.number_or_null("bad_from");
  act.iss = members.text("iss");
  act.kid = members.text("kid");
  act.prev = members.fixed<EntryHash>("prev");
  return act;
}

Act act_from(Members& members) {
  const std::string act = members.text("act");
  if (act == "issued") return issued_from(members);
  if (act == "withdrawn") return withdrawn_from(members);
  if (act == "key-added") return key_added_from(members);
  if (act == "key-retired") return key_retired_from(members);
  members.fail("act");
  return Issued{};
}

Result<Act> parse_payload(std::string_view payload) {
  const Result<Json> json = from_canonical_json(payload, "entry payload");
  if (!json) return json.error();
  Members members(*json);
  Act act = act_from(members);
  const std::string origin = members.text("log");
  if (members.failed() != nullptr) return bad(members.failed());
  if (const Result<void> checked = check_act(act, origin); !checked) return checked.error();
  // One comparison covers what is left: another version, a member too many.
  if (canonical(payload_of(act, origin)) != payload) return bad("version, or an unknown member");
  return act;
}

std::string origin_of(std::string_view payload) {
  return *string_member(*from_canonical_json(payload, "entry payload"), "log");
}

// ---- the short way ------------------------------------------------------------------------------

// An `issued` entry has one form, and a log consists of them; so it is taken apart by what stands
// where.  Whatever is not exactly that goes the long way, which also names what is wrong.
class Form {
 public:
  explicit Form(std::string_view rest) : rest_(rest) {}

  void text(std::string_view expected) {
    if (fits_ && rest_.starts_with(expected)) {
      rest_.remove_prefix(expected.size());
    } else {
      fits_ = false;
    }
  }
  bool next_is(std::string_view expected) const { return rest_.starts_with(expected); }
  std::string_view take(std::size_t length) {
    fits_ = fits_ && rest_.size() >= length;
    if (!fits_) return {};
    const std::string_view taken = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return taken;
  }
  template <class Fixed>
  Fixed fixed() {
    const Result<Fixed> value = from_base64url_as<Fixed>(take(kDigits), "");
    fits_ = fits_ && value;
    return fits_ ? *value : Fixed{};
  }
  std::string_view until(char end) { return take(std::min(rest_.find(end), rest_.size())); }
  bool fits() const { return fits_ && rest_.empty(); }

  static constexpr std::size_t kDigits = 43;  ///< of 32 bytes in base64url

 private:
  std::string_view rest_;
  bool fits_ = true;
};

struct IssuedForm {
  Issued act;
  std::string origin;
};

std::optional<IssuedForm> issued_form(std::string_view payload) {
  IssuedForm made;
  Form form(payload);
  form.text(R"({"act":"issued","cred":")");
  made.act.cred = form.fixed<CredentialHash>();
  if (form.next_is(R"(","doc":")")) {
    form.text(R"(","doc":")");
    made.act.doc = form.fixed<DocumentHash>();
  }
  form.text(R"(","log":")");
  made.origin = form.until('"');
  form.text(R"(","ref":")");
  made.act.ref = form.fixed<ReferenceHash>();
  form.text(R"(","v":1})");
  // A character that JSON writes in another way stands for itself only by the long way.
  const bool is_plain =
      std::ranges::all_of(made.origin, [](char c) { return c > ' ' && c < '\x7f' && c != '\\'; });
  if (!form.fits() || !is_plain || !check_act(made.act, made.origin)) return std::nullopt;
  return made;
}

std::optional<std::string> kid_of_header(std::string_view header) {
  Form form(header);
  form.text(R"({"alg":"EdDSA","kid":")");
  std::string kid(form.take(Form::kDigits));
  form.text(R"(","typ":")");
  form.text(kEntryType);
  form.text(R"("})");
  if (!form.fits() || !is_thumbprint(kid)) return std::nullopt;
  return kid;
}

std::optional<Entry> parse_issued(std::string_view jws) {
  const std::size_t first = jws.find('.');
  const std::size_t second = first == jws.npos ? first : jws.find('.', first + 1);
  if (second == jws.npos) return std::nullopt;
  const Result<Bytes> header = from_base64url(jws.substr(0, first), "");
  if (!header) return std::nullopt;
  std::optional<std::string> kid = kid_of_header(text_of(*header));
  const Result<Bytes> payload = from_base64url(jws.substr(first + 1, second - first - 1), "");
  const Result<Signature> signature = from_base64url_as<Signature>(jws.substr(second + 1), "");
  if (!kid || !payload || !signature) return std::nullopt;
  std::optional<IssuedForm> issued = issued_form(text_of(*payload));
  if (!issued) return std::nullopt;
  return Entry{std::string(jws),
               *std::move(kid),
               std::move(issued->origin),
               issued->act,
               std::string(jws.substr(0, second)),
               *signature};
}

}  // namespace

Result<void> check_act(const Act& act, std::string_view origin) {
  if (!is_key_name(origin)) return bad("log");
  return std::visit([](const auto& held) { return check(held); }, act);
}

std::string sign_entry(const Act& act, std::string_view origin, const Signer& signer) {
  if (!check_act(act, origin)) std::abort();
  return sign_jws(kEntryType, canonical(payload_of(act, origin)), signer);
}

std::string sign_key_added(KeyAdded act, std::string_view origin, const Signer& added,
                           const Signer& signer) {
  act.key = added.public_key();
  act.pop = added.sign(pop_message(act, origin));
  return sign_entry(act, origin, signer);
}

Result<Entry> parse_entry(std::string_view jws) {
  if (jws.size() > kMaxEntryJws) return bad("longer than 8 KiB");
  if (std::optional<Entry> issued = parse_issued(jws)) return *std::move(issued);
  Result<Jws> split = split_jws(jws, kEntryType);
  if (!split) return split.error();
  std::string kid = split->header["kid"].get<std::string>();
  if (!is_thumbprint(kid)) return bad("kid is not a thumbprint");
  Result<Act> act = parse_payload(split->payload);
  if (!act) return act.error();
  return Entry{std::string(jws),
               std::move(kid),
               origin_of(split->payload),
               *std::move(act),
               std::move(split->signing_input),
               split->signature};
}

Bytes pop_message(const KeyAdded& act, std::string_view origin) {
  static constexpr std::string_view domain{"refledger-pop-v1\0", 17};
  KeyAdded without = act;
  without.pop.reset();
  if (!check_act(without, origin)) std::abort();
  return copy_of(bytes_of(std::string(domain) + canonical(payload_of(without, origin))));
}

EntryHash hash_entry(std::string_view jws) { return sha256_as<EntryHash>(bytes_of(jws)); }

}  // namespace refledger::format
