#include "ledger/store/torn_tail.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "ledger/core/file.h"

namespace refledger::store {
namespace {

constexpr std::size_t kBlock = 32768;
constexpr std::size_t kSector = 512;
constexpr std::size_t kHeader = 4 + 2 + 1;
constexpr std::size_t kMaxLog = std::size_t{256} << 20;  // sixteen times what starts a new one

enum Type : std::uint8_t { kFull = 1, kFirst = 2, kMiddle = 3, kLast = 4 };

std::uint32_t crc32c(ByteView bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> made{};
    for (std::uint32_t byte = 0; byte < made.size(); ++byte) {
      std::uint32_t value = byte;
      for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ (value & 1 ? 0x82f63b78u : 0u);
      made[byte] = value;
    }
    return made;
  }();
  std::uint32_t crc = ~0u;
  for (const std::uint8_t byte : bytes) crc = crc >> 8 ^ table[(crc ^ byte) & 0xff];
  return ~crc;
}

struct Record {
  std::uint8_t type;
  std::size_t end;
};

// The intact record at `at`; nothing if there is none.
std::optional<Record> record_at(ByteView log, std::size_t at) {
  if (at + kHeader > log.size()) return std::nullopt;
  const std::size_t length = log[at + 4] | std::size_t{log[at + 5]} << 8;
  const std::size_t end = at + kHeader + length;
  if (end > log.size() || at % kBlock + kHeader + length > kBlock) return std::nullopt;
  std::uint32_t stored = 0;
  for (std::size_t byte = 4; byte-- > 0;) stored = stored << 8 | log[at + byte];
  const std::uint32_t crc = crc32c(log.subspan(at + 6, 1 + length));
  const std::uint32_t masked = (crc >> 15 | crc << 17) + 0xa282ead8u;
  if (stored != masked || log[at + 6] < kFull || log[at + 6] > kLast) return std::nullopt;
  return Record{log[at + 6], end};
}

std::size_t skip_trailer(std::size_t at) {
  return kBlock - at % kBlock < kHeader ? at + kBlock - at % kBlock : at;
}

// Whether a batch begins behind `from` that can be read: then the one before it had been synced.
bool begins_another(ByteView log, std::size_t from) {
  for (std::size_t block = (from / kBlock + 1) * kBlock; block < log.size(); block += kBlock) {
    std::optional<Record> record = record_at(log, block);
    for (std::size_t at = block; record; record = record_at(log, at)) {
      if (record->type == kFull || record->type == kFirst) return true;
      at = record->end;
      if (kBlock - at % kBlock < kHeader || at % kBlock == 0) break;
    }
  }
  // In the damaged record's own block nothing tells where the next begins: every place is tried.
  const std::size_t block_end = std::min((from / kBlock + 1) * kBlock, log.size());
  for (std::size_t at = from + 1; at + kHeader < block_end; ++at) {
    if (log[at + 6] != kFull && log[at + 6] != kFirst) continue;
    if (record_at(log, at)) return true;
  }
  return false;
}

// Zeros over everything that one sector holds of the record and what comes behind it.
bool has_hole(ByteView log, std::size_t from) {
  for (std::size_t at = from; at < log.size();) {
    const std::size_t end = std::min(at + kSector - at % kSector, log.size());
    const ByteView part = log.subspan(at, end - at);
    if (std::ranges::all_of(part, [](std::uint8_t byte) { return byte == 0; })) return true;
    at = end;
  }
  return false;
}

Result<std::optional<std::filesystem::path>> newest_log(const std::filesystem::path& folder) {
  std::optional<std::filesystem::path> newest;
  std::uint64_t highest = 0;
  std::error_code error;
  for (std::filesystem::directory_iterator file(folder, error), end; !error && file != end;
       file.increment(error)) {
    if (file->path().extension() != ".log") continue;
    const std::string name = file->path().stem().string();
    std::uint64_t number = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), number);
    if (read.ptr != name.data() + name.size() || (newest && number <= highest)) continue;
    highest = number;
    newest = file->path();
  }
  if (error) return Error{Fault::storage, "read " + folder.string() + ": " + error.message()};
  return newest;
}

// An open file that is closed with it, and its lock with that.
class Opened {
 public:
  explicit Opened(const std::filesystem::path& path)
      : file_(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW)) {}
  ~Opened() {
    if (file_ >= 0) ::close(file_);
  }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

  // As RocksDB locks it.
  bool lock() const {
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    return ::fcntl(file_, F_SETLK, &whole) == 0;
  }
  bool cut(std::size_t length) const {
    return ::ftruncate(file_, static_cast<off_t>(length)) == 0 && ::fsync(file_) == 0;
  }

 private:
  int file_;
};

}  // namespace

std::optional<std::size_t> torn_tail(ByteView log) {
  std::size_t begin = 0;  // of the batch that is being read
  bool inside = false;
  for (std::size_t at = 0; at < log.size();) {
    at = skip_trailer(at);
    const std::optional<Record> record = record_at(log, at);
    if (!record) {
      if (!inside) begin = at;
      if (begin >= log.size() || !has_hole(log, begin) || begins_another(log, at)) break;
      return begin;
    }
    if (record->type == kFull || record->type == kFirst) begin = at;
    inside = record->type == kFirst || record->type == kMiddle;
    at = record->end;
  }
  return std::nullopt;
}

Result<bool> cut_torn_tail(const std::filesystem::path& folder) {
  const Opened owner(folder / "LOCK");
  if (!owner.lock()) return Error{Fault::conflict, "store: " + folder.string() + " is in use"};
  const auto newest = newest_log(folder);
  if (!newest) return newest.error();
  if (!*newest) return false;
  const Result<Bytes> content = read_file(**newest, kMaxLog);
  if (!content) return content.error();
  const std::optional<std::size_t> begin = torn_tail(*content);
  if (!begin) return false;
  const Opened log(**newest);
  if (log.cut(*begin)) return true;
  return Error{Fault::storage, "cut " + (*newest)->string() + ": " + std::strerror(errno)};
}

}  // namespace refledger::store
