#include "desk/case/drafts.h"

#include <algorithm>
#include <cstdlib>

#include "desk/case/sheet_order.h"
#include "desk/case/usual.h"

namespace refledger::desk {
namespace {

constexpr const char* kSheet = "sheet";

int worst_grade(const Sheet& sheet) {
  int worst = 0;
  for (const auto& [name, text] : sheet.texts()) {
    if (name.starts_with("ratings.") && name.ends_with(".grade")) {
      worst = std::max(worst, std::atoi(text.c_str()));
    }
  }
  return worst;
}

}  // namespace

Result<Kept> Drafts::case_named(std::string_view case_id) const {
  if (auto opened = state.book.open(); !opened) return opened.error();
  return state.case_named(case_id);
}

Result<Sheet> Drafts::sheet_of(const Case& one) const {
  Result<std::optional<Bytes>> kept = state.archive.kept(kSheet, one);
  if (!kept) return kept.error();
  if (!*kept) return Sheet{};
  return sheet_from(text_of(**kept));
}

Result<void> Drafts::keep(const Case& one, const Sheet& sheet) const {
  Result<std::string> text = to_text(sheet);
  if (!text) return text.error();
  if (auto put = state.archive.put(kSheet, one, bytes_of(*text)); !put) return put;
  state.bench.done(step::sheet_kept);
  return {};
}

bool Drafts::needs_two(const Case& one, const Sheet& sheet) const {
  const std::string country = sheet.text("country").empty()
                                  ? value_of(one.facts, "governing_law").value_or("")
                                  : sheet.text("country");
  if (state.issuer.policy.needs_two(country, sheet.text("type"))) return true;
  const Result<Date> today = state.today();
  return today && wants_second_person(*state.issuer.rules, country, sheet.text("type"), *today,
                                      worst_grade(sheet));
}

Result<std::string> Drafts::order_of(const Case& one, const Sheet& sheet) const {
  const Result<Date> today = state.today();
  if (!today) return today.error();
  return order_text(sheet, one.case_id, one.facts,
                    usual_fields(state.issuer, sheet, one.facts, *today));
}

Result<Seen> Drafts::see(const Case& one, const Sheet& sheet) const {
  Result<std::string> order = order_of(one, sheet);
  if (!order) return order.error();
  Result<Order> parsed = parse_order(*order);
  if (!parsed) return parsed.error();
  Facts facts;
  Result<Examined> examined = state.examine_order(*parsed, one, facts);
  if (!examined) return examined.error();
  return Seen{std::move(*order), std::move(*examined)};
}

Result<std::string> Drafts::ready(const Case& one, const Sheet& sheet, Seen& seen) const {
  Result<Seen> now = see(one, sheet);
  if (!now) return now.error();
  seen = std::move(*now);
  if (auto may = may_issue(seen.examined); !may) return may.error();
  const std::vector<std::string> silent = without_reason(sheet, one.facts);
  if (!silent.empty()) return Error{Fault::refused, "reason: missing for " + silent.front()};
  return digest_of(seen.order, seen.examined);
}

FlowStage Drafts::flow(const Case& one, const Sheet& sheet) const {
  const FlowStage flow = flow_of(sheet);
  if (flow != FlowStage::approved || !may_change(one.stage)) return flow;
  Result<Seen> now = see(one, sheet);
  if (!now) return FlowStage::outdated;
  const Result<std::string> digest = digest_of(now->order, now->examined);
  return digest && *digest == sheet.approval->digest ? flow : FlowStage::outdated;
}

Result<Bytes> Drafts::preview(const Case& one, const Sheet& sheet) const {
  Result<std::string> order = order_of(one, sheet);
  if (!order) return order.error();
  Result<Issued> test = desk.test_document(*order);
  if (!test) return test.error();
  return std::move(*test->document);
}

Result<Kept> Drafts::open_draft(std::string_view case_id) const {
  Result<Kept> kept = case_named(case_id);
  if (!kept || may_change(kept->content.stage)) return kept;
  return Error{Fault::conflict, "case: its reference is issued, or about to be"};
}

}  // namespace refledger::desk
