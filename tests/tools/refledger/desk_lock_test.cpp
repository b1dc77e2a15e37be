// A desk is known to be there from before it opens anything until its process is gone.
#include "tools/refledger/desk_lock.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <optional>

namespace refledger::tools {
namespace {

class DeskLockTest : public testing::Test {
 protected:
  DeskLockTest() { std::filesystem::create_directories(folder_); }
  ~DeskLockTest() override { std::filesystem::remove_all(folder_); }

  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / ("desk-lock-" + std::to_string(::getpid()));
  const std::filesystem::path file_ = folder_ / "desk.lock";
};

TEST_F(DeskLockTest, IsSeenByOthersFromItsTakingToItsEnd) {
  EXPECT_FALSE(DeskLock::is_taken(file_)) << "nobody was ever here";
  {
    const Result<DeskLock> lock = DeskLock::take(file_);
    ASSERT_TRUE(lock.has_value()) << lock.error().detail;
    EXPECT_TRUE(DeskLock::is_taken(file_));
    EXPECT_TRUE(DeskLock::is_taken(file_)) << "looking takes nothing away";
  }
  EXPECT_FALSE(DeskLock::is_taken(file_));
  EXPECT_TRUE(DeskLock::take(file_).has_value());
}

TEST_F(DeskLockTest, IsHadByOneAlone) {
  const Result<DeskLock> first = DeskLock::take(file_);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(DeskLock::take(file_).error().fault, Fault::conflict);
  EXPECT_TRUE(DeskLock::is_taken(file_));
}

TEST_F(DeskLockTest, EndsWithAProcessThatIsKilled) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const Result<DeskLock> lock = DeskLock::take(file_);
    const char told = lock ? 'y' : 'n';
    if (::write(ready[1], &told, 1) != 1) ::_exit(1);
    ::pause();
    ::_exit(0);
  }
  char told = 0;
  ASSERT_EQ(::read(ready[0], &told, 1), 1);
  EXPECT_EQ(told, 'y');
  EXPECT_TRUE(DeskLock::is_taken(file_));
  ::kill(child, SIGKILL);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  EXPECT_FALSE(DeskLock::is_taken(file_));
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_F(DeskLockTest, SaysThatItCannotBeWhereThereIsNoFolder) {
  EXPECT_EQ(DeskLock::take(folder_ / "nowhere" / "desk.lock").error().fault, Fault::not_found);
  EXPECT_FALSE(DeskLock::is_taken(folder_ / "nowhere" / "desk.lock"));
}

}  // namespace
}  // namespace refledger::tools
