#include "ledger/format/receipt.h"

#include "ledger/core/encoding.h"
#include "ledger/core/text.h"

namespace refledger::format {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kIndex = "index ";
constexpr std::size_t kMaxPath = 63;  // a tree of at most 2^63 - 1 leaves
constexpr std::size_t kMaxReceipt = std::size_t{1} << 16;

Error bad(const char* why) { return {Fault::malformed, std::string("receipt: ") + why}; }

Result<TreeHash> parse_hash(std::string_view line) {
  const Result<Bytes> bytes = from_base64(line, "receipt: hash");
  if (!bytes) return bytes.error();
  const std::optional<TreeHash> hash = TreeHash::from(*bytes);
  if (!hash) return bad("hash of wrong length");
  return *hash;
}

}  // namespace

std::string format_receipt(const Receipt& receipt) {
  std::string out =
      std::string(kFirstLine) + "\nindex " + std::to_string(receipt.index.position) + "\n";
  for (const TreeHash& hash : receipt.path) out += to_base64(hash.view()) + "\n";
  return out + "\n" + receipt.checkpoint;
}

Result<Receipt> parse_receipt(std::string_view text) {
  if (text.size() > kMaxReceipt) return bad("longer than 64 KiB");
  if (take_line(text) != kFirstLine) return bad("first line");
  std::optional<std::string_view> line = take_line(text);
  if (!line || !line->starts_with(kIndex)) return bad("a line with the index expected");
  const Result<std::uint64_t> index = from_decimal(line->substr(kIndex.size()), "receipt index");
  if (!index) return index.error();
  Receipt receipt;
  receipt.index = {*index};
  while ((line = take_line(text)) && !line->empty()) {
    if (receipt.path.size() == kMaxPath) return bad("path too long");
    const Result<TreeHash> hash = parse_hash(*line);
    if (!hash) return hash.error();
    receipt.path.push_back(*hash);
  }
  if (!line) return bad("no empty line before the checkpoint");
  const Result<Note> note = parse_note(text);
  if (!note) return note.error();
  receipt.checkpoint = text;
  return receipt;
}

}  // namespace refledger::format
