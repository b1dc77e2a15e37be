#include "ledger/log/anchor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>

#include "ledger/core/file.h"
#include "ledger/core/hash.h"
#include "ledger/format/checkpoint.h"
#include "ledger/store/store.h"

namespace refledger::log {
namespace {

// A record: mark (8) | number (8) | length of the body (8) | SHA-256 of number and body (32) |
// body, at a multiple of kAlign.  The body: place (32) | before | settled | signed_at (8 each) |
// texts, each with its length (8): the checkpoint, then the entries.  The record with the highest
// number counts.
constexpr std::string_view kMark = "RFHEAD02";
constexpr std::size_t kNumber = 8;
constexpr std::size_t kHeader = 8 + 8 + 8 + 32;
constexpr std::size_t kAlign = 512;
// What the database may lack never lies under the next record: kMaxUnsettled and one lap's unused
// end are far less than this.
constexpr std::size_t kRing = std::size_t{1} << 21;
static_assert(kRing > 2 * (kMaxUnsettled + 2 * kMaxStaged));

struct Found {
  Head head;
  TreeSize size;
  Sha256 place;
  std::uint64_t number = 0;
  std::size_t end = 0;  // where it ends in the ring, aligned
};

Error damaged(const std::filesystem::path& path, const std::string& what) {
  return {Fault::storage, "head anchor " + path.string() + ": " + what};
}

Error failed(const char* step, const std::filesystem::path& path) {
  return damaged(path, std::string(step) + ": " + std::strerror(errno));
}

std::size_t aligned(std::size_t length) { return (length + kAlign - 1) / kAlign * kAlign; }

void add_number(std::uint64_t number, Bytes& bytes) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<std::uint8_t>(number >> shift));
  }
}

void add_text(std::string_view text, Bytes& bytes) {
  add_number(text.size(), bytes);
  bytes.insert(bytes.end(), text.begin(), text.end());
}

std::size_t length_of_body(const Head& head) {
  return Sha256{}.size() + 3 * 8 + 8 + head.checkpoint.size() + staged_bytes(head.entries);
}

Bytes record_of(const Head& head, const Sha256& place, std::uint64_t number) {
  Bytes record = copy_of(bytes_of(kMark));
  const std::size_t length = length_of_body(head);
  record.reserve(aligned(kHeader + length));
  add_number(number, record);
  add_number(length, record);
  record.resize(kHeader);  // the hash comes last
  record.insert(record.end(), place.begin(), place.end());
  add_number(head.before.leaves, record);
  add_number(head.settled.leaves, record);
  add_number(static_cast<std::uint64_t>(head.signed_at.time_since_epoch().count()), record);
  add_text(head.checkpoint, record);
  for (const std::string& entry : head.entries) add_text(entry, record);
  const Sha256 hash =
      sha256({ByteView(record).subspan(kMark.size(), kNumber), ByteView(record).subspan(kHeader)});
  std::ranges::copy(hash, record.begin() + static_cast<std::ptrdiff_t>(kHeader - hash.size()));
  record.resize(aligned(record.size()));
  return record;
}

// Takes a body apart; what is not there reads as nothing.
class Body {
 public:
  explicit Body(ByteView rest) : rest_(rest) {}
  bool at_end() const { return rest_.empty(); }
  ByteView take(std::uint64_t count) {
    if (count > rest_.size()) {
      short_ = true;
      rest_ = {};
      return {};
    }
    const ByteView taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  std::uint64_t number() {
    std::uint64_t number = 0;
    for (const std::uint8_t byte : take(8)) number = number << 8 | byte;
    return number;
  }
  std::string text() { return std::string(text_of(take(number()))); }
  bool was_short() const { return short_; }

 private:
  ByteView rest_;
  bool short_ = false;
};

std::optional<Found> found_in(Body body, std::uint64_t number) {
  Found found;
  found.number = number;
  const ByteView place = body.take(found.place.size());
  std::ranges::copy(place, found.place.begin());
  found.head.before = {body.number()};
  found.head.settled = {body.number()};
  found.head.signed_at =
      UtcMillis(std::chrono::milliseconds(static_cast<std::int64_t>(body.number())));
  found.head.checkpoint = body.text();
  while (!body.at_end()) found.head.entries.push_back(body.text());
  const Result<format::Note> note = format::parse_note(found.head.checkpoint);
  if (!note || body.was_short()) return std::nullopt;
  const Result<format::Checkpoint> said = format::parse_checkpoint(note->text);
  if (!said) return std::nullopt;
  found.size = said->size;
  return found;
}

// Nothing if no whole record begins there: never written, torn, or of a longer one's middle.
std::optional<Found> read_record(ByteView ring, std::size_t at) {
  const ByteView from = ring.subspan(at);
  if (from.size() < kHeader || text_of(from.first(kMark.size())) != kMark) return std::nullopt;
  Body header(from.subspan(kMark.size()));
  const std::uint64_t number = header.number();
  const std::uint64_t length = header.number();
  if (length > from.size() - kHeader) return std::nullopt;
  const ByteView body = from.subspan(kHeader, length);
  const Sha256 hash = sha256({from.subspan(kMark.size(), kNumber), body});
  if (!std::ranges::equal(hash, header.take(hash.size()))) return std::nullopt;
  std::optional<Found> found = found_in(Body(body), number);
  if (found) found->end = at + aligned(kHeader + length);
  return found;
}

// Every whole record, by its number.
std::map<std::uint64_t, Found> read_ring(ByteView ring) {
  std::map<std::uint64_t, Found> records;
  for (std::size_t at = 0; at < ring.size(); at += kAlign) {
    std::optional<Found> found = read_record(ring, at);
    if (found) records.emplace(found->number, *std::move(found));
  }
  return records;
}

bool is_blank(ByteView ring) {
  return std::ranges::all_of(ring, [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace

std::size_t staged_bytes(std::span<const std::string> entries) {
  std::size_t bytes = 0;
  for (const std::string& entry : entries) bytes += 8 + entry.size();
  return bytes;
}

struct FileAnchor::State {
  std::filesystem::path path;
  int file = -1;
  Sha256 place{};
  std::optional<Head> newest;
  std::vector<Head> staged;  // as found when the file was opened
  bool made_here = true;
  std::uint64_t next_number = 1;
  std::size_t next_at = 0;

  ~State() {
    if (file >= 0) ::close(file);
  }
  Result<void> open_file();
  Result<void> find_newest();
  void take_staged(std::map<std::uint64_t, Found>& records);
};

Result<void> FileAnchor::State::open_file() {
  file = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0 && errno == ENOENT) {
    // Written whole: later heads then overwrite blocks that are there, and need no new ones.
    if (auto made = write_file(path, Bytes(kRing)); !made) return made;
    file = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  }
  if (file < 0) return failed("open", path);
  return {};
}

Result<void> FileAnchor::State::find_newest() {
  const Result<Bytes> ring = read_file(path, kRing);
  if (!ring) return ring.error();
  if (ring->size() != kRing) return damaged(path, "not its whole length");
  std::map<std::uint64_t, Found> records = read_ring(*ring);
  if (records.empty() && is_blank(*ring)) return {};
  if (records.empty()) return damaged(path, "none of its heads can be read");
  const Found& last = records.rbegin()->second;
  made_here = last.place == place;
  newest = last.head;
  next_number = last.number + 1;
  next_at = last.end;
  take_staged(records);
  return {};
}

// From the newest backwards, for as long as one follows on the other.
void FileAnchor::State::take_staged(std::map<std::uint64_t, Found>& records) {
  for (std::uint64_t number = next_number - 1; records.contains(number); --number) {
    Found& record = records.at(number);
    if (record.size <= newest->settled) break;
    staged.push_back(std::move(record.head));
  }
  std::ranges::reverse(staged);
}

FileAnchor::FileAnchor(std::unique_ptr<State> state) : state_(std::move(state)) {}
FileAnchor::~FileAnchor() = default;

Result<std::unique_ptr<FileAnchor::State>> FileAnchor::load(const std::filesystem::path& path,
                                                            std::string_view machine) {
  auto state = std::make_unique<State>();
  state->path = path;
  if (Result<void> opened = state->open_file(); !opened) return opened.error();
  struct stat is {};
  if (::fstat(state->file, &is) != 0) return failed("look at", path);
  const std::string inode = store::number_key(is.st_ino);
  state->place =
      sha256({bytes_of("refledger-anchor-place-v1"), bytes_of(inode), bytes_of(machine)});
  if (Result<void> found = state->find_newest(); !found) return found.error();
  return state;
}

Result<std::unique_ptr<FileAnchor>> FileAnchor::open(const std::filesystem::path& path,
                                                     std::string_view machine) {
  Result<std::unique_ptr<State>> state = load(path, machine);
  if (!state) return state.error();
  if (!(*state)->made_here) {
    return Error{Fault::refused,
                 "head anchor " + path.string() +
                     ": made at another place, so this folder was copied or moved. If the other "
                     "copy is gone for good: refledger log adopt"};
  }
  return std::unique_ptr<FileAnchor>(new FileAnchor(*std::move(state)));
}

Result<void> FileAnchor::adopt(const std::filesystem::path& path, std::string_view machine,
                               UtcMillis now) {
  Result<std::unique_ptr<State>> state = load(path, machine);
  if (!state) return state.error();
  FileAnchor anchor(*std::move(state));
  if (!anchor.state_->newest) return Error{Fault::not_found, "head anchor: none to adopt"};
  Head head = *anchor.state_->newest;
  head.signed_at = now;
  return anchor.write(head);
}

Result<std::optional<Head>> FileAnchor::read() const { return state_->newest; }

Result<std::vector<Head>> FileAnchor::staged() const { return state_->staged; }

Result<void> FileAnchor::write(Head head) {
  const Bytes record = record_of(head, state_->place, state_->next_number);
  if (record.size() > kRing / 4) return Error{Fault::out_of_range, "head anchor: too long"};
  if (state_->next_at + record.size() > kRing) state_->next_at = 0;
  std::size_t done = 0;
  while (done < record.size()) {
    const ssize_t written = ::pwrite(state_->file, record.data() + done, record.size() - done,
                                     static_cast<off_t>(state_->next_at + done));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed("write", state_->path);
    done += static_cast<std::size_t>(written);
  }
  if (::fdatasync(state_->file) != 0) return failed("sync", state_->path);
  state_->newest = std::move(head);
  ++state_->next_number;
  state_->next_at += record.size();
  return {};
}

}  // namespace refledger::log
