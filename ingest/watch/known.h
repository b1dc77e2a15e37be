// What is remembered of every person between two readings: ids and dates, and nothing else.
//
// Shape    By a hash of their ids people fall into a fixed number of shards, each one text, so that
//          a large company costs few writes and a reading that changes nobody costs none.
// Errors   malformed: a shard's text is anything but what shard_text() writes
// Source   docs/ingest.md, "What is remembered"
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ingest/source/source.h"

namespace refledger::ingest {

struct Known {
  std::string id;
  std::string employment;  ///< the system's own id of it; empty where it has none
  Date start;
  std::optional<Date> end = {};   ///< definitive
  std::optional<Date> term = {};  ///< a fixed term's end
  Date first_seen{};
  /// From this day on the person is read again, changed or not.
  std::optional<Date> look_again = {};
  bool inactive = false;
  bool over = false;         ///< the employment, as last judged
  bool only_listed = false;  ///< it was over before this connection began: no case by itself
  bool deleted = false;      ///< the HR system no longer has this person
  friend bool operator==(const Known&, const Known&) = default;
};

class KnownPeople {
 public:
  static constexpr unsigned kShards = 64;

  /// Null: never seen.  Valid until the next put().
  const Known* find(std::string_view id) const;
  void put(Known known);
  std::size_t size() const { return people_.size(); }

  /// In no order that means anything.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const auto& [id, known] : people_) visit(known);
  }

  /// Shards that put() has changed since they were loaded or marked as saved, ascending.
  std::vector<unsigned> changed() const;
  void mark_saved();

  Result<std::string> shard_text(unsigned shard) const;
  Result<void> load_shard(unsigned shard, std::string_view text);
  static unsigned shard_of(std::string_view id);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view id) const { return std::hash<std::string_view>{}(id); }
  };
  std::unordered_map<std::string, Known, Hash, std::equal_to<>> people_;
  std::vector<bool> changed_ = std::vector<bool>(kShards, false);
};

}  // namespace refledger::ingest
