// What must be true of a ledger after any fault, given the notes of who appended to it.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "ledger_folder.h"

namespace refledger::test {

/// What the notes promise.
struct Promised {
  std::map<std::size_t, std::uint64_t> positions;  ///< of each entry that was acknowledged
  std::optional<std::size_t> token;                ///< the last status token
  std::size_t faults = 0;                          ///< lines that say "a fault came here"
  std::size_t after_fault = 0;                     ///< acknowledgements after the first of them
  std::string first_fault;                         ///< its call and path

  static Promised of(const std::string& notes);
};

enum class Entries { scenario, callers };

/// Nothing if all is right: what was acknowledged is there at its position, once; every entry is
/// one that was handed in; root, receipts, indexes and fsck agree.  Else what is wrong.
std::string wrong_in(const LedgerFolder& ledger, const Promised& promised,
                     Entries which = Entries::scenario);

/// Opens the ledger and looks; with `repeats` it then hands in the whole scenario once more, as
/// callers who lost their answers would, and looks again.
std::string wrong_after(const std::filesystem::path& folder, const Promised& promised,
                        bool repeats = true);

/// Nothing, or fsck's first finding.
std::string wrong_by_fsck(const LedgerFolder& ledger);

std::string text_of_file(const std::filesystem::path& path);

}  // namespace refledger::test
