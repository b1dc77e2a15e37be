// The ids seen in one walk: about 16 bytes a person, whatever else is known of them.
#pragma once

#include <charconv>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace refledger::ingest::personio {

class IdSet {
 public:
  /// Whether it was not there before.
  bool add(std::string_view id) {
    const std::uint64_t number = number_of(id);
    const bool added = number == 0 ? others_.emplace(id).second : add_number(number);
    count_ += added;
    return added;
  }
  bool contains(std::string_view id) const {
    const std::uint64_t number = number_of(id);
    if (number == 0) return others_.contains(id);
    return !slots_.empty() && slots_[slot_of(number)] == number;
  }
  std::size_t size() const { return count_; }

 private:
  // Ids are numbers so far; 0 marks one that is not, and an empty slot.
  static std::uint64_t number_of(std::string_view id) {
    std::uint64_t number = 0;
    const auto read = std::from_chars(id.data(), id.data() + id.size(), number);
    const bool plain = read.ec == std::errc{} && read.ptr == id.data() + id.size() && id[0] != '0';
    return plain ? number : 0;
  }

  std::size_t slot_of(std::uint64_t number) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(number * 0x9E3779B97F4A7C15u >> 32) & mask;
    while (slots_[at] != 0 && slots_[at] != number) at = (at + 1) & mask;
    return at;
  }

  bool add_number(std::uint64_t number) {
    if (numbers_ * 4 >= slots_.size() * 3) grow();
    std::uint64_t& slot = slots_[slot_of(number)];
    if (slot == number) return false;
    slot = number;
    ++numbers_;
    return true;
  }

  void grow() {
    std::vector<std::uint64_t> before(slots_.empty() ? 64 : slots_.size() * 2);
    before.swap(slots_);
    for (const std::uint64_t number : before) {
      if (number != 0) slots_[slot_of(number)] = number;
    }
  }

  std::vector<std::uint64_t> slots_;  // a power of two, open addressing
  std::size_t numbers_ = 0;
  std::set<std::string, std::less<>> others_;
  std::size_t count_ = 0;
};

}  // namespace refledger::ingest::personio
