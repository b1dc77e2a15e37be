// store_worker FOLDER VALUE_SIZE [FILE_LIMIT]: told a number, it writes numbered batches up to
// there and says each number once it is written; told one it has reached, it says that.
//
// FILE_LIMIT  no file may grow beyond so many bytes: a write fails there as on a full disk
// Exit        0 at the end of its input, or stopped as it must; 2 no store; 5 not stopped
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "ledger/store/rocksdb_store.h"
#include "numbered.h"

namespace refledger {
namespace {

void say(std::uint64_t number) {
  if (::write(1, &number, sizeof number) != ssize_t{sizeof number}) ::_exit(3);
}

void limit_files(rlim_t bytes) {
  const struct rlimit limit { bytes, RLIM_INFINITY };
  if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(3);
}

// With room again, as on a disk that someone tidied: nothing may be taken all the same.
bool is_stopped(store::Store& store) {
  limit_files(RLIM_INFINITY);
  const auto all = [](std::string_view, ByteView) { return true; };
  const auto stopped = [](const auto& result) {
    return !result && result.error().fault == Fault::storage;
  };
  return stopped(store.write(test::numbered(1, 1))) && stopped(store.get("a", "k")) &&
         stopped(store.scan("a", "", "", all));
}

int work(const char* folder, std::size_t size, rlim_t limit) {
  const auto store = store::open_rocksdb(folder, test::kNumberedSpaces);
  if (!store) return 2;
  limit_files(limit);
  std::uint64_t written = *test::head_of(**store);
  std::uint64_t target = 0;
  while (::read(0, &target, sizeof target) == ssize_t{sizeof target}) {
    if (target <= written) say(written);
    while (written < target) {
      if (!(*store)->write(test::numbered(++written, size))) {
        say(test::kStopped);
        return is_stopped(**store) ? 0 : 5;
      }
      say(written);
    }
  }
  return 0;
}

}  // namespace
}  // namespace refledger

int main(int count, char** arguments) {
  std::signal(SIGXFSZ, SIG_IGN);
  if (count < 3) return 2;
  const rlim_t limit = count > 3 ? std::strtoull(arguments[3], nullptr, 10) : RLIM_INFINITY;
  return refledger::work(arguments[1], std::strtoull(arguments[2], nullptr, 10), limit);
}
