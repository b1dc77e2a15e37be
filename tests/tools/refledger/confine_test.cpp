// A confined process opens what it was given and nothing else.
#include "tools/refledger/confine.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger/core/file.h"
#include "support/support.h"

namespace refledger::tools {
namespace {

enum Seen { kMayRead = 1, kMayReadOther = 2, kMayWrite = 4, kMayWriteScratch = 8 };

int look(const std::filesystem::path& folder) {
  const auto opens = [&](const char* name, int how) {
    return ::open((folder / name).c_str(), how | O_CLOEXEC, 0600) >= 0;
  };
  return (opens("ledger/file", O_RDONLY) ? kMayRead : 0) |
         (opens("vault/file", O_RDONLY) ? kMayReadOther : 0) |
         (opens("ledger/file", O_WRONLY) || opens("ledger/new", O_WRONLY | O_CREAT) ? kMayWrite
                                                                                    : 0) |
         (opens("scratch/new", O_WRONLY | O_CREAT) ? kMayWriteScratch : 0);
}

// Restricting is for good, so it happens in a child; its exit code says what it could open.
int look_in_child(const std::filesystem::path& folder, bool confined) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (confined && !confine({{folder / "ledger"}, {folder / "scratch"}})) ::_exit(99);
    ::_exit(look(folder));
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Confine, LeavesOnlyWhatWasNamedWithinReach) {
  const test::TemporaryFolder folder;
  for (const char* name : {"ledger", "vault", "scratch"}) {
    ASSERT_TRUE(make_private_folder(folder.path() / name));
    ASSERT_TRUE(write_file(folder.path() / name / "file", bytes_of("x")));
  }
  EXPECT_EQ(look_in_child(folder.path(), false),
            kMayRead | kMayReadOther | kMayWrite | kMayWriteScratch);
  EXPECT_EQ(look_in_child(folder.path(), true), kMayRead | kMayWriteScratch);
}

TEST(Confine, SaysWhatIsMissingInsteadOfGoingOnUnconfined) {
  const test::TemporaryFolder folder;
  const Result<void> confined = confine({{folder.path() / "nowhere"}, {}});
  ASSERT_FALSE(confined);
  EXPECT_EQ(confined.error().fault, Fault::refused);
  EXPECT_NE(confined.error().detail.find("nowhere"), std::string::npos);
}

}  // namespace
}  // namespace refledger::tools
