#include "desk/case/word.h"

#include <algorithm>
#include <array>

#include "ingest/source/calendar.h"
#include "ingest/source/fields.h"
#include "ledger/core/text.h"

namespace refledger::desk {
namespace {

using ingest::Person;
using ingest::Value;
using Text = Value<std::string>;

constexpr std::size_t kMaxValue = 1000;

// The members of Person that are text, or a date, by the names that choice.h gives them.
constexpr std::array<std::pair<std::string_view, std::optional<Text> Person::*>, 7> kTexts{
    {{"position", &Person::position},
     {"department", &Person::department},
     {"weekly_hours", &Person::weekly_hours},
     {"work_email", &Person::work_email},
     {"gender", &Person::gender},
     {"legal_entity", &Person::legal_entity},
     {"termination_type", &Person::termination_type}}};
constexpr std::array<std::pair<std::string_view, std::optional<Value<Date>> Person::*>, 3> kDates{
    {{"termination_date", &Person::termination_date},
     {"contract_end", &Person::contract_end},
     {"last_working_day", &Person::last_working_day}}};

template <class Table>
auto find_in(const Table& table, std::string_view field) {
  return std::find_if(table.begin(), table.end(),
                      [&](const auto& entry) { return entry.first == field; });
}

// A date that does not read as one was checked before it came here; it then says nothing.
void put_date(std::optional<Value<Date>>& into, const Text& value) {
  const Result<Date> day = parse_date(value.value, "date");
  if (day) into = Value<Date>{*day, value.from};
}

void put(Person& person, const std::string& field, const Text& value) {
  if (field == "given_name") {
    person.given_name = value;
  } else if (field == "family_name") {
    person.family_name = value;
  } else if (field == "hire_date") {
    std::optional<Value<Date>> day = person.hire_date;
    put_date(day, value);
    person.hire_date = *day;
  } else if (const auto text = find_in(kTexts, field); text != kTexts.end()) {
    person.*(text->second) = value;
  } else if (const auto date = find_in(kDates, field); date != kDates.end()) {
    put_date(person.*(date->second), value);
  } else {
    person.mapped[field] = value;
  }
}

void take_term_for_end(Person& person, const Decisions& decisions,
                       const ingest::AutomaticRule& rule) {
  if (!person.contract_end || person.termination_date) return;
  const std::string term = format_date(person.contract_end->value);
  const std::optional<ConfirmedEnd>& confirmed = decisions.confirmed_end;
  if (confirmed && confirmed->term == term) {
    put_date(person.termination_date,
             {confirmed->end, {"typed by " + confirmed->by, "termination_date", confirmed->at}});
  } else if (rule.fixed_term_ends && person.contract_end->value >= person.hire_date.value) {
    person.termination_date = person.contract_end;
  }
}

}  // namespace

ingest::Candidates candidates_for(const Person& person, std::string_view account,
                                  const Decisions& decisions) {
  ingest::Candidates candidates;
  ingest::tell(candidates, account, person);
  for (const auto& [field, typed] : decisions.typed) {
    ingest::tell(
        candidates, field,
        {std::string(ingest::kTyped), {typed.value, {"typed by " + typed.by, field, typed.at}}});
  }
  return candidates;
}

Person as_it_counts(const Person& person, std::string_view account, const Decisions& decisions,
                    const ingest::AutomaticRule& rule) {
  Person counts = person;
  if (!decisions.typed.empty()) {
    const ingest::Choices choices(decisions.choices.begin(), decisions.choices.end());
    const ingest::Candidates candidates = candidates_for(person, account, decisions);
    for (const auto& [field, chosen] : ingest::choose(candidates, choices, {})) {
      put(counts, field, chosen.told.value);
    }
  }
  take_term_for_end(counts, decisions, rule);
  return counts;
}

Result<std::string> checked_value(std::string_view field, const std::string& value) {
  const Error wrong{Fault::malformed, std::string(field) + ": not usable"};
  if (value.empty() || value.size() > kMaxValue || !is_one_line(value)) return wrong;
  if (field == "hire_date" || find_in(kDates, field) != kDates.end()) {
    const Result<Date> day = ingest::to_day(value);
    return day ? Result<std::string>(format_date(*day)) : wrong;
  }
  if (field == "given_name" || field == "family_name" || find_in(kTexts, field) != kTexts.end()) {
    return value;
  }
  const ingest::ReferenceField* known = ingest::find_field(field);
  if (known == nullptr) return Error{Fault::malformed, "there is no such field"};
  Result<std::string> held = ingest::to_field(*known, value);
  return held ? held : Result<std::string>(wrong);
}

}  // namespace refledger::desk
