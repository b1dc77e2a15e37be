#include "desk/case/automatic.h"

#include <cstdlib>

#include "ingest/source/zone.h"
#include "ingest/watch/judge.h"

namespace refledger::desk {
namespace {

using ingest::AutomaticRule;

// The full certificate, as the packs call it; HR writes it.
std::string full_type(const letter::Pack& pack) {
  for (const char* name : {"full_final", "qualified"}) {
    if (pack.types.count(name) > 0) return name;
  }
  return "";
}

bool lets_go(const letter::DocumentType& type, std::string_view wish) {
  switch (type.trigger.automatic) {
    case letter::Automatic::never:
      return false;
    case letter::Automatic::on_wish:
      return wish == kWishesConfirmation;
    case letter::Automatic::always:
      return wish.empty() || wish == kWishesConfirmation;
  }
  std::abort();
}

bool seal_satisfies(const letter::DocumentType& type) {
  return type.signing_rule(letter::SigningMode::company_seal).satisfies == letter::Satisfies::yes;
}

AutomaticRule rule_of(const ingest::AutomaticRules& rules, const std::string& country,
                      const std::string& type) {
  return type.empty() ? rules.of_any(country) : rules.of(country, type);
}

bool goes_by_rule(const Case& one, const AutomaticRule& rule) {
  return rule.mode == ingest::AutomaticMode::issue && !one.decisions.opened_by_hand && !one.gone;
}

}  // namespace

std::string automatic_type(const std::string& country, const std::string& wish,
                           const letter::Packs& packs, Date day) {
  const auto pack = packs.find(country, day);
  if (!pack) return "";
  const letter::DocumentType* found = nullptr;
  for (const auto& [name, type] : (*pack)->types) {
    if (!lets_go(type, wish)) continue;
    if (found == nullptr || (seal_satisfies(type) && !seal_satisfies(*found))) found = &type;
  }
  return found == nullptr ? "" : found->id;
}

std::string type_of(const Facts& facts) { return value_of(facts, "reference_type").value_or(""); }

AutomaticRule rule_for(const ingest::AutomaticRules& rules, const Facts& facts) {
  return rule_of(rules, value_of(facts, "governing_law").value_or(""), type_of(facts));
}

AutomaticRule rule_for(const ingest::AutomaticRules& rules, const ingest::Person& person,
                       const letter::Packs& packs, Date day) {
  const auto mapped = [&](std::string_view field) {
    const ingest::Value<std::string>* value = person.mapped_value(field);
    return value == nullptr ? std::string() : value->value;
  };
  const std::string country = mapped("country");
  const std::string wish = mapped("reference_wish");
  if (wish != kWishesFull)
    return rule_of(rules, country, automatic_type(country, wish, packs, day));
  const auto pack = packs.find(country, day);
  return rule_of(rules, country, pack ? full_type(**pack) : "");
}

std::string wished_type(const Facts& facts, const letter::Packs& packs, Date day) {
  const std::string country = value_of(facts, "governing_law").value_or("");
  const std::string wish = value_of(facts, "wish").value_or("");
  if (wish != kWishesFull) return automatic_type(country, wish, packs, day);
  const auto pack = packs.find(country, day);
  return pack ? full_type(**pack) : "";
}

std::string planned_day(const Gate& gate, Date today, std::string_view zone) {
  if (gate.waiting != Waiting::nothing) return "";
  Date day = gate.from_day.value_or(today);
  if (gate.held_until) {
    const Result<Date> held = ingest::local_date(*gate.held_until, zone);
    if (held && *held > day) day = *held;
  }
  return format_date(day);
}

bool law_lets_go(const Facts& facts, const letter::Packs& packs, Date today) {
  const auto pack = packs.find(value_of(facts, "governing_law").value_or(""), today);
  if (!pack) return false;
  const auto type = (*pack)->type(type_of(facts));
  return type && lets_go(**type, value_of(facts, "wish").value_or(""));
}

Gate gate_of(const Case& one, const AutomaticRule& rule, bool lawful, Date today, UtcMillis now) {
  Gate gate;
  const Result<Date> end = parse_date(value_of(one.facts, "employed_to").value_or(""), "end");
  if (!end) return {false, Waiting::end_unknown};
  if (one.decisions.go == Go::stopped) return {false, Waiting::stopped};
  const bool released = one.decisions.go == Go::released;
  const bool by_rule = !released && lawful && goes_by_rule(one, rule);
  if (!released && one.gone) return {false, Waiting::deleted_in_source};
  if (!released && !by_rule) return {false, Waiting::to_release};
  const bool over = *end < today;
  if (!over) gate.from_day = ingest::days_after(*end, 1);
  bool held = false;
  if (by_rule && rule.hold > std::chrono::hours{0}) {
    // A notice from the future comes from a clock that was wrong: HR is told again.
    gate.wants_notice = !one.noticed_at || *one.noticed_at > now;
    if (!gate.wants_notice) gate.held_until = *one.noticed_at + rule.hold;
    held = !gate.held_until || now < *gate.held_until;
  }
  gate.open = over && !held;
  return gate;
}

}  // namespace refledger::desk
