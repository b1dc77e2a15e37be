// A tile of any width gives the hashes of the subtrees in it, and no others.
#include "ledger/log/stored_tile.h"

#include "ledger/core/hash.h"
#include "ledger/log/layout.h"
#include "ledger/merkle/edge.h"
#include "support/support.h"

namespace refledger::log {
namespace {

std::vector<TreeHash> some_hashes(std::size_t count) {
  std::vector<TreeHash> hashes(count);
  for (std::size_t at = 0; at < count; ++at) {
    hashes[at].bytes[0] = static_cast<std::uint8_t>(at);
    hashes[at].bytes[1] = static_cast<std::uint8_t>(at >> 8);
  }
  return hashes;
}

TEST(StoredTile, HoldsEverySubtreeThatIsWhole) {
  for (std::size_t width = 1; width <= merkle::kTileWidth; ++width) {
    const std::vector<TreeHash> hashes = some_hashes(width);
    const Result<StoredTile> tile = StoredTile::of(layout::tile_value(hashes));
    ASSERT_TRUE(tile.has_value());
    EXPECT_EQ(tile->width(), width);
    for (unsigned above = 0; above < merkle::kTileHeight; ++above) {
      const std::size_t length = std::size_t{1} << above;
      for (std::size_t offset = 0; offset < merkle::kTileWidth; offset += length) {
        ASSERT_EQ(tile->holds(above, offset), offset + length <= width);
        if (!tile->holds(above, offset)) continue;
        ASSERT_EQ(tile->node(above, offset),
                  merkle::hash_complete(std::span(hashes).subspan(offset, length)))
            << width << ": " << above << ", " << offset;
      }
    }
  }
}

TEST(StoredTile, RefusesWhatIsNoTile) {
  for (const std::size_t length : {0, 1, 31, 33, 256 * 32, 509 * 32, 510 * 32 - 1, 511 * 32}) {
    EXPECT_EQ(StoredTile::of(Bytes(length)).error().fault, Fault::storage) << length;
  }
}

}  // namespace
}  // namespace refledger::log
