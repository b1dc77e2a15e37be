#include "ledger/log/stored_tile.h"

#include <algorithm>

#include "ledger/core/hash.h"
#include "ledger/log/layout.h"
#include "ledger/merkle/edge.h"

namespace refledger::log {
namespace {

// Where in a full tile the node stands: row `above` begins behind the 256 + 128 + ... below it.
std::size_t slot(unsigned above, std::size_t offset) {
  return 512 - (512 >> above) + (offset >> above);
}

}  // namespace

Result<StoredTile> StoredTile::of(Bytes value) {
  const Result<std::size_t> width = layout::tile_width(value);
  if (!width) return width.error();
  StoredTile tile(std::move(value), *width);
  if (*width == merkle::kTileWidth) return tile;
  tile.hashes_.resize(layout::kFullTileHashes * TreeHash::length);
  for (unsigned above = 1; above < merkle::kTileHeight; ++above) {
    const std::size_t step = std::size_t{1} << above;
    for (std::size_t offset = 0; tile.holds(above, offset); offset += step) {
      const TreeHash made =
          hash_children(tile.node(above - 1, offset), tile.node(above - 1, offset + step / 2));
      std::ranges::copy(made.bytes,
                        tile.hashes_.begin() +
                            static_cast<std::ptrdiff_t>(slot(above, offset) * TreeHash::length));
    }
  }
  return tile;
}

TreeHash StoredTile::node(unsigned above, std::size_t offset) const {
  return *TreeHash::from(
      ByteView(hashes_).subspan(slot(above, offset) * TreeHash::length, TreeHash::length));
}

}  // namespace refledger::log
