// The whole log as files that any web server can hand out, and those files read again.
//
// Shape    FOLDER/checkpoint, FOLDER/tile/L/N, FOLDER/tile/entries/N, each with .p/W where partial;
//          FOLDER/closing and FOLDER/predecessor where there are any; nothing else.  FOLDER is the
//          prefix of c2sp.org/tlog-tiles.
// Order    Every tile is on disk before the checkpoint that needs it takes the place of the old
//          one.  A run that was interrupted is repeated: what is there already is compared, not
//          written again.  Partial tiles go once the whole one is there.
// Errors   storage; refused where FOLDER holds another log, or one that this one does not continue
// Source   c2sp.org/tlog-tiles
#pragma once

#include <filesystem>
#include <functional>

#include "ledger/log/view.h"

namespace refledger::log {

struct ExportReport {
  TreeSize size;
  std::uint64_t written = 0;  ///< files
  std::uint64_t kept = 0;     ///< files that were there
};

/// False ends the export; what is there stays usable.
using ExportProgress = std::function<bool(TreeSize done, TreeSize of)>;

/// Exports what `view` shows.  The root is recomputed from the written entries, and must be the one
/// that the checkpoint signs, before the checkpoint is written.
Result<ExportReport> export_log(const View& view, const std::filesystem::path& folder,
                                const ExportProgress& progress);

/// What a backup has beside the files of an export.
constexpr std::string_view kStatusFolder = "status";
constexpr std::string_view kCosignedFile = "cosigned";
/// In an export, where the log or one before it ended (ledger/log/closing.h).
constexpr std::string_view kClosingFile = "closing";
constexpr std::string_view kPredecessorFile = "predecessor";

/// An export or a backup as a ledger's store: entries, tiles, checkpoint, status tokens, and no
/// indexes.
class ExportReader final : public store::Reader {
 public:
  explicit ExportReader(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Result<std::optional<Bytes>> get(std::string_view space, std::string_view key) const override;
  Result<void> scan(std::string_view space, std::string_view from, std::string_view to,
                    const Visit& visit) const override;

 private:
  Result<TreeSize> size() const;
  Result<void> scan_status(const Visit& visit) const;
  Result<void> scan_cosigned(std::string_view from, std::string_view to, const Visit& visit) const;
  Result<void> scan_entries(std::string_view from, std::string_view to, const Visit& visit) const;
  std::filesystem::path folder_;
};

}  // namespace refledger::log
