#include "ledger/format/note.h"

#include <algorithm>
#include <array>

#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "ledger/core/text.h"

namespace refledger::format {
namespace {

constexpr std::string_view kDash = "\u2014 ";
constexpr std::size_t kMaxNote = std::size_t{1} << 20;
constexpr std::size_t kMaxSignatures = 64;
constexpr std::size_t kIdLength = 4;

Error bad(const char* why) { return {Fault::malformed, std::string("note: ") + why}; }

std::array<std::uint8_t, kIdLength> big_endian(std::uint32_t value) {
  return {static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16),
          static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
}

std::uint32_t big_endian(ByteView bytes) {
  std::uint32_t value = 0;
  for (const std::uint8_t byte : bytes.first(kIdLength)) value = (value << 8) | byte;
  return value;
}

Bytes typed_key(const NoteKey& key) {
  Bytes typed(1 + PublicKey::length, key.type);
  std::copy(key.key.bytes.begin(), key.key.bytes.end(), typed.begin() + 1);
  return typed;
}

// Notes are UTF-8 without control characters other than LF.
bool is_note_text(std::string_view text) {
  return decode_utf8(text).has_value() && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 && c != '\n';
         });
}

Result<NoteSignature> parse_signature(std::string_view line) {
  if (!line.starts_with(kDash)) return bad("a signature line begins with a dash and a blank");
  line.remove_prefix(kDash.size());
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos) return bad("a signature line has a name and a signature");
  NoteSignature made;
  made.name = line.substr(0, blank);
  if (!is_key_name(made.name)) return bad("signer's name");
  const Result<Bytes> blob = from_base64(line.substr(blank + 1), "note signature");
  if (!blob) return blob.error();
  if (blob->size() <= kIdLength) return bad("signature too short");
  made.key_id = big_endian(*blob);
  made.signature.assign(blob->begin() + kIdLength, blob->end());
  return made;
}

}  // namespace

bool is_key_name(std::string_view name) {
  if (name.empty() || name.size() > 255) return false;
  // Of names in plain ASCII, which is what there is, nothing has to be decoded.
  if (std::ranges::all_of(name, [](char c) { return c > ' ' && c < '\x7f' && c != '+'; })) {
    return true;
  }
  if (!is_one_line(name)) return false;
  const std::optional<std::u32string> points = decode_utf8(name);
  return points && std::none_of(points->begin(), points->end(), [](char32_t point) {
           return point == U'+' || is_unicode_space(point);
         });
}

std::uint32_t NoteKey::id() const {
  return big_endian(sha256({bytes_of(name), bytes_of("\n"), typed_key(*this)}));
}

std::string format_vkey(const NoteKey& key) {
  return key.name + "+" + to_hex(big_endian(key.id())) + "+" + to_base64(typed_key(key));
}

Result<NoteKey> parse_vkey(std::string_view text) {
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return bad("a verifier key has three parts");
  const Result<Bytes> typed = from_base64(text.substr(second + 1), "verifier key");
  if (!typed) return typed.error();
  if (typed->size() != 1 + PublicKey::length) return bad("verifier key: wrong length");
  NoteKey key;
  key.name = text.substr(0, first);
  key.type = typed->front();
  key.key = *PublicKey::from(ByteView(*typed).subspan(1));
  if (!is_key_name(key.name)) return bad("verifier key: name");
  if (key.type != kNoteEd25519 && key.type != kNoteCosignature) {
    return bad("verifier key: unknown type");
  }
  if (format_vkey(key) != text) return bad("verifier key: its id is not that of name and key");
  return key;
}

std::optional<std::uint64_t> cosignature_time(const NoteSignature& signature) {
  constexpr std::size_t time_length = 8;
  if (signature.signature.size() != time_length + Signature::length) return std::nullopt;
  std::uint64_t time = 0;
  for (std::size_t at = 0; at < time_length; ++at) time = time << 8 | signature.signature[at];
  return time;
}

std::string format_note_signature(const NoteSignature& signature) {
  Bytes blob = copy_of(big_endian(signature.key_id));
  blob.insert(blob.end(), signature.signature.begin(), signature.signature.end());
  return std::string(kDash) + signature.name + " " + to_base64(blob) + "\n";
}

std::string format_note(const Note& note) {
  std::string out = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) out += format_note_signature(signature);
  return out;
}

Result<Note> parse_note(std::string_view text) {
  if (text.size() > kMaxNote) return bad("longer than 1 MiB");
  if (!is_note_text(text)) return bad("not UTF-8, or a control character");
  // The text may hold empty lines itself, so the last one is what ends it.
  const std::size_t end = text.rfind("\n\n");
  if (end == std::string_view::npos) return bad("no empty line before the signatures");
  Note note;
  note.text = text.substr(0, end + 1);
  std::string_view rest = text.substr(end + 2);
  if (rest.empty()) return bad("no signature");
  while (!rest.empty()) {
    const std::optional<std::string_view> line = take_line(rest);
    if (!line) return bad("last line has no end");
    if (note.signatures.size() == kMaxSignatures) return bad("too many signatures");
    Result<NoteSignature> signature = parse_signature(*line);
    if (!signature) return signature.error();
    note.signatures.push_back(*std::move(signature));
  }
  return note;
}

std::string sign_note(std::string_view text, std::string_view name, const Signer& signer) {
  const NoteKey key{std::string(name), kNoteEd25519, signer.public_key()};
  const Signature signature = signer.sign(bytes_of(text));
  return format_note({std::string(text), {{key.name, key.id(), copy_of(signature.view())}}});
}

}  // namespace refledger::format
