#include "ingest/watch/judge.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

namespace refledger::ingest {
namespace {

using End = std::optional<Value<Date>>;
using std::chrono::sys_days;

// The last one that has four digits for its year.
constexpr Date kLastDay{std::chrono::year{9999}, std::chrono::December, std::chrono::day{31}};

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
std::optional<Standing> special(const Person& person) {
  static constexpr std::array<std::string_view, 6> kDeath{"death", "deceased",  "died",
                                                          "tod",   "todesfall", "verstorben"};
  static constexpr std::array<std::string_view, 2> kMove{"subcompanyswitch", "subcompanychange"};
  if (!person.termination_type) return std::nullopt;
  const std::string type = plain(person.termination_type->value);
  if (one_of(type, kDeath)) return Standing::death;
  if (one_of(type, kMove)) return Standing::moved_within_group;
  return std::nullopt;
}

bool is_near(Date end, Date today, unsigned days_ahead) {
  return days_ahead > 0 && days_between(today, end) <= static_cast<int>(days_ahead);
}

// Tenants carry stale dates of an earlier contract: a date counts only within this employment.
bool within_employment(const Person& person, const End& end) {
  return end && end->value >= person.hire_date.value;
}

End best_known_end(const Person& person, Date today) {
  if (person.termination_date) return person.termination_date;
  for (const End& other : {person.contract_end, person.last_working_day}) {
    if (within_employment(person, other) && other->value < today) return other;
  }
  return std::nullopt;
}

Judgement judge_over(const Person& person, Date today) {
  const End end = best_known_end(person, today);
  if (const std::optional<Standing> found = special(person)) return {*found, end};
  if (!end) return {Standing::end_unknown};
  if (end->value < person.hire_date.value) return {Standing::end_before_start, end};
  if (end->value > today) return {Standing::end_ahead, end};
  return {Standing::over, end};
}

Judgement judge_working(const Person& person, Date today, unsigned days_ahead) {
  if (const End& end = person.termination_date) {
    const std::optional<Standing> found = special(person);
    if (!is_near(end->value, today, days_ahead) || found == Standing::moved_within_group) return {};
    return {found.value_or(Standing::ends_soon), end};
  }
  const End& term = person.contract_end;
  if (!within_employment(person, term)) return {};
  const bool due = term->value < today || is_near(term->value, today, days_ahead);
  return due ? Judgement{Standing::term_ends, term} : Judgement{};
}

std::optional<Date> next_look(const Person& person, Date today, unsigned days_ahead) {
  std::optional<Date> next;
  for (const End& end : {person.termination_date, person.contract_end, person.last_working_day}) {
    if (!end) continue;
    for (const int days : {-static_cast<int>(days_ahead), 0, 1}) {
      const Date day = days_after(end->value, days);
      if (day > today && day <= kLastDay && (!next || day < *next)) next = day;
    }
  }
  return next;
}

}  // namespace

Date days_after(Date day, int days) { return Date{sys_days{day} + std::chrono::days{days}}; }

int days_between(Date from, Date to) {
  return static_cast<int>((sys_days{to} - sys_days{from}).count());
}

const char* name_of(Standing standing) {
  switch (standing) {
    case Standing::works:
      return "works";
    case Standing::ends_soon:
      return "ends_soon";
    case Standing::over:
      return "over";
    case Standing::term_ends:
      return "term_ends";
    case Standing::end_unknown:
      return "end_unknown";
    case Standing::end_ahead:
      return "end_ahead";
    case Standing::end_before_start:
      return "end_before_start";
    case Standing::death:
      return "death";
    case Standing::moved_within_group:
      return "moved_within_group";
  }
  std::abort();
}

bool is_over(Standing standing) {
  return standing != Standing::works && standing != Standing::ends_soon &&
         standing != Standing::term_ends;
}

Judgement judge(const Person& person, Date today, unsigned days_ahead) {
  const bool ended = person.termination_date && person.termination_date->value < today;
  const bool inactive = person.status.value == EmploymentStatus::inactive;
  Judgement judgement =
      ended || inactive ? judge_over(person, today) : judge_working(person, today, days_ahead);
  judgement.look_again = next_look(person, today, days_ahead);
  return judgement;
}

}  // namespace refledger::ingest
