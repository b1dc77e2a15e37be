// The log as its readers see it: pinned to the size of one checkpoint.  What the indexes do not
// hold yet is found by reading the end of the entries.
//
// Errors   out_of_range beyond that size; not_found; storage (also: what is stored is not what the
//          format says)
// Threads  A view is a value; it only reads.  The store it reads must outlive it.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/format/entry.h"
#include "ledger/format/proof_file.h"
#include "ledger/format/receipt.h"
#include "ledger/format/tile.h"
#include "ledger/log/view_cache.h"
#include "ledger/store/store.h"

namespace refledger::log {

/// The spaces of a ledger store.
inline const std::vector<std::string> kSpaces{"meta",   "entry",  "tile",   "by_hash", "by_ref",
                                              "by_doc", "by_iss", "status", "cosigned"};

class View {
 public:
  /// The log as of its stored checkpoint; an empty log has none and is not_found.  Whoever opens
  /// many views of one store lets them share a cache.
  static Result<View> open(const store::Reader& store,
                           std::shared_ptr<ViewCache> cache = std::make_shared<ViewCache>());

  const format::Checkpoint& checkpoint() const { return checkpoint_; }
  const std::string& signed_checkpoint() const { return note_; }

  /// The same log as of an earlier checkpoint, or with other signatures under its own; the caller
  /// vouches that `note` is this log's.
  Result<View> pinned_to(const std::string& note) const;

  /// The bytes of a tile or entry bundle; partial ones are cut to the width asked for.
  Result<Bytes> tile(const format::TilePath& path) const;

  Result<std::string> entry(LeafIndex at) const;
  Result<format::Receipt> receipt(LeafIndex at) const;
  Result<format::LoggedEntry> logged(LeafIndex at) const;  ///< entry and receipt as texts

  /// The root over the first `size` entries.
  Result<TreeHash> root(TreeSize size) const;

  /// That the log's first `from` entries are still the first of this view's.
  Result<std::vector<TreeHash>> consistency(TreeSize from) const;

  struct Reference {
    LeafIndex issued;
    std::optional<LeafIndex> withdrawn;
  };
  Result<Reference> find(const ReferenceHash& ref) const;
  /// The entry with that leaf hash.
  Result<LeafIndex> find_leaf(const TreeHash& leaf) const;
  /// Every `issued` entry with that document hash, in the order of the log.
  Result<std::vector<LeafIndex>> find_document(const DocumentHash& doc) const;
  /// Every key entry of that issuer below `before`, in the order of the log.
  Result<std::vector<LeafIndex>> key_entries(std::string_view iss, TreeSize before) const;
  /// The issuer (iss) that added `kid`.
  Result<std::string> issuer_of(std::string_view kid) const;
  /// Every issuer (iss) that has added a key.
  Result<std::set<std::string>> issuers() const;

  Result<std::string> status_token(std::uint64_t list) const;

  /// Where this log or one before it ended, and what it went on from (ledger/log/closing.h).
  Result<std::optional<std::string>> closings() const;
  Result<std::optional<std::string>> predecessor() const;

 private:
  View(const store::Reader& store, std::shared_ptr<ViewCache> cache, TreeSize indexed,
       format::Checkpoint checkpoint, std::string note);
  Result<ViewCache::Rows> index_rows(std::string_view space, const std::string& prefix) const;
  Result<std::vector<LeafIndex>> positions(std::string_view space, const std::string& prefix,
                                           TreeSize below) const;
  Result<ViewCache::PeaksOf> peaks() const;
  Result<std::string> adder_of_key(LeafIndex at) const;

  const store::Reader* store_;
  std::shared_ptr<ViewCache> cache_;
  TreeSize indexed_;  // entries below have their rows in the store; the others are in cache_
  format::Checkpoint checkpoint_;
  std::string note_;
};

}  // namespace refledger::log
