#include "ledger/format/witness_request.h"

#include "ledger/core/encoding.h"
#include "ledger/core/text.h"

namespace refledger::format {
namespace {

constexpr std::string_view kOld = "old ";
constexpr std::size_t kMaxProof = 63;
constexpr std::size_t kMaxRequest = std::size_t{1} << 16;

Error bad(const char* why) { return {Fault::malformed, std::string("witness request: ") + why}; }

Result<TreeHash> parse_hash(std::string_view line) {
  const Result<Bytes> bytes = from_base64(line, "witness request: hash");
  if (!bytes) return bytes.error();
  const std::optional<TreeHash> hash = TreeHash::from(*bytes);
  if (!hash) return bad("hash of wrong length");
  return *hash;
}

}  // namespace

std::string format_witness_request(const WitnessRequest& request) {
  std::string out = std::string(kOld) + std::to_string(request.old.leaves) + "\n";
  for (const TreeHash& hash : request.proof) out += to_base64(hash.view()) + "\n";
  return out + "\n" + request.checkpoint;
}

Result<WitnessRequest> parse_witness_request(std::string_view text) {
  if (text.size() > kMaxRequest) return bad("longer than 64 KiB");
  std::optional<std::string_view> line = take_line(text);
  if (!line || !line->starts_with(kOld)) return bad("a line with the old size expected");
  const Result<std::uint64_t> old = from_decimal(line->substr(kOld.size()), "old size");
  if (!old) return old.error();
  WitnessRequest request;
  request.old = {*old};
  while ((line = take_line(text)) && !line->empty()) {
    if (request.proof.size() == kMaxProof) return bad("proof too long");
    const Result<TreeHash> hash = parse_hash(*line);
    if (!hash) return hash.error();
    request.proof.push_back(*hash);
  }
  if (!line) return bad("no empty line before the checkpoint");
  const Result<Note> note = parse_note(text);
  if (!note) return note.error();
  request.checkpoint = text;
  return request;
}

}  // namespace refledger::format
