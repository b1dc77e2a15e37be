// A ledger made from its backup is the one that was backed up; an older one never passes for it.
#include "ledger/log/backup.h"

#include "company.h"
#include "ledger/core/file.h"
#include "ledger/format/origin.h"
#include "ledger/log/cosigned.h"
#include "ledger/log/epoch.h"
#include "ledger/log/fsck.h"
#include "ledger/log/layout.h"

namespace refledger::log {
namespace {

using test::Company;
using test::kOrigin;
using test::MemoryAnchor;
using test::MemoryLog;
using test::MemoryStore;

constexpr auto kGoOn = [](TreeSize, TreeSize) { return true; };
const std::string kNext = format::origin_of_epoch(kOrigin, 2);

class Backup : public testing::Test {
 protected:
  Backup() {
    log_.must_append(company_.small_ledger());
    std::vector<std::string> more;
    for (std::uint64_t n = 10; n < 310; ++n) more.push_back(company_.issue(n, n));
    log_.must_append(more);
  }
  void back_up() {
    const auto done = log::back_up(log_.view(), log_.store, folder(), kGoOn);
    ASSERT_TRUE(done.has_value()) << done.error().detail;
  }
  Result<TreeSize> restore() { return log::restore(ExportReader(folder()), restored_, kGoOn); }
  Result<std::unique_ptr<Log>> open(const std::string& origin, Anchor& anchor) {
    return Log::open(restored_, origin, *log_.key, anchor, log_.clock);
  }
  void clear() {
    for (auto& [space, rows] : restored_.content()) rows.clear();
  }
  FsckReport check(const std::string& origin) const {
    return fsck(restored_, origin, log_.key->public_key(), {});
  }
  std::filesystem::path folder() const { return scratch_.path() / "backup"; }

  MemoryLog log_;
  Company company_;
  MemoryStore restored_{kSpaces};
  test::TemporaryFolder scratch_;
};

TEST_F(Backup, IsRestoredRowForRow) {
  ASSERT_TRUE(log_->put_status_token(7, "a token").has_value());
  ASSERT_TRUE(put_cosigned(log_.store, log_.view().signed_checkpoint()).has_value());
  ASSERT_TRUE(log_->build_indexes().has_value());
  back_up();
  const Result<TreeSize> size = restore();
  ASSERT_TRUE(size.has_value()) << size.error().detail;
  EXPECT_EQ(size->leaves, 309u);
  for (const std::string& space : kSpaces) {
    EXPECT_EQ(restored_.content()[space], log_.store.content()[space]) << space;
  }
}

TEST_F(Backup, GoesOnWhereItWasUnderItsAnchor) {
  back_up();
  ASSERT_TRUE(restore().has_value());
  const FsckReport report = check(kOrigin);
  EXPECT_EQ(report.wrong, 0u) << report.findings.front();
  const auto log = open(kOrigin, log_.anchor);
  ASSERT_TRUE(log.has_value()) << log.error().detail;
  EXPECT_EQ(*(*log)->append(std::vector{company_.issue(1, 1)}), test::positions({1}));
  EXPECT_EQ(*(*log)->append(std::vector{company_.issue(400)}), test::positions({309}));
}

TEST_F(Backup, IsBroughtUpToDateByRunningItAgain) {
  back_up();
  log_.must_append({company_.issue(500), company_.withdraw(500)});
  back_up();
  EXPECT_EQ(restore()->leaves, 311u);
}

TEST_F(Backup, ThatIsOlderThanTheAnchorIsRefused) {
  back_up();
  log_.must_append({company_.issue(500)});
  ASSERT_TRUE(log_->build_indexes().has_value());  // settled: the anchor keeps it no more
  ASSERT_TRUE(restore().has_value());
  EXPECT_EQ(open(kOrigin, log_.anchor).error().fault, Fault::refused);
  MemoryAnchor none;
  EXPECT_EQ(open(kOrigin, none).error().fault, Fault::refused);
}

// The control of the refusal: what the anchor still has is appended, and nothing is lost.
TEST_F(Backup, ThatLacksWhatTheAnchorHasIsCompletedFromIt) {
  ASSERT_TRUE(log_->build_indexes().has_value());
  back_up();
  log_.must_append({company_.issue(500)});
  ASSERT_TRUE(restore().has_value());
  const auto log = open(kOrigin, log_.anchor);
  ASSERT_TRUE(log.has_value()) << log.error().detail;
  EXPECT_EQ((*log)->view()->checkpoint(), log_.view().checkpoint());
}

TEST_F(Backup, WithAnyFileAlteredOrMissingIsNotRestoredUnnoticed) {
  back_up();
  std::vector<std::filesystem::path> files;
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder())) {
    if (each.is_regular_file()) files.push_back(each.path());
  }
  EXPECT_GE(files.size(), 6u);
  for (const std::filesystem::path& file : files) {
    // Tiles are made anew from the entries, whatever the backup's say.
    if (file.string().find("/tile/0/") != std::string::npos) continue;
    if (file.string().find("/tile/1/") != std::string::npos) continue;
    const Bytes right = *read_file(file, 1 << 24);
    Bytes wrong = right;
    wrong[wrong.size() / 2] ^= 1;
    ASSERT_TRUE(write_file(file, wrong).has_value());
    EXPECT_FALSE(restore().has_value() && check(kOrigin).wrong == 0) << file << " altered";
    clear();
    std::filesystem::remove(file);
    EXPECT_FALSE(restore().has_value() && check(kOrigin).wrong == 0) << file << " missing";
    clear();
    ASSERT_TRUE(write_file(file, right).has_value());
  }
  EXPECT_TRUE(restore().has_value());
}

TEST_F(Backup, IsNeverRestoredOverALedgerNorInPart) {
  back_up();
  EXPECT_EQ(log::restore(ExportReader(folder()), log_.store, kGoOn).error().fault, Fault::refused);
  const auto stop = [](TreeSize, TreeSize) { return false; };
  EXPECT_EQ(log::restore(ExportReader(folder()), restored_, stop).error().fault, Fault::refused);
  EXPECT_EQ(View::open(restored_).error().fault, Fault::not_found);
}

// ---- a new epoch --------------------------------------------------------------------------------

class Epoch : public Backup {
 protected:
  Epoch() {
    back_up();
    lost_ = company_.issue(500);
    log_.must_append({lost_});
    EXPECT_TRUE(log_->build_indexes().has_value());
    EXPECT_TRUE(restore().has_value());
  }
  Result<void> start(const std::string& origin) {
    return start_epoch(restored_, origin, *log_.key, anchor_, log_.clock.now());
  }
  std::string issue_in(const std::string& origin, std::uint64_t number) const {
    format::Issued act;
    act.ref = test::ref(number);
    return format::sign_entry(act, origin, company_.key());
  }

  std::string lost_;
  MemoryAnchor anchor_;
};

TEST_F(Epoch, GoesOnFromAnOlderStateUnderAnotherName) {
  ASSERT_TRUE(start(kNext).has_value());
  const auto log = open(kNext, anchor_);
  ASSERT_TRUE(log.has_value()) << log.error().detail;
  EXPECT_EQ((*log)->view()->checkpoint().origin, kNext);
  EXPECT_EQ((*log)->view()->checkpoint().size.leaves, 309u);
  EXPECT_TRUE((*log)->view()->find(test::ref(1)).has_value());
  // What was lost can be handed in again as it was signed then, beside what is new.
  EXPECT_EQ(*(*log)->append(std::vector{lost_, issue_in(kNext, 501)}), test::positions({309, 310}));
  ASSERT_TRUE((*log)->build_indexes().has_value());
  const FsckReport report = check(kNext);
  EXPECT_EQ(report.wrong, 0u) << report.findings.front();
  EXPECT_GT(check(kOrigin).wrong, 0u);  // under the name before it is not that log any more
}

TEST_F(Epoch, IsNeverTakenForTheOneBefore) {
  ASSERT_TRUE(start(kNext).has_value());
  EXPECT_FALSE(open(kOrigin, log_.anchor).has_value());
  EXPECT_FALSE(open(kOrigin, anchor_).has_value());
  EXPECT_FALSE(open(kNext, log_.anchor).has_value());
  EXPECT_TRUE(open(kNext, anchor_).has_value());
}

TEST_F(Epoch, TakesNoEntryOfALaterOneNorOfAnotherLog) {
  ASSERT_TRUE(start(kNext).has_value());
  const auto log = open(kNext, anchor_);
  for (const std::string& origin : {format::origin_of_epoch(kOrigin, 3), std::string("else/log")}) {
    const auto refused = (*log)->append(std::vector{issue_in(origin, 501)});
    EXPECT_EQ(refused.error().fault, Fault::malformed) << origin;
  }
}

TEST_F(Epoch, StartsOnlyFromAnEpochBeforeAndWithAnAnchorOfItsOwn) {
  EXPECT_EQ(start("else.example/log").error().fault, Fault::refused);
  EXPECT_EQ(start_epoch(restored_, kNext, *log_.key, log_.anchor, log_.clock.now()).error().fault,
            Fault::refused);
  ASSERT_TRUE(start(kNext).has_value());
  EXPECT_EQ(start(format::origin_of_epoch(kOrigin, 3)).error().fault, Fault::refused);
}

TEST_F(Epoch, ThatWasInterruptedIsStartedAgain) {
  anchor_.fail_write(0, MemoryStore::Loss::lost);
  EXPECT_EQ(start(kNext).error().fault, Fault::storage);
  anchor_.reopen();
  EXPECT_EQ(open(kNext, anchor_).error().fault, Fault::refused);
  ASSERT_TRUE(start(kNext).has_value());
  EXPECT_TRUE(open(kNext, anchor_).has_value());
}

TEST_F(Epoch, ForgetsWhatSpokeOfTheOneBefore) {
  store::Batch batch;
  batch.put(layout::kStatus, store::number_key(0), layout::status_value("a token"));
  ASSERT_TRUE(restored_.write(batch).has_value());
  ASSERT_TRUE(put_cosigned(restored_, log_.view().signed_checkpoint()).has_value());
  ASSERT_TRUE(start(kNext).has_value());
  EXPECT_TRUE(restored_.content()["status"].empty());
  EXPECT_TRUE(restored_.content()["cosigned"].empty());
}

}  // namespace
}  // namespace refledger::log
