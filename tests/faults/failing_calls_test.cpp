// A system call fails, whichever it is: the process ends, and nothing acknowledged is lost.
//
// The worker runs its scenario again and again; in the n-th run the n-th call of a kind fails,
// until a run is reached that has no such call.  Then the folder is opened as it is and, where a
// sync failed, also as a power cut would leave it: what the system could not write is gone.
#include <gtest/gtest.h>

#include <cerrno>
#include <map>

#include "fault_run.h"
#include "ledger_scenario.h"
#include "other_reader.h"

namespace refledger::test {
namespace {

struct Figures {
  std::size_t injected = 0;
  std::size_t ended = 0;     // the worker stopped, or RocksDB ended it
  std::size_t harmless = 0;  // it went on, and was right to
};

// Where a failed write or sync must end the process: RocksDB may do without its other files.
bool is_essential(const std::string& fault) {
  const bool writes = fault.starts_with("write ") || fault.starts_with("sync ");
  return writes && (fault.ends_with(".log") || fault.ends_with("ledger.head") ||
                    fault.find("/MANIFEST-") != std::string::npos || fault.ends_with(".sst"));
}

std::string wrong_with(const FaultFolder& folder, int code, bool is_failure, Figures& figures) {
  const Promised promised = folder.promised();
  ++figures.injected;
  const bool ended = code != 0;
  ++(ended ? figures.ended : figures.harmless);
  const bool stopped = code == 3 || code == 4 || code == 128 + SIGABRT;
  if (ended && !stopped) return "it ended with " + std::to_string(code);
  // Behind a write of the database one append may have been under way: it is anchored already.
  const std::size_t under_way = promised.first_fault.ends_with("ledger.head") ? 0 : kLargestBatch;
  if (is_failure && is_essential(promised.first_fault) && promised.after_fault > under_way) {
    return "it went on to acknowledge";
  }
  return wrong_after(folder.data(), promised);
}

/// Which calls fail: each `step`th from the `first` on; `on`: and all after it.
struct Places {
  std::size_t first = 1;
  std::size_t step = 1;
  bool on = false;
};

void fail_each(const std::string& call, int reason, Figures& figures, Places places = {}) {
  const FaultFolder folder;
  for (std::size_t nth = places.first;; nth += places.step) {
    folder.reset();
    const std::string fail =
        call + ":" + std::to_string(nth) + ":" + std::to_string(reason) + (places.on ? ":on" : "");
    // Every other time the power fails as well: then what could not be synced is gone.
    const bool cut = nth / places.step % 2 == 1;
    std::vector<std::string> disk{"DISK_FAIL=" + fail};
    if (cut) disk.push_back("DISK_JOURNAL=" + folder.journal().string());
    const int code = Worker(folder, {}, disk).wait();
    const Promised promised = folder.promised();
    if (promised.faults == 0) {
      ASSERT_EQ(code, 0) << fail << ": " << text_of_file(folder.beside("errors"));
      ASSERT_GT(nth, places.first) << fail << ": there is no such call";
      return;
    }
    if (cut) {
      DiskReplay replay(folder.journal(), folder.data());
      folder.lay_out(replay.after_cut(replay.end(), Cut::lost, 1));
    }
    ASSERT_EQ(wrong_with(folder, code, reason != 0 && reason != EINTR, figures), "")
        << fail << (cut ? " and a power cut, " : ", ") << promised.first_fault;
    if (figures.injected % 8 != 1) continue;
    ASSERT_EQ(wrong_by_other_reader(folder.data()), "") << fail;
  }
}

void tell(const std::string& what, const Figures& figures) {
  tell_figure(what + ": " + std::to_string(figures.injected) + " injected, " +
              std::to_string(figures.ended) + " ended the process, " +
              std::to_string(figures.harmless) + " harmless, 0 losses");
}

const char* const kCalls[] = {"open",     "write",    "sync",  "rename",
                              "truncate", "allocate", "mkdir", "unlink"};

TEST(FailingCalls, SyncEndsTheProcessAndLosesNothing) {
  Figures figures;
  fail_each("sync", EIO, figures, {1, is_soak() ? 1u : 3u});
  if (is_soak()) fail_each("sync", ENOSPC, figures);
  EXPECT_GT(figures.ended, 15u);
  tell("failing sync", figures);
}

TEST(FailingCalls, WriteEndsTheProcessAndLosesNothing) {
  Figures figures;
  fail_each("write", ENOSPC, figures, {1, is_soak() ? 1u : 7u});
  if (is_soak()) fail_each("write", EIO, figures);
  EXPECT_GT(figures.ended, 10u);
  tell("failing write", figures);
}

TEST(FailingCalls, AnyCallThatFailsFromThenOnLosesNothing) {
  Figures figures;
  for (const char* const call : kCalls) {
    for (const int reason : {EIO, ENOSPC, EROFS, EMFILE}) {
      if (!is_soak() && reason != (call == std::string("open") ? EMFILE : EROFS)) continue;
      fail_each(call, reason, figures, {1, is_soak() ? 1u : 13u, true});
      if (is_soak()) fail_each(call, reason, figures);
    }
  }
  tell("any call failing", figures);
}

// Not failures: a write may be interrupted or do half of its work, and is gone on with.
TEST(FailingCalls, AnInterruptedOrShortWriteIsGoneOnWith) {
  Figures figures;
  fail_each("write", EINTR, figures, {1, is_soak() ? 1u : 15u});
  fail_each("write", 0, figures, {2, is_soak() ? 1u : 15u});
  EXPECT_EQ(figures.ended, 0u);
  tell("interrupted and short writes", figures);
}

// The control: a writer that takes a failed append for done is found.
TEST(FailingCalls, AreFoundToLoseEntriesWhereTheWriterGoesOn) {
  const FaultFolder folder;
  std::size_t found = 0;
  for (std::size_t nth = 60; nth < 120 && found == 0; nth += 5) {
    folder.reset();
    Figures figures;
    const std::string fail = "DISK_FAIL=write:" + std::to_string(nth) + ":5";
    const int code = Worker(folder, {"go-on"}, {fail}).wait();
    if (!wrong_with(folder, code, false, figures).empty()) ++found;
  }
  EXPECT_GT(found, 0u);
}

}  // namespace
}  // namespace refledger::test
