#include "ledger/sign/secret_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace refledger::sign {
namespace {

constexpr std::size_t kMaxPassphrase = 1024;

Error failed(const char* step, const std::filesystem::path& file) {
  const int reason = errno;
  return {reason == ENOENT ? Fault::not_found : Fault::storage,
          std::string(step) + " " + file.string() + ": " + std::strerror(reason)};
}

// As much as fits `memory`: the number of bytes, or -1.
ssize_t read_into(std::span<std::uint8_t> memory, int fd) {
  std::size_t done = 0;
  while (done < memory.size()) {
    const ssize_t got = ::read(fd, memory.data() + done, memory.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return static_cast<ssize_t>(done);
}

}  // namespace

Result<GuardedText> read_secret(const std::filesystem::path& file, std::size_t max_bytes) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return failed("open", file);
  Guarded memory(max_bytes + 1);
  const ssize_t length = read_into(memory.bytes(), fd);
  const Error error = failed("read", file);
  ::close(fd);
  if (length < 0) return error;
  if (static_cast<std::size_t>(length) > max_bytes) {
    return Error{Fault::out_of_range,
                 file.string() + ": larger than " + std::to_string(max_bytes) + " bytes"};
  }
  return GuardedText(text_of(memory.view().first(static_cast<std::size_t>(length))));
}

Result<GuardedText> read_passphrase(const std::filesystem::path& file) {
  const Result<GuardedText> whole = read_secret(file, kMaxPassphrase);
  if (!whole) return whole.error();
  const std::string_view text = *whole;
  std::string_view line = text.substr(0, text.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return GuardedText(line);
}

}  // namespace refledger::sign
