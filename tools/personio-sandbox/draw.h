// Numbers and ids that look drawn, and are the same in every run.
//
// Source   Steele, Lea, Flood: SplitMix64; RFC 9562 §5.8 (a UUID of one's own making)
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace refledger::sandbox {

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15U) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
  }
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }

 private:
  std::uint64_t state_;
};

/// What ids of one sort have in common, so that no two sorts share one.
enum class IdOf : std::uint64_t { employment = 1, absence = 2, absence_type = 3, webhook = 4 };

/// The id of the `number`-th of a sort (of person `owner`).
std::string uuid_of(IdOf sort, std::uint64_t owner, std::uint64_t number);

/// The number of the absence that has this id, if any has.
std::uint64_t absence_number(std::string_view uuid);

}  // namespace refledger::sandbox
