// Where a sheet stands between its writer and the document: asked for, approved, sent back.
//
// Order    Pure.  An approval is given for one document, by somebody who wrote nothing of it; what
//          another document would come of has to be approved again.
// Errors   refused (one's own, not allowed), conflict (not what is asked for now)
// Source   docs/workflow.md, "Two people"
#pragma once

#include "desk/case/examine.h"
#include "desk/case/policy.h"
#include "desk/case/sheet.h"

namespace refledger::desk {

enum class FlowStage {
  unwritten,  ///< nothing was ever written
  writing,
  asked,     ///< waits for a second person
  returned,  ///< sent back; nothing was changed since
  approved,
  outdated,  ///< approved, and since then the document would be another one
};
const char* name_of(FlowStage stage);

/// As far as the sheet itself tells; whether an approval is outdated shows the document alone.
FlowStage flow_of(const Sheet& sheet);

/// What is approved: everything the document says, whatever day it is signed on and wherever it is
/// sent.
Result<std::string> digest_of(const std::string& order, const Examined& examined);

/// Whether `actor` wrote something of it, or asked for its approval.
bool is_own(const Sheet& sheet, const std::string& actor_id);

Result<void> ask(Sheet& sheet, std::uint64_t version, const Signed& by);
Result<void> approve(Sheet& sheet, std::uint64_t version, const std::string& digest,
                     const std::string& text, const Signed& by);
Result<void> send_back(Sheet& sheet, std::uint64_t version, const std::string& reason,
                       const Signed& by);
/// That somebody else approved the very document of `digest`.
Result<void> need_approval(const Sheet& sheet, const std::string& digest);

/// What differs from what was approved last, by field.
struct Difference {
  std::string field;
  std::string before;
  std::string now;
  Signed by;
};
std::vector<Difference> since_approval(const Sheet& sheet);

}  // namespace refledger::desk
