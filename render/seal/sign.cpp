// The signature's way into the file: hash around the gap, sign, fill the gap with hex.
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "render/seal/state.h"

namespace refledger::seal {
namespace {

// A prepared gap is '<', an even number of zeros, '>'.  Anything else is signed already or not
// ours.
bool is_prepared(ByteView file, std::size_t begin, std::size_t end) {
  if (begin >= end || end > file.size() || end - begin < 4 || (end - begin) % 2 != 0) return false;
  if (file[begin] != '<' || file[end - 1] != '>') return false;
  const ByteView zeros = file.subspan(begin + 1, end - begin - 2);
  return std::all_of(zeros.begin(), zeros.end(), [](std::uint8_t digit) { return digit == '0'; });
}

}  // namespace

Result<Bytes> sign_pdf(Bytes file, std::size_t contents_begin, std::size_t contents_end,
                       const DocumentKey& key) {
  if (!is_prepared(file, contents_begin, contents_end)) {
    return Error{Fault::malformed, "PDF: not prepared for a signature here"};
  }
  const ByteView whole(file);
  const Sha256 digest = sha256({whole.first(contents_begin), whole.subspan(contents_end)});
  const Result<Bytes> cms = sign_cms(digest, key.state());
  if (!cms) return cms.error();
  const std::string hex = to_hex(*cms);
  if (hex.size() > contents_end - contents_begin - 2) {
    return Error{Fault::out_of_range, "PDF: the space kept for the signature is too small"};
  }
  std::copy(hex.begin(), hex.end(), file.begin() + static_cast<std::ptrdiff_t>(contents_begin) + 1);
  return file;
}

}  // namespace refledger::seal
