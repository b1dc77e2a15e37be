// The indexes: each is the same set of rows as the entries ask for, by a sum over both.  Only where
// the sums differ is each row looked for.
#include <future>

#include "ledger/core/hash.h"
#include "ledger/log/fsck_parts.h"

namespace refledger::log {
namespace {

std::string index_name(std::string_view space, LeafIndex at) {
  return "entry " + std::to_string(at.position) + ": its row in " + std::string(space);
}

Result<format::Entry> read_entry(const store::Reader& store, LeafIndex at) {
  const auto stored = store.get(layout::kEntry, store::number_key(at.position));
  if (!stored) return stored.error();
  if (!*stored) return Error{Fault::not_found, "entry"};
  return format::parse_entry(text_of(**stored));
}

// Follows one reference after the other through by_ref, where the rows of a reference stand
// together in the order of the log.
class RefRules {
 public:
  RefRules(FsckScene& scene, const EntriesChecked& entries)
      : scene_(scene), issuers_(entries.issuers), fresh_(entries.refs) {}

  /// Rows of the store, in order; those above the watermark come in between.
  void take(std::string_view key, ByteView value) {
    take_fresh_before(key);
    follow(key, value);
  }
  void finish() {
    for (; next_ != fresh_.end(); ++next_) follow(next_->first, next_->second);
  }

 private:
  void take_fresh_before(std::string_view key) {
    for (; next_ != fresh_.end() && next_->first < key; ++next_) {
      follow(next_->first, next_->second);
    }
  }

  void follow(std::string_view key, ByteView value) {
    const Result<LeafIndex> at = layout::position_of_key(key);
    if (!at || at->position >= scene_.size.leaves) return;
    const std::string_view ref = key.substr(0, key.size() - 8);
    if (ref != ref_) {
      ref_ = ref;
      before_.reset();
    }
    const bool issues = text_of(value) == layout::kIssuedMark;
    const Result<void> allowed = issues ? issued(*at) : withdrawn(*at);
    if (!allowed) {
      scene_.findings.add("entry " + std::to_string(at->position) + ": " + allowed.error().detail);
    }
  }

  Result<void> issued(LeafIndex at) {
    if (Result<void> first = keys::check_issued(before_ ? &*before_ : nullptr); !first) {
      return first;
    }
    before_ = keys::Reference{at, "", std::nullopt};
    return {};
  }

  Result<void> withdrawn(LeafIndex at) {
    std::string iss;
    if (before_) {
      Result<std::string> issuer = issuer_of(before_->issued);
      if (!issuer) return issuer.error();
      before_->iss = *std::move(issuer);
      Result<std::string> withdrawer = issuer_of(at);
      if (!withdrawer) return withdrawer.error();
      iss = *std::move(withdrawer);
    }
    const Result<void> allowed = keys::check_withdrawn(before_ ? &*before_ : nullptr, iss);
    if (allowed) before_->withdrawn = at;
    return allowed;
  }

  Result<std::string> issuer_of(LeafIndex at) const {
    const Result<format::Entry> entry = read_entry(scene_.store, at);
    if (!entry) return entry.error();
    const keys::IssuerKeys* const issuer = issuers_.owner(entry->kid);
    if (issuer == nullptr) return Error{Fault::refused, "its key is unknown"};
    return issuer->iss();
  }

  FsckScene& scene_;
  const keys::Issuers& issuers_;
  const FreshRefs& fresh_;
  FreshRefs::const_iterator next_ = fresh_.begin();
  std::string ref_;
  std::optional<keys::Reference> before_;
};

Result<RowSum> sum_of(FsckScene& scene, std::string_view space, RefRules& refs) {
  RowSum sum;
  const Result<void> scanned =
      scene.store.scan(space, "", "", [&](std::string_view key, ByteView value) {
        sum.add(scene.sum_key, key, value);
        if (space == layout::kByRef) refs.take(key, value);
        return true;
      });
  if (!scanned) return scanned.error();
  if (space == layout::kByRef) refs.finish();
  return sum;
}

// The slow way: each row that an entry asks for.
Result<void> find_missing(FsckScene& scene, std::string_view space) {
  Result<void> looked;
  const Result<void> scanned =
      scene.store.scan(layout::kEntry, "", store::number_key(scene.indexed.leaves),
                       [&](std::string_view key, ByteView jws) {
                         const LeafIndex at = *layout::position_of_key(key);
                         const Result<format::Entry> entry = format::parse_entry(text_of(jws));
                         if (!entry) return true;
                         for (const layout::Row& row : layout::index_rows(*entry, at)) {
                           if (row.space != space) continue;
                           const auto stored = scene.store.get(space, row.key);
                           if (!stored) {
                             looked = stored.error();
                             return false;
                           }
                           if (!*stored) scene.findings.add(index_name(space, at) + " is missing");
                           if (*stored && **stored != row.value) {
                             scene.findings.add(index_name(space, at) + " is altered");
                           }
                         }
                         return true;
                       });
  return scanned ? looked : scanned;
}

}  // namespace

void RowSum::add(const std::array<std::uint8_t, 32>& key, std::string_view row_key,
                 ByteView value) {
  const std::string length = store::number_key(row_key.size());
  const Sha256 hash = sha256({key, bytes_of(length), bytes_of(row_key), value});
  for (std::size_t at = 0; at < hash.size(); ++at) {
    lanes_[at / 8] += std::uint64_t{hash[at]} << (8 * (at % 8));
  }
  ++rows_;
}

RowSum& RowSum::operator+=(const RowSum& other) {
  for (std::size_t lane = 0; lane < lanes_.size(); ++lane) lanes_[lane] += other.lanes_[lane];
  rows_ += other.rows_;
  return *this;
}

void add_rows(const std::array<std::uint8_t, 32>& key, const std::vector<layout::Row>& rows,
              IndexSums& sums) {
  for (const layout::Row& row : rows) {
    for (std::size_t index = 0; index < kIndexes.size(); ++index) {
      if (row.space == kIndexes[index]) sums[index].add(key, row.key, row.value);
    }
  }
}

Result<void> check_indexes(FsckScene& scene, const EntriesChecked& entries) {
  RefRules refs(scene, entries);
  std::vector<std::future<Result<RowSum>>> sums;
  const auto policy = scene.options.threads > 1 ? std::launch::async : std::launch::deferred;
  for (const std::string_view space : kIndexes) {
    sums.push_back(
        std::async(policy, [&scene, &refs, space] { return sum_of(scene, space, refs); }));
  }
  for (std::size_t index = 0; index < kIndexes.size(); ++index) {
    const Result<RowSum> stored = sums[index].get();
    if (!stored) {
      scene.findings.add("index " + std::string(kIndexes[index]) +
                         " cannot be read: " + stored.error().detail);
      continue;
    }
    scene.report.index_rows += stored->rows();
    scene.options.progress({"indexes", index + 1, kIndexes.size()});
    if (*stored == entries.rows[index]) continue;
    const bool more = stored->rows() > entries.rows[index].rows();
    scene.findings.add("index " + std::string(kIndexes[index]) + " is not what the entries say" +
                       (more ? ": rows too many" : ""));
    if (Result<void> looked = find_missing(scene, kIndexes[index]); !looked) return looked;
  }
  return {};
}

}  // namespace refledger::log
