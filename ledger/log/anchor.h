// The head anchor: the newest signed checkpoint, kept outside the database, and the entries that
// led to it for as long as the database may still lose them.
//
// A database that was restored from an old copy, or lost the end of its write-ahead log, is whole
// and correctly signed; only something outside can tell that it is older than what was given out.
//
// Order    write() returns once the head is on disk: this is the moment an append counts.  A crash
//          inside leaves this head or the one before, never neither.
// Errors   storage   the anchor cannot be read or written, or is damaged
//          refused   the anchor was made at another place: a folder that was copied or moved
// Threads  One at a time.
// Source   docs/ledger.md, "The head anchor"
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::log {

/// What is anchored with each commit.
struct Head {
  std::string checkpoint;  ///< the signed note
  TreeSize before;         ///< entries before this commit
  TreeSize settled;  ///< entries that the database holds for good: it had a synced write since
  /// The entries of this commit, so that a database that did not get them can be given them; none
  /// where they are too long, and then the database was written and synced first.
  std::vector<std::string> entries;
  UtcMillis signed_at;
  friend bool operator==(const Head&, const Head&) = default;
};

/// The bytes that the entries of a head count for.
std::size_t staged_bytes(std::span<const std::string> entries);

class Anchor {
 public:
  virtual ~Anchor() = default;
  /// Nothing if no head was ever anchored.
  virtual Result<std::optional<Head>> read() const = 0;
  /// The heads whose entries the database may lack, oldest first: those that follow on each other
  /// up to the newest, from the newest's `settled` on.
  virtual Result<std::vector<Head>> staged() const = 0;
  virtual Result<void> write(Head head) = 0;
};

/// The entries of a commit that are anchored with it: as many bytes as this at most.
constexpr std::size_t kMaxStaged = std::size_t{1} << 17;
/// And of all commits that the database may lack.
constexpr std::size_t kMaxUnsettled = std::size_t{1} << 19;

/// In one file, as a ring of records.
class FileAnchor final : public Anchor {
 public:
  /// Makes the file if it is not there.  `machine`: what tells this machine from others.
  static Result<std::unique_ptr<FileAnchor>> open(const std::filesystem::path& path,
                                                  std::string_view machine);
  /// From now on this place counts, and this clock: the operator knows that the other copy is gone,
  /// or that the clock was wrong before.  not_found if no head was anchored.
  static Result<void> adopt(const std::filesystem::path& path, std::string_view machine,
                            UtcMillis now);
  ~FileAnchor() override;

  Result<std::optional<Head>> read() const override;
  Result<std::vector<Head>> staged() const override;
  Result<void> write(Head head) override;

 private:
  struct State;
  explicit FileAnchor(std::unique_ptr<State> state);
  static Result<std::unique_ptr<State>> load(const std::filesystem::path& path,
                                             std::string_view machine);
  std::unique_ptr<State> state_;
};

}  // namespace refledger::log
