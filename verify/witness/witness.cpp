#include "verify/witness/witness.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "ledger/core/encoding.h"
#include "ledger/core/file.h"
#include "ledger/core/hash.h"
#include "ledger/format/checkpoint.h"
#include "ledger/format/witness_request.h"
#include "ledger/keys/note.h"
#include "verify/check/consistency.h"

namespace refledger::witness {
namespace {

using format::Checkpoint;
using format::Note;
using keys::NoteTrust;

constexpr std::size_t kMaxStored = std::size_t{1} << 20;

Answer plain(unsigned status, std::string why) {
  return {status, "text/plain; charset=utf-8", std::move(why) + "\n"};
}

Answer known_size(TreeSize size) {
  return {409, "text/x.tlog.size", std::to_string(size.leaves) + "\n"};
}

std::string hashed(std::string_view origin) { return to_hex(sha256(bytes_of(origin))); }

struct Seen {
  Checkpoint checkpoint;
  std::string note;        // with our cosignature
  std::uint64_t time = 0;  // of it
};

}  // namespace

struct Witness::State {
  std::filesystem::path folder;
  std::vector<format::NoteKey> logs;
  Identity identity;
  const Clock& clock;
  int lock = -1;
  std::map<std::string, Seen> seen;  // by origin
  bool stopped = false;
  mutable std::mutex one_at_a_time;

  State(std::filesystem::path in, std::vector<format::NoteKey> watched, Identity self,
        const Clock& time)
      : folder(std::move(in)), logs(std::move(watched)), identity(std::move(self)), clock(time) {}
  ~State() {
    if (lock >= 0) ::close(lock);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  format::NoteKey own_key() const {
    return {identity.name, format::kNoteCosignature, identity.key->public_key()};
  }
  const format::NoteKey* log_of(const std::string& origin) const {
    const auto found = std::ranges::find(logs, origin, &format::NoteKey::name);
    return found == logs.end() ? nullptr : &*found;
  }

  Result<void> take_lock();
  Result<void> load(const format::NoteKey& log);
  Answer judge(const format::WitnessRequest& request, const Note& note, const Checkpoint& claimed);
  Answer accept(const Note& note, const Checkpoint& checkpoint, std::uint64_t not_before);
};

Result<void> Witness::State::take_lock() {
  const std::filesystem::path file = folder / "lock";
  lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (lock < 0) return Error{Fault::storage, "witness: cannot open " + file.string()};
  if (::flock(lock, LOCK_EX | LOCK_NB) == 0) return {};
  return Error{Fault::conflict, "witness: " + folder.string() + " is in use"};
}

// What is stored must be what this witness cosigned: a flipped bit must not become a signature.
Result<void> Witness::State::load(const format::NoteKey& log) {
  const std::filesystem::path file = folder / hashed(log.name);
  const Result<Bytes> text = read_file(file, kMaxStored);
  if (!text && text.error().fault == Fault::not_found) return {};
  if (!text) return text.error();
  const Error damaged{Fault::storage, "witness: " + file.string() + " is damaged"};
  const Result<Note> note = format::parse_note(text_of(*text));
  if (!note) return damaged;
  const Result<Checkpoint> checkpoint = format::parse_checkpoint(note->text);
  const keys::Cosignature own = keys::check_cosignature(*note, own_key());
  if (!checkpoint || checkpoint->origin != log.name || own.trust != NoteTrust::signed_by_key) {
    return damaged;
  }
  seen[log.name] = {*checkpoint, std::string(text_of(*text)), own.time};
  return {};
}

Answer Witness::State::judge(const format::WitnessRequest& request, const Note& note,
                             const Checkpoint& claimed) {
  const format::NoteKey* const log = log_of(claimed.origin);
  if (log == nullptr) return plain(404, "unknown log");
  if (keys::check_note(note, *log) != NoteTrust::signed_by_key) {
    return plain(403, "not signed by the log's key");
  }
  if (request.old > claimed.size) return plain(400, "the old size is beyond the checkpoint");
  const auto known = seen.find(claimed.origin);
  const bool first = known == seen.end();
  const TreeSize size = first ? TreeSize{} : known->second.checkpoint.size;
  if (request.old != size) return known_size(size);
  const TreeHash root = first ? hash_empty() : known->second.checkpoint.root;
  const bool empty_is_empty = claimed.size.leaves != 0 || claimed.root == hash_empty();
  if (!empty_is_empty ||
      !verify::is_consistent(size, root, claimed.size, claimed.root, request.proof)) {
    return plain(422, "the checkpoint does not continue the one that was cosigned before");
  }
  return accept(note, claimed, first ? 0 : known->second.time);
}

Answer Witness::State::accept(const Note& note, const Checkpoint& checkpoint,
                              std::uint64_t not_before) {
  const auto now = std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
  const auto time = static_cast<std::uint64_t>(std::max<std::int64_t>(now, 0));
  if (time < not_before) return plain(503, "this witness's clock went back");
  const std::uint32_t log_id = log_of(checkpoint.origin)->id();
  Note kept{note.text, {}};
  for (const format::NoteSignature& signature : note.signatures) {
    const bool by_log = signature.name == checkpoint.origin && signature.key_id == log_id;
    if (by_log && kept.signatures.empty()) kept.signatures.push_back(signature);
  }
  kept.signatures.push_back(keys::cosign(note.text, identity.name, time, *identity.key));
  const std::string text = format::format_note(kept);
  if (!write_file(folder / hashed(checkpoint.origin), bytes_of(text))) {
    stopped = true;
    return plain(500, "this witness cannot store what it signs");
  }
  seen[checkpoint.origin] = {checkpoint, text, time};
  return {200, "text/plain; charset=utf-8", format::format_note_signature(kept.signatures.back())};
}

Witness::Witness(std::unique_ptr<State> state) : state_(std::move(state)) {}
Witness::~Witness() = default;

Result<std::unique_ptr<Witness>> Witness::open(const std::filesystem::path& folder,
                                               std::vector<format::NoteKey> logs, Identity identity,
                                               const Clock& clock) {
  if (!format::is_key_name(identity.name)) return Error{Fault::malformed, "witness: name"};
  if (Result<void> made = make_private_folder(folder); !made) return made.error();
  auto state = std::make_unique<State>(folder, std::move(logs), std::move(identity), clock);
  if (Result<void> locked = state->take_lock(); !locked) return locked.error();
  for (const format::NoteKey& log : state->logs) {
    if (Result<void> loaded = state->load(log); !loaded) return loaded.error();
  }
  return std::unique_ptr<Witness>(new Witness(std::move(state)));
}

Answer Witness::add_checkpoint(std::string_view body) {
  const Result<format::WitnessRequest> request = format::parse_witness_request(body);
  if (!request) return plain(400, "malformed request");
  const Result<Note> note = format::parse_note(request->checkpoint);
  const Result<Checkpoint> claimed =
      note ? format::parse_checkpoint(note->text) : Result<Checkpoint>(note.error());
  if (!claimed) return plain(400, "malformed checkpoint");
  const std::lock_guard lock(state_->one_at_a_time);
  if (state_->stopped) return plain(500, "this witness cannot store what it signs");
  return state_->judge(*request, *note, *claimed);
}

Answer Witness::checkpoint(std::string_view hashed_origin) const {
  const std::lock_guard lock(state_->one_at_a_time);
  for (const auto& [origin, seen] : state_->seen) {
    if (hashed(origin) == hashed_origin) return {200, "text/plain; charset=utf-8", seen.note};
  }
  return plain(404, "no checkpoint of such a log");
}

bool Witness::stopped() const {
  const std::lock_guard lock(state_->one_at_a_time);
  return state_->stopped;
}

format::NoteKey Witness::verifier_key() const { return state_->own_key(); }

}  // namespace refledger::witness
