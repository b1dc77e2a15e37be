// What the views of one store share: the entries that have no index rows yet, and the upper tiles.
//
// State    About 300 bytes for each entry above the watermark, and at most kMaxTiles tiles.
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

  /// A full tile above level 0, read once.
  using TileBytes = std::shared_ptr<const Bytes>;
  TileBytes find_tile(const std::string& key) const;
  void keep_tile(const std::string& key, TileBytes tile);

  /// The peaks of the tree last asked for.
  using PeaksOf = std::shared_ptr<const merkle::Peaks>;
  PeaksOf find_peaks(TreeSize size, const TreeHash& root) const;
  void keep_peaks(PeaksOf peaks);

 private:
  static constexpr std::size_t kMaxTiles = 512;  // 8 MiB; enough for 33 million entries

  struct RowKey {
    std::string space;
    std::string key;
    friend auto operator<=>(const RowKey&, const RowKey&) = default;
  };
  void forget_below(TreeSize indexed);
  Result<void> add(std::string_view key, ByteView jws);

  mutable std::shared_mutex mutex_;
  TreeSize from_;  // rows_ are those of the entries [from_, to_)
  TreeSize to_;
  std::map<RowKey, Bytes> rows_;
  std::deque<std::vector<std::map<RowKey, Bytes>::iterator>> by_entry_;
  std::map<std::string, TileBytes> tiles_;
  PeaksOf peaks_;
};

}  // namespace refledger::log
