#include "ingest/watch/watch.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <variant>

namespace refledger::ingest {
namespace {

using End = std::optional<Value<Date>>;
using Judgement = std::variant<std::monostate, Leaver, Unclear>;

// Letters only, lower case: "SUB_COMPANY_SWITCH" and "Sub-company switch" are one word.  Personio
// publishes the list of values for v2 alone and does not promise their spelling in v1.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') out += c;
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

template <std::size_t N>
bool one_of(const std::string& word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// English is what the API answers; German is what a tenant's own list may hold.
std::optional<Concern> special(const Person& person) {
  static constexpr std::array<std::string_view, 6> kDeath{"death", "deceased",  "died",
                                                          "tod",   "todesfall", "verstorben"};
  static constexpr std::array<std::string_view, 2> kMove{"subcompanyswitch", "subcompanychange"};
  if (!person.termination_type) return std::nullopt;
  const std::string type = plain(person.termination_type->value);
  if (one_of(type, kDeath)) return Concern::death;
  if (one_of(type, kMove)) return Concern::moved_within_group;
  return std::nullopt;
}

// Tenants carry stale dates of an earlier contract: a fallback counts only within this employment.
bool past_end_of(const Person& person, const End& end, Date today) {
  return end && end->value < today && end->value >= person.hire_date.value;
}

End best_known_end(const Person& person, Date today) {
  if (person.termination_date) return person.termination_date;
  if (past_end_of(person, person.contract_end, today)) return person.contract_end;
  if (past_end_of(person, person.last_working_day, today)) return person.last_working_day;
  return std::nullopt;
}

std::optional<Concern> concern_about(const Person& person, const End& end, Date today) {
  if (const std::optional<Concern> found = special(person)) return found;
  if (!end) return Concern::end_unknown;
  if (end->value < person.hire_date.value) return Concern::end_before_start;
  if (end->value > today) return Concern::end_ahead;
  return std::nullopt;
}

Judgement judge(const Person& person, Date today) {
  const bool ended = person.termination_date && person.termination_date->value < today;
  if (!ended && person.status.value != EmploymentStatus::inactive) return {};
  const End end = best_known_end(person, today);
  if (const std::optional<Concern> concern = concern_about(person, end, today)) {
    return Unclear{person, *concern, end};
  }
  return Leaver{person, *end, ended ? Reason::end_date_reached : Reason::became_inactive};
}

template <class Kind>
std::vector<Kind> all_judged(const People& people, Date today) {
  std::vector<Kind> found;
  for (const Person& person : people.people) {
    Judgement judgement = judge(person, today);
    if (Kind* kind = std::get_if<Kind>(&judgement)) found.push_back(std::move(*kind));
  }
  return found;
}

}  // namespace

const char* name_of(Concern concern) {
  switch (concern) {
    case Concern::end_unknown:
      return "end_unknown";
    case Concern::end_ahead:
      return "end_ahead";
    case Concern::end_before_start:
      return "end_before_start";
    case Concern::death:
      return "death";
    case Concern::moved_within_group:
      return "moved_within_group";
  }
  std::abort();
}

std::vector<Leaver> find_leavers(const People& people, Date today) {
  return all_judged<Leaver>(people, today);
}

std::vector<Unclear> find_unclear(const People& people, Date today) {
  return all_judged<Unclear>(people, today);
}

}  // namespace refledger::ingest
