#include "ledger/keys/note.h"

#include <algorithm>
#include <optional>

#include "ledger/keys/ed25519.h"

namespace refledger::keys {
namespace {

using format::Note;
using format::NoteKey;
using format::NoteSignature;

constexpr std::size_t kTimeLength = 8;

struct Timed {
  std::uint64_t time;
  Signature signature;
};

std::optional<Timed> timed_of(ByteView blob) {
  if (blob.size() != kTimeLength + Signature::length) return std::nullopt;
  Timed timed{0, *Signature::from(blob.subspan(kTimeLength))};
  for (const std::uint8_t byte : blob.first(kTimeLength)) timed.time = (timed.time << 8) | byte;
  return timed;
}

bool plain_holds(const Note& note, const NoteKey& key, const NoteSignature& signature) {
  const std::optional<Signature> fixed = Signature::from(signature.signature);
  return fixed && signature_holds(key.key, bytes_of(note.text), *fixed);
}

// The time of a cosignature that holds.
std::optional<std::uint64_t> cosigned_at(const Note& note, const NoteKey& key,
                                         const NoteSignature& signature) {
  const std::optional<Timed> timed = timed_of(signature.signature);
  if (!timed || timed->time > (std::uint64_t{1} << 63) - 1) return std::nullopt;
  const std::string message = cosignature_message(note.text, timed->time);
  if (!signature_holds(key.key, bytes_of(message), timed->signature)) return std::nullopt;
  return timed->time;
}

bool is_by(const NoteSignature& signature, const NoteKey& key) {
  return signature.name == key.name && signature.key_id == key.id();
}

}  // namespace

NoteTrust check_note(const Note& note, const NoteKey& key) {
  if (key.type == format::kNoteCosignature) return check_cosignature(note, key).trust;
  NoteTrust trust = NoteTrust::unknown_signers;
  for (const NoteSignature& signature : note.signatures) {
    if (!is_by(signature, key)) continue;
    if (!plain_holds(note, key, signature)) return NoteTrust::bad_signature;
    trust = NoteTrust::signed_by_key;
  }
  return trust;
}

Cosignature check_cosignature(const Note& note, const NoteKey& witness) {
  Cosignature found;
  for (const NoteSignature& signature : note.signatures) {
    if (!is_by(signature, witness)) continue;
    const std::optional<std::uint64_t> time = cosigned_at(note, witness, signature);
    if (!time) return {NoteTrust::bad_signature, 0};
    found = {NoteTrust::signed_by_key, std::max(found.time, *time)};
  }
  return found;
}

std::string cosignature_message(std::string_view checkpoint_text, std::uint64_t time) {
  return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(checkpoint_text);
}

NoteSignature cosign(std::string_view checkpoint_text, std::string_view name, std::uint64_t time,
                     const Signer& witness) {
  const NoteKey key{std::string(name), format::kNoteCosignature, witness.public_key()};
  const Signature signature = witness.sign(bytes_of(cosignature_message(checkpoint_text, time)));
  Bytes blob;
  for (std::size_t at = 0; at < kTimeLength; ++at) {
    blob.push_back(static_cast<std::uint8_t>(time >> (8 * (kTimeLength - 1 - at))));
  }
  blob.insert(blob.end(), signature.bytes.begin(), signature.bytes.end());
  return {key.name, key.id(), std::move(blob)};
}

}  // namespace refledger::keys
