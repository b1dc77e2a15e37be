#include "tools/refledger/issue_json.h"

#include <sstream>

#include "ledger/core/encoding.h"

namespace refledger::tools {
namespace {

Json json_of(const letter::Finding& finding) {
  return {{"begin", finding.begin},
          {"excerpt", finding.excerpt},
          {"field", finding.field},
          {"id", finding.id},
          {"length", finding.length},
          {"level", letter::name_of(finding.level)},
          {"may_override", finding.may_override},
          {"reason", finding.reason},
          {"section", finding.section},
          {"source", finding.source}};
}

Json json_of(const letter::Override& decision) {
  return {{"by", decision.by},
          {"excerpt", decision.excerpt},
          {"finding", decision.finding},
          {"reason", decision.reason},
          {"section", decision.section}};
}

Json json_of(const letter::AbsenceAdvice& advice) {
  Json cases = Json::array();
  for (const letter::Comparison& one : advice.cases) {
    cases.push_back({{"id", one.leading->id},
                     {"reached", one.reached},
                     {"says", one.leading->says},
                     {"source", one.leading->source}});
  }
  return {{"absent_days", advice.absent_days},
          {"cases", std::move(cases)},
          {"employed_days", advice.employed_days},
          {"mention", letter::name_of(advice.mention)},
          {"needs_reason", advice.needs_reason},
          {"question", advice.question},
          {"reason_too", advice.reason_too},
          {"rule", advice.rule},
          {"source", advice.source},
          {"until_the_end", advice.until_the_end}};
}

Json json_of(const desk::AskedSignature& signature) {
  return {{"attributes", to_base64(signature.asked.signed_attributes)},
          {"digest", to_base64(signature.asked.digest)},
          {"document", to_base64(signature.asked.document)},
          {"last_day", format_date(signature.last_day)}};
}

std::string text_in(const Json& texts, const std::string& language) {
  if (texts.contains(language)) return texts.value(language, "");
  return texts.value("en", "");
}

void tell(std::ostream& out, const Json& finding, const std::string& language) {
  const std::string section = finding.value("section", "");
  const std::string field = finding.value("field", "");
  const std::string excerpt = finding.value("excerpt", "");
  out << finding.value("level", "") << "  " << finding.value("id", "");
  if (!section.empty()) out << "  in " << section;
  if (!field.empty()) out << "  " << field;
  if (!section.empty() && !excerpt.empty()) out << ": " << excerpt;
  out << "\n    " << text_in(finding["reason"], language)
      << "\n    Source: " << finding.value("source", "") << "\n";
}

void tell_absences(std::ostream& out, const Json& absences, const std::string& language) {
  if (absences.is_null()) return;
  out << "Absences: " << absences.value("absent_days", 0) << " of "
      << absences.value("employed_days", 0) << " days; mention " << absences.value("mention", "")
      << "\n    " << text_in(absences["rule"], language) << "\n";
  for (const Json& one : absences["cases"]) {
    out << "    " << one.value("id", "") << (one.value("reached", false) ? " (reached): " : ": ")
        << text_in(one["says"], language) << "\n";
  }
  if (!absences["question"].empty())
    out << "    " << text_in(absences["question"], language) << "\n";
}

void tell_state(std::ostream& out, const Json& answer) {
  const std::string refused = answer.value("refused", "");
  if (!refused.empty()) out << "Not issued. " << refused << "\n";
  const std::string case_id = answer.value("case", "");
  if (!case_id.empty()) out << "Case: " << case_id << " (" << answer.value("stage", "") << ")\n";
  const std::string reference = answer.value("reference", "");
  if (!reference.empty()) out << "Reference: " << reference << "\n";
  const std::string waiting = answer.value("waiting_for", "");
  if (!waiting.empty()) out << waiting << "\n";
  if (answer["signature"].is_object()) {
    out << "To sign, SHA-256 (base64): " << answer["signature"].value("digest", "")
        << "\nLast day: " << answer["signature"].value("last_day", "") << "\n";
  }
}

}  // namespace

Json to_json(const desk::Issued& issued) {
  Json findings = Json::array();
  for (const letter::Finding& one : issued.findings) findings.push_back(json_of(one));
  Json decisions = Json::array();
  for (const letter::Override& one : issued.decisions) decisions.push_back(json_of(one));
  return {
      {"absences", issued.absences ? json_of(*issued.absences) : Json(nullptr)},
      {"case", issued.case_id},
      {"decisions", std::move(decisions)},
      {"document", issued.document ? Json(to_base64(*issued.document)) : Json(nullptr)},
      {"findings", std::move(findings)},
      {"reference", issued.reference_id},
      {"refused", issued.refused},
      {"reviewed", issued.reviewed},
      {"rules", issued.rules},
      {"signature", issued.signature ? json_of(*issued.signature) : Json(nullptr)},
      {"stage", issued.case_id.empty() ? "" : desk::name_of(issued.stage)},
      {"waiting", issued.waiting == desk::Waiting::nothing ? "" : desk::name_of(issued.waiting)},
      {"waiting_for", issued.waiting_for}};
}

std::string issued_text(const Json& answer, const std::string& language) {
  std::ostringstream out;
  const std::string rules = answer.value("rules", "");
  if (!rules.empty()) {
    out << "Rules: " << rules
        << (answer.value("reviewed", false) ? "" : "; not reviewed by a lawyer") << "\n";
  }
  for (const Json& finding : answer["findings"]) tell(out, finding, language);
  tell_absences(out, answer["absences"], language);
  tell_state(out, answer);
  return out.str();
}

}  // namespace refledger::tools
