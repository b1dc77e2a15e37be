// A stored tile in memory, with every hash between its own and its root, so that a proof looks
// hashes up and computes none.
//
// Units    `above` counts levels of the binary tree from the tile's own hashes, 0 to 7; offsets
//          count these.
// Errors   storage: the stored value is no tile
// Source   docs/ledger.md, "The ledger's rows"
#pragma once

#include <cstdint>
#include <memory>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger::log {

class StoredTile {
 public:
  /// From the value of a row of `tile`.
  static Result<StoredTile> of(Bytes value);

  /// Its own hashes, 1 to 256.
  std::size_t width() const { return width_; }

  /// Whether the tile has the whole of [offset, offset + 2^above).
  bool holds(unsigned above, std::size_t offset) const {
    return offset + (std::size_t{1} << above) <= width_;
  }
  /// The hash of these; only if it holds them, and `offset` is a multiple of 2^above.
  TreeHash node(unsigned above, std::size_t offset) const;

 private:
  StoredTile(Bytes hashes, std::size_t width) : hashes_(std::move(hashes)), width_(width) {}
  Bytes hashes_;  // as a full tile is stored; of one that is not full, what it cannot know is zero
  std::size_t width_;
};

}  // namespace refledger::log
