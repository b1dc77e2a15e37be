// Whether a case whose draft is complete may be issued now, and what it waits for if not.
//
// Order    Pure.  Nothing is issued before the last day has passed in the company's time zone,
//          whoever decided; nothing goes by rule alone that the law does not let go by itself.
// Source   docs/workflow.md, "What happens by itself"
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "desk/case/case.h"
#include "ingest/watch/rules.h"
#include "render/letter/pack.h"

namespace refledger::desk {

struct Gate {
  bool open = false;                         ///< issue it
  Waiting waiting = Waiting::nothing;        ///< for HR to do; with a closed gate and nothing: time
  bool wants_notice = false;                 ///< HR must be told before the hold period begins
  std::optional<Date> from_day = {};         ///< not before this day: the one after the last
  std::optional<UtcMillis> held_until = {};  ///< nor before this time, where the hold period runs
};

/// For a case at `drafted` or `approved`.  `lawful`: as law_lets_go() says.
Gate gate_of(const Case& one, const ingest::AutomaticRule& rule, bool lawful, Date today,
             UtcMillis now);

/// The wishes that the HR system can record.
inline constexpr std::string_view kWishesConfirmation = "confirmation";
inline constexpr std::string_view kWishesFull = "full";

/// Whether the rule pack of the governing law lets this type be issued without a person's decision:
/// always, or where the holder wished for it.
bool law_lets_go(const Facts& facts, const letter::Packs& packs, Date today);

/// The day from which it can be issued by itself; empty where HR must do something first.
std::string planned_day(const Gate& gate, Date today, std::string_view zone);

/// The type that may go by itself where `wish` is what the holder wished for, as the pack of the
/// country says: of several, one that a company's seal satisfies.  Empty: none may.
std::string automatic_type(const std::string& country, const std::string& wish,
                           const letter::Packs& packs, Date day);

/// The type of reference that the case is about, as the rule packs name it; empty: not known.
std::string type_of(const Facts& facts);
/// The type that the person wishes for, as the pack of their law calls it; empty: none is known.
std::string wished_type(const Facts& facts, const letter::Packs& packs, Date day);

/// The rule that holds for a person of whom this much is known.
ingest::AutomaticRule rule_for(const ingest::AutomaticRules& rules, const Facts& facts);
ingest::AutomaticRule rule_for(const ingest::AutomaticRules& rules, const ingest::Person& person,
                               const letter::Packs& packs, Date day);

}  // namespace refledger::desk
