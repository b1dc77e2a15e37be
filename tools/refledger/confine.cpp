#include "tools/refledger/confine.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace refledger::tools {
namespace {

constexpr __u64 kRead = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr __u64 kWrite = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                         LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                         LANDLOCK_ACCESS_FS_MAKE_DIR;
constexpr __u64 kRest = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                        LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                        LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

// Rights that younger kernels know and Debian 12's header does not name (landlock(7)).
constexpr __u64 kRefer = 1ULL << 13;     // ABI 2
constexpr __u64 kTruncate = 1ULL << 14;  // ABI 3

Error failed(const std::string& what) {
  return {Fault::refused, "confine: " + what + ": " + std::strerror(errno)};
}

__u64 handled_rights() {
  const long abi =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return kRead | kWrite | kRest | (abi >= 2 ? kRefer : 0) | (abi >= 3 ? kTruncate : 0);
}

Result<void> allow(int rules, const std::filesystem::path& path, __u64 access) {
  const int opened = ::open(path.c_str(), O_PATH | O_CLOEXEC);
  if (opened < 0) return failed(path.string());
  struct stat about {};
  if (::fstat(opened, &about) == 0 && !S_ISDIR(about.st_mode)) {
    access &= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate;
  }
  landlock_path_beneath_attr rule{};
  rule.allowed_access = access;
  rule.parent_fd = opened;
  const long added = ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  const Error error = failed(path.string());
  ::close(opened);
  if (added != 0) return error;
  return {};
}

Result<void> enforce(int rules, const Reach& reach, __u64 handled) {
  for (const std::filesystem::path& path : reach.read) {
    if (Result<void> allowed = allow(rules, path, kRead); !allowed) return allowed;
  }
  for (const std::filesystem::path& path : reach.write) {
    if (Result<void> allowed = allow(rules, path, handled & (kRead | kWrite | kTruncate));
        !allowed) {
      return allowed;
    }
  }
  if (::syscall(SYS_landlock_restrict_self, rules, 0) != 0) return failed("restrict");
  return {};
}

// Landlock rules files, not sockets: a process of the same owner could still talk to the desk's
// socket, signal the desk, or read its memory.
Result<void> forbid_calls() {
  const std::unique_ptr<void, decltype(&seccomp_release)> filter(seccomp_init(SCMP_ACT_ALLOW),
                                                                 seccomp_release);
  if (!filter) return failed("seccomp");
  for (const int call : {SCMP_SYS(connect), SCMP_SYS(kill), SCMP_SYS(truncate), SCMP_SYS(ptrace),
                         SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
                         SCMP_SYS(pidfd_open), SCMP_SYS(execve), SCMP_SYS(execveat)}) {
    if (seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), call, 0) != 0) {
      return failed("seccomp");
    }
  }
  if (seccomp_load(filter.get()) != 0) return failed("seccomp");
  return {};
}

}  // namespace

Result<void> confine(const Reach& reach) {
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("no_new_privs");
  landlock_ruleset_attr handled{};
  handled.handled_access_fs = handled_rights();
  const long rules = ::syscall(SYS_landlock_create_ruleset, &handled, sizeof(handled), 0);
  if (rules < 0) return Error{Fault::not_found, "this kernel has no Landlock"};
  const Result<void> enforced = enforce(static_cast<int>(rules), reach, handled.handled_access_fs);
  ::close(static_cast<int>(rules));
  if (!enforced) return enforced;
  return forbid_calls();
}

}  // namespace refledger::tools
