#include "tools/refledger/confine.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace refledger::tools {
namespace {

constexpr __u64 kRead = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr __u64 kWrite = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                         LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                         LANDLOCK_ACCESS_FS_MAKE_DIR;
constexpr __u64 kRest = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                        LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                        LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

Error failed(const std::string& what) {
  return {Fault::refused, "confine: " + what + ": " + std::strerror(errno)};
}

Result<void> allow(int rules, const std::filesystem::path& path, __u64 access) {
  const int opened = ::open(path.c_str(), O_PATH | O_CLOEXEC);
  if (opened < 0) return failed(path.string());
  struct stat about {};
  if (::fstat(opened, &about) == 0 && !S_ISDIR(about.st_mode)) {
    access &= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;
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

Result<void> enforce(int rules, const Reach& reach) {
  for (const std::filesystem::path& path : reach.read) {
    if (Result<void> allowed = allow(rules, path, kRead); !allowed) return allowed;
  }
  for (const std::filesystem::path& path : reach.write) {
    if (Result<void> allowed = allow(rules, path, kRead | kWrite); !allowed) return allowed;
  }
  if (::syscall(SYS_landlock_restrict_self, rules, 0) != 0) return failed("restrict");
  return {};
}

}  // namespace

Result<void> confine(const Reach& reach) {
  const rlimit no_core{0, 0};
  if (::setrlimit(RLIMIT_CORE, &no_core) != 0) return failed("core files");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("no_new_privs");

  landlock_ruleset_attr handled{};
  handled.handled_access_fs = kRead | kWrite | kRest;
  const long rules = ::syscall(SYS_landlock_create_ruleset, &handled, sizeof(handled), 0);
  if (rules < 0) return Error{Fault::not_found, "this kernel has no Landlock"};
  const Result<void> enforced = enforce(static_cast<int>(rules), reach);
  ::close(static_cast<int>(rules));
  return enforced;
}

}  // namespace refledger::tools
