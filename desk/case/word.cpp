#include "desk/case/word.h"

#include <algorithm>
#include <array>
#include <set>

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
// On these the own account's word counts, unless HR says otherwise.
constexpr std::array<std::string_view, 5> kOwnWord{
    "hire_date", "termination_date", "termination_type", "contract_end", "last_working_day"};
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

void keep_first_reading(ingest::Told& told, const std::vector<ingest::Told>& before) {
  for (const ingest::Told& old : before) {
    const bool same = old.account == told.account && old.value.value == told.value.value &&
                      old.value.from.source == told.value.from.source &&
                      old.value.from.field == told.value.from.field;
    if (same) told = old;
  }
}

bool is_disputed(const Case& one, const std::string& field) {
  std::set<std::string> values;
  if (const auto said = one.said.find(field); said != one.said.end()) {
    for (const ingest::Told& told : said->second) values.insert(told.value.value);
  }
  const auto typed = one.decisions.typed.find(field);
  if (typed != one.decisions.typed.end()) values.insert(typed->second.value);
  return values.size() > 1;
}

// A fact that is one of these words, as they were read.
bool is_among(const std::vector<Word>& words, const Fact& fact) {
  return std::any_of(words.begin(), words.end(), [&](const Word& word) {
    return word.source == fact.from.source && word.key == fact.from.field;
  });
}

}  // namespace

ingest::Candidates said_about(const Person& person, std::string_view account,
                              const Further& further, const ingest::Candidates& before) {
  ingest::Candidates said;
  ingest::tell(said, account, person);
  for (const auto& [name, other] : further) {
    if (other != nullptr) ingest::tell(said, name, *other);
  }
  for (const auto& [field, words] : before) {
    for (const ingest::Told& told : words) {
      if (told.account == account) continue;
      if (further.count(told.account) == 0) ingest::tell(said, field, told);
    }
  }
  for (auto& [field, words] : said) {
    const auto found = before.find(field);
    if (found == before.end()) continue;
    for (ingest::Told& told : words) keep_first_reading(told, found->second);
  }
  return said;
}

std::map<std::string, ingest::Chosen, std::less<>> words_that_count(const ingest::Candidates& said,
                                                                    std::string_view account,
                                                                    const Decisions& decisions) {
  ingest::Candidates candidates = said;
  for (const std::string_view field : kOwnWord) {
    const auto found = candidates.find(field);
    if (found == candidates.end()) continue;
    const auto choice = decisions.choices.find(std::string(field));
    std::erase_if(found->second, [&](const ingest::Told& told) {
      const bool chosen = choice != decisions.choices.end() && choice->second == told.account;
      return told.account != account && !chosen;
    });
  }
  for (const auto& [field, typed] : decisions.typed) {
    ingest::tell(
        candidates, field,
        {std::string(ingest::kTyped), {typed.value, {"typed by " + typed.by, field, typed.at}}});
  }
  const ingest::Choices choices(decisions.choices.begin(), decisions.choices.end());
  return ingest::choose(candidates, choices, {std::string(ingest::kTyped), std::string(account)});
}

Person as_it_counts(const Person& person, std::string_view account, const ingest::Candidates& said,
                    const Decisions& decisions, const ingest::AutomaticRule& rule) {
  Person counts = person;
  for (const auto& [field, chosen] : words_that_count(said, account, decisions)) {
    if (chosen.told.account != account) put(counts, field, chosen.told.value);
  }
  take_term_for_end(counts, decisions, rule);
  return counts;
}

std::vector<Word> words_of(const Case& one) {
  const auto counting = words_that_count(one.said, one.account, one.decisions);
  std::vector<Word> words;
  const auto add = [&](const std::string& field, const ingest::Told& told, std::string reason) {
    const ingest::Provenance& from = told.value.from;
    Word word{field,      told.account, told.value.value, from.source,
              from.field, from.read_at, std::move(reason)};
    const auto counts = counting.find(field);
    word.counts = counts != counting.end() && counts->second.told == told;
    word.chosen = word.counts && counts->second.by_choice;
    word.disputed = is_disputed(one, field);
    words.push_back(std::move(word));
  };
  for (const auto& [field, said] : one.said) {
    for (const ingest::Told& told : said) add(field, told, "");
  }
  for (const auto& [field, typed] : one.decisions.typed) {
    const ingest::Provenance from{"typed by " + typed.by, field, typed.at};
    add(field, {std::string(ingest::kTyped), {typed.value, from}}, typed.reason);
  }
  for (const auto& [name, fact] : one.facts) {
    if (!is_among(words, fact)) {
      words.push_back(
          {name, "", fact.value, fact.from.source, fact.from.field, fact.from.read_at, ""});
    }
  }
  return words;
}

ingest::Candidates said_in(const Case& one) {
  ingest::Candidates made_of;
  for (const auto& [field, said] : one.said) {
    if (field == "private_email" || field == "work_email") continue;
    for (const ingest::Told& told : said) {
      const bool used = std::any_of(one.facts.begin(), one.facts.end(), [&](const auto& named) {
        const ingest::Provenance& from = named.second.from;
        return from.source == told.value.from.source && from.field == told.value.from.field;
      });
      if (used) made_of[field].push_back(told);
    }
  }
  return made_of;
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
