// A witness's request that is read is written again alike, and no proof in it makes one tree of
// two.
#include <cstdlib>

#include "ledger/core/hash.h"
#include "ledger/format/witness_request.h"
#include "verify/check/consistency.h"
#include "verify/check/inclusion.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const std::string_view text = text_of({data, size});
  const Result<format::WitnessRequest> request = format::parse_witness_request(text);
  if (request && format::format_witness_request(*request) != text) std::abort();

  // The same bytes as sizes and a proof: whatever they are, no proof leads to two roots.
  if (size < 4) return 0;
  const TreeSize from{data[0]};
  const TreeSize to{std::uint64_t{data[1]} << 8 | data[2]};
  std::vector<TreeHash> proof;
  for (std::size_t at = 4; at < size && proof.size() < data[3] % 20u; at += 7) {
    proof.push_back(hash_leaf({data + at, size - at}));
  }
  const TreeHash root = hash_leaf({data, 1});
  const TreeHash other = hash_leaf({data, 2});
  if (verify::is_consistent(from, root, to, other, proof) && from == to) std::abort();
  if (verify::is_included(root, {from.leaves}, to, proof, other) && proof.empty()) std::abort();
  return 0;
}
