// A follower sees what another process writes: whole batches, in order, whatever becomes of it.
#include <set>

#include "ledger/store/rocksdb_store.h"
#include "numbered.h"
#include "support/process.h"
#include "support/support.h"

namespace refledger::store {
namespace {

using test::head_of;
using test::is_whole;
using test::kNumberedSpaces;

class Primary {
 public:
  Primary(const std::filesystem::path& path, std::size_t size)
      : process_({REFLEDGER_STORE_WORKER, path.string(), std::to_string(size)}) {}
  void order(std::uint64_t target) { process_.say(target); }
  void await(std::uint64_t target) { ASSERT_TRUE(process_.hear(target)); }
  void write(std::uint64_t target) {
    order(target);
    await(target);
  }
  void kill() { process_.kill(); }

 private:
  test::Process process_;
};

class RocksdbFollower : public testing::Test {
 protected:
  void follow() {
    auto follower = follow_rocksdb(path(), folder_.path() / "scratch", kNumberedSpaces);
    ASSERT_TRUE(follower.has_value()) << follower.error().detail;
    follower_ = *std::move(follower);
    ASSERT_TRUE(is_whole(*follower_));
  }
  void catch_up() {
    const Result<void> caught = follower_->catch_up();
    ASSERT_TRUE(caught.has_value()) << caught.error().detail;
    ASSERT_TRUE(is_whole(*follower_));
  }
  std::uint64_t head() const { return *head_of(*follower_); }
  std::filesystem::path path() const { return folder_.path() / "store"; }

  test::TemporaryFolder folder_;
  std::unique_ptr<Follower> follower_;
};

TEST_F(RocksdbFollower, SeesEachWriteOnceItCatchesUpAndNotBefore) {
  Primary primary(path(), 100);
  primary.write(1);
  follow();
  EXPECT_EQ(head(), 1u);
  for (std::uint64_t number = 2; number < 30; ++number) {
    primary.write(number);
    EXPECT_EQ(head(), number - 1);
    catch_up();
    EXPECT_EQ(head(), number);
  }
}

// 100 MB through write buffers of 4 MB and write-ahead logs of 16 MB: many flushes, several
// compactions, and logs that vanish while it reads.  Thousands of idle files make its look for logs
// slow, which opens wide the moment in which one may go.
TEST_F(RocksdbFollower, SeesWholeBatchesThroughFlushesAndCompactionsAndVanishingLogs) {
  Primary primary(path(), 400'000);
  primary.write(1);
  for (int file = 0; file < 20'000; ++file) {
    std::ofstream(path() / ("idle" + std::to_string(file)));
  }
  follow();
  primary.order(250);
  while (head() < 250 && !HasFatalFailure()) catch_up();
  primary.await(250);
}

TEST_F(RocksdbFollower, GoesOnWhenThePrimaryIsKilledAndAnotherTakesOver) {
  Primary first(path(), 50'000);
  first.write(150);
  follow();
  first.write(160);
  first.kill();
  catch_up();
  EXPECT_EQ(head(), 160u);
  Primary second(path(), 50'000);
  second.write(161);
  catch_up();
  EXPECT_EQ(head(), 161u);
  second.order(400);
  while (head() < 400 && !HasFatalFailure()) catch_up();
  second.await(400);
  second.kill();
  Primary third(path(), 50'000);
  third.write(600);  // unseen: two restarts' worth of files may be gone
  catch_up();
  EXPECT_EQ(head(), 600u);
}

TEST_F(RocksdbFollower, AReaderInTheMiddleOfAScanKeepsItsView) {
  Primary primary(path(), 100);
  primary.write(20);
  follow();
  std::uint64_t seen = 0;
  ASSERT_TRUE(follower_
                  ->scan("a", "", "",
                         [&](std::string_view, ByteView) {
                           if (++seen == 5) {
                             primary.write(40);
                             EXPECT_TRUE(follower_->catch_up().has_value());
                             EXPECT_TRUE(follower_->get("a", number_key(40))->has_value());
                           }
                           return true;
                         })
                  .has_value());
  EXPECT_EQ(seen, 20u);
}

TEST_F(RocksdbFollower, WritesNothingBesideItsScratch) {
  Primary primary(path(), 100);
  primary.write(3);
  const auto listing = [&] {
    std::set<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(path())) {
      names.insert(file.path().filename());
    }
    return names;
  };
  const auto before = listing();
  follow();
  catch_up();
  EXPECT_EQ(listing(), before);
}

TEST_F(RocksdbFollower, SaysThatThereIsNoStoreYet) {
  const auto missing = follow_rocksdb(path(), folder_.path() / "scratch", kNumberedSpaces);
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().fault, Fault::not_found);
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(RocksdbFollower, RefusesASpaceThatThePrimaryDoesNotHave) {
  Primary primary(path(), 100);
  primary.write(1);
  const auto follower =
      follow_rocksdb(path(), folder_.path() / "scratch", {"a", "b", "head", "more"});
  ASSERT_FALSE(follower.has_value());
  EXPECT_EQ(follower.error().fault, Fault::storage);
  EXPECT_EQ(follower.error().detail.find('\n'), std::string::npos);
  follow();
  EXPECT_EQ(follower_->get("more", "k").error().fault, Fault::storage);
}

TEST_F(RocksdbFollower, KeepsItsViewWhenTheStoreIsGone) {
  Primary primary(path(), 100);
  primary.write(5);
  follow();
  primary.kill();
  std::filesystem::rename(path(), folder_.path() / "elsewhere");
  EXPECT_FALSE(follower_->catch_up().has_value());
  ASSERT_TRUE(is_whole(*follower_));
  EXPECT_EQ(head(), 5u);
}

}  // namespace
}  // namespace refledger::store
