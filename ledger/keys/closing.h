// What root keys have said about the ends of logs.
//
// Order    Statements are gone through oldest first; a later one about the same log may add where
//          it goes on, and nothing else.
// Errors   malformed; refused: a signature of a known root fails, or the root contradicts itself
// Source   docs/format/closing.md, "Rules"
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/format/closing.h"

namespace refledger::keys {

class Closings {
 public:
  explicit Closings(std::vector<format::NoteKey> roots) : roots_(std::move(roots)) {}

  /// False: by none of the roots, and passed over.
  Result<bool> take(const std::string& note);
  Result<void> take_all(const std::vector<std::string>& notes);

  /// Nothing is known of an end of that log.
  const format::Closing* find(std::string_view origin) const;
  /// One a log, in the order in which they came.
  const std::vector<format::Closing>& all() const { return known_; }

  /// Where the log of `key` goes on, and that one, and so on: the last key of all; `key` itself
  /// where nothing follows it.
  const format::NoteKey& newest(const format::NoteKey& key) const;

 private:
  std::vector<format::NoteKey> roots_;
  std::vector<format::Closing> known_;
};

/// Whether a state that a log signed counts although the log was closed: it is not beyond the end,
/// and not another one of that size; where the key was stolen it is the last one.
bool counts_in(const format::Checkpoint& state, const format::Closing& closing);

}  // namespace refledger::keys
