#include "ledger/log/export.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>

#include "ledger/core/file.h"
#include "ledger/core/hash.h"
#include "ledger/core/text.h"
#include "ledger/format/checkpoint.h"
#include "ledger/log/layout.h"
#include "ledger/merkle/edge.h"

namespace refledger::log {
namespace {

using format::kTileWidth;
using format::TilePath;

constexpr unsigned kFileMode = 0644;    // to be handed out by a web server
constexpr unsigned kFolderMode = 0755;  // likewise
constexpr std::size_t kMaxCheckpoint = std::size_t{1} << 20;
constexpr std::size_t kMaxBundle = kTileWidth * (2 + format::kMaxEntryBytes);
constexpr std::string_view kCheckpointFile = "checkpoint";

Result<void> make_folders(const std::filesystem::path& folder) {
  std::error_code failed;
  if (std::filesystem::is_directory(folder, failed)) return {};
  if (Result<void> above = make_folders(folder.parent_path()); !above) return above;
  if (::mkdir(folder.c_str(), kFolderMode) == 0 || errno == EEXIST) {
    ::chmod(folder.c_str(), kFolderMode);
    return {};
  }
  return Error{Fault::storage, "create " + folder.string() + ": " + std::strerror(errno)};
}

std::filesystem::path file_of(const std::filesystem::path& folder, const TilePath& path) {
  return folder / format::format_tile_path(path);
}

class Export {
 public:
  Export(const View& view, std::filesystem::path folder, const ExportProgress& progress)
      : view_(view), folder_(std::move(folder)), progress_(progress) {}

  Result<ExportReport> run() {
    report_.size = view_.checkpoint().size;
    if (Result<void> fits = check_continues(); !fits) return fits.error();
    if (Result<void> made = make_folders(folder_); !made) return made.error();
    for (std::uint64_t index = 0; index * kTileWidth < report_.size.leaves; ++index) {
      if (Result<void> written = write_leaves(index); !written) return written.error();
      const TreeSize done{std::min((index + 1) * kTileWidth, report_.size.leaves)};
      if (!progress_(done, report_.size)) return Error{Fault::refused, "export: stopped"};
    }
    for (const merkle::Tile& open : edge_.take_changed()) {
      if (Result<void> written = write_tile(open); !written) return written.error();
    }
    if (edge_.root() != view_.checkpoint().root) {
      return Error{Fault::storage,
                   "export: the entries do not have the root that the checkpoint signs"};
    }
    const std::string& note = view_.signed_checkpoint();
    if (Result<void> put = write_file(folder_ / kCheckpointFile, bytes_of(note), kFileMode); !put) {
      return put.error();
    }
    if (Result<void> ends = write_ends(); !ends) return ends.error();
    remove_outgrown();
    return report_;
  }

 private:
  // What stands there may only be an earlier state of this log.
  Result<void> check_continues() const {
    const Result<Bytes> there = read_file(folder_ / kCheckpointFile, kMaxCheckpoint);
    if (!there && there.error().fault == Fault::not_found) return {};
    if (!there) return there.error();
    const Error refused{Fault::refused, "export: " + folder_.string() +
                                            " holds another log, or a state that this log does "
                                            "not continue"};
    const Result<format::Note> note = format::parse_note(text_of(*there));
    if (!note) return refused;
    const Result<format::Checkpoint> earlier = format::parse_checkpoint(note->text);
    if (!earlier || earlier->origin != view_.checkpoint().origin ||
        earlier->size > view_.checkpoint().size) {
      return refused;
    }
    const Result<TreeHash> then = view_.root(earlier->size);
    if (!then) return then.error();
    return *then == earlier->root ? Result<void>() : refused;
  }

  Result<void> write_leaves(std::uint64_t index) {
    const std::uint64_t left = report_.size.leaves - index * kTileWidth;
    const auto width = static_cast<unsigned>(std::min(left, kTileWidth));
    const TilePath path{true, 0, index, width};
    const Result<Bytes> bundle = view_.tile(path);
    if (!bundle) return bundle.error();
    const Result<std::vector<std::string>> entries = format::parse_bundle(*bundle);
    if (!entries) return entries.error();
    if (Result<void> written = write(path, *bundle); !written) return written;
    for (const std::string& entry : *entries) edge_.append(hash_leaf(bytes_of(entry)));
    for (const merkle::Tile& full : edge_.take_filled()) {
      if (Result<void> written = write_tile(full); !written) return written;
    }
    return {};
  }

  Result<void> write_tile(const merkle::Tile& tile) {
    Bytes hashes;
    for (const TreeHash& hash : tile.hashes) {
      hashes.insert(hashes.end(), hash.bytes.begin(), hash.bytes.end());
    }
    if (hashes.empty()) return {};
    return write({false, tile.level, tile.index, static_cast<unsigned>(tile.hashes.size())},
                 hashes);
  }

  Result<void> write(const TilePath& path, ByteView content) {
    const std::filesystem::path file = file_of(folder_, path);
    const Result<Bytes> there = read_file(file, kMaxBundle);
    if (there && std::ranges::equal(*there, content)) {
      ++report_.kept;
      return {};
    }
    if (Result<void> made = make_folders(file.parent_path()); !made) return made;
    ++report_.written;
    return write_file(file, content, kFileMode);
  }

  Result<void> write_ends() const {
    for (const auto& [file, stored] : {std::pair{kClosingFile, view_.closings()},
                                       std::pair{kPredecessorFile, view_.predecessor()}}) {
      if (!stored) return stored.error();
      if (!*stored) continue;
      if (Result<void> put = write_file(folder_ / file, bytes_of(**stored), kFileMode); !put) {
        return put;
      }
    }
    return {};
  }

  // Partial tiles and bundles beside a whole one: clients turn to that (c2sp.org/tlog-tiles).
  void remove_outgrown() const {
    std::error_code failed;
    std::vector<std::filesystem::path> outgrown;
    std::filesystem::recursive_directory_iterator at(folder_ / "tile", failed);
    for (; !failed && at != std::filesystem::recursive_directory_iterator(); at.increment(failed)) {
      if (at->path().extension() != ".p") continue;
      std::filesystem::path whole = at->path();
      if (std::filesystem::exists(whole.replace_extension(), failed)) {
        outgrown.push_back(at->path());
      }
    }
    for (const std::filesystem::path& each : outgrown) std::filesystem::remove_all(each, failed);
  }

  const View& view_;
  std::filesystem::path folder_;
  const ExportProgress& progress_;
  merkle::Edge edge_;
  ExportReport report_;
};

// How wide tile `index` of level `level` is in a tree of that size.
unsigned width_of(unsigned level, std::uint64_t index, TreeSize size) {
  const unsigned shift = level * merkle::kTileHeight;
  const std::uint64_t there = shift < 64 ? size.leaves >> shift : 0;
  const std::uint64_t before = index * kTileWidth;
  return there <= before ? 0 : static_cast<unsigned>(std::min(there - before, kTileWidth));
}

// Of a tile as c2sp.org/tlog-tiles has it; none if it is no whole number of hashes.
std::vector<TreeHash> hashes_in(ByteView tile) {
  std::vector<TreeHash> hashes;
  if (tile.size() % TreeHash::length != 0 || tile.size() > kTileWidth * TreeHash::length) {
    return hashes;
  }
  for (std::size_t at = 0; at < tile.size(); at += TreeHash::length) {
    hashes.push_back(*TreeHash::from(tile.subspan(at, TreeHash::length)));
  }
  return hashes;
}

}  // namespace

Result<ExportReport> export_log(const View& view, const std::filesystem::path& folder,
                                const ExportProgress& progress) {
  return Export(view, std::filesystem::absolute(folder), progress).run();
}

Result<TreeSize> ExportReader::size() const {
  const Result<Bytes> text = read_file(folder_ / kCheckpointFile, kMaxCheckpoint);
  if (!text) return text.error();
  const Result<format::Note> note = format::parse_note(text_of(*text));
  if (!note) return note.error();
  const Result<format::Checkpoint> checkpoint = format::parse_checkpoint(note->text);
  if (!checkpoint) return checkpoint.error();
  return checkpoint->size;
}

Result<std::optional<Bytes>> ExportReader::get(std::string_view space, std::string_view key) const {
  std::filesystem::path file;
  if (space == layout::kMeta && key == layout::kCheckpointKey) file = folder_ / kCheckpointFile;
  if (space == layout::kMeta && key == layout::kClosingsKey) file = folder_ / kClosingFile;
  if (space == layout::kMeta && key == layout::kPredecessorKey) file = folder_ / kPredecessorFile;
  if (space == layout::kCosigned && key == layout::kNewestCosigned) file = folder_ / kCosignedFile;
  if (space == layout::kTile && !key.empty()) {
    const Result<LeafIndex> index = layout::position_of_key(key);
    const Result<TreeSize> leaves = size();
    if (!index || !leaves) return index ? leaves.error() : index.error();
    const auto level = static_cast<unsigned char>(key.front());
    const unsigned width = width_of(level, index->position, *leaves);
    if (width > 0) file = file_of(folder_, {false, level, index->position, width});
  }
  if (space == layout::kEntry) {
    std::optional<Bytes> found;
    const Result<void> scanned = scan(space, key, "", [&](std::string_view at, ByteView value) {
      if (at == key) found = copy_of(value);
      return false;
    });
    if (!scanned) return scanned.error();
    return found;
  }
  if (file.empty()) return std::optional<Bytes>();
  Result<Bytes> content = read_file(file, kMaxBundle);
  if (!content && content.error().fault == Fault::not_found) return std::optional<Bytes>();
  if (!content) return content.error();
  if (space != layout::kTile) return std::optional<Bytes>(*std::move(content));
  const std::vector<TreeHash> hashes = hashes_in(*content);
  // Of another length than a tile: returned as it is, for whoever compares.
  return std::optional<Bytes>(hashes.empty() ? *std::move(content) : layout::tile_value(hashes));
}

Result<void> ExportReader::scan(std::string_view space, std::string_view from, std::string_view to,
                                const Visit& visit) const {
  if (space == layout::kEntry) return scan_entries(from, to, visit);
  if (space == layout::kStatus) return scan_status(visit);
  if (space == layout::kCosigned) return scan_cosigned(from, to, visit);
  return {};
}

Result<void> ExportReader::scan_status(const Visit& visit) const {
  std::map<std::uint64_t, std::filesystem::path> files;
  std::error_code none;
  for (std::filesystem::directory_iterator at(folder_ / kStatusFolder, none), end;
       !none && at != end; at.increment(none)) {
    const Result<std::uint64_t> list = from_decimal(at->path().filename().string(), "status list");
    if (list) files.emplace(*list, at->path());
  }
  for (const auto& [list, file] : files) {
    const Result<Bytes> token = read_file(file, kMaxBundle);
    if (!token) return token.error();
    if (!visit(store::number_key(list), layout::status_value(text_of(*token)))) return {};
  }
  return {};
}

Result<void> ExportReader::scan_cosigned(std::string_view from, std::string_view to,
                                         const Visit& visit) const {
  const Result<Bytes> note = read_file(folder_ / kCosignedFile, kMaxCheckpoint);
  if (!note && note.error().fault == Fault::not_found) return {};
  if (!note) return note.error();
  const Result<format::Note> parsed = format::parse_note(text_of(*note));
  if (!parsed) return Error{Fault::storage, "cosigned: " + parsed.error().detail};
  const Result<format::Checkpoint> checkpoint = format::parse_checkpoint(parsed->text);
  if (!checkpoint) return Error{Fault::storage, "cosigned: " + checkpoint.error().detail};
  for (const std::string& key :
       {store::number_key(checkpoint->size.leaves), std::string(layout::kNewestCosigned)}) {
    if (key >= from && (to.empty() || key < to) && !visit(key, *note)) return {};
  }
  return {};
}

Result<void> ExportReader::scan_entries(std::string_view from, std::string_view to,
                                        const Visit& visit) const {
  const Result<TreeSize> leaves = size();
  if (!leaves) return leaves.error();
  const Result<LeafIndex> first = from.empty() ? LeafIndex{0} : layout::position_of_key(from);
  const Result<LeafIndex> last =
      to.empty() ? LeafIndex{leaves->leaves} : layout::position_of_key(to);
  if (!first || !last) return first ? last.error() : first.error();
  const std::uint64_t end = std::min(last->position, leaves->leaves);
  std::uint64_t at = first->position;
  while (at < end) {
    const std::uint64_t index = at / kTileWidth;
    const TilePath path{true, 0, index, width_of(0, index, *leaves)};
    const Result<Bytes> bundle = read_file(file_of(folder_, path), kMaxBundle);
    if (!bundle && bundle.error().fault == Fault::not_found) return {};
    if (!bundle) return bundle.error();
    const Result<std::vector<std::string>> entries = format::parse_bundle(*bundle);
    if (!entries) return Error{Fault::storage, "bundle " + std::to_string(index) + " is damaged"};
    for (std::uint64_t nth = at % kTileWidth; nth < entries->size() && at < end; ++nth, ++at) {
      if (!visit(store::number_key(at), bytes_of((*entries)[nth]))) return {};
    }
    if (at < end && at % kTileWidth != 0) return {};  // a bundle that is too short
  }
  return {};
}

}  // namespace refledger::log
