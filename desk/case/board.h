// The leavers of one issuer as HR sees them: who leaves when, what is due, whose turn it is.
//
// Order    Pure.  Overdue first, then by the day it is due; what is over comes last, newest first.
// Source   docs/workflow.md, "Due"
#pragma once

#include <string>
#include <vector>

#include "desk/case/case.h"
#include "desk/case/flow.h"
#include "desk/case/policy.h"

namespace refledger::desk {

/// Whose turn it is, and for what.
enum class Standing {
  to_write,   ///< nobody began
  to_settle,  ///< something is missing or has to be decided
  writing,
  returned,  ///< sent back to whoever writes
  to_approve,
  to_issue,   ///< approved
  by_itself,  ///< nothing to do: it is issued on the planned day
  to_sign,
  to_hand_out,
  under_way,    ///< issued, not yet there
  undelivered,  ///< bounced, or nobody knows
  changed,      ///< the HR system says something else since
  done,
  withdrawn,
  resting,  ///< the person stays after all
};
const char* name_of(Standing standing);
bool is_open(Standing standing);  ///< somebody has something to do, or it is not done yet

struct Row {
  std::string case_id;
  std::string name;
  std::string position;
  std::string department;
  std::string country;
  std::string type;  ///< that is written, or was wished for; empty: not known
  bool interim = false;
  std::string last_day;  ///< empty: none known
  std::string due;       ///< "2026-10-31"; empty: not known
  bool overdue = false;
  long days_left = 0;  ///< until it is due
  Standing standing = Standing::to_write;
  Stage stage = Stage::open;
  Waiting waiting = Waiting::nothing;
  std::string waiting_field;
  bool stopped = false;
  bool gone = false;
  std::string planned;  ///< the day it is issued by itself
  bool own = false;     ///< the one who looks wrote of it
};

using Board = std::vector<Row>;

/// The planned day and `own` are the caller's to add.
Row row_of(const Case& one, const Sheet& sheet, const CasePolicy& policy, Date today,
           const std::string& zone);
void sort_by_due(Board& board);

inline constexpr const char* kInterim = "interim-";  ///< begins Case::person of such a case

}  // namespace refledger::desk
