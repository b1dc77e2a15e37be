// Signed notes: a text with signature lines under it, and the verifier keys that name signers.
//
// Shape    text LF "— " name " " base64(key id | signature) LF ...   (— is U+2014)
// Errors   malformed; at most 64 signature lines and 1 MiB
// Source   c2sp.org/signed-note
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/core/signer.h"

namespace refledger::format {

constexpr std::uint8_t kNoteEd25519 = 0x01;      ///< a log's own signature
constexpr std::uint8_t kNoteCosignature = 0x04;  ///< a witness's timestamped cosignature

/// A verifier key ("vkey"): NAME+HEX(key id)+base64(type | key).
struct NoteKey {
  std::string name;
  std::uint8_t type = kNoteEd25519;
  PublicKey key;

  std::uint32_t id() const;  ///< first four bytes of SHA-256(name LF type key)
  friend bool operator==(const NoteKey&, const NoteKey&) = default;
};

/// Whether `name` may name a key: not empty, no white space, no `+`, at most 255 bytes of UTF-8.
bool is_key_name(std::string_view name);

std::string format_vkey(const NoteKey& key);
Result<NoteKey> parse_vkey(std::string_view text);

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  Bytes signature;  ///< without the key id
};

struct Note {
  std::string text;  ///< ends in LF
  std::vector<NoteSignature> signatures;
};

std::string format_note(const Note& note);
Result<Note> parse_note(std::string_view text);

/// The time (POSIX seconds) that a timestamped cosignature states, if it has the length of one;
/// nothing is checked.
std::optional<std::uint64_t> cosignature_time(const NoteSignature& signature);

/// The signature line "— name base64" LF.
std::string format_note_signature(const NoteSignature& signature);

/// `text` (ending in LF) with one Ed25519 signature by `signer` under `name`.
std::string sign_note(std::string_view text, std::string_view name, const Signer& signer);

}  // namespace refledger::format
