// The head anchor notices a ledger that is older than what was given out, and survives any crash.
#include "ledger/log/anchor.h"

#include <fcntl.h>
#include <unistd.h>

#include "company.h"
#include "ledger/core/file.h"
#include "ledger/store/rocksdb_store.h"

namespace refledger::log {
namespace {

namespace fs = std::filesystem;
using test::Company;
using test::kOrigin;
using test::MemoryLog;

constexpr const char* kMachine = "this machine";

std::unique_ptr<FileAnchor> open_at(const fs::path& path) {
  auto anchor = FileAnchor::open(path, kMachine);
  EXPECT_TRUE(anchor.has_value()) << anchor.error().detail;
  return *std::move(anchor);
}

Head head_of(std::uint64_t size, std::vector<std::string> entries = {"entry"}) {
  const auto key = test::key_of(99);
  const format::Checkpoint checkpoint{kOrigin, {size}, hash_empty()};
  return {format::sign_checkpoint(checkpoint, *key),
          {size - 1},
          {},
          std::move(entries),
          *parse_time("2026-11-02T08:00:00.000Z", "time")};
}

void flip(const fs::path& path, std::size_t at) {
  Bytes content = *read_file(path, 8 << 20);
  content[at] ^= 1;
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);  // in place: the file stays the same
  ASSERT_EQ(::pwrite(file, &content[at], 1, static_cast<off_t>(at)), 1);
  ::close(file);
}

TEST(FileAnchor, IsEmptyAtFirstAndKeepsTheNewestHead) {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "head";
  EXPECT_EQ(*open_at(path)->read(), std::nullopt);
  for (std::uint64_t size = 1; size < 6; ++size) {
    const auto anchor = open_at(path);
    ASSERT_TRUE(anchor->write(head_of(size)).has_value());
    EXPECT_EQ(*anchor->read(), head_of(size));
    EXPECT_EQ(*open_at(path)->read(), head_of(size));
  }
}

// A short head takes one sector of the ring.
constexpr std::size_t kSector = 512;

TEST(FileAnchor, FallsBackToTheHeadBeforeWhereTheNewestIsTorn) {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "head";
  ASSERT_TRUE(open_at(path)->write(head_of(1)).has_value());
  ASSERT_TRUE(open_at(path)->write(head_of(2)).has_value());
  flip(path, kSector + 100);
  EXPECT_EQ(*open_at(path)->read(), head_of(1));
  flip(path, 100);
  EXPECT_EQ(FileAnchor::open(path, kMachine).error().fault, Fault::storage);
}

// Wherever a bit flips: the newest head, or the one before, or a refusal; never anything else.
TEST(FileAnchor, GivesNoHeadThatWasNotWritten) {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "head";
  ASSERT_TRUE(open_at(path)->write(head_of(1)).has_value());
  ASSERT_TRUE(open_at(path)->write(head_of(2)).has_value());
  for (std::size_t at = 0; at < kSector; at += 3) {
    flip(path, kSector + at);
    const Head head = **open_at(path)->read();
    EXPECT_TRUE(head == head_of(1) || head == head_of(2)) << at;
    flip(path, kSector + at);
  }
  fs::resize_file(path, 1000);
  EXPECT_EQ(FileAnchor::open(path, kMachine).error().fault, Fault::storage);
}

TEST(FileAnchor, GivesTheHeadsThatTheStoreMayLackOldestFirst) {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "head";
  const auto anchor = open_at(path);
  for (std::uint64_t size = 1; size <= 5; ++size) {
    ASSERT_TRUE(anchor->write(head_of(size)).has_value());
  }
  EXPECT_EQ(open_at(path)->staged()->size(), 5u);
  Head settled = head_of(6);
  settled.settled = {3};
  ASSERT_TRUE(anchor->write(settled).has_value());
  EXPECT_EQ(*open_at(path)->staged(), (std::vector{head_of(4), head_of(5), settled}));
  flip(path, 4 * kSector + 100);  // one between is lost: what is before it does not follow any more
  EXPECT_EQ(*open_at(path)->staged(), std::vector{settled});
}

// Many laps: whatever lies under the newest head, it is found, with those that it needs.
TEST(FileAnchor, GoesRoundAndRound) {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "head";
  const auto anchor = open_at(path);
  for (std::uint64_t size = 1; size <= 120; ++size) {
    Head head = head_of(size, {std::string(1 + size * 7919 % (kMaxStaged - 8), 'e')});
    head.settled = {size - 3 > size ? 0 : size - 3};
    ASSERT_TRUE(anchor->write(head).has_value());
    if (size % 8 != 0) continue;
    const auto again = open_at(path);
    ASSERT_EQ(*again->read(), head) << size;
    EXPECT_EQ(again->staged()->size(), 3u) << size;
  }
}

TEST(FileAnchor, RefusesACopyAndAnotherMachineUntilToldToAdopt) {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "head";
  ASSERT_TRUE(open_at(path)->write(head_of(1)).has_value());
  EXPECT_EQ(FileAnchor::open(path, "another machine").error().fault, Fault::refused);
  const fs::path copy = folder.path() / "copy";
  fs::copy(path, copy);
  EXPECT_EQ(FileAnchor::open(copy, kMachine).error().fault, Fault::refused);
  ASSERT_TRUE(FileAnchor::adopt(copy, kMachine, head_of(1).signed_at).has_value());
  EXPECT_EQ(*open_at(copy)->read(), head_of(1));
  EXPECT_EQ(*open_at(path)->read(), head_of(1));
}

TEST(FileAnchor, AdoptingSetsTheClockAndNeedsAHead) {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "head";
  const UtcMillis now = *parse_time("2025-01-01T00:00:00.000Z", "time");
  EXPECT_EQ(FileAnchor::adopt(path, kMachine, now).error().fault, Fault::not_found);
  ASSERT_TRUE(open_at(path)->write(head_of(1)).has_value());
  ASSERT_TRUE(FileAnchor::adopt(path, kMachine, now).has_value());
  EXPECT_EQ((*open_at(path)->read())->signed_at, now);
}

TEST(FileAnchor, FollowsNoSymbolicLinkAndReportsAFolderThatIsGone) {
  const test::TemporaryFolder folder;
  fs::create_symlink(folder.path() / "elsewhere", folder.path() / "head");
  EXPECT_FALSE(FileAnchor::open(folder.path() / "head", kMachine).has_value());
  EXPECT_FALSE(FileAnchor::open(folder.path() / "none" / "head", kMachine).has_value());
}

// ---- log and anchor together --------------------------------------------------------------------

// Every state of the ledger beside every anchor that a history of nine commits can leave; after
// each commit the store holds it for good, or it does not.
class EveryPair {
 public:
  explicit EveryPair(bool settled) {
    Company company;
    keep();
    for (const std::string& entry : company.small_ledger()) {
      log_.must_append({entry});
      if (settled) {
        EXPECT_TRUE(log_->build_indexes().has_value());
      }
      keep();
    }
  }
  template <class Check>
  void each(const Check& check) {
    for (std::size_t at = 0; at < contents_.size(); ++at) {
      for (std::size_t anchored = 0; anchored < anchors_.size(); ++anchored) {
        SCOPED_TRACE(testing::Message() << "store " << at << ", anchor " << anchored);
        test::MemoryStore store(kSpaces);
        store.content() = contents_[at];
        test::MemoryAnchor anchor = anchors_[anchored];
        Settings settings;
        settings.index_in_background = false;
        const auto opened = Log::open(store, kOrigin, *log_.key, anchor, log_.clock, settings);
        check(at, anchored, opened, store);
      }
    }
  }
  const auto& content(std::size_t at) const { return contents_[at]; }

 private:
  void keep() {
    contents_.push_back(log_.store.content());
    anchors_.push_back(log_.anchor);
  }
  MemoryLog log_;
  std::vector<std::map<std::string, test::MemoryStore::Space, std::less<>>> contents_;
  std::vector<test::MemoryAnchor> anchors_;
};

TEST(AnchoredLog, RefusesEveryStateOlderThanItsAnchor) {
  EveryPair pairs(true);
  pairs.each([&](std::size_t at, std::size_t anchored, const auto& opened, auto& store) {
    if (anchored <= at) {
      EXPECT_TRUE(opened.has_value());
      return;
    }
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().fault, Fault::refused);
    EXPECT_NE(opened.error().detail.find("older than its head anchor"), std::string::npos);
    EXPECT_EQ(store.content(), pairs.content(at));
  });
}

TEST(AnchoredLog, BringsAStoreThatLostWhatWasNotSyncedUpToItsAnchor) {
  EveryPair pairs(false);
  pairs.each([&](std::size_t at, std::size_t anchored, const auto& opened, auto& store) {
    ASSERT_TRUE(opened.has_value()) << opened.error().detail;
    EXPECT_EQ(store.content(), pairs.content(std::max(at, anchored)));
  });
}

TEST(AnchoredLog, RefusesAnotherHistoryOfTheSameLength) {
  Company one, other;
  MemoryLog log, rival;
  const std::string first = one.first();
  log.must_append({first});
  rival.must_append({first});
  log.must_append({one.issue(1)});
  rival.must_append({one.issue(2)});
  rival.must_append({one.issue(3)});
  rival.anchor = log.anchor;
  EXPECT_EQ(rival.try_open().error().fault, Fault::refused);
}

TEST(AnchoredLog, RefusesALedgerWithoutItsAnchorAndAnAnchorOfAnotherKey) {
  Company company;
  MemoryLog log;
  log.must_append({company.first()});
  const test::MemoryAnchor good = log.anchor;
  log.anchor.head().reset();
  EXPECT_EQ(log.try_open().error().fault, Fault::refused);
  log.anchor = good;
  log.anchor.head()->checkpoint =
      format::sign_checkpoint({kOrigin, {1}, hash_empty()}, *test::key_of(98));
  EXPECT_EQ(log.try_open().error().fault, Fault::refused);
  log.anchor = good;
  EXPECT_TRUE(log.try_open().has_value());
}

TEST(AnchoredLog, WritesTheStoreFirstWhereTheEntriesAreTooLongToStage) {
  Company company;
  MemoryLog log;
  std::vector<std::string> entries{company.first()};
  while (entries.size() < kMaxBatch) entries.push_back(company.issue(entries.size()));
  log.anchor.fail_write(0, test::MemoryStore::Loss::lost);
  ASSERT_EQ(log.append(entries).error().fault, Fault::storage);
  log.open();
  EXPECT_EQ(log.view().checkpoint().size.leaves, entries.size());
}

TEST(AnchoredLog, SignsNothingWhileTheClockIsSetBack) {
  Company company;
  MemoryLog log;
  log.clock.set("2026-11-02T08:00:00.000Z");
  const std::string first = company.first();
  log.must_append({first});
  log.clock.set("2026-11-02T07:59:57.000Z");  // its own small correction
  log.must_append({company.issue(1)});
  log.clock.set("2026-11-02T07:59:00.000Z");
  const auto back = log.append({company.issue(2)});
  EXPECT_EQ(back.error().fault, Fault::conflict);
  EXPECT_NE(back.error().detail.find("the clock went back"), std::string::npos);
  EXPECT_EQ(*log.append({first}), test::positions({0}));  // a repetition signs nothing
  log.open();                                             // not even a restart forgets it
  EXPECT_EQ(log.append({company.issue(2)}).error().fault, Fault::conflict);
  log.clock.set("2026-11-02T08:00:01.000Z");
  log.must_append({company.issue(2)});
}

// On disk: whatever part of the folder comes from an older copy.
TEST(AnchoredLog, RefusesAnOldCopyOfTheDatabaseAndALostWriteAheadLog) {
  const test::TemporaryFolder folder;
  const fs::path ledger = folder.path() / "ledger";
  const auto key = test::key_of(99);
  const test::HandClock clock;
  Company company;
  const auto append = [&](const std::vector<std::string>& entries) {
    const auto store = *open_store(ledger);
    const auto anchor = open_at(folder.path() / "head");
    const auto log = *Log::open(*store, kOrigin, *key, *anchor, clock);
    for (const std::string& entry : entries) ASSERT_TRUE(log->append({&entry, 1}).has_value());
  };
  const auto fault = [&] {
    const auto store = open_store(ledger);
    if (!store) return store.error().fault;
    const auto anchor = open_at(folder.path() / "head");
    const auto log = Log::open(**store, kOrigin, *key, *anchor, clock);
    return log ? Fault::not_found : log.error().fault;
  };
  append({company.first(), company.issue(1)});
  fs::copy(ledger, folder.path() / "old", fs::copy_options::recursive);
  append({company.issue(2), company.issue(3), company.issue(4)});
  fs::copy(ledger, folder.path() / "new", fs::copy_options::recursive);

  fs::remove_all(ledger);
  fs::copy(folder.path() / "old", ledger, fs::copy_options::recursive);
  EXPECT_EQ(fault(), Fault::refused);

  fs::remove_all(ledger);
  fs::copy(folder.path() / "new", ledger, fs::copy_options::recursive);
  for (const auto& file : fs::directory_iterator(ledger)) {
    if (file.path().extension() == ".log") fs::remove(file.path());
  }
  const Fault lost = fault();
  EXPECT_TRUE(lost == Fault::refused || lost == Fault::storage);

  fs::remove_all(ledger);
  fs::copy(folder.path() / "new", ledger, fs::copy_options::recursive);
  EXPECT_EQ(fault(), Fault::not_found);  // the control: nothing is wrong with the newest copy
}

}  // namespace
}  // namespace refledger::log
