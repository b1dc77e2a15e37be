#include "desk/case/rules.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "desk/case/automatic.h"
#include "desk/delivery/message.h"
#include "ingest/source/zone.h"
#include "render/letter/checks.h"
#include "render/letter/letter.h"

namespace refledger::desk {
namespace {

using ingest::Person;
using ingest::Provenance;
using ingest::Standing;
using ingest::Value;

// As many as still fit a line of the letter.
constexpr std::size_t kMaxName = 100;
constexpr std::size_t kMaxText = 160;

// Where no language is recorded, the one that is usual under this law; German elsewhere.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kLanguages{
    {{"FR", "fr"}, {"IT", "it"}, {"GB", "en"}, {"NL", "en"}}};

class Collector {
 public:
  explicit Collector(Draft& draft) : draft_(draft) {}

  // Text that cannot be printed is left out and stops the case, named by its field.
  void text(const char* name, const Value<std::string>& value, std::size_t longest) {
    if (value.value.empty()) return;
    Result<std::string> clean = letter::clean_text(value.value, name, longest);
    if (clean) {
      draft_.facts[name] = {*clean, value.from};
    } else {
      wait(Waiting::text_not_printable, name);
    }
  }
  void text(const char* name, const std::optional<Value<std::string>>& value, std::size_t longest) {
    if (value) text(name, *value, longest);
  }
  void fact(const char* name, std::string value, Provenance from) {
    draft_.facts[name] = {std::move(value), std::move(from)};
  }
  // The first reason stays: HR is told one thing at a time, the most basic one.
  void wait(Waiting waiting, std::string field = "") {
    if (draft_.waiting != Waiting::nothing) return;
    draft_.waiting = waiting;
    draft_.waiting_field = std::move(field);
  }
  bool has(const char* name) const { return draft_.facts.count(name) > 0; }

 private:
  Draft& draft_;
};

// "38.50" -> "38.5 h"; with a decimal comma except in English, and in Switzerland.  Anything else
// than a plain number is left out: the letter does without.
std::optional<std::string> workload_of(std::string hours, bool comma) {
  if (hours.empty() || hours.find_first_not_of("0123456789.") != std::string::npos) return {};
  if (std::count(hours.begin(), hours.end(), '.') > 1 || hours.front() == '.') return {};
  if (hours.find('.') != std::string::npos) {
    while (hours.back() == '0') hours.pop_back();
    if (hours.back() == '.') hours.pop_back();
  }
  if (hours == "0" || hours.size() > 6) return {};
  if (comma) std::replace(hours.begin(), hours.end(), '.', ',');
  return hours + " h";
}

void collect_issuer(Collector& out, const IssuerSettings& issuer, UtcMillis now) {
  out.fact("employer", issuer.name,
           issuer.name_from.value_or(ingest::Provenance{"settings", "issuer.name", now}));
  out.fact("employer_place", issuer.place, {"settings", "issuer.place", now});
  out.fact("signatory", issuer.signatory, {"settings", "issuer.signatory", now});
}

std::string usual_language(const std::string& law) {
  const auto found = std::find_if(kLanguages.begin(), kLanguages.end(),
                                  [&](const auto& one) { return one.first == law; });
  return std::string(found == kLanguages.end() ? "de" : found->second);
}

void collect_language(Collector& out, const Person& person, const Facts& facts) {
  const ingest::Value<std::string>* language = person.mapped_value("language");
  if (language != nullptr && !language->value.empty()) {
    out.text("language", *language, kMaxName);
  } else {
    out.fact("language", usual_language(value_of(facts, "governing_law").value_or("")),
             {"rule", "default", person.hire_date.from.read_at});
  }
}

void collect_workload(Collector& out, const Person& person, const Facts& facts) {
  if (!person.weekly_hours) return;
  const bool comma =
      value_of(facts, "language") != "en" && value_of(facts, "governing_law") != "CH";
  const auto workload = workload_of(person.weekly_hours->value, comma);
  if (workload) out.fact("workload", *workload, person.weekly_hours->from);
}

std::optional<ingest::Value<std::string>> mapped(const Person& person, std::string_view field) {
  const ingest::Value<std::string>* value = person.mapped_value(field);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

void collect_person(Draft& draft, const Person& person, const IssuerSettings& issuer,
                    UtcMillis now) {
  Collector out(draft);
  out.text("given_name", person.given_name, kMaxName);
  out.text("family_name", person.family_name, kMaxName);
  out.text("gender", person.gender, kMaxName);
  out.text("position", person.position, kMaxText);
  out.text("department", person.department, kMaxText);
  out.text("governing_law", mapped(person, "country"), kMaxName);
  out.text("legal_entity", person.legal_entity, kMaxName);
  out.text("wish", mapped(person, "reference_wish"), kMaxName);
  out.fact("employed_from", format_date(person.hire_date.value), person.hire_date.from);
  collect_language(out, person, draft.facts);
  collect_workload(out, person, draft.facts);
  if (std::optional<Fact> to = address_of(person)) draft.facts["to"] = std::move(*to);
  collect_issuer(out, issuer, now);
}

// Who attests must be who employed: another company of the group cannot speak for it.
// Where entities are told apart, a person without one may belong to any of them.
void check_employer(Collector& out, const Facts& facts, const IssuerSettings& issuer,
                    bool entities) {
  const std::optional<std::string> entity = value_of(facts, "legal_entity");
  const std::string& own = issuer.legal_entity.empty() ? issuer.name : issuer.legal_entity;
  if (entity && *entity != own) out.wait(Waiting::other_employer, *entity);
  if (!entity && (entities || !issuer.legal_entity.empty())) {
    out.wait(Waiting::employer_not_recorded);
  }
}

// The day whose rules count for a draft: the document's, as far as it is known.
Date day_of(const Facts& facts, const IssuerSettings& issuer, UtcMillis now) {
  const Result<Date> end = parse_date(value_of(facts, "employed_to").value_or(""), "employed_to");
  if (end) return *end;
  const Result<Date> today = ingest::local_date(now, issuer.time_zone);
  return today ? *today : Date{};
}

// Which type it is, where the law lets one go by itself.
void collect_type(Collector& out, const Facts& facts, const letter::Packs& packs, Date day,
                  UtcMillis now) {
  const std::string law = value_of(facts, "governing_law").value_or("");
  const std::string type = automatic_type(law, value_of(facts, "wish").value_or(""), packs, day);
  if (!type.empty()) out.fact("reference_type", type, {"rule", law + ": may go by itself", now});
}

void check_law_and_wish(Collector& out, const Facts& facts, const letter::Packs& packs, Date day) {
  const std::optional<std::string> law = value_of(facts, "governing_law");
  if (!law) return out.wait(Waiting::law_unknown);
  if (!packs.find(*law, day)) return out.wait(Waiting::law_not_supported);
  const std::optional<std::string> wish = value_of(facts, "wish");
  if (wish && *wish == kWishesFull) return out.wait(Waiting::full_reference_wished);
  if (wish && *wish != kWishesConfirmation) return out.wait(Waiting::wish_not_recognised, *wish);
  if (!out.has("reference_type")) {
    return out.wait(wish ? Waiting::law_not_supported : Waiting::wish_not_recorded);
  }
  const std::string language = value_of(facts, "language").value_or("");
  if (!packs.wording(language)) return out.wait(Waiting::language_not_supported);
}

void check_address(Collector& out, const Facts& facts) {
  const std::optional<std::string> to = value_of(facts, "to");
  if (!to) return out.wait(Waiting::address_missing);
  if (!delivery::Address::parse(*to)) return out.wait(Waiting::address_unusable);
}

// What the type never says is no part of the document.
void drop_what_is_never_said(Facts& facts, const letter::DocumentType& type) {
  for (const char* name : {"department", "workload"}) {
    if (type.field(name).rule == letter::Rule::forbidden) facts.erase(name);
  }
}

// A seal stands for the signature, and whether that is enough is the issuer's to decide beforehand.
bool stops(const letter::Finding& finding) {
  return finding.level == letter::CheckLevel::block && finding.field != "signature";
}

// "tasks: missing", "workload: must not appear in this type"; anything else is about characters.
Waiting reason_of(const Error& error) {
  const bool asks_more = error.fault == Fault::refused || error.detail.ends_with(": missing");
  return asks_more ? Waiting::law_asks_more : Waiting::text_not_printable;
}
std::string field_of(const Error& error) { return error.detail.substr(0, error.detail.find(':')); }

// The letter itself has the last word on what can be said in which language, and its checks on
// whether the law asks for more.
void check_letter(Collector& out, Draft& draft, const LetterRules& rules) {
  Facts dated = draft.facts;
  dated["document_date"] = dated["employed_to"];
  Result<letter::Reference> said = reference_of(dated);
  if (!said) return out.wait(Waiting::text_not_printable, said.error().detail);
  const auto pack = rules.packs.find(said->country, said->document_date);
  if (!pack) return out.wait(Waiting::law_not_supported);
  const auto type = (*pack)->type(said->type);
  if (!type) return out.wait(Waiting::law_not_supported);
  drop_what_is_never_said(draft.facts, **type);
  drop_what_is_never_said(dated, **type);
  said = reference_of(dated);
  if (!said) return out.wait(Waiting::text_not_printable, said.error().detail);
  auto letter = letter::compose(*said, rules.packs);
  if (!letter) return out.wait(reason_of(letter.error()), field_of(letter.error()));
  for (const letter::Finding& finding : letter::check(*said, *letter, **pack, rules.lexicon)) {
    if (!stops(finding)) continue;
    out.wait(Waiting::law_asks_more, finding.field.empty() ? finding.id : finding.field);
  }
}

void check(Draft& draft, const IssuerSettings& issuer, Date day, bool entities) {
  Collector out(draft);
  for (const char* name : {"given_name", "family_name"}) {
    if (!out.has(name)) out.wait(Waiting::text_not_printable, name);
  }
  check_employer(out, draft.facts, issuer, entities);
  check_law_and_wish(out, draft.facts, issuer.rules->packs, day);
  if (!out.has("position")) out.wait(Waiting::position_missing);
  check_address(out, draft.facts);
  if (draft.waiting == Waiting::nothing) check_letter(out, draft, *issuer.rules);
}

// Why a standing is left to HR, whatever else is known.
Waiting waiting_of(Standing standing) {
  switch (standing) {
    case Standing::works:
    case Standing::ends_soon:
    case Standing::over:
      return Waiting::nothing;
    case Standing::term_ends:
      return Waiting::term_to_confirm;
    case Standing::end_unknown:
      return Waiting::end_unknown;
    case Standing::end_ahead:
      return Waiting::end_ahead;
    case Standing::end_before_start:
      return Waiting::end_before_start;
    case Standing::death:
      return Waiting::death;
    case Standing::moved_within_group:
      return Waiting::moved_within_group;
  }
  std::abort();
}

// A last working day may be the beginning of garden leave, so it is no end to attest.
bool is_definitive(const Value<Date>& end, const Person& person) {
  return end == person.termination_date || end == person.contract_end;
}

letter::Salutation salutation_of(const std::optional<std::string>& gender) {
  if (gender == "female") return letter::Salutation::female;
  if (gender == "male") return letter::Salutation::male;
  return letter::Salutation::neutral;
}

bool ended_before(const Case& one, Date start) {
  const std::optional<std::string> end = value_of(one.facts, "employed_to");
  return end && *end < format_date(start);  // YYYY-MM-DD orders as text
}

}  // namespace

Draft draft_of(const Person& person, const ingest::Judgement& judgement,
               const IssuerSettings& issuer, UtcMillis now, bool entities) {
  Draft draft;
  draft.waiting = waiting_of(judgement.standing);
  const bool clear = draft.waiting == Waiting::nothing;
  if (clear && !is_definitive(*judgement.end, person)) draft.waiting = Waiting::end_not_definitive;
  collect_person(draft, person, issuer, now);
  if (const auto& end = judgement.end) {
    draft.facts["employed_to"] = {format_date(end->value), end->from};
  }
  const Date day = day_of(draft.facts, issuer, now);
  Collector out(draft);
  collect_type(out, draft.facts, issuer.rules->packs, day, now);
  if (clear) check(draft, issuer, day, entities);
  return draft;
}

Facts with_first_readings(Facts fresh, const Facts& before) {
  for (auto& [name, fact] : fresh) {
    const auto found = before.find(name);
    if (found == before.end()) continue;
    const Fact& old = found->second;
    const bool same = old.value == fact.value && old.from.source == fact.from.source &&
                      old.from.field == fact.from.field;
    if (same) fact = old;
  }
  return fresh;
}

Result<letter::Reference> reference_of(const Facts& facts) {
  for (const char* name : {"given_name", "family_name", "employer", "employer_place", "position",
                           "employed_from", "employed_to", "governing_law", "language",
                           "document_date", "signatory", "reference_type"}) {
    if (facts.count(name) == 0) return Error{Fault::malformed, name};
  }
  const auto date = [&](const char* name) { return parse_date(facts.at(name).value, name); };
  const Result<Date> from = date("employed_from");
  if (!from) return from.error();
  const Result<Date> to = date("employed_to");
  if (!to) return to.error();
  const Result<Date> dated = date("document_date");
  if (!dated) return dated.error();
  letter::Reference said;
  said.type = facts.at("reference_type").value;
  said.country = facts.at("governing_law").value;
  said.language = facts.at("language").value;
  said.given_name = facts.at("given_name").value;
  said.family_name = facts.at("family_name").value;
  said.salutation = salutation_of(value_of(facts, "gender"));
  said.employer = facts.at("employer").value;
  said.employer_place = facts.at("employer_place").value;
  // Without a beginning: the HR system knows the function at the end and nothing of earlier ones.
  letter::Function& function = said.functions.emplace_back();
  function.title = facts.at("position").value;
  function.department = value_of(facts, "department");
  function.workload = value_of(facts, "workload");
  said.employed_from = *from;
  said.employed_to = *to;
  said.document_date = *dated;
  const std::string& signatory = facts.at("signatory").value;
  if (!signatory.empty()) said.signatories.push_back({signatory, "", ""});
  return said;
}

Result<Fact> document_date(const Facts& facts, const letter::Packs& rules, Date today,
                           UtcMillis now) {
  const std::string country = value_of(facts, "governing_law").value_or("");
  const Result<const letter::Pack*> pack = rules.find(country, today);
  if (!pack) return pack.error();
  const Result<const letter::DocumentType*> type = (*pack)->type(type_of(facts));
  if (!type) return type.error();
  if ((*type)->date.rule == letter::DateRule::legal_end) {
    return Fact{value_of(facts, "employed_to").value_or(""),
                {"rule", country + ": last day of employment", now}};
  }
  return Fact{format_date(today), {"rule", country + ": day of issuing", now}};
}

namespace {

bool are_two(const std::string& employment, const std::string& other) {
  return !employment.empty() && !other.empty() && employment != other;
}

// By a correction: what the HR system says from then on is about that one.
bool is_replaced(const std::vector<Kept>& cases, const Case& one) {
  return std::any_of(cases.begin(), cases.end(), [&](const Kept& other) {
    return other.content.handing.correction_of == one.case_id;
  });
}

}  // namespace

Kept* case_of(std::vector<Kept>& cases, const Person& person) {
  const Date start = person.hire_date.value;
  Kept* corrected = nullptr;
  for (Kept& kept : cases) {
    const Case& one = kept.content;
    if (one.person != person.id || is_replaced(cases, one)) continue;
    if (one.start == format_date(start)) return &kept;
    if (!are_two(one.employment, person.employment_id) && !ended_before(one, start)) {
      corrected = &kept;
    }
  }
  return corrected;
}

// What HR typed of the start or the end settles it.
bool may_be_a_rehire(const Case& one, const Person& person) {
  const bool waits = one.stage == Stage::open && one.waiting != Waiting::nothing;
  if (!waits || one.facts.contains("employed_to")) return false;
  const auto& typed = one.decisions.typed;
  if (typed.contains("hire_date") || typed.contains("termination_date")) return false;
  const bool same = !one.employment.empty() && one.employment == person.employment_id;
  return !same && one.start < format_date(person.hire_date.value);
}

bool holds(std::span<const std::string> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// v2's names have a path before them: "termination.last_working_day".
bool is_kept_back(const Case& issued, const std::string& fact,
                  std::span<const std::string> not_delivered) {
  const auto found = issued.facts.find(fact);
  if (found == issued.facts.end()) return false;
  if (fact == "position") return holds(not_delivered, "position");
  const std::string& field = found->second.from.field;
  return holds(not_delivered, field.substr(field.rfind('.') + 1));
}

std::map<std::string, std::string> changes_since(const Case& issued, const Facts& fresh,
                                                 std::span<const std::string> not_delivered) {
  std::map<std::string, std::string> changed;
  for (const char* name :
       {"employed_from", "employed_to", "given_name", "family_name", "position"}) {
    const std::string now = value_of(fresh, name).value_or("");
    if (now.empty() && is_kept_back(issued, name, not_delivered)) continue;
    if (now != value_of(issued.facts, name).value_or("")) changed[name] = now;
  }
  return unsettled(issued, std::move(changed));
}

std::map<std::string, std::string> unsettled(const Case& issued,
                                             std::map<std::string, std::string> changed) {
  std::erase_if(changed, [&](const auto& change) {
    const auto settled = issued.decisions.settled.find(change.first);
    return settled != issued.decisions.settled.end() && settled->second == change.second;
  });
  return changed;
}

std::optional<Fact> address_of(const Person& person) {
  const ingest::Value<std::string>* own = person.mapped_value("private_email");
  if (own != nullptr && !own->value.empty()) {
    return Fact{own->value, own->from};
  }
  const bool mailbox_lives = person.status.value != ingest::EmploymentStatus::inactive;
  if (mailbox_lives && person.work_email && !person.work_email->value.empty()) {
    return Fact{person.work_email->value, person.work_email->from};
  }
  return std::nullopt;
}

}  // namespace refledger::desk
