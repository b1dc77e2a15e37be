// One draft and what it comes to: what everybody works with who writes, reads or approves it.
//
// Order    A sheet is read and kept with the desk's changes locked.
// Errors   As in drafting.h.
#pragma once

#include <string>
#include <string_view>

#include "desk/case/flow.h"
#include "desk/case/sheet.h"
#include "desk/case/state.h"

namespace refledger::desk {

/// The order of a sheet, and the letter and findings that it comes to.
struct Seen {
  std::string order;
  Examined examined;
};

struct Drafts {
  const Desk& desk;
  Desk::State& state;

  explicit Drafts(const Desk& of) : desk(of), state(*of.state_) {}

  Result<Kept> case_named(std::string_view case_id) const;
  /// An empty one where nothing was ever written.
  Result<Sheet> sheet_of(const Case& one) const;
  Result<void> keep(const Case& one, const Sheet& sheet) const;
  Signed signed_by(const Actor& actor) const { return {actor.id, actor.name, state.bench.now()}; }

  bool needs_two(const Case& one, const Sheet& sheet) const;
  Result<std::string> order_of(const Case& one, const Sheet& sheet) const;
  Result<Seen> see(const Case& one, const Sheet& sheet) const;
  /// That nothing stands in the way of the document; its digest.
  Result<std::string> ready(const Case& one, const Sheet& sheet, Seen& seen) const;
  /// An approval of another document than the one that would come of it now does not count.
  FlowStage flow(const Case& one, const Sheet& sheet) const;
  /// The watermarked test document.
  Result<Bytes> preview(const Case& one, const Sheet& sheet) const;
  /// A case whose draft may still be changed.
  Result<Kept> open_draft(std::string_view case_id) const;

  /// Loads case and sheet, lets `work` change the sheet, keeps it.
  template <class Change>
  Result<void> change(std::string_view case_id, Change work) {
    const std::lock_guard<std::mutex> alone(state.changes);
    Result<Kept> kept = open_draft(case_id);
    if (!kept) return kept.error();
    Result<Sheet> sheet = sheet_of(kept->content);
    if (!sheet) return sheet.error();
    const Sheet before = *sheet;
    if (Result<void> worked = work(*kept, *sheet); !worked) return worked;
    return *sheet == before ? Result<void>() : keep(kept->content, *sheet);
  }
};

}  // namespace refledger::desk
