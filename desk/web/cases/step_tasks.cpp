// What somebody did, and how well.
#include <algorithm>

#include "desk/web/cases/step_parts.h"

namespace refledger::site {
namespace {

constexpr int kBlankFunctions = 1;
constexpr int kMostFunctions = 12;

}  // namespace

void fill_tasks(const StepInput& in, Json& values) {
  int last = 1;
  for (int n = 2; n <= kMostFunctions; ++n) {
    for (const char* leaf : {"title", "tasks", "from"}) {
      if (!in.text("functions." + std::to_string(n) + "." + leaf).empty()) last = n;
    }
  }
  Json functions = Json::array();
  for (int n = 1; n <= std::min(last + kBlankFunctions, kMostFunctions); ++n) {
    const std::string root = "functions." + std::to_string(n) + ".";
    const auto part = [&](const char* leaf, const char* kind) {
      Json one = input(in, root + leaf, kind);
      const bool until = std::string_view(leaf) == "to";
      one["label"] = said(in.context, until ? "field_until" : std::string("field_") + leaf);
      return one;
    };
    Json parts = Json::array();
    if (n > 1) {
      for (const char* leaf : {"title", "department", "workload"})
        parts.push_back(part(leaf, "text"));
    }
    Json dates = Json::array({part("from", "date"), part("to", "date")});
    Json tasks = part("tasks", "area");
    tasks["hint"] = said(in.context, "tasks_hint");
    tasks["rows"] = "7";
    const std::string title =
        in.text(root + "title").empty() && n == 1 ? in.fact("position") : in.text(root + "title");
    functions.push_back({{"legend", title.empty() ? said(in.context, "function_more") : title},
                         {"open", n == 1 || n <= last},
                         {"parts", std::move(parts)},
                         {"dates", std::move(dates)},
                         {"tasks", std::move(tasks)}});
  }
  values["is_tasks"] = true;
  values["functions"] = std::move(functions);
  Json more = Json::array();
  if (is_allowed(in, "training")) {
    Json training = input(in, "training", "area", said(in.context, "training_hint"));
    training["rows"] = "3";
    more.push_back(std::move(training));
    add_ground(in, "training", more);
  }
  values["fields"] = std::move(more);
}

void fill_ratings(const StepInput& in, Json& values) {
  values["is_ratings"] = true;
  values["no_ratings"] = in.type != nullptr && in.type->criteria.empty();
  values["no_type"] = in.type == nullptr;
  Json groups = Json::array();
  if (in.type == nullptr) return;
  for (const auto group : {letter::Group::performance, letter::Group::conduct}) {
    Json criteria = Json::array();
    for (const auto& [id, rule] : in.type->criteria) {
      if (rule.group != group || rule.rule == letter::Rule::forbidden) continue;
      const std::string root = "ratings." + id + ".";
      const std::string chosen = in.text(root + "grade");
      Json grades = Json::array();
      for (int grade = 1; grade <= in.type->lowest_grade.grade; ++grade) {
        const std::string value = std::to_string(grade);
        Json one = option(value, said(in.context, "grade_" + value), chosen);
        one["grade_id"] = id_of(root + "grade." + value);
        grades.push_back(std::move(one));
      }
      const bool weak = chosen == "4" || chosen == "5";
      criteria.push_back({{"legend", said(in.context, "criterion_" + id)},
                          {"mandatory", rule.rule == letter::Rule::mandatory},
                          {"name", root + "grade"},
                          {"none_id", id_of(root + "grade.none")},
                          {"none", chosen.empty()},
                          {"grades", std::move(grades)},
                          {"evidence_name", root + "evidence"},
                          {"evidence_id", id_of(root + "evidence")},
                          {"evidence", in.text(root + "evidence")},
                          {"wanted", weak && in.text(root + "evidence").empty()}});
    }
    if (criteria.empty()) continue;
    const bool performance = group == letter::Group::performance;
    groups.push_back(
        {{"heading", said(in.context, performance ? "section_performance" : "section_conduct")},
         {"criteria", std::move(criteria)}});
  }
  values["groups"] = std::move(groups);
}

}  // namespace refledger::site
