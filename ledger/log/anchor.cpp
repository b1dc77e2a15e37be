#include "ledger/log/anchor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "ledger/core/encoding.h"
#include "ledger/core/file.h"
#include "ledger/core/hash.h"
#include "ledger/core/json.h"
#include "ledger/format/checkpoint.h"
#include "ledger/store/store.h"

namespace refledger::log {
namespace {

// A slot: mark (8) | length of the body (8) | SHA-256 of the body (32) | body, as canonical JSON.
constexpr std::string_view kMark = "RFHEAD01";
constexpr std::size_t kSlotHeader = 8 + 8 + 32;
constexpr std::size_t kSlotSize = 2 * kMaxStaged;
constexpr std::size_t kSlots = 2;

struct Found {
  Head head;
  TreeSize size;
  std::string place;
};

Error damaged(const std::filesystem::path& path, const std::string& what) {
  return {Fault::storage, "head anchor " + path.string() + ": " + what};
}

Error failed(const char* step, const std::filesystem::path& path) {
  return damaged(path, std::string(step) + ": " + std::strerror(errno));
}

Bytes slot_of(const Head& head, const std::string& place) {
  const Json body{{"before", head.before.leaves},
                  {"checkpoint", head.checkpoint},
                  {"entries", head.entries},
                  {"place", place},
                  {"signed_at", head.signed_at.time_since_epoch().count()}};
  const Result<std::string> text = to_canonical_json(body);
  if (!text) return {};
  Bytes slot = copy_of(bytes_of(kMark));
  const std::string length = store::number_key(text->size());
  slot.insert(slot.end(), length.begin(), length.end());
  const Sha256 hash = sha256(bytes_of(*text));
  slot.insert(slot.end(), hash.begin(), hash.end());
  slot.insert(slot.end(), text->begin(), text->end());
  return slot;
}

Result<Found> found_in(std::string_view text) {
  const Result<Json> body = from_canonical_json(text, "head anchor");
  if (!body) return body.error();
  if (!has_exactly(*body, {"before", "checkpoint", "entries", "place", "signed_at"})) {
    return Error{Fault::malformed, "head anchor: members"};
  }
  const Result<std::uint64_t> before = number_member(*body, "before");
  if (!before) return before.error();
  const Result<std::string> checkpoint = string_member(*body, "checkpoint");
  if (!checkpoint) return checkpoint.error();
  const Result<std::string> place = string_member(*body, "place");
  if (!place) return place.error();
  const Result<std::uint64_t> signed_at = number_member(*body, "signed_at");
  if (!signed_at) return signed_at.error();
  Found found{
      {*checkpoint, {*before}, {}, UtcMillis(std::chrono::milliseconds(*signed_at))}, {}, *place};
  const Json& entries = (*body)["entries"];
  if (!entries.is_array()) return Error{Fault::malformed, "head anchor: entries"};
  for (const Json& entry : entries) {
    if (!entry.is_string()) return Error{Fault::malformed, "head anchor: entries"};
    found.head.entries.push_back(entry.get<std::string>());
  }
  const Result<format::Note> note = format::parse_note(*checkpoint);
  if (!note) return note.error();
  const Result<format::Checkpoint> said = format::parse_checkpoint(note->text);
  if (!said) return said.error();
  found.size = said->size;
  return found;
}

// Nothing if the slot was never written, or was torn while it was.
std::optional<Found> read_slot(ByteView slot) {
  if (slot.size() < kSlotHeader || text_of(slot.first(kMark.size())) != kMark) return std::nullopt;
  std::uint64_t length = 0;
  for (const std::uint8_t byte : slot.subspan(kMark.size(), 8)) length = length << 8 | byte;
  if (length > slot.size() - kSlotHeader) return std::nullopt;
  const ByteView body = slot.subspan(kSlotHeader, length);
  const Sha256 hash = sha256(body);
  if (!std::ranges::equal(hash, slot.subspan(16, hash.size()))) return std::nullopt;
  Result<Found> found = found_in(text_of(body));
  if (!found) return std::nullopt;
  return *std::move(found);
}

bool is_blank(ByteView slot) {
  return std::ranges::all_of(slot.first(kSlotHeader), [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace

struct FileAnchor::State {
  std::filesystem::path path;
  int file = -1;
  std::string place;
  std::optional<Head> newest;
  bool made_here = true;
  std::size_t newest_slot = 1;  // so that the first head goes into slot 0

  ~State() {
    if (file >= 0) ::close(file);
  }
  Result<void> open_file();
  Result<void> find_newest();
};

Result<void> FileAnchor::State::open_file() {
  file = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0 && errno == ENOENT) {
    // Written whole: later heads then overwrite blocks that are there, and need no new ones.
    if (auto made = write_file(path, Bytes(kSlots * kSlotSize)); !made) return made;
    file = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  }
  if (file < 0) return failed("open", path);
  return {};
}

Result<void> FileAnchor::State::find_newest() {
  const Result<Bytes> content = read_file(path, kSlots * kSlotSize);
  if (!content) return content.error();
  if (content->size() != kSlots * kSlotSize) return damaged(path, "not its whole length");
  std::optional<Found> best;
  bool blank = true;
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    const ByteView bytes = ByteView(*content).subspan(slot * kSlotSize, kSlotSize);
    blank = blank && is_blank(bytes);
    std::optional<Found> found = read_slot(bytes);
    if (!found || (best && found->size <= best->size)) continue;
    best = std::move(found);
    newest_slot = slot;
  }
  if (!best && blank) return {};
  if (!best) return damaged(path, "neither of its two heads can be read");
  made_here = best->place == place;
  newest = std::move(best->head);
  return {};
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
      to_hex(sha256({bytes_of("refledger-anchor-place-v1"), bytes_of(inode), bytes_of(machine)}));
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
  for (std::size_t slot = 0; slot < kSlots; ++slot) {  // both, so that the old one never counts
    if (Result<void> written = anchor.write(head); !written) return written;
  }
  return {};
}

Result<std::optional<Head>> FileAnchor::read() const { return state_->newest; }

Result<void> FileAnchor::write(const Head& head) {
  const Bytes slot = slot_of(head, state_->place);
  if (slot.empty() || slot.size() > kSlotSize) {
    return Error{Fault::out_of_range, "head anchor: too long"};
  }
  const std::size_t next = 1 - state_->newest_slot;
  std::size_t done = 0;
  while (done < slot.size()) {
    const ssize_t written = ::pwrite(state_->file, slot.data() + done, slot.size() - done,
                                     static_cast<off_t>(next * kSlotSize + done));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed("write", state_->path);
    done += static_cast<std::size_t>(written);
  }
  if (::fdatasync(state_->file) != 0) return failed("sync", state_->path);
  state_->newest = head;
  state_->newest_slot = next;
  return {};
}

}  // namespace refledger::log
