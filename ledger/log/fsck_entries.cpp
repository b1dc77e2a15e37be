// The entries, read once and in order: each thread takes the next chunk, hashes it and checks its
// signatures by itself, then waits for its turn to add it to the tree and to the rules' state.
#include <atomic>
#include <condition_variable>
#include <shared_mutex>
#include <thread>

#include "ledger/core/hash.h"
#include "ledger/core/jws.h"
#include "ledger/format/origin.h"
#include "ledger/keys/ed25519.h"
#include "ledger/log/fsck_parts.h"
#include "ledger/merkle/edge.h"

namespace refledger::log {
namespace {

using format::Entry;
using merkle::kTileWidth;

constexpr std::uint64_t kChunk = 16 * kTileWidth;

std::string entry_name(std::uint64_t at) { return "entry " + std::to_string(at); }

std::string tile_name(unsigned level, std::uint64_t index) {
  return "tile " + std::to_string(index) + " of level " + std::to_string(level);
}

// The keys that key entries have added so far.  A kid is the hash of its key, so whoever sees a key
// added may use it for every entry of that kid, wherever it stands; whether it counts there, the
// rules say.
class KeyRing {
 public:
  struct Held {
    PublicKey key;
    std::uint32_t slot;
  };
  std::optional<Held> find(const std::string& kid) const {
    const std::shared_lock lock(mutex_);
    const auto found = keys_.find(kid);
    return found == keys_.end() ? std::nullopt : std::optional<Held>(found->second);
  }
  void add(const PublicKey& key) {
    const std::unique_lock lock(mutex_);
    keys_.emplace(thumbprint(key), Held{key, static_cast<std::uint32_t>(keys_.size())});
  }

 private:
  mutable std::shared_mutex mutex_;
  std::map<std::string, Held, std::less<>> keys_;
};

struct Withdrawal {
  std::uint64_t at;
  std::uint64_t list;
  std::uint64_t idx;
};

// What one thread finds in [from, to) before its turn.
struct Chunk {
  static constexpr std::uint32_t kApart = ~std::uint32_t{0};       // see `apart`
  static constexpr std::uint32_t kUnreadable = ~std::uint32_t{1};  // nothing more to say of it

  std::uint64_t from = 0;
  std::uint64_t to = 0;
  std::vector<TreeHash> leaves;
  std::vector<TreeHash> tile_roots;      // of its full tiles
  std::vector<std::uint32_t> signers;    // by entry: the slot of a key whose signature holds
  std::map<std::uint64_t, Entry> apart;  // key entries, and entries by keys not seen yet
  std::vector<Withdrawal> withdrawals;
  IndexSums rows;
  FreshRefs refs;
  std::uint64_t signatures = 0;
  std::uint64_t tiles = 0;
};

class EntriesCheck {
 public:
  EntriesCheck(FsckScene& scene, const Claims& claims, const std::vector<StatusClaim>& tokens)
      : scene_(scene), claims_(claims), tokens_(tokens) {
    for (const StatusClaim& token : tokens) lists_.emplace(token.list, std::vector<bool>());
    for (auto& [list, places] : lists_) places.resize(credential::kStatusListLength);
  }

  Result<EntriesChecked> run() {
    std::vector<std::thread> others;
    for (unsigned each = 1; each < std::max(1u, scene_.options.threads); ++each) {
      others.emplace_back([this] { work(); });
    }
    work();
    for (std::thread& other : others) other.join();
    if (failed_) return *failed_;
    finish();
    return EntriesChecked{std::move(issuers_), rows_, std::move(refs_)};
  }

 private:
  // ---- one thread -------------------------------------------------------------------------------
  void work() {
    while (!stopped_) {
      const std::uint64_t number = next_chunk_.fetch_add(1);
      Chunk chunk;
      chunk.from = number * kChunk;
      chunk.to = std::min(chunk.from + kChunk, scene_.size.leaves);
      if (chunk.from >= chunk.to) return;
      const Result<void> read = read_chunk(chunk);
      std::unique_lock turn(turn_mutex_);
      turn_came_.wait(turn, [&] { return turn_ == number || stopped_; });
      if (stopped_) return;
      if (!read) stop(read.error());
      if (read) take_in(chunk);
      ++turn_;
      turn_came_.notify_all();
    }
  }

  void stop(Error error) {
    failed_ = std::move(error);
    stopped_ = true;
  }

  Result<void> read_chunk(Chunk& chunk) {
    std::uint64_t at = chunk.from;
    std::string last_kid;
    std::optional<KeyRing::Held> last_key;
    bool stranger = false;
    const Result<void> scanned = scene_.store.scan(
        layout::kEntry, store::number_key(chunk.from), store::number_key(chunk.to),
        [&](std::string_view key, ByteView value) {
          stranger = at == chunk.to || key.size() != 8;
          if (key != store::number_key(at)) return false;
          chunk.leaves.push_back(hash_leaf(value));
          if (!scene_.options.tree_only) {
            chunk.signers.push_back(read_entry(text_of(value), at, chunk, last_kid, last_key));
          }
          ++at;
          return !stopped_;
        });
    if (!scanned) return scanned;
    if (stranger) scene_.findings.add("a row behind entry " + std::to_string(at) + " is none");
    if (at < chunk.to && !stopped_) {
      scene_.findings.add(entry_name(at) + " is missing");
      chunk.to = at;
    }
    return check_leaf_tiles(chunk);
  }

  std::uint32_t read_entry(std::string_view jws, std::uint64_t at, Chunk& chunk,
                           std::string& last_kid, std::optional<KeyRing::Held>& last_key) {
    Result<Entry> entry = format::parse_entry(jws);
    if (!entry || !format::is_same_log(entry->log, scene_.log_key.name)) {
      const std::string why = entry ? "made for another log" : entry.error().detail;
      scene_.findings.add(entry_name(at) + ": " + why);
      return Chunk::kUnreadable;
    }
    note_rows(layout::index_rows(*entry, {at}), at, chunk);
    if (const auto* gone = std::get_if<format::Withdrawn>(&entry->act)) {
      chunk.withdrawals.push_back({at, gone->list, gone->idx});
    }
    const auto* const added = std::get_if<format::KeyAdded>(&entry->act);
    if (added != nullptr) ring_.add(added->key);
    const bool is_key_entry =
        added != nullptr || std::holds_alternative<format::KeyRetired>(entry->act);
    if (!last_key || entry->kid != last_kid) {
      last_kid = entry->kid;
      last_key = ring_.find(entry->kid);
    }
    if (is_key_entry || !last_key) {
      last_key.reset();
      chunk.apart.emplace(at, *std::move(entry));
      return Chunk::kApart;
    }
    ++chunk.signatures;
    if (keys::signature_holds(last_key->key, bytes_of(entry->signing_input), entry->signature)) {
      return last_key->slot;
    }
    scene_.findings.add(entry_name(at) + ": signature does not hold");
    return Chunk::kUnreadable;
  }

  void note_rows(const std::vector<layout::Row>& rows, std::uint64_t at, Chunk& chunk) const {
    if (!scene_.options.indexes) return;
    if (at < scene_.indexed.leaves) return add_rows(scene_.sum_key, rows, chunk.rows);
    for (const layout::Row& row : rows) {
      if (row.space == layout::kByRef) chunk.refs.emplace(row.key, row.value);
    }
  }

  Result<void> check_leaf_tiles(Chunk& chunk) {
    const std::span<const TreeHash> leaves(chunk.leaves);
    for (std::size_t done = 0; done < leaves.size(); done += kTileWidth) {
      const auto tile =
          leaves.subspan(done, std::min<std::size_t>(kTileWidth, leaves.size() - done));
      const std::uint64_t index = (chunk.from + done) / kTileWidth;
      if (Result<void> checked = check_tile(0, index, tile, chunk.tiles); !checked) return checked;
      if (tile.size() == kTileWidth) chunk.tile_roots.push_back(merkle::hash_complete(tile));
    }
    return {};
  }

  Result<void> check_tile(unsigned level, std::uint64_t index, std::span<const TreeHash> hashes,
                          std::uint64_t& tiles) {
    const auto stored = scene_.store.get(layout::kTile, layout::tile_key(level, index));
    if (!stored) return stored.error();
    ++tiles;
    if (!*stored) {
      scene_.findings.add(tile_name(level, index) + " is missing");
    } else if (**stored != layout::tile_value(hashes)) {
      scene_.findings.add(tile_name(level, index) + " is not what the entries hash to");
    }
    return {};
  }

  // ---- one chunk after the other ----------------------------------------------------------------
  void take_in(Chunk& chunk) {
    scene_.report.signatures += chunk.signatures;
    scene_.report.tiles += chunk.tiles;
    for (std::size_t index = 0; index < kIndexes.size(); ++index) rows_[index] += chunk.rows[index];
    refs_.merge(chunk.refs);
    if (!scene_.options.tree_only) check_rules(chunk);
    Result<Claims> stored = cosigned_between(chunk.from, chunk.to);
    if (!stored) return stop(stored.error());
    for (auto claim = claims_.upper_bound({chunk.from});
         claim != claims_.end() && claim->first.leaves <= chunk.to; ++claim) {
      stored->insert(*claim);
    }
    if (Result<void> grown = grow(chunk, *stored); !grown) return stop(grown.error());
    if (chunk.to < std::min(chunk.from + kChunk, scene_.size.leaves)) stopped_ = true;
    if (!scene_.options.progress({"entries", chunk.to, scene_.size.leaves})) stopped_ = true;
    if (stopped_) scene_.report.ended_early = true;
  }

  Result<void> grow(const Chunk& chunk, const Claims& claims) {
    const std::span<const TreeHash> leaves(chunk.leaves);
    auto claim = claims.begin();
    for (std::size_t done = 0; done < leaves.size(); done += kTileWidth) {
      const auto tile =
          leaves.subspan(done, std::min<std::size_t>(kTileWidth, leaves.size() - done));
      const std::uint64_t end = chunk.from + done + tile.size();
      merkle::Edge inside;
      if (claim != claims.end() && claim->first.leaves < end) inside = edge_;
      for (; claim != claims.end() && claim->first.leaves < end; ++claim) {
        while (inside.size() < claim->first) {
          inside.append(tile[inside.size().leaves % kTileWidth]);
        }
        check_root(inside, claim->second);
      }
      if (tile.size() == kTileWidth) {
        edge_.append_tile(chunk.tile_roots[done / kTileWidth]);
      } else {
        for (const TreeHash& leaf : tile) edge_.append(leaf);
      }
      for (; claim != claims.end() && claim->first.leaves == end; ++claim) {
        check_root(edge_, claim->second);
      }
      for (const merkle::Tile& full : edge_.take_filled()) {
        Result<void> checked = check_tile(full.level, full.index, full.hashes, scene_.report.tiles);
        if (!checked) return checked;
      }
    }
    return {};
  }

  void check_root(const merkle::Edge& edge, const Claim& claim) {
    ++scene_.report.checkpoints;
    if (edge.root() == claim.root) return;
    scene_.findings.add("the first " + std::to_string(edge.size().leaves) +
                        " entries do not have the root that " + claim.what + " signs");
  }

  void check_rules(const Chunk& chunk) {
    auto withdrawal = chunk.withdrawals.begin();
    for (std::size_t nth = 0; nth < chunk.signers.size(); ++nth) {
      const std::uint64_t at = chunk.from + nth;
      compare_lists(at);
      check_rule(chunk, at, chunk.signers[nth]);
      for (; withdrawal != chunk.withdrawals.end() && withdrawal->at == at; ++withdrawal) {
        const auto list = lists_.find(withdrawal->list);
        if (list != lists_.end() && withdrawal->idx < list->second.size()) {
          list->second[withdrawal->idx] = true;
        }
      }
    }
  }

  void check_rule(const Chunk& chunk, std::uint64_t at, std::uint32_t signer) {
    if (signer == Chunk::kUnreadable) return;
    if (signer != Chunk::kApart) {
      if (signer >= may_attest_.size()) may_attest_.resize(signer + 1);
      // Between two key entries, whoever may attest once may attest again.
      if (may_attest_[signer]) return;
    }
    const auto apart = chunk.apart.find(at);
    const Result<void> allowed = apart == chunk.apart.end()
                                     ? check_signer(at, chunk.signers[at - chunk.from])
                                     : check_apart(apart->second, at);
    if (!allowed) scene_.findings.add(entry_name(at) + ": " + allowed.error().detail);
  }

  Result<void> check_signer(std::uint64_t at, std::uint32_t slot) {
    const Result<std::string> kid = kid_of(at);
    if (!kid) return kid.error();
    const auto issuer = issuers_.attester(*kid, {at});
    if (!issuer) return issuer.error();
    may_attest_[slot] = true;
    return {};
  }

  // Asked once for each key after each key entry, so reading the entry again costs nothing.
  Result<std::string> kid_of(std::uint64_t at) const {
    const auto stored = scene_.store.get(layout::kEntry, store::number_key(at));
    if (!stored) return stored.error();
    if (!*stored) return Error{Fault::storage, "is missing"};
    Result<Entry> entry = format::parse_entry(text_of(**stored));
    if (!entry) return entry.error();
    return std::move(entry->kid);
  }

  Result<void> check_apart(const Entry& entry, std::uint64_t at) {
    ++scene_.report.signatures;
    if (std::holds_alternative<format::KeyAdded>(entry.act) ||
        std::holds_alternative<format::KeyRetired>(entry.act)) {
      may_attest_.assign(may_attest_.size(), false);
      return issuers_.apply(entry, {at});
    }
    const auto issuer = issuers_.attester(entry.kid, {at});
    if (!issuer) return issuer.error();
    const std::optional<PublicKey> key = (*issuer)->find(entry.kid, format::KeyUse::issuer);
    if (!keys::signature_holds(*key, bytes_of(entry.signing_input), entry.signature)) {
      return Error{Fault::malformed, "signature does not hold"};
    }
    return {};
  }

  // The tokens that speak of the first `at` entries; they are in the order of their sizes.
  void compare_lists(std::uint64_t at) {
    for (; next_token_ < tokens_.size() && tokens_[next_token_].token.list.size.leaves <= at;
         ++next_token_) {
      const StatusClaim& token = tokens_[next_token_];
      ++scene_.report.status_lists;
      if (token.withdrawn == lists_.find(token.list)->second) continue;
      scene_.findings.add("status list " + std::to_string(token.list) +
                          " is not what the withdrawals of the log say");
    }
  }

  // Cosigned checkpoints are read as the tree comes to their sizes: there may be many.
  Result<Claims> cosigned_between(std::uint64_t from, std::uint64_t to) {
    Claims claims;
    const Result<void> scanned = scene_.store.scan(
        layout::kCosigned, store::number_key(from + 1), store::number_key(to + 1),
        [&](std::string_view key, ByteView value) {
          const Result<LeafIndex> at = layout::position_of_key(key);
          const std::string what =
              "the cosigned checkpoint of " + std::to_string(at ? at->position : 0) + " entries";
          const auto checkpoint = read_checkpoint(scene_, what, std::string(text_of(value)));
          if (!checkpoint) return true;
          if (!at || checkpoint->size.leaves != at->position) {
            scene_.findings.add(what + " is of another size");
          } else {
            claims.emplace(checkpoint->size, Claim{checkpoint->root, what});
          }
          return true;
        });
    if (!scanned) return scanned.error();
    return claims;
  }

  void finish() {
    if (stopped_) return;
    compare_lists(scene_.size.leaves);
    for (const merkle::Tile& open : edge_.take_changed()) {
      if (open.level == 0) continue;  // compared with its chunk
      if (Result<void> checked =
              check_tile(open.level, open.index, open.hashes, scene_.report.tiles);
          !checked) {
        failed_ = checked.error();
        scene_.findings.add(checked.error().detail);
      }
    }
    scene_.report.root = edge_.root();
  }

  FsckScene& scene_;
  const Claims& claims_;
  const std::vector<StatusClaim>& tokens_;
  KeyRing ring_;

  std::atomic<std::uint64_t> next_chunk_{0};
  std::atomic<bool> stopped_{false};
  std::mutex turn_mutex_;
  std::condition_variable turn_came_;
  std::uint64_t turn_ = 0;

  // Touched by whoever's turn it is.
  std::optional<Error> failed_;
  merkle::Edge edge_;
  keys::Issuers issuers_;
  std::vector<bool> may_attest_;  // by slot
  IndexSums rows_;
  FreshRefs refs_;
  std::map<std::uint64_t, std::vector<bool>> lists_;
  std::size_t next_token_ = 0;
};

}  // namespace

Result<EntriesChecked> check_entries(FsckScene& scene, const Claims& claims,
                                     const std::vector<StatusClaim>& tokens) {
  return EntriesCheck(scene, claims, tokens).run();
}

}  // namespace refledger::log
