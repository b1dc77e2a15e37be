// The parts of fsck, shared among its files and by nobody else.
#pragma once

#include <array>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "ledger/credential/status_list.h"
#include "ledger/format/checkpoint.h"
#include "ledger/format/entry.h"
#include "ledger/format/note.h"
#include "ledger/keys/history.h"
#include "ledger/log/fsck.h"
#include "ledger/log/layout.h"

namespace refledger::log {

/// Collects what is wrong.  Threads: any.
class Findings {
 public:
  void add(std::string what) {
    const std::lock_guard lock(mutex_);
    ++count_;
    if (first_.size() < kKept) first_.push_back(std::move(what));
  }
  bool none() const {
    const std::lock_guard lock(mutex_);
    return count_ == 0;
  }
  void move_into(FsckReport& report) {
    report.wrong = count_;
    report.findings = std::move(first_);
  }

 private:
  static constexpr std::size_t kKept = 100;
  mutable std::mutex mutex_;
  std::uint64_t count_ = 0;
  std::vector<std::string> first_;
};

/// A sum over rows that does not depend on their order: two sets of rows are the same if their sums
/// are, unless somebody knew the key, which is drawn for each check.
class RowSum {
 public:
  void add(const std::array<std::uint8_t, 32>& key, std::string_view row_key, ByteView value);
  RowSum& operator+=(const RowSum& other);
  std::uint64_t rows() const { return rows_; }
  friend bool operator==(const RowSum&, const RowSum&) = default;

 private:
  std::array<std::uint64_t, 4> lanes_{};
  std::uint64_t rows_ = 0;
};

constexpr std::array<std::string_view, 4> kIndexes{layout::kByHash, layout::kByRef, layout::kByDoc,
                                                   layout::kByIss};
using IndexSums = std::array<RowSum, kIndexes.size()>;
void add_rows(const std::array<std::uint8_t, 32>& key, const std::vector<layout::Row>& rows,
              IndexSums& sums);

/// The rows that entries above the watermark will have in by_ref.
using FreshRefs = std::map<std::string, Bytes>;

/// What one check knows and gathers.
struct FsckScene {
  const store::Reader& store;
  format::NoteKey log_key;
  const FsckOptions& options;
  std::array<std::uint8_t, 32> sum_key;
  TreeSize size;     ///< what the stored checkpoint says
  TreeSize indexed;  ///< the entries below have their index rows, and only they
  Findings findings;
  FsckReport report;
};

/// A root that somebody signed for a size.
struct Claim {
  TreeHash root;
  std::string what;
};
using Claims = std::multimap<TreeSize, Claim>;

/// Adds what `checkpoint` says to the claims, or finds it beyond what is stored.
void add_claim(FsckScene& scene, const format::Checkpoint& checkpoint, const std::string& what,
               Claims& claims);
/// The closings and the predecessor; their roots are added to the claims.
Result<void> check_ends(FsckScene& scene, Claims& claims);

/// A status token as stored.
struct StatusClaim {
  std::uint64_t list;
  credential::ParsedStatusToken token;  ///< without its set, which is in `withdrawn`
  std::vector<bool> withdrawn;          ///< by place
};

/// A checkpoint that this log's key signed; what is wrong with it is a finding.
std::optional<format::Checkpoint> read_checkpoint(FsckScene& scene, const std::string& what,
                                                  const std::string& text);

/// What the entries came to.
struct EntriesChecked {
  keys::Issuers issuers;
  IndexSums rows;  ///< of the entries below the watermark
  FreshRefs refs;  ///< of those above
};

/// Reads every entry once, in order, with all threads.
Result<EntriesChecked> check_entries(FsckScene& scene, const Claims& claims,
                                     const std::vector<StatusClaim>& tokens);

/// Every row of every index, against the sums of what the entries ask for; and the rules of refs.
Result<void> check_indexes(FsckScene& scene, const EntriesChecked& entries);

/// The stored tokens; one that cannot be read is a finding.
Result<std::vector<StatusClaim>> read_status_tokens(FsckScene& scene);
void check_token_signatures(FsckScene& scene, const std::vector<StatusClaim>& tokens,
                            const keys::Issuers& issuers);

}  // namespace refledger::log
