#include "ledger/log/backup.h"

#include "ledger/core/file.h"
#include "ledger/core/hash.h"
#include "ledger/log/layout.h"
#include "ledger/merkle/edge.h"

namespace refledger::log {
namespace {

constexpr unsigned kFileMode = 0644;
constexpr std::size_t kRowsAtOnce = 1024;

Result<void> make_folder(const std::filesystem::path& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (!failed) return {};
  return Error{Fault::storage, "create " + folder.string() + ": " + failed.message()};
}

Result<void> write_tokens(const store::Reader& store, const std::filesystem::path& folder) {
  if (Result<void> made = make_folder(folder); !made) return made;
  Result<void> written;
  const Result<void> scanned =
      store.scan(layout::kStatus, "", "", [&](std::string_view key, ByteView value) {
        const Result<LeafIndex> list = layout::position_of_key(key);
        const Result<std::string> token = layout::parse_status(value);
        if (!list || !token) {
          written = list ? token.error() : list.error();
        } else {
          written =
              write_file(folder / std::to_string(list->position), bytes_of(*token), kFileMode);
        }
        return written.has_value();
      });
  return scanned ? written : scanned;
}

Error damaged(const std::string& what) { return {Fault::storage, "backup: " + what}; }

class Restoring {
 public:
  Restoring(const store::Reader& from, store::Store& into, const ExportProgress& progress)
      : from_(from), into_(into), progress_(progress) {
    rows_.synced = false;
  }

  Result<TreeSize> run() {
    if (Result<void> empty = check_empty(); !empty) return empty.error();
    const Result<View> view = View::open(from_);
    if (!view) return view.error();
    size_ = view->checkpoint().size;
    if (Result<void> taken = take_entries(); !taken) return taken.error();
    put_tiles(edge_.take_changed());
    if (edge_.size() != size_ || edge_.root() != view->checkpoint().root) {
      return damaged("its entries do not lead to the root that its checkpoint signs");
    }
    if (Result<void> taken = take_rows(layout::kStatus); !taken) return taken.error();
    if (Result<void> taken = take_rows(layout::kCosigned); !taken) return taken.error();
    for (const std::string_view key : {layout::kClosingsKey, layout::kPredecessorKey}) {
      const auto stored = from_.get(layout::kMeta, key);
      if (!stored) return stored.error();
      if (*stored) rows_.put(layout::kMeta, key, **stored);
    }
    rows_.put(layout::kMeta, layout::kIndexedKey, layout::position_value({size_.leaves}));
    rows_.put(layout::kMeta, layout::kCheckpointKey, bytes_of(view->signed_checkpoint()));
    rows_.synced = true;
    if (Result<void> written = into_.write(rows_); !written) return written.error();
    return size_;
  }

 private:
  Result<void> check_empty() const {
    bool empty = true;
    for (const std::string& space : kSpaces) {
      const Result<void> scanned = into_.scan(space, "", "", [&](std::string_view, ByteView) {
        empty = false;
        return false;
      });
      if (!scanned) return scanned;
    }
    return empty ? Result<void>()
                 : Error{Fault::refused, "restore: there is a ledger in its place"};
  }

  Result<void> take_entries() {
    Result<void> taken;
    const Result<void> scanned =
        from_.scan(layout::kEntry, "", "", [&](std::string_view key, ByteView jws) {
          taken = take(key, jws);
          return taken.has_value();
        });
    return scanned ? taken : scanned;
  }

  Result<void> take(std::string_view key, ByteView jws) {
    const LeafIndex at{edge_.size().leaves};
    const std::string name = "entry " + std::to_string(at.position);
    if (key != store::number_key(at.position)) return damaged(name + " is missing");
    const Result<format::Entry> entry = format::parse_entry(text_of(jws));
    if (!entry) return damaged(name + ": " + entry.error().detail);
    rows_.put(layout::kEntry, key, jws);
    for (const layout::Row& row : layout::index_rows(*entry, at)) {
      rows_.put(row.space, row.key, row.value);
    }
    edge_.append(hash_leaf(jws));
    put_tiles(edge_.take_filled());
    return rows_.puts.size() < kRowsAtOnce ? Result<void>() : write_some();
  }

  void put_tiles(const std::vector<merkle::Tile>& tiles) {
    for (const merkle::Tile& tile : tiles) {
      rows_.put(layout::kTile, layout::tile_key(tile.level, tile.index),
                layout::tile_value(tile.hashes));
    }
  }

  Result<void> take_rows(std::string_view space) {
    return from_.scan(space, "", "", [&](std::string_view key, ByteView value) {
      rows_.put(space, key, value);
      return true;
    });
  }

  Result<void> write_some() {
    if (Result<void> written = into_.write(rows_); !written) return written;
    rows_.puts.clear();
    if (!progress_(edge_.size(), size_)) return Error{Fault::refused, "restore: stopped"};
    return {};
  }

  const store::Reader& from_;
  store::Store& into_;
  const ExportProgress& progress_;
  TreeSize size_;
  merkle::Edge edge_;
  store::Batch rows_;
};

}  // namespace

Result<ExportReport> back_up(const View& view, const store::Reader& store,
                             const std::filesystem::path& folder, const ExportProgress& progress) {
  Result<ExportReport> exported = export_log(view, folder, progress);
  if (!exported) return exported;
  if (Result<void> written = write_tokens(store, folder / kStatusFolder); !written) {
    return written.error();
  }
  const auto cosigned = store.get(layout::kCosigned, layout::kNewestCosigned);
  if (!cosigned) return cosigned.error();
  if (!*cosigned) return exported;
  const Result<void> written = write_file(folder / kCosignedFile, **cosigned, kFileMode);
  if (!written) return written.error();
  return exported;
}

Result<TreeSize> restore(const store::Reader& backup, store::Store& empty,
                         const ExportProgress& progress) {
  return Restoring(backup, empty, progress).run();
}

}  // namespace refledger::log
