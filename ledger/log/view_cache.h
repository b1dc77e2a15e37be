// What the views of one store share: the entries that have no index rows yet, and tiles.
//
// State    About 300 bytes for each entry above the watermark, and at most 24 MiB of tiles.
// Threads  Any.
// Source   docs/ledger.md, "The watermark"
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/log/stored_tile.h"
#include "ledger/merkle/proof.h"
#include "ledger/store/store.h"

namespace refledger::log {

/// The index rows of entries that were read, in memory: keys as in the store's index spaces.
class ViewCache {
 public:
  /// Reads the entries from the watermark `indexed` up to `size` that it does not hold yet, and
  /// forgets those below.
  Result<void> take_in(const store::Reader& store, TreeSize indexed, TreeSize size);

  /// What stands in `space` under the keys that begin with `prefix`, in the order of the keys.
  using Rows = std::vector<std::pair<std::string, Bytes>>;
  Rows rows(std::string_view space, std::string_view prefix) const;

  /// A tile that was read; of one that has grown since, what it was begins what it is.
  using Tile = std::shared_ptr<const StoredTile>;
  Tile find_tile(unsigned level, std::uint64_t index) const;
  void keep_tile(unsigned level, std::uint64_t index, Tile tile);

  /// The peaks of the tree last asked for.
  using PeaksOf = std::shared_ptr<const merkle::Peaks>;
  PeaksOf find_peaks(TreeSize size, const TreeHash& root) const;
  void keep_peaks(PeaksOf peaks);

 private:
  // Tiles of 16 KiB, each in the place that its number gives it.  The upper ones of 33 million
  // entries have places of their own; of the lowest, where proofs of other entries look, few do.
  static constexpr std::size_t kUpperTiles = 512;
  static constexpr std::size_t kLowestTiles = 1024;
  struct Place {
    unsigned level = 0;
    std::uint64_t index = 0;
    Tile tile;
  };

  struct RowKey {
    std::string space;
    std::string key;
    friend auto operator<=>(const RowKey&, const RowKey&) = default;
  };
  static std::size_t place_of(unsigned level, std::uint64_t index);
  void forget_below(TreeSize indexed);
  Result<void> add(std::string_view key, ByteView jws);

  mutable std::shared_mutex mutex_;
  TreeSize from_;  // rows_ are those of the entries [from_, to_)
  TreeSize to_;
  std::map<RowKey, Bytes> rows_;
  std::deque<std::vector<std::map<RowKey, Bytes>::iterator>> by_entry_;
  std::vector<Place> tiles_{kLowestTiles + kUpperTiles};
  PeaksOf peaks_;
};

}  // namespace refledger::log
