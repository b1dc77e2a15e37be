// The store on disk through restarts, kills, rivals and places where no store can be.
#include "ledger/store/rocksdb_store.h"

#include <sys/stat.h>

#include "numbered.h"
#include "support/process.h"
#include "support/support.h"

namespace refledger::store {
namespace {

using test::head_of;
using test::is_whole;
using test::kNumberedSpaces;
using test::numbered;
using test::Process;

Process worker(const std::filesystem::path& folder, std::string size,
               std::string file_limit = "100000000") {
  return Process({REFLEDGER_STORE_WORKER, folder.string(), std::move(size), std::move(file_limit)});
}

TEST(RocksdbStore, KeepsEverythingAcknowledgedThroughKillsAtAnyMoment) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "store";
  std::uint64_t acknowledged = 0;
  for (int round = 0; round < 6; ++round) {
    Process writer = worker(path, "300");
    writer.say(1'000'000);
    for (int count = 0; count < 40 + 17 * round; ++count) {
      const auto number = writer.hear();
      ASSERT_TRUE(number.has_value());
      acknowledged = *number;
    }
    writer.kill();
    while (const auto number = writer.hear()) acknowledged = *number;
    const auto store = open_rocksdb(path, kNumberedSpaces);
    ASSERT_TRUE(store.has_value()) << store.error().detail;
    EXPECT_TRUE(is_whole(**store));
    EXPECT_GE(*head_of(**store), acknowledged);
    EXPECT_LE(*head_of(**store), acknowledged + 1);  // the last may be on disk and not yet said
  }
}

TEST(RocksdbStore, OpensAgainAfterEachWrite) {
  const test::TemporaryFolder folder;
  for (std::uint64_t number = 1; number < 10; ++number) {
    const auto store = open_rocksdb(folder.path() / "store", kNumberedSpaces);
    ASSERT_TRUE(store.has_value());
    EXPECT_TRUE(is_whole(**store));
    EXPECT_EQ(*head_of(**store), number - 1);
    ASSERT_TRUE((*store)->write(numbered(number, 100)).has_value());
  }
}

TEST(RocksdbStore, StopsAtTheFirstFailedWriteAndLosesNothingAcknowledged) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "store";
  Process writer = worker(path, "300", "65536");
  writer.say(1'000'000);
  std::uint64_t acknowledged = 0;
  std::optional<std::uint64_t> number = writer.hear();
  for (; number && *number != test::kStopped; number = writer.hear()) acknowledged = *number;
  EXPECT_EQ(number, test::kStopped);
  EXPECT_EQ(writer.wait(), 0);
  EXPECT_GT(acknowledged, 10u);
  const auto store = open_rocksdb(path, kNumberedSpaces);
  ASSERT_TRUE(store.has_value()) << store.error().detail;
  EXPECT_TRUE(is_whole(**store));
  EXPECT_GE(*head_of(**store), acknowledged);
}

TEST(RocksdbStore, HasOneOwnerAtATime) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "store";
  Process owner = worker(path, "10");
  owner.say(0);
  ASSERT_EQ(owner.hear(), 0u);
  const auto rival = open_rocksdb(path, kNumberedSpaces);
  ASSERT_FALSE(rival.has_value());
  EXPECT_EQ(rival.error(), (Error{Fault::conflict, "store: " + path.string() + " is in use"}));
  owner.kill();
  const auto heir = open_rocksdb(path, kNumberedSpaces);
  EXPECT_TRUE(heir.has_value());
  EXPECT_EQ(open_rocksdb(path, kNumberedSpaces).error().fault, Fault::conflict);
}

TEST(RocksdbStore, MakesItsFolderPrivateAndLeavesAnExistingOneAsItIs) {
  const test::TemporaryFolder folder;
  struct stat about {};
  ASSERT_TRUE(open_rocksdb(folder.path() / "new", kNumberedSpaces).has_value());
  ASSERT_EQ(::stat((folder.path() / "new").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777u, 0700u);
  ASSERT_EQ(::mkdir((folder.path() / "old").c_str(), 0750), 0);
  ASSERT_EQ(::chmod((folder.path() / "old").c_str(), 0750), 0);
  ASSERT_TRUE(open_rocksdb(folder.path() / "old", kNumberedSpaces).has_value());
  ASSERT_EQ(::stat((folder.path() / "old").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777u, 0750u);
}

TEST(RocksdbStore, SaysInOneLineWhereItCannotBe) {
  const test::TemporaryFolder folder;
  std::ofstream(folder.path() / "file") << "x";
  for (const std::filesystem::path& path :
       {folder.path() / "missing" / "store", folder.path() / "file", folder.path() / "file" / "x",
        std::filesystem::path("/proc/self"), std::filesystem::path("/proc/none")}) {
    const auto store = open_rocksdb(path, kNumberedSpaces);
    ASSERT_FALSE(store.has_value()) << path;
    EXPECT_EQ(store.error().fault, Fault::storage);
    EXPECT_NE(store.error().detail.find(path.string()), std::string::npos);
    EXPECT_EQ(store.error().detail.find('\n'), std::string::npos);
  }
}

TEST(RocksdbStore, TakesNewSpacesAndRefusesToLoseOldOnes) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "store";
  ASSERT_TRUE(open_rocksdb(path, {"a", "b"}).has_value());
  ASSERT_TRUE(open_rocksdb(path, kNumberedSpaces).has_value());
  EXPECT_EQ(open_rocksdb(path, {"a", "b"}).error().fault, Fault::storage);
}

// One bit, in the middle of the only table file.
TEST(RocksdbStore, ReportsADamagedTableInsteadOfAShorterAnswer) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "store";
  {
    const auto store = *open_rocksdb(path, kNumberedSpaces);
    for (std::uint64_t number = 0; number < 100; ++number) {
      ASSERT_TRUE(store->write(numbered(number, 300)).has_value());
    }
  }
  ASSERT_TRUE(
      open_rocksdb(path, kNumberedSpaces).has_value());  // recovery turns the log into tables
  std::filesystem::path table;
  for (const auto& file : std::filesystem::directory_iterator(path)) {
    const bool is_table = file.path().extension() == ".sst";
    if (is_table && (table.empty() || file.file_size() > std::filesystem::file_size(table))) {
      table = file.path();
    }
  }
  ASSERT_FALSE(table.empty());
  {
    std::fstream file(table, std::ios::in | std::ios::out | std::ios::binary);
    const auto middle = static_cast<std::streamoff>(std::filesystem::file_size(table) / 2);
    file.seekg(middle);
    const char bit = static_cast<char>(file.get() ^ 1);
    file.seekp(middle);
    file.put(bit);
  }
  const auto store = open_rocksdb(path, kNumberedSpaces);
  if (!store) return;  // as good: the fault was found at once
  const auto all = [](std::string_view, ByteView) { return true; };
  EXPECT_EQ((*store)->scan("a", "", "", all).error().fault, Fault::storage);
}

}  // namespace
}  // namespace refledger::store
