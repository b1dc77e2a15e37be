// A log that was closed takes nothing more, wherever it is opened, and goes on only where its root
// key said.
#include "ledger/log/closing.h"

#include "company.h"
#include "ledger/core/file.h"
#include "ledger/format/origin.h"
#include "ledger/log/backup.h"
#include "ledger/log/epoch.h"
#include "ledger/log/fsck.h"
#include "ledger/log/layout.h"

namespace refledger::log {
namespace {

using test::Company;
using test::key_of;
using test::kOrigin;
using test::MemoryAnchor;
using test::MemoryLog;
using test::MemoryStore;

constexpr auto kGoOn = [](TreeSize, TreeSize) { return true; };
const std::string kNext = format::origin_of_epoch(kOrigin, 2);
const std::string kRoot = kOrigin + "/root";

class Closing : public testing::Test {
 protected:
  Closing() {
    log_.must_append(company_.small_ledger());
    EXPECT_TRUE(log_->build_indexes().has_value());
  }
  format::NoteKey next() const { return {kNext, format::kNoteEd25519, next_key_->public_key()}; }
  format::Closing here() const { return {log_.view().checkpoint(), false, {}}; }
  format::Closing going_on() const {
    format::Closing closing = here();
    closing.next = next();
    return closing;
  }
  std::string texts(std::vector<format::Closing> closings) const {
    std::vector<std::string> notes;
    for (const format::Closing& each : closings) {
      notes.push_back(format::sign_closing(each, kRoot, *root_));
    }
    return format::format_closings(notes);
  }
  Result<void> close(const std::vector<format::Closing>& closings) {
    return store_closings(log_.store, texts(closings));
  }
  void close_and_open(const std::vector<format::Closing>& closings) {
    const Result<void> closed = close(closings);
    ASSERT_TRUE(closed.has_value()) << closed.error().detail;
    log_.open();
  }
  Result<void> succeed(const sign::Ed25519Key& key) {
    return start_epoch(log_.store, kNext, key, next_anchor_, log_.clock.now());
  }
  Result<std::unique_ptr<Log>> open_next() {
    return Log::open(log_.store, kNext, *next_key_, next_anchor_, log_.clock);
  }
  FsckReport check(const std::string& origin, const PublicKey& key) {
    FsckOptions options;
    options.roots = {{kRoot, format::kNoteEd25519, root_->public_key()}};
    return fsck(log_.store, origin, key, options);
  }

  MemoryLog log_;
  Company company_;
  std::unique_ptr<sign::Ed25519Key> root_ = key_of(70);
  std::unique_ptr<sign::Ed25519Key> next_key_ = key_of(71);
  MemoryAnchor next_anchor_;
};

TEST_F(Closing, EndsTheLogForEveryEntryThatIsNotThereYet) {
  close_and_open({here()});
  const auto refused = log_.append({company_.issue(500)});
  EXPECT_EQ(refused.error().fault, Fault::refused);
  EXPECT_EQ(refused.error().detail, "log: closed by its root key at 9 entries");
  EXPECT_EQ(log_.append({company_.withdraw(2)}).error().fault, Fault::refused);
  EXPECT_EQ(*log_.append({company_.issue(2)}), test::positions({3})) << "a repetition is answered";
  EXPECT_EQ(log_.view().checkpoint(), here().last);
  EXPECT_TRUE(log_->put_status_token(0, "still signed").has_value());
  log_.open();
  EXPECT_EQ(log_.append({company_.issue(500)}).error().fault, Fault::refused);
}

TEST_F(Closing, NamesTheSuccessorWhereItRefuses) {
  close_and_open({here()});
  close_and_open({going_on()});
  EXPECT_EQ(log_.append({company_.issue(500)}).error().detail,
            "log: closed by its root key at 9 entries; it goes on as " + kNext);
}

TEST_F(Closing, IsOfTheLogAsItStands) {
  format::Closing shorter = here();
  shorter.last.size.leaves -= 1;
  format::Closing longer = here();
  longer.last.size.leaves += 1;
  format::Closing other_root = here();
  other_root.last.root.bytes[0] ^= 1;
  format::Closing other_log = here();
  other_log.last.origin = "else.example/log";
  for (const format::Closing& each : {shorter, longer, other_root, other_log}) {
    EXPECT_EQ(close({each}).error().fault, Fault::refused);
  }
  EXPECT_EQ(store_closings(log_.store, "no closing").error().fault, Fault::malformed);
  EXPECT_FALSE(stored_closings(log_.store)->has_value());
}

TEST_F(Closing, IsNeverTakenBack) {
  ASSERT_TRUE(close({going_on()}).has_value());
  EXPECT_EQ(close({here()}).error().fault, Fault::refused);
  format::Closing stolen = going_on();
  stolen.key_stolen = true;
  EXPECT_EQ(close({stolen}).error().fault, Fault::refused);
  EXPECT_TRUE(close({going_on()}).has_value()) << "the same again";
}

TEST_F(Closing, ThatFailsWhileItIsWrittenIsThereOrNot) {
  for (const MemoryStore::Loss loss : {MemoryStore::Loss::lost, MemoryStore::Loss::kept}) {
    const format::Closing closing = here();
    log_.store.fail_write(0, loss);
    EXPECT_EQ(close({closing}).error().fault, Fault::storage);
    log_.open();
    const bool closed = loss == MemoryStore::Loss::kept;
    EXPECT_EQ(log_.append({company_.issue(closed ? 601 : 600)}).has_value(), !closed);
    EXPECT_TRUE(log_->build_indexes().has_value());
  }
}

TEST_F(Closing, IsNotForALogThatWentOnAllTheSame) {
  const std::string closings = texts({here()});
  log_.must_append({company_.issue(500)});
  log_.store.content()["meta"]["closings"] = copy_of(bytes_of(closings));
  const Result<void> opened = log_.try_open();
  EXPECT_EQ(opened.error().fault, Fault::refused);
  EXPECT_GT(check(kOrigin, log_.key->public_key()).wrong, 0u);
}

// ---- the successor ------------------------------------------------------------------------------

TEST_F(Closing, IsGoneOnFromByTheSuccessorThatItNamesAndByNoOther) {
  ASSERT_TRUE(close({here()}).has_value());
  EXPECT_EQ(succeed(*next_key_).error().fault, Fault::refused) << "none is named";
  ASSERT_TRUE(close({going_on()}).has_value());
  EXPECT_EQ(succeed(*log_.key).error().fault, Fault::refused) << "under the old key";
  EXPECT_EQ(start_epoch(log_.store, format::origin_of_epoch(kOrigin, 3), *next_key_, next_anchor_,
                        log_.clock.now())
                .error()
                .fault,
            Fault::refused);
  ASSERT_TRUE(succeed(*next_key_).has_value());
  const auto log = open_next();
  ASSERT_TRUE(log.has_value()) << log.error().detail;
  // A reference of the closed log is withdrawn here.
  const std::string withdrawal =
      format::sign_entry(format::Withdrawn{2, 0, test::ref(2)}, kNext, company_.key());
  EXPECT_EQ(*(*log)->append(std::vector{withdrawal}), test::positions({9}));
  EXPECT_TRUE((*log)->view()->find(test::ref(2))->withdrawn.has_value());
  ASSERT_TRUE((*log)->build_indexes().has_value());
  const FsckReport report = check(kNext, next_key_->public_key());
  EXPECT_EQ(report.wrong, 0u) << report.findings.front();
}

TEST_F(Closing, LeavesItsLastCheckpointToTheSuccessor) {
  const std::string last = log_.view().signed_checkpoint();
  const format::Checkpoint before = log_.view().checkpoint();
  ASSERT_TRUE(close({going_on()}).has_value());
  for (const MemoryStore::Loss loss : {MemoryStore::Loss::lost, MemoryStore::Loss::kept}) {
    log_.store.fail_write(0, loss);  // interrupted before and after the store's write
    EXPECT_EQ(succeed(*next_key_).error().fault, Fault::storage);
    log_.store.reopen();
  }
  next_anchor_.fail_write(0, MemoryStore::Loss::lost);
  EXPECT_EQ(succeed(*next_key_).error().fault, Fault::storage);
  next_anchor_.reopen();
  ASSERT_TRUE(succeed(*next_key_).has_value());
  EXPECT_EQ(*stored_predecessor(log_.store), last);
  const auto log = open_next();
  ASSERT_TRUE(log.has_value()) << log.error().detail;
  EXPECT_EQ(*(*log)->view()->root({9}), before.root);
}

// ---- who else knows it --------------------------------------------------------------------------

TEST_F(Closing, IsInExportBackupAndWhatIsRestoredFromIt) {
  ASSERT_TRUE(close({going_on()}).has_value());
  const test::TemporaryFolder scratch;
  const std::filesystem::path folder = scratch.path() / "backup";
  ASSERT_TRUE(back_up(log_.view(), log_.store, folder, kGoOn).has_value());
  EXPECT_EQ(text_of(*read_file(folder / kClosingFile, 1 << 16)), texts({going_on()}));
  MemoryStore restored{kSpaces};
  ASSERT_TRUE(restore(ExportReader(folder), restored, kGoOn).has_value());
  EXPECT_EQ(restored.content()["meta"], log_.store.content()["meta"]);
  const auto log = Log::open(restored, kOrigin, *log_.key, log_.anchor, log_.clock);
  ASSERT_TRUE(log.has_value()) << log.error().detail;
  EXPECT_EQ((*log)->append(std::vector{company_.issue(500)}).error().fault, Fault::refused);
}

TEST_F(Closing, IsCheckedByFsck) {
  ASSERT_TRUE(close({here()}).has_value());
  const FsckReport right = check(kOrigin, log_.key->public_key());
  EXPECT_EQ(right.wrong, 0u) << right.findings.front();
  auto& row = log_.store.content()["meta"]["closings"];
  const auto wrong_with = [&](const std::string& text) {
    row = copy_of(bytes_of(text));
    const FsckReport report = check(kOrigin, log_.key->public_key());
    return report.wrong > 0 ? report.findings.front() : std::string("nothing");
  };
  EXPECT_EQ(wrong_with("not a closing"),
            "the closings: closings: not JSON, too deep, or a name twice");
  EXPECT_EQ(wrong_with(format::format_closings(
                {format::sign_closing(here(), "else.example/root", *next_key_)})),
            "a closing is not signed by the root key");
  format::Closing other = here();
  other.last.root.bytes[0] ^= 1;
  EXPECT_NE(wrong_with(texts({other})), "nothing");
  other = here();
  other.last.size.leaves -= 1;
  EXPECT_EQ(wrong_with(texts({other})), "the log was closed at 8 entries and has 9");
}

}  // namespace
}  // namespace refledger::log
