// Periods of absence, the advice about them, and the sentence to be printed.
#include <array>
#include <vector>

#include "desk/web/cases/step_parts.h"

namespace refledger::site {
namespace {

constexpr std::array<const char*, 7> kAbsenceKinds{"illness", "accident", "maternity", "parental",
                                                   "service", "unpaid",   "other"};
constexpr int kBlankAbsences = 2;

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::string line;
  for (const char letter : text + "\n") {
    if (letter != '\n') {
      line += letter;
    } else if (!line.empty()) {
      lines.push_back(std::move(line));
      line.clear();
    }
  }
  return lines;
}

Json absence_rows(const StepInput& in) {
  Json rows = Json::array();
  const auto add = [&](const std::string& kind, const std::string& from, const std::string& to) {
    Json options = Json::array({option("", "–", kind)});
    for (const char* name : kAbsenceKinds) {
      options.push_back(option(name, said(in.context, std::string("absence_") + name), kind));
    }
    const std::string number = std::to_string(rows.size() + 1);
    rows.push_back(
        {{"number", number}, {"options", std::move(options)}, {"from", from}, {"to", to}});
  };
  for (const std::string& line : split_lines(in.text("absences"))) {
    const std::string kind = first_of(line, ' ');
    const std::string rest = line.size() > kind.size() ? line.substr(kind.size() + 1) : "";
    const std::string from = first_of(rest, ' ');
    add(kind, from, rest.size() > from.size() ? rest.substr(from.size() + 1) : "");
  }
  for (int n = 0; n < kBlankAbsences; ++n) add("", "", "");
  return rows;
}

std::string percent_of(double share) {
  return std::to_string(static_cast<long>(share * 1000 + 0.5) / 10) + "." +
         std::to_string(static_cast<long>(share * 1000 + 0.5) % 10) + " %";
}

void fill_advice(const StepInput& in, Json& values) {
  if (!in.look.examined || !in.look.examined->absences) return;
  const letter::AbsenceAdvice& advice = *in.look.examined->absences;
  Json cases = Json::array();
  for (const letter::Comparison& one : advice.cases) {
    cases.push_back(
        {{"id", one.leading->id},
         {"says", in_language(in.context, one.leading->says)},
         {"source", one.leading->source},
         {"reached", said(in.context, one.reached ? "case_reached" : "case_not_reached")},
         {"tone", one.reached ? "late" : "plain"}});
  }
  values["advice"] = {
      {"verdict", said(in.context, std::string("mention_") + letter::name_of(advice.mention))},
      {"share", percent_of(advice.share)},
      {"told", said(in.context, "absences_told",
                    {{"days", std::to_string(advice.absent_days)},
                     {"of", std::to_string(advice.employed_days)}})},
      {"rule", in_language(in.context, advice.rule)},
      {"source", advice.source},
      {"question", in_language(in.context, advice.question)},
      {"has_cases", !cases.empty()},
      {"cases", std::move(cases)}};
}

}  // namespace

void fill_absences(const StepInput& in, Json& values) {
  values["is_absences"] = true;
  values["absences"] = absence_rows(in);
  if (in.dossier.absences) {
    values["from_source"] = said(in.context, "absences_told",
                                 {{"days", std::to_string(in.dossier.absences->absent_days)},
                                  {"of", std::to_string(in.dossier.absences->employed_days)}});
  }
  fill_advice(in, values);
  Json fields = Json::array();
  if (is_allowed(in, "absence_mention")) {
    Json mention = input(in, "absence_mention", "area", said(in.context, "mention_hint"));
    mention["rows"] = "2";
    fields.push_back(std::move(mention));
    add_ground(in, "absence_mention", fields);
  } else {
    values["never_mentioned"] = rule_said(in, "absence_mention");
  }
  values["fields"] = std::move(fields);
}

void take_absences(const StepInput& in, desk::Fields& changes) {
  const std::vector<std::string> kinds = in.context.form.all("absence_kind");
  const std::vector<std::string> from = in.context.form.all("absence_from");
  const std::vector<std::string> to = in.context.form.all("absence_to");
  std::string lines;
  for (std::size_t n = 0; n < kinds.size() && n < from.size() && n < to.size(); ++n) {
    if (kinds[n].empty() || from[n].empty()) continue;
    lines += kinds[n] + " " + from[n] + " " + (to[n].empty() ? from[n] : to[n]) + "\n";
  }
  changes["absences"] = lines;
}

}  // namespace refledger::site
