// The findings, what HR decided about them, and where each is mended.
#include <algorithm>

#include "desk/case/sheet_order.h"
#include "desk/web/cases/step_parts.h"

namespace refledger::site {
namespace {

constexpr std::string_view kPackItself = "rule pack of the country";

std::string step_for(const std::string& what) {
  for (const char* field : {"type", "country", "language", "signature", "signing"}) {
    if (what == field) return "type";
  }
  if (what == "tasks" || what == "training" || what == "function_period") return "tasks";
  for (const char* field : {"performance", "conduct", "ratings"}) {
    if (what == field) return "ratings";
  }
  if (what.starts_with("conduct_") || what == "quality" || what == "quantity") return "ratings";
  if (what == "absence_mention" || what == "absences") return "absences";
  return is_fact_field(what) ? "facts" : "text";
}

Json finding_json(const StepInput& in, const letter::Finding& finding) {
  const std::string key = desk::decision_key(finding.id, finding.section, finding.excerpt);
  const std::string root = "overrides." + key + ".";
  const bool blocks = finding.level == letter::CheckLevel::block;
  const bool hints = finding.level == letter::CheckLevel::hint;
  const bool may_decide = !hints && (!blocks || finding.may_override);
  const bool decided = may_decide && !in.text(root + "reason").empty();
  return {
      {"level", said(in.context, std::string("level_") + letter::name_of(finding.level))},
      {"tone", decided  ? "good"
               : blocks ? "bad"
               : hints  ? "plain"
                        : "late"},
      {"reason", in_language(in.context, finding.reason)},
      {"source", finding.source == kPackItself ? said(in.context, "source_pack") : finding.source},
      {"where", finding.section.empty()
                    ? (finding.field.empty() ? "" : field_said(in.context, finding.field))
                    : section_said(in.context, finding.section)},
      {"excerpt", finding.excerpt},
      {"words", finding.excerpt == finding.field ? "" : finding.excerpt},
      {"may_decide", may_decide},
      {"must_mend", blocks && !finding.may_override},
      {"decided", decided},
      {"root", root},
      {"reason_id", id_of(root + "reason")},
      {"finding", finding.id},
      {"section", finding.section},
      {"decision", in.text(root + "reason")},
      {"mend", "/cases/" + in.dossier.case_id + "/write/" +
                   (finding.field.empty() ? "text" : step_for(finding.field))}};
}

}  // namespace

void fill_checks(const StepInput& in, Json& values) {
  values["is_checks"] = true;
  Json findings = Json::array();
  if (in.look.examined) {
    std::vector<const letter::Finding*> order;
    for (const letter::Finding& one : in.look.examined->findings) order.push_back(&one);
    const auto weight = [](const letter::Finding* one) {
      return one->level == letter::CheckLevel::block  ? 0
             : one->level == letter::CheckLevel::warn ? 1
                                                      : 2;
    };
    std::ranges::stable_sort(order,
                             [&](const auto* a, const auto* b) { return weight(a) < weight(b); });
    for (const letter::Finding* one : order) findings.push_back(finding_json(in, *one));
  } else {
    const std::string what = first_of(in.look.incomplete, ':');
    values["incomplete"] = error_said(in.context, {Fault::malformed, in.look.incomplete});
    values["incomplete_href"] = "/cases/" + in.dossier.case_id + "/write/" + step_for(what);
  }
  Json silent = Json::array();
  for (const std::string& fact : in.look.without_reason) {
    silent.push_back(
        {{"told", said(in.context, "error_reason", {{"field", field_said(in.context, fact)}})}});
  }
  values["has_silent"] = !silent.empty();
  values["silent"] = std::move(silent);
  values["facts_href"] = "/cases/" + in.dossier.case_id + "/write/facts";
  values["has_findings"] = !findings.empty();
  values["no_findings"] = in.look.examined.has_value() && findings.empty();
  values["findings"] = std::move(findings);
}

// A decision without a reason is none.
void take_decisions(desk::Fields& changes) {
  desk::Fields cleared;
  for (const auto& [name, text] : changes) {
    if (!name.starts_with("overrides.") || !name.ends_with(".reason") || !text.empty()) continue;
    const std::string root = name.substr(0, name.size() - 6);
    for (const char* leaf : {"finding", "section", "excerpt"}) cleared[root + leaf] = "";
  }
  for (auto& [name, text] : cleared) changes[name] = text;
}

}  // namespace refledger::site
