// The case record as JSON, and back: strictly, field by field.
#include "desk/case/case.h"
#include "desk/case/member_reader.h"
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

Json json_of(const std::optional<Absences>& absences) {
  if (!absences) return nullptr;
  Json periods = Json::array();
  for (const Away& one : absences->periods) {
    periods.push_back({{"from", format_date(one.from)},
                       {"kind", letter::name_of(one.kind)},
                       {"to", format_date(one.to)}});
  }
  return {{"absent_days", absences->absent_days},
          {"employed_days", absences->employed_days},
          {"long_days", absences->long_days},
          {"periods", std::move(periods)},
          {"read_at", format_time(absences->read_at)}};
}

Json json_of(const ingest::Candidates& said) {
  Json object = Json::object();
  for (const auto& [field, words] : said) {
    Json list = Json::array();
    for (const ingest::Told& told : words) {
      list.push_back({{"account", told.account},
                      {"field", told.value.from.field},
                      {"read_at", format_time(told.value.from.read_at)},
                      {"source", told.value.from.source},
                      {"value", told.value.value}});
    }
    object[field] = std::move(list);
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

// ---- in -----------------------------------------------------------------------------------------

Result<Fact> fact_from(const Json& object) {
  if (!has_exactly(object, {"field", "read_at", "source", "value"})) return broken("facts");
  MemberReader in(object);
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

Result<Away> away_from(const Json& object) {
  if (!has_exactly(object, {"from", "kind", "to"})) return broken("absences");
  MemberReader in(object);
  const Result<letter::AbsenceKind> kind = letter::absence_kind_from(in.text("kind"));
  const Result<Date> from = parse_date(in.text("from"), "from");
  const Result<Date> to = parse_date(in.text("to"), "to");
  if (in.error() || !kind || !from || !to) return broken("absences");
  return Away{*kind, *from, *to};
}

Result<std::optional<Absences>> absences_from(const Json& object) {
  if (object.is_null()) return std::optional<Absences>{};
  if (!has_exactly(object, {"absent_days", "employed_days", "long_days", "periods", "read_at"})) {
    return broken("absences");
  }
  MemberReader in(object);
  Absences absences{in.number("absent_days"), in.number("long_days"), in.number("employed_days")};
  absences.read_at = in.time("read_at");
  if (in.error()) return *in.error();
  if (absences.long_days > absences.employed_days) return broken("absences");
  if (!object["periods"].is_array()) return broken("absences");
  for (const Json& period : object["periods"]) {
    Result<Away> away = away_from(period);
    if (!away) return away.error();
    absences.periods.push_back(*away);
  }
  return std::optional<Absences>(std::move(absences));
}

Result<ingest::Told> told_from(const Json& object) {
  if (!has_exactly(object, {"account", "field", "read_at", "source", "value"})) {
    return broken("said");
  }
  MemberReader in(object);
  ingest::Told told{in.text("account"),
                    {in.text("value"), {in.text("source"), in.text("field"), in.time("read_at")}}};
  if (in.error()) return *in.error();
  return told;
}

Result<ingest::Candidates> said_from(const Json& object) {
  if (!object.is_object()) return broken("said");
  ingest::Candidates said;
  for (const auto& [field, list] : object.items()) {
    if (!list.is_array() || list.empty()) return broken("said");
    for (const Json& one : list) {
      Result<ingest::Told> told = told_from(one);
      if (!told) return told.error();
      said[field].push_back(std::move(*told));
    }
  }
  return said;
}

Result<std::optional<Identity>> identity_from(const Json& object) {
  if (object.is_null()) return std::optional<Identity>{};
  if (!has_exactly(object, {"id", "secret", "share", "status_index"})) return broken("identity");
  MemberReader in(object);
  Identity identity{in.hex<ReferenceId>("id"), in.optional_hex<LinkSecret>("secret"),
                    in.optional_hex<Share>("share"), in.number("status_index")};
  if (in.error()) return *in.error();
  return std::optional<Identity>(identity);
}

Result<std::optional<credential::Credential>> credential_from(const Json& object) {
  if (object.is_null()) return std::optional<credential::Credential>{};
  if (!has_exactly(object, {"disclosures", "jwt"})) return broken("credential");
  MemberReader in(object);
  credential::Credential made{in.text("jwt"), {}};
  if (!object["disclosures"].is_array()) return broken("credential");
  for (const Json& one : object["disclosures"]) {
    if (!one.is_string()) return broken("credential");
    made.disclosures.push_back(one.get<std::string>());
  }
  if (in.error()) return *in.error();
  return std::optional<credential::Credential>(std::move(made));
}

void read_plain_fields(MemberReader& in, Case& one) {
  if (in.number("v") != 1) in.fail("v");
  one.case_id = in.text("case_id");
  one.iss = in.text("iss");
  one.account = in.text("account");
  one.person = in.text("person");
  one.start = in.text("start");
  one.employment = in.text("employment");
  one.stage = in.one_of("stage", Stage::withdrawn);
  one.waiting = in.one_of("waiting", Waiting::delivery_unknown);
  one.waiting_field = in.text("waiting_field");
  one.opened_at = in.time("opened_at");
  one.document = in.optional_hex<DocumentHash>("document");
  one.entry = in.text("entry");
  if (!in.is_null("entry_index")) one.entry_index = in.number("entry_index");
  one.publish_at = in.optional_time("publish_at");
  one.message_id = in.text("message_id");
  one.message_date = in.optional_time("message_date");
  one.delivered_at = in.optional_time("delivered_at");
  one.tries = in.number("tries");
  one.unknowns = in.number("unknowns");
  one.next_try = in.optional_time("next_try");
  one.destroyed = in.flag("destroyed");
  one.written = in.flag("written");
  one.gone = in.flag("gone");
  one.noticed_at = in.optional_time("noticed_at");
  one.changed = in.texts("changed");
}

}  // namespace

Json to_json(const Case& one) {
  return {{"account", one.account},
          {"absences", json_of(one.absences)},
          {"case_id", one.case_id},
          {"changed", one.changed},
          {"credential", json_of(one.credential)},
          {"delivered_at", time_or_null(one.delivered_at)},
          {"decisions", to_json(one.decisions)},
          {"destroyed", one.destroyed},
          {"document", hex_or_null(one.document)},
          {"employment", one.employment},
          {"entry", one.entry},
          {"entry_index", one.entry_index ? Json(*one.entry_index) : Json(nullptr)},
          {"facts", json_of(one.facts)},
          {"gone", one.gone},
          {"handing", to_json(one.handing)},
          {"identity", json_of(one.identity)},
          {"iss", one.iss},
          {"message_date", time_or_null(one.message_date)},
          {"message_id", one.message_id},
          {"next_try", time_or_null(one.next_try)},
          {"noticed_at", time_or_null(one.noticed_at)},
          {"opened_at", format_time(one.opened_at)},
          {"person", one.person},
          {"publish_at", time_or_null(one.publish_at)},
          {"said", json_of(one.said)},
          {"stage", name_of(one.stage)},
          {"start", one.start},
          {"tries", one.tries},
          {"unknowns", one.unknowns},
          {"v", 1},
          {"waiting", name_of(one.waiting)},
          {"waiting_field", one.waiting_field},
          {"written", one.written}};
}

Result<Case> case_from_json(std::string_view canonical_text) {
  Result<Json> object = from_canonical_json(canonical_text, kWhat);
  if (!object) return object.error();
  if (!has_exactly(*object,
                   {"absences",   "account",       "case_id",      "changed",    "credential",
                    "decisions",  "delivered_at",  "destroyed",    "document",   "employment",
                    "entry",      "entry_index",   "facts",        "gone",       "handing",
                    "identity",   "iss",           "message_date", "message_id", "next_try",
                    "noticed_at", "opened_at",     "person",       "publish_at", "said",
                    "stage",      "start",         "tries",        "unknowns",   "v",
                    "waiting",    "waiting_field", "written"})) {
    return broken("members");
  }
  Case one;
  MemberReader in(*object);
  read_plain_fields(in, one);
  Result<Facts> facts = facts_from((*object)["facts"]);
  if (!facts) return facts.error();
  one.facts = std::move(*facts);
  auto decisions = decisions_from_json((*object)["decisions"]);
  if (!decisions) return decisions.error();
  one.decisions = std::move(*decisions);
  auto absences = absences_from((*object)["absences"]);
  if (!absences) return absences.error();
  one.absences = std::move(*absences);
  auto said = said_from((*object)["said"]);
  if (!said) return said.error();
  one.said = std::move(*said);
  Result<Handing> handing = handing_from_json((*object)["handing"]);
  if (!handing) return handing.error();
  one.handing = std::move(*handing);
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
