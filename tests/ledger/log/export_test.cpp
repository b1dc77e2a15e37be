// An export is whole, stays a log when it is made again, and is never another log's.
#include "ledger/log/export.h"

#include "company.h"
#include "ledger/core/file.h"
#include "ledger/log/fsck.h"
#include "ledger/log/layout.h"

namespace refledger::log {
namespace {

using test::Company;
using test::kOrigin;
using test::MemoryLog;

constexpr auto kGoOn = [](TreeSize, TreeSize) { return true; };

class Export : public testing::Test {
 protected:
  void add(std::size_t entries) {
    std::vector<std::string> made;
    if (next_ == 0) made.push_back(company_.first());
    while (made.size() < entries) made.push_back(company_.issue(++next_));
    log_.must_append(made);
  }
  Result<ExportReport> run() { return export_log(log_.view(), folder(), kGoOn); }
  std::filesystem::path folder() const { return scratch_.path() / "web" / "log"; }
  std::string file(const std::string& name) const {
    const Result<Bytes> content = read_file(folder() / name, 1 << 24);
    return content ? std::string(text_of(*content)) : "missing";
  }
  FsckReport check() const {
    FsckOptions options;
    options.indexes = false;
    return fsck(ExportReader(folder()), kOrigin, log_.key->public_key(), options);
  }

  MemoryLog log_;
  Company company_;
  std::uint64_t next_ = 0;
  test::TemporaryFolder scratch_;
};

TEST_F(Export, HoldsExactlyTheTilesOfTheSpecificationsExample) {
  add(300);
  ASSERT_TRUE(run().has_value());
  std::set<std::string> names;
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder())) {
    if (each.is_regular_file()) names.insert(each.path().lexically_relative(folder()).string());
  }
  EXPECT_EQ(names,
            (std::set<std::string>{"checkpoint", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1",
                                   "tile/entries/000", "tile/entries/001.p/44"}));
  EXPECT_EQ(file("checkpoint"), log_.view().signed_checkpoint());
  EXPECT_EQ(file("tile/0/000").size(), 8192u);
}

TEST_F(Export, IsFoundWholeByFsck) {
  add(600);
  ASSERT_TRUE(run().has_value());
  const FsckReport report = check();
  EXPECT_EQ(report.wrong, 0u) << report.findings.front();
  EXPECT_EQ(report.size.leaves, 600u);
  EXPECT_EQ(report.signatures, 600u);
  EXPECT_EQ(report.tiles, 4u);
}

TEST_F(Export, FsckFindsAnyFileThatIsAlteredShortOrMissing) {
  add(300);
  ASSERT_TRUE(run().has_value());
  for (const char* name : {"checkpoint", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1",
                           "tile/entries/000", "tile/entries/001.p/44"}) {
    const std::string right = file(name);
    std::string wrong = right;
    wrong[wrong.size() / 2] ^= 1;
    ASSERT_TRUE(write_file(folder() / name, bytes_of(wrong)).has_value());
    EXPECT_GT(check().wrong, 0u) << name << " altered";
    ASSERT_TRUE(write_file(folder() / name, bytes_of(right.substr(0, right.size() - 1))));
    EXPECT_GT(check().wrong, 0u) << name << " short";
    std::filesystem::remove(folder() / name);
    EXPECT_GT(check().wrong, 0u) << name << " missing";
    ASSERT_TRUE(write_file(folder() / name, bytes_of(right)).has_value());
  }
  EXPECT_EQ(check().wrong, 0u);
}

TEST_F(Export, MadeAgainWritesOnlyWhatIsNewAndRemovesOutgrownPartialTiles) {
  add(300);
  ASSERT_TRUE(run().has_value());
  add(300);
  const Result<ExportReport> again = run();
  ASSERT_TRUE(again.has_value()) << again.error().detail;
  EXPECT_EQ(again->size.leaves, 600u);
  EXPECT_EQ(again->kept, 2u);     // the first tile and the first bundle
  EXPECT_EQ(again->written, 5u);  // two tiles and bundles, and level 1
  EXPECT_EQ(file("tile/0/001.p/44"), "missing");
  EXPECT_NE(file("tile/1/000.p/1"), "missing") << "there is no whole tile beside it yet";
  EXPECT_EQ(check().wrong, 0u);
  EXPECT_EQ(run()->written, 0u);
}

TEST_F(Export, StoppedHalfWayLeavesTheOldStateWholeAndIsCarriedOn) {
  add(300);
  ASSERT_TRUE(run().has_value());
  const std::string old = file("checkpoint");
  add(900);
  const auto stopped =
      export_log(log_.view(), folder(), [](TreeSize done, TreeSize) { return done.leaves < 600; });
  EXPECT_FALSE(stopped.has_value());
  EXPECT_EQ(file("checkpoint"), old);
  EXPECT_EQ(check().wrong, 0u);
  EXPECT_EQ(check().size.leaves, 300u);
  ASSERT_TRUE(run().has_value());
  EXPECT_EQ(check().wrong, 0u);
  EXPECT_EQ(check().size.leaves, 1200u);
}

TEST_F(Export, RefusesAFolderThatHoldsAnotherHistory) {
  add(5);
  ASSERT_TRUE(run().has_value());
  const std::string mine = file("checkpoint");
  for (const format::Checkpoint& other :
       {format::Checkpoint{"other.example/log", {3}, {}}, format::Checkpoint{kOrigin, {3}, {}},
        format::Checkpoint{kOrigin, {6}, {}}}) {
    const std::string note = format::sign_checkpoint(other, *log_.key);
    ASSERT_TRUE(write_file(folder() / "checkpoint", bytes_of(note)).has_value());
    const auto refused = run();
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().fault, Fault::refused);
    EXPECT_EQ(file("checkpoint"), note);
  }
}

TEST_F(Export, OfALedgerThatIsDamagedIsNotPublished) {
  add(300);
  log_.store.content()["entry"].at(store::number_key(7))[100] ^= 1;
  const auto damaged = run();
  ASSERT_FALSE(damaged.has_value());
  EXPECT_EQ(damaged.error().fault, Fault::storage);
  EXPECT_EQ(file("checkpoint"), "missing");
}

}  // namespace
}  // namespace refledger::log
