#include "ledger/format/checkpoint.h"

#include "ledger/core/encoding.h"
#include "ledger/core/text.h"

namespace refledger::format {

std::string format_checkpoint(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size.leaves) + "\n" +
         to_base64(checkpoint.root.view()) + "\n";
}

Result<Checkpoint> parse_checkpoint(std::string_view note_text) {
  const std::optional<std::string_view> origin = take_line(note_text);
  const std::optional<std::string_view> size = take_line(note_text);
  const std::optional<std::string_view> root = take_line(note_text);
  if (!root || !note_text.empty()) {
    return Error{Fault::malformed, "checkpoint: exactly three lines expected"};
  }
  if (!is_key_name(*origin)) return Error{Fault::malformed, "checkpoint: origin"};
  const Result<std::uint64_t> leaves = from_decimal(*size, "checkpoint size");
  if (!leaves) return leaves.error();
  const Result<Bytes> hash = from_base64(*root, "checkpoint root");
  if (!hash) return hash.error();
  const std::optional<TreeHash> fixed = TreeHash::from(*hash);
  if (!fixed) return Error{Fault::malformed, "checkpoint root: wrong length"};
  return Checkpoint{std::string(*origin), {*leaves}, *fixed};
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const Signer& log_key) {
  return sign_note(format_checkpoint(checkpoint), checkpoint.origin, log_key);
}

}  // namespace refledger::format
