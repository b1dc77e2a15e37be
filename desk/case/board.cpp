#include "desk/case/board.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "desk/case/automatic.h"
#include "desk/case/book.h"
#include "ingest/source/zone.h"
#include "ingest/watch/judge.h"

namespace refledger::desk {
namespace {

Standing of_writing(const Case& one, FlowStage flow) {
  switch (flow) {
    case FlowStage::writing:
      return Standing::writing;
    case FlowStage::returned:
      return Standing::returned;
    case FlowStage::asked:
    case FlowStage::outdated:
      return Standing::to_approve;
    case FlowStage::approved:
      return Standing::to_issue;
    case FlowStage::unwritten:
      break;
  }
  if (one.stage == Stage::open && one.changed.count(kGoesOn) > 0) return Standing::resting;
  if (one.waiting == Waiting::full_reference_wished) return Standing::to_write;
  if (one.waiting != Waiting::nothing) return Standing::to_settle;
  return one.stage == Stage::open ? Standing::to_write : Standing::by_itself;
}

Standing standing_of(const Case& one, const Sheet& sheet) {
  if (may_change(one.stage)) return of_writing(one, flow_of(sheet));
  if (one.waiting == Waiting::signature_elsewhere || one.waiting == Waiting::signature_by_hand) {
    return Standing::to_sign;
  }
  if (one.waiting == Waiting::to_hand_out) return Standing::to_hand_out;
  if (one.stage == Stage::withdrawn) return Standing::withdrawn;
  if (one.stage == Stage::delivery_refused ||
      (one.stage == Stage::delivery_unknown && one.waiting != Waiting::nothing)) {
    return Standing::undelivered;
  }
  if (is_issued(one.stage) && !one.changed.empty()) return Standing::changed;
  return one.stage == Stage::delivered ? Standing::done : Standing::under_way;
}

std::optional<Date> due_day(const Case& one, bool interim, const CasePolicy& policy,
                            const std::string& zone) {
  if (interim) {
    const Result<Date> begun = ingest::local_date(one.opened_at, zone);
    if (!begun) return std::nullopt;
    return ingest::days_after(*begun, static_cast<int>(policy.interim_days));
  }
  const Result<Date> end = parse_date(value_of(one.facts, "employed_to").value_or(""), "end");
  if (!end) return std::nullopt;
  return ingest::days_after(*end, static_cast<int>(policy.due_days));
}

}  // namespace

const char* name_of(Standing standing) {
  switch (standing) {
    case Standing::to_write:
      return "to_write";
    case Standing::to_settle:
      return "to_settle";
    case Standing::writing:
      return "writing";
    case Standing::returned:
      return "returned";
    case Standing::to_approve:
      return "to_approve";
    case Standing::to_issue:
      return "to_issue";
    case Standing::by_itself:
      return "by_itself";
    case Standing::to_sign:
      return "to_sign";
    case Standing::to_hand_out:
      return "to_hand_out";
    case Standing::under_way:
      return "under_way";
    case Standing::undelivered:
      return "undelivered";
    case Standing::changed:
      return "changed";
    case Standing::done:
      return "done";
    case Standing::withdrawn:
      return "withdrawn";
    case Standing::resting:
      return "resting";
  }
  std::abort();
}

bool is_open(Standing standing) { return standing < Standing::done; }

Row row_of(const Case& one, const Sheet& sheet, const CasePolicy& policy, Date today,
           const std::string& zone) {
  const auto value = [&](const char* name) { return value_of(one.facts, name).value_or(""); };
  Row row;
  row.case_id = one.case_id;
  row.name = value("given_name") + " " + value("family_name");
  row.position = value("position");
  row.department = value("department");
  row.country = value("governing_law");
  row.type = sheet.text("type").empty() ? type_of(one.facts) : sheet.text("type");
  row.interim = one.person.rfind(kInterim, 0) == 0;
  row.last_day = row.interim ? "" : value("employed_to");
  row.standing = standing_of(one, sheet);
  row.stage = one.stage;
  row.waiting = one.waiting;
  row.waiting_field = one.waiting_field;
  row.stopped = one.decisions.go == Go::stopped;
  row.gone = one.gone;
  if (const auto due = due_day(one, row.interim, policy, zone)) {
    row.due = format_date(*due);
    row.days_left = (std::chrono::sys_days(*due) - std::chrono::sys_days(today)).count();
    row.overdue = row.days_left < 0 && may_change(one.stage) && is_open(row.standing);
  }
  return row;
}

void sort_by_due(Board& board) {
  std::stable_sort(board.begin(), board.end(), [](const Row& a, const Row& b) {
    const bool a_over = !is_open(a.standing);
    const bool b_over = !is_open(b.standing);
    if (a_over != b_over) return b_over;
    if (a_over) return a.last_day > b.last_day;
    if (a.overdue != b.overdue) return a.overdue;
    if (a.due.empty() != b.due.empty()) return b.due.empty();
    return std::tie(a.due, a.name) < std::tie(b.due, b.name);
  });
}

}  // namespace refledger::desk
