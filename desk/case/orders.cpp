// What HR orders about a case, or about a reference that was issued.
#include <algorithm>

#include "desk/case/state.h"
#include "desk/case/word.h"
#include "ingest/source/choice.h"
#include "ledger/core/hash.h"
#include "ledger/core/text.h"

namespace refledger::desk {
namespace {

constexpr std::size_t kMaxWords = 1000;

Error past(std::string_view what) { return {Fault::conflict, "case: " + std::string(what)}; }

Result<void> need_undecided(const Case& one) {
  if (!may_change(one.stage)) return past("its reference is issued already, or about to be");
  return {};
}

bool says_something(const Case& one, const std::string& field, const std::string& account) {
  if (account == ingest::kTyped) return one.decisions.typed.count(field) > 0;
  const auto said = one.said.find(field);
  return said != one.said.end() &&
         std::any_of(said->second.begin(), said->second.end(),
                     [&](const ingest::Told& told) { return told.account == account; });
}

Result<void> need_words(const std::string& text, const char* what) {
  if (!text.empty() && text.size() <= kMaxWords && is_one_line(text)) return {};
  return Error{Fault::malformed, std::string(what) + ": not usable"};
}

}  // namespace

Result<Kept> Desk::State::case_named(std::string_view case_id) const {
  const std::optional<Outline> outline = book.find(case_id);
  if (!outline) return Error{Fault::not_found, "there is no such case"};
  return archive.load(outline->item);
}

// Loads the case, lets `work` change it, keeps it.
template <class Work>
Result<void> Desk::State::order(std::string_view case_id, Work work) {
  if (auto opened = book.open(); !opened) return opened;
  const std::lock_guard<std::mutex> alone(changes);
  Result<Kept> kept = case_named(case_id);
  if (!kept) return kept.error();
  if (Result<void> worked = work(kept->content); !worked) return worked;
  if (auto saved = archive.save(*kept); !saved) return saved;
  bench.done(step::ordered);
  return {};
}

Result<void> Desk::hold(std::string_view case_id) {
  return state_->order(case_id, [](Case& one) -> Result<void> {
    if (auto able = need_undecided(one); !able) return able;
    one.decisions.go = Go::stopped;
    if (one.stage == Stage::open) return {};
    one.stage = Stage::drafted;
    one.waiting = Waiting::stopped;
    return {};
  });
}

Result<void> Desk::release(std::string_view case_id) {
  return state_->order(case_id, [](Case& one) -> Result<void> {
    if (auto able = need_undecided(one); !able) return able;
    if (one.stage == Stage::open && one.decisions.go != Go::stopped) {
      return past("it is not complete yet");
    }
    one.decisions.go = one.stage == Stage::open ? Go::by_rule : Go::released;
    if (one.stage == Stage::open) return {};
    one.waiting = Waiting::nothing;
    one.decisions.recheck = !one.gone;  // it goes with the next reading, if all is still the same
    return {};
  });
}

Result<void> Desk::confirm_end(std::string_view case_id, std::optional<Date> end,
                               const std::string& by) {
  if (auto usable = need_words(by, "name"); !usable) return usable;
  const UtcMillis now = state_->bench.now();
  return state_->order(case_id, [&](Case& one) -> Result<void> {
    const std::string term = value_of(one.facts, "employed_to").value_or("");
    if (one.waiting != Waiting::term_to_confirm) return past("no fixed term waits for an answer");
    const std::string last_day = end ? format_date(*end) : term;
    if (last_day < value_of(one.facts, "employed_from").value_or("")) {
      return Error{Fault::malformed, "end: before the start"};
    }
    one.decisions.confirmed_end = ConfirmedEnd{last_day, term, by, now};
    one.decisions.recheck = true;
    return {};
  });
}

Result<void> Desk::arrived(std::string_view case_id) {
  const UtcMillis now = state_->bench.now();
  return state_->order(case_id, [&](Case& one) -> Result<void> {
    if (one.stage != Stage::delivery_unknown) return past("its delivery is not in doubt");
    one.stage = Stage::delivered;
    one.waiting = Waiting::nothing;
    one.delivered_at = now;
    return {};
  });
}

Result<void> Desk::handed_out(std::string_view case_id) {
  const UtcMillis now = state_->bench.now();
  return state_->order(case_id, [&](Case& one) -> Result<void> {
    if (one.waiting != Waiting::to_hand_out) return past("it does not wait to be handed out");
    one.stage = Stage::delivered;
    one.waiting = Waiting::nothing;
    one.delivered_at = now;
    return {};
  });
}

Result<void> Desk::settle(std::string_view case_id) {
  return state_->order(case_id, [](Case& one) -> Result<void> {
    if (!is_issued(one.stage) || (one.changed.empty() && one.handing.wishes.empty())) {
      return past("nothing waits to be settled");
    }
    for (const auto& [name, value] : one.changed) one.decisions.settled[name] = value;
    one.changed.clear();
    one.handing.wishes.clear();
    return {};
  });
}

Result<void> Desk::choose(std::string_view case_id, const std::string& field,
                          const std::string& account) {
  return state_->order(case_id, [&](Case& one) -> Result<void> {
    if (auto able = need_undecided(one); !able) return able;
    if (!says_something(one, field, account))
      return Error{Fault::not_found, "this source says nothing about that field"};
    one.decisions.choices[field] = account;
    one.decisions.recheck = true;
    return {};
  });
}

Result<void> Desk::type(std::string_view case_id, const std::string& field,
                        const std::string& value, const std::string& by,
                        const std::string& reason) {
  if (auto usable = need_words(by, "name"); !usable) return usable;
  if (auto usable = need_words(reason, "reason"); !usable) return usable;
  Result<std::string> checked = value.empty() ? value : checked_value(field, value);
  if (!checked) return checked.error();
  const UtcMillis now = state_->bench.now();
  return state_->order(case_id, [&](Case& one) -> Result<void> {
    if (auto able = need_undecided(one); !able) return able;
    one.decisions.choices.erase(field);
    one.decisions.typed.erase(field);
    if (!value.empty()) one.decisions.typed[field] = {*checked, by, reason, now};
    one.decisions.recheck = true;
    return {};
  });
}

Result<void> Desk::withdraw(const ReferenceId& id) {
  const Error unknown{Fault::not_found, "withdraw: no reference with this number was issued here"};
  if (auto opened = state_->book.open(); !opened) return opened;
  const std::lock_guard<std::mutex> alone(state_->changes);
  Result<std::optional<Kept>> found = state_->archive.find(id);
  if (!found) return found.error();
  if (!*found) return state_->withdraw_erased(id, unknown);
  if (!is_issued((*found)->content.stage)) return unknown;
  Kept& kept = **found;
  if (!kept.content.identity || kept.content.identity->id != id) return unknown;
  if (auto withdrawn = withdraw_case(state_->bench, kept); !withdrawn) return withdrawn;
  if (auto fresh = refresh_token(state_->bench, state_->withdrawn); !fresh) return fresh;
  return kept.content.destroyed ? Result<void>() : destroy_leftovers(state_->bench, kept);
}

// Its case is gone; the number of its status is all that a withdrawal needs.
Result<void> Desk::State::withdraw_erased(const ReferenceId& id, const Error& unknown) {
  Result<std::optional<std::uint64_t>> index = archive.erased_index(id);
  if (!index) return index.error();
  if (!*index) return unknown;
  Result<log::View> view = parts.log->view();
  if (!view) return view.error();
  auto reference = view->find(hash_reference(id));
  if (!reference) return reference.error();
  if (!reference->withdrawn) {
    const std::string entry = format::sign_entry(format::Withdrawn{**index, 0, hash_reference(id)},
                                                 parts.log->origin(), *parts.issuer_key);
    auto at = parts.log->append(std::span(&entry, 1));
    if (!at) return at.error();
    bench.done(step::withdrawal_appended);
  }
  return refresh_token(bench, withdrawn);
}

// ---- those who left long ago --------------------------------------------------------------------

Result<std::vector<Former>> Desk::former() const {
  if (auto opened = state_->book.open(); !opened) return opened.error();
  Result<ingest::KnownPeople> people = state_->watch_state.people();
  if (!people) return people.error();
  std::vector<Former> all;
  people->for_each([&](const ingest::Known& one) {
    if (!one.over) return;
    all.push_back(
        {one.id, one.start, one.end, one.deleted, !state_->book.of_person(one.id).empty()});
  });
  std::sort(all.begin(), all.end(),
            [](const Former& a, const Former& b) { return a.person < b.person; });
  return all;
}

Result<std::string> Desk::open_former(const std::string& person) {
  if (auto opened = state_->book.open(); !opened) return opened.error();
  const std::lock_guard<std::mutex> one_reading(state_->reading);
  Result<std::optional<ingest::Person>> read = state_->parts.source->read_person(person);
  if (!read) return read.error();
  if (!*read) return Error{Fault::not_found, "the HR system does not know this person (any more)"};
  Result<WatchHead> head = state_->watch_state.head();
  if (!head) return head.error();
  std::vector<std::string> problems;  // the next reading tells them again
  const FurtherWords further = state_->read_further({&**read}, problems);
  const std::lock_guard<std::mutex> alone(state_->changes);
  return state_->open_by_hand(**read, further.about(person), head->entities);
}

Result<std::string> Desk::State::open_by_hand(const ingest::Person& person, const Further& further,
                                              bool entities) {
  Result<std::vector<Kept>> cases = cases_of(person.id);
  if (!cases) return cases.error();
  if (case_of(*cases, person) != nullptr) return past("this employment has one");
  Result<Date> day = today();
  if (!day) return day.error();
  const ingest::Judgement judgement = ingest::judge(person, *day, 0);
  if (!ingest::is_over(judgement.standing)) return past("this person works here");
  Planned planned{Act::open, person.id};
  planned.start = format_date(person.hire_date.value);
  planned.employment = person.employment_id;
  planned.by_hand = true;
  planned.said = said_about(person, issuer.account, further, {});
  const ingest::Person counts =
      as_it_counts(person, issuer.account, planned.said, {}, rule_about(person, *day));
  planned.draft = draft_of(counts, judgement, issuer, bench.now(), entities);
  if (auto applied = apply(std::move(planned)); !applied) return applied.error();
  const std::vector<Outline> now = book.of_person(person.id);
  Result<Kept> kept = archive.load(now.back().item);
  if (!kept) return kept.error();
  if (auto passed = pass_gate(*kept, [](const Case&) { return false; }); !passed) {
    return passed.error();
  }
  return kept->content.case_id;
}

}  // namespace refledger::desk
