// What HR writes about one case, field by field, with who wrote what and all that stood before.
//
// Shape    Canonical JSON, one vault item of kind "sheet", found by the case's id.  A field's name
//          is a path as forms have it ("ratings.quality.grade", "functions.2.tasks"); an empty
//          text is a field that somebody cleared.
// Units    A field at most 8000 bytes, a sheet at most 300 fields and 192 KiB.
// Order    Pure.  Every change makes a new version; a change made on an older version is merged
//          field by field, and where two people wrote the same field nothing of it is taken.
// Errors   malformed: a name that no sheet has, a text that is no text; out_of_range: too much
// Source   docs/workflow.md, "The draft"
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "desk/case/actor.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::desk {

/// By name; what a form sends and an order is made of.
using Fields = std::map<std::string, std::string>;

/// A person and a time.
struct Signed {
  std::string id;
  std::string name;
  UtcMillis at{};
  friend bool operator==(const Signed&, const Signed&) = default;
};

/// The id of whoever wrote a field where it was the person whom the reference is about.
inline constexpr const char* kPersonId = "the person";

struct Entry {
  std::string text;
  Signed by;
  friend bool operator==(const Entry&, const Entry&) = default;
};

/// One save: what each changed field said before it.
struct Revision {
  std::uint64_t version = 0;  ///< the one it made
  Signed by;
  std::map<std::string, std::optional<Entry>> before;
  friend bool operator==(const Revision&, const Revision&) = default;
};

/// A word that somebody gave about one version.
struct Given {
  Signed by;
  std::uint64_t version = 0;
  std::string digest;  ///< of the document, for an approval
  std::string reason;  ///< why it was sent back
  friend bool operator==(const Given&, const Given&) = default;
};

/// What stood there when it was last approved.
struct Approved {
  Given given;
  Fields fields;
  std::string text;  ///< of the letter
  friend bool operator==(const Approved&, const Approved&) = default;
};

struct Sheet {
  std::uint64_t version = 0;  ///< 0: nothing was ever written
  std::map<std::string, Entry> fields;
  std::vector<Revision> history;  ///< oldest first
  std::optional<Given> asked;     ///< approval asked for this version
  std::optional<Given> approval;
  std::optional<Given> returned;
  std::optional<Approved> last_approved;
  friend bool operator==(const Sheet&, const Sheet&) = default;

  Fields texts() const;  ///< without the cleared ones
  std::string text(const std::string& name) const;
  /// Everybody who wrote something that stands in it now.
  std::set<std::string> authors() const;
};

constexpr std::size_t kMaxField = 8000;
constexpr std::size_t kMaxFields = 300;
constexpr std::size_t kMaxSheet = std::size_t{192} * 1024;
constexpr std::size_t kMaxRevisions = 300;

/// Whether a sheet may hold a field of that name.
bool is_sheet_field(std::string_view name);

/// A field that two people changed from the same version.
struct Clash {
  std::string field;
  std::string yours;
  std::string theirs;
  Signed by;
};

struct Saved {
  std::uint64_t version = 0;
  std::vector<Clash> clashes;          ///< these were not taken
  std::vector<std::string> by_others;  ///< fields that others changed since `base`
};

/// Takes `changes`, made on version `base`.  Without an effect there is no new version.
Result<Saved> save(Sheet& sheet, std::uint64_t base, const Fields& changes, const Signed& by);

/// The fields as they were in `version`; nothing if the history does not reach so far back.
std::optional<std::map<std::string, Entry>> fields_at(const Sheet& sheet, std::uint64_t version);

/// Brings back what stood in `version`, as a new one.  not_found: the history does not reach it.
Result<void> restore(Sheet& sheet, std::uint64_t version, const Signed& by);

/// Forgets what stood before; who wrote when stays.
void forget_history(Sheet& sheet);

Result<std::string> to_text(const Sheet& sheet);
Result<Sheet> sheet_from(std::string_view canonical_text);

}  // namespace refledger::desk
