// The whole ledger checked against itself, by reading it once and believing nothing but the log's
// key: every entry, signature, tile, checkpoint, index row and status list.
//
// Shape    A finding is one line that names a place; it never holds what stands there.
// State    A few megabytes, whatever the size of the ledger.
// Errors   None: what cannot be read is a finding too.
// Threads  As many as asked for; the reader must allow them.
// Source   docs/ledger.md, "What fsck checks"
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/format/note.h"
#include "ledger/store/store.h"

namespace refledger::log {

struct FsckProgress {
  std::string_view part;  ///< "entries", "indexes"
  std::uint64_t done = 0;
  std::uint64_t total = 0;
};

struct FsckOptions {
  unsigned threads = 2;
  /// The tree alone: entries' hashes, tiles and checkpoints; no signatures of issuers, no rules, no
  /// indexes, no status lists.
  bool tree_only = false;
  /// An export has no indexes; the rules of refs are then not checked either.
  bool indexes = true;
  /// Signed checkpoints of this log that are kept elsewhere, each with what it is called.
  std::vector<std::pair<std::string, std::string>> checkpoints;
  /// Who may have closed it; without one the closings' signatures are not checked.
  std::vector<format::NoteKey> roots = {};
  /// Called now and then, from any thread but never from two; false ends the check.
  std::function<bool(const FsckProgress&)> progress = [](const FsckProgress&) { return true; };
};

struct FsckReport {
  TreeSize size;
  TreeHash root;
  std::uint64_t signatures = 0;   ///< of issuers, checked
  std::uint64_t tiles = 0;        ///< compared
  std::uint64_t checkpoints = 0;  ///< compared with the tree at their size
  std::uint64_t index_rows = 0;
  std::uint64_t status_lists = 0;
  std::uint64_t wrong = 0;            ///< how many findings there are
  std::vector<std::string> findings;  ///< the first hundred of them
  bool ended_early = false;           ///< asked to stop, or nothing more could be placed
};

FsckReport fsck(const store::Reader& store, const std::string& origin, const PublicKey& log_key,
                const FsckOptions& options);

}  // namespace refledger::log
