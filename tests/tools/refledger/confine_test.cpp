// A confined process opens what it was given and nothing else.
#include "tools/refledger/confine.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger/core/file.h"
#include "support/support.h"

namespace refledger::tools {
namespace {

enum Seen {
  kMayRead = 1,
  kMayReadOther = 2,
  kMayWrite = 4,
  kMayWriteScratch = 8,
  kMayConnect = 16,
  kMayTruncate = 32,
  kMaySignal = 64,
};

sockaddr_un address_of(const std::filesystem::path& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket.string().copy(address.sun_path, sizeof(address.sun_path) - 1);
  return address;
}

// A socket of the same owner, as the desk's is.
int listen_at(const std::filesystem::path& socket) {
  const int listening = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = address_of(socket);
  EXPECT_EQ(::bind(listening, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  EXPECT_EQ(::listen(listening, 1), 0);
  return listening;
}

bool connects(const std::filesystem::path& socket) {
  const int connecting = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = address_of(socket);
  return ::connect(connecting, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
}

int look(const std::filesystem::path& folder) {
  const auto opens = [&](const char* name, int how) {
    return ::open((folder / name).c_str(), how | O_CLOEXEC, 0600) >= 0;
  };
  return (opens("ledger/file", O_RDONLY) ? kMayRead : 0) |
         (opens("vault/file", O_RDONLY) ? kMayReadOther : 0) |
         (opens("ledger/file", O_WRONLY) || opens("ledger/new", O_WRONLY | O_CREAT) ? kMayWrite
                                                                                    : 0) |
         (opens("scratch/new", O_WRONLY | O_CREAT) ? kMayWriteScratch : 0) |
         (connects(folder / "socket") ? kMayConnect : 0) |
         (::truncate((folder / "vault/file").c_str(), 0) == 0 ? kMayTruncate : 0) |
         (::kill(::getppid(), 0) == 0 ? kMaySignal : 0);
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
  const int listening = listen_at(folder.path() / "socket");
  EXPECT_EQ(look_in_child(folder.path(), false), kMayRead | kMayReadOther | kMayWrite |
                                                     kMayWriteScratch | kMayConnect | kMayTruncate |
                                                     kMaySignal);
  EXPECT_EQ(look_in_child(folder.path(), true), kMayRead | kMayWriteScratch);
  ::close(listening);
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
