#include "ingest/source/choice.h"

#include <algorithm>

namespace refledger::ingest {
namespace {

// Lower counts more.
std::size_t rank_of(std::string_view account, const SourceOrder& order) {
  const auto at = std::find(order.begin(), order.end(), account);
  if (at != order.end()) return static_cast<std::size_t>(at - order.begin()) + 1;
  return account == kTyped ? 0 : order.size() + 1;
}

const Told& first_of(const std::vector<Told>& said, const SourceOrder& order) {
  return *std::min_element(said.begin(), said.end(), [&](const Told& a, const Told& b) {
    const std::size_t rank_a = rank_of(a.account, order);
    const std::size_t rank_b = rank_of(b.account, order);
    return rank_a != rank_b ? rank_a < rank_b : a.account < b.account;
  });
}

Chosen choose_one(const std::vector<Told>& said, const std::string* choice,
                  const SourceOrder& order) {
  Chosen chosen{first_of(said, order)};
  if (choice != nullptr) {
    const auto found = std::find_if(said.begin(), said.end(),
                                    [&](const Told& each) { return each.account == *choice; });
    chosen.by_choice = found != said.end();
    chosen.silent = !chosen.by_choice;
    if (chosen.by_choice) chosen.told = *found;
  }
  chosen.disputed = std::any_of(said.begin(), said.end(), [&](const Told& each) {
    return each.value.value != chosen.told.value.value;
  });
  return chosen;
}

// Takes the members of a Person as text, under their names.
class Teller {
 public:
  Teller(Candidates& candidates, std::string_view account)
      : candidates_(candidates), account_(account) {}

  void add(std::string_view field, const Value<std::string>& value) {
    tell(candidates_, field, Told{std::string(account_), value});
  }
  void add(std::string_view field, const Value<Date>& value) {
    add(field, Value<std::string>{format_date(value.value), value.from});
  }
  template <class T>
  void add(std::string_view field, const std::optional<Value<T>>& value) {
    if (value) add(field, *value);
  }

 private:
  Candidates& candidates_;
  std::string_view account_;
};

}  // namespace

std::map<std::string, Chosen, std::less<>> choose(const Candidates& candidates,
                                                  const Choices& choices,
                                                  const SourceOrder& order) {
  std::map<std::string, Chosen, std::less<>> chosen;
  for (const auto& [field, said] : candidates) {
    if (said.empty()) continue;
    const auto choice = choices.find(field);
    chosen.emplace(field,
                   choose_one(said, choice == choices.end() ? nullptr : &choice->second, order));
  }
  return chosen;
}

void tell(Candidates& candidates, std::string_view field, Told told) {
  std::vector<Told>& said = candidates[std::string(field)];
  const auto before = std::find_if(said.begin(), said.end(),
                                   [&](const Told& each) { return each.account == told.account; });
  if (before == said.end()) {
    said.push_back(std::move(told));
  } else {
    *before = std::move(told);
  }
}

void tell(Candidates& candidates, std::string_view account, const Person& person) {
  Teller teller(candidates, account);
  teller.add("given_name", person.given_name);
  teller.add("family_name", person.family_name);
  teller.add("hire_date", person.hire_date);
  teller.add("position", person.position);
  teller.add("department", person.department);
  teller.add("weekly_hours", person.weekly_hours);
  teller.add("work_email", person.work_email);
  teller.add("gender", person.gender);
  teller.add("legal_entity", person.legal_entity);
  teller.add("termination_type", person.termination_type);
  teller.add("termination_date", person.termination_date);
  teller.add("contract_end", person.contract_end);
  teller.add("last_working_day", person.last_working_day);
  for (const auto& [field, value] : person.mapped) teller.add(field, value);
}

}  // namespace refledger::ingest
