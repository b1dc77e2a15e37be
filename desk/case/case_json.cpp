// The case record as JSON, and back: strictly, field by field.
#include <initializer_list>

#include "desk/case/case.h"
#include "ledger/core/encoding.h"

namespace refledger::desk {
namespace {

constexpr std::string_view kWhat = "case";

Error broken(std::string_view field) { return {Fault::malformed, "case: " + std::string(field)}; }

// ---- out ----------------------------------------------------------------------------------------

template <class Fixed>
Json hex_or_null(const std::optional<Fixed>& fixed) {
  return fixed ? Json(to_hex(fixed->view())) : Json(nullptr);
}

Json time_or_null(const std::optional<UtcMillis>& time) {
  return time ? Json(format_time(*time)) : Json(nullptr);
}

Json json_of(const Facts& facts) {
  Json object = Json::object();
  for (const auto& [name, fact] : facts) {
    object[name] = {{"field", fact.from.field},
                    {"read_at", format_time(fact.from.read_at)},
                    {"source", fact.from.source},
                    {"value", fact.value}};
  }
  return object;
}

Json json_of(const std::optional<Identity>& identity) {
  if (!identity) return nullptr;
  return {{"id", to_hex(identity->id.view())},
          {"secret", hex_or_null(identity->secret)},
          {"share", hex_or_null(identity->share)},
          {"status_index", identity->status_index}};
}

Json json_of(const std::optional<credential::Credential>& credential) {
  if (!credential) return nullptr;
  return {{"disclosures", credential->disclosures}, {"jwt", credential->jwt}};
}

Json json_of(const std::vector<Change>& changes) {
  Json array = Json::array();
  for (const Change change : changes) array.push_back(name_of(change));
  return array;
}

// ---- in -----------------------------------------------------------------------------------------

// Reads members one after the other and remembers the first that is wrong.
class Reading {
 public:
  explicit Reading(const Json& object) : object_(object) {}

  std::string text(const char* name) {
    Result<std::string> value = string_member(object_, name);
    if (!value) fail(name);
    return value ? *value : std::string();
  }
  std::uint64_t number(const char* name) {
    Result<std::uint64_t> value = number_member(object_, name);
    if (!value) fail(name);
    return value ? *value : 0;
  }
  bool flag(const char* name) {
    const Json& value = object_.at(name);
    if (!value.is_boolean()) fail(name);
    return value.is_boolean() && value.get<bool>();
  }
  bool is_null(const char* name) { return object_.at(name).is_null(); }
  UtcMillis time(const char* name) {
    Result<UtcMillis> value = parse_time(text(name), name);
    if (!value) fail(name);
    return value ? *value : UtcMillis{};
  }
  std::optional<UtcMillis> optional_time(const char* name) {
    if (is_null(name)) return std::nullopt;
    return time(name);
  }
  template <class Fixed>
  Fixed hex(const char* name) {
    Result<Bytes> bytes = from_hex(text(name), name);
    const std::optional<Fixed> fixed = bytes ? Fixed::from(*bytes) : std::nullopt;
    if (!fixed) fail(name);
    return fixed.value_or(Fixed{});
  }
  template <class Fixed>
  std::optional<Fixed> optional_hex(const char* name) {
    if (is_null(name)) return std::nullopt;
    return hex<Fixed>(name);
  }
  template <class Enum>
  Enum one_of(const char* name, Enum last) {
    return named(text(name), name, last);
  }
  template <class Enum>
  Enum named(const std::string& word, const char* name, Enum last) {
    for (int n = 0; n <= static_cast<int>(last); ++n) {
      if (word == name_of(static_cast<Enum>(n))) return static_cast<Enum>(n);
    }
    fail(name);
    return Enum{};
  }
  void fail(std::string_view name) {
    if (!error_) error_ = broken(name);
  }
  const std::optional<Error>& error() const { return error_; }

 private:
  const Json& object_;
  std::optional<Error> error_;
};

Result<Fact> fact_from(const Json& object) {
  if (!has_exactly(object, {"field", "read_at", "source", "value"})) return broken("facts");
  Reading in(object);
  Fact fact{in.text("value"), {in.text("source"), in.text("field"), in.time("read_at")}};
  if (in.error()) return *in.error();
  return fact;
}

Result<Facts> facts_from(const Json& object) {
  if (!object.is_object()) return broken("facts");
  Facts facts;
  for (const auto& [name, value] : object.items()) {
    Result<Fact> fact = fact_from(value);
    if (!fact) return fact.error();
    facts.emplace(name, std::move(*fact));
  }
  return facts;
}

Result<std::optional<Identity>> identity_from(const Json& object) {
  if (object.is_null()) return std::optional<Identity>{};
  if (!has_exactly(object, {"id", "secret", "share", "status_index"})) return broken("identity");
  Reading in(object);
  Identity identity{in.hex<ReferenceId>("id"), in.optional_hex<LinkSecret>("secret"),
                    in.optional_hex<Share>("share"), in.number("status_index")};
  if (in.error()) return *in.error();
  return std::optional<Identity>(identity);
}

Result<std::optional<credential::Credential>> credential_from(const Json& object) {
  if (object.is_null()) return std::optional<credential::Credential>{};
  if (!has_exactly(object, {"disclosures", "jwt"})) return broken("credential");
  Reading in(object);
  credential::Credential made{in.text("jwt"), {}};
  if (!object["disclosures"].is_array()) return broken("credential");
  for (const Json& one : object["disclosures"]) {
    if (!one.is_string()) return broken("credential");
    made.disclosures.push_back(one.get<std::string>());
  }
  if (in.error()) return *in.error();
  return std::optional<credential::Credential>(std::move(made));
}

void read_changes(Reading& in, const Json& array, std::vector<Change>& changes) {
  if (!array.is_array()) return in.fail("changes");
  for (const Json& one : array) {
    if (!one.is_string()) return in.fail("changes");
    changes.push_back(in.named(one.get<std::string>(), "changes", Change::no_longer_ended));
  }
}

void read_plain_fields(Reading& in, Case& one) {
  if (in.number("v") != 1) in.fail("v");
  one.case_id = in.text("case_id");
  one.iss = in.text("iss");
  one.account = in.text("account");
  one.person = in.text("person");
  one.start = in.text("start");
  one.stage = in.one_of("stage", Stage::withdrawn);
  one.waiting = in.one_of("waiting", Waiting::delivery_unknown);
  one.waiting_field = in.text("waiting_field");
  one.opened_at = in.time("opened_at");
  one.document = in.optional_hex<DocumentHash>("document");
  one.entry = in.text("entry");
  if (!in.is_null("entry_index")) one.entry_index = in.number("entry_index");
  one.message_id = in.text("message_id");
  one.message_date = in.optional_time("message_date");
  one.delivered_at = in.optional_time("delivered_at");
  one.tries = in.number("tries");
  one.unknowns = in.number("unknowns");
  one.next_try = in.optional_time("next_try");
  one.destroyed = in.flag("destroyed");
}

}  // namespace

Json to_json(const Case& one) {
  return {{"account", one.account},
          {"case_id", one.case_id},
          {"changes", json_of(one.changes)},
          {"credential", json_of(one.credential)},
          {"delivered_at", time_or_null(one.delivered_at)},
          {"destroyed", one.destroyed},
          {"document", hex_or_null(one.document)},
          {"entry", one.entry},
          {"entry_index", one.entry_index ? Json(*one.entry_index) : Json(nullptr)},
          {"facts", json_of(one.facts)},
          {"identity", json_of(one.identity)},
          {"iss", one.iss},
          {"message_date", time_or_null(one.message_date)},
          {"message_id", one.message_id},
          {"next_try", time_or_null(one.next_try)},
          {"opened_at", format_time(one.opened_at)},
          {"person", one.person},
          {"stage", name_of(one.stage)},
          {"start", one.start},
          {"tries", one.tries},
          {"unknowns", one.unknowns},
          {"v", 1},
          {"waiting", name_of(one.waiting)},
          {"waiting_field", one.waiting_field}};
}

Result<Case> case_from_json(std::string_view canonical_text) {
  Result<Json> object = from_canonical_json(canonical_text, kWhat);
  if (!object) return object.error();
  if (!has_exactly(*object,
                   {"account",   "case_id",  "changes",      "credential",   "delivered_at",
                    "destroyed", "document", "entry",        "entry_index",  "facts",
                    "identity",  "iss",      "message_date", "message_id",   "next_try",
                    "opened_at", "person",   "stage",        "start",        "tries",
                    "unknowns",  "v",        "waiting",      "waiting_field"})) {
    return broken("members");
  }
  Case one;
  Reading in(*object);
  read_plain_fields(in, one);
  read_changes(in, (*object)["changes"], one.changes);
  Result<Facts> facts = facts_from((*object)["facts"]);
  if (!facts) return facts.error();
  one.facts = std::move(*facts);
  auto identity = identity_from((*object)["identity"]);
  if (!identity) return identity.error();
  one.identity = *identity;
  auto made = credential_from((*object)["credential"]);
  if (!made) return made.error();
  one.credential = std::move(*made);
  if (in.error()) return *in.error();
  return one;
}

}  // namespace refledger::desk
