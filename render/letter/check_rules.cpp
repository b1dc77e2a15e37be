// What the pack asks of the facts: fields, ratings, dates, signature, absences, length.
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "render/letter/check_run.h"

namespace refledger::letter {
namespace {

// Length out of proportion: years of employment, words of the letter.
constexpr double kLongYears = 5;
constexpr std::size_t kFewWords = 90;
constexpr double kShortYears = 1;
constexpr std::size_t kManyWords = 600;

bool is_blank(const std::string& text) { return text.find_first_not_of(' ') == std::string::npos; }

bool has_text(const std::optional<std::string>& text) { return text && !is_blank(*text); }

bool has_block(const Reference& reference, const std::string& name) {
  const auto found = reference.blocks.find(name);
  return found != reference.blocks.end() && !is_blank(found->second);
}

bool rates(const CheckRun& run, Group group) {
  const auto& ratings = run.reference.ratings;
  return std::any_of(ratings.begin(), ratings.end(), [&](const Rating& rating) {
    const auto found = run.type.criteria.find(rating.criterion);
    return found != run.type.criteria.end() && found->second.group == group;
  });
}

bool any_function(const Reference& reference, bool (*has)(const Function&)) {
  return std::any_of(reference.functions.begin(), reference.functions.end(), has);
}

bool every_function_has_tasks(const Reference& reference) {
  return !reference.functions.empty() &&
         std::all_of(reference.functions.begin(), reference.functions.end(),
                     [](const Function& one) { return !one.tasks.empty(); });
}

/// Whether the reference states a field of field_names().
bool states(const CheckRun& run, std::string_view field) {
  const Reference& reference = run.reference;
  if (field == "academic_title") return has_text(reference.academic_title);
  if (field == "birthdate") return reference.birthdate.has_value();
  if (field == "place_of_origin") return has_text(reference.place_of_origin);
  if (field == "employer_description") return has_text(reference.employer_description);
  if (field == "employed_to") return reference.employed_to.has_value();
  if (field == "function") return !reference.functions.empty();
  if (field == "function_period") {
    return any_function(reference, [](const Function& one) { return one.from.has_value(); });
  }
  if (field == "department") {
    return any_function(reference, [](const Function& one) { return has_text(one.department); });
  }
  if (field == "workload") {
    return any_function(reference, [](const Function& one) { return has_text(one.workload); });
  }
  if (field == "tasks") {
    return any_function(reference, [](const Function& one) { return !one.tasks.empty(); });
  }
  if (field == "health_cover") return reference.health_cover;
  if (field == "training") return !reference.training.empty();
  if (field == "performance") return rates(run, Group::performance) || run.section("performance");
  if (field == "conduct") return rates(run, Group::conduct) || run.section("conduct");
  if (field == "absence_mention") return has_text(reference.absence_mention);
  if (field == "leaving_reason") return has_text(reference.leaving_reason);
  if (field == "thanks") return reference.thanks;
  if (field == "wishes") return reference.wishes;
  if (field == "introduction" || field == "closing") {
    return has_block(reference, std::string(field));
  }
  return true;  // employer, name, employed_from, document_date, signature: no reference without
}

// A field that the pack allows only on a ground: the ground is written down.
bool has_ground(const Reference& reference, const std::string& field) {
  const auto found = reference.grounds.find(field);
  return found != reference.grounds.end() && !is_blank(found->second);
}

void check_field(CheckRun& run, const std::string& field, Rule rule) {
  const bool stated = states(run, field);
  switch (rule) {
    case Rule::mandatory:
      if (!stated) return run.find_field("field_missing", field);
      if (field == "tasks" && !every_function_has_tasks(run.reference)) {
        run.find_field("field_missing", field);
      }
      return;
    case Rule::usual:
      return;
    case Rule::on_request:
    case Rule::conditional:
      // Absences have a check of their own.
      if (stated && field != "absence_mention" && !has_ground(run.reference, field)) {
        run.find_field("field_without_ground", field);
      }
      return;
    case Rule::forbidden:
      if (stated) run.find_field("field_forbidden", field);
      return;
  }
  std::abort();
}

void check_fields(CheckRun& run) {
  for (const auto& [field, rule] : run.type.fields) check_field(run, field, rule.rule);
}

// Rated or not: a letter that says nothing where the pack wants a word.
void check_sections(CheckRun& run) {
  for (const char* name : {"performance", "conduct"}) {
    const bool owed = run.type.field(name).rule == Rule::mandatory;
    if (owed && run.section(name) == nullptr) run.find_in("section_missing", name);
  }
}

void check_ratings(CheckRun& run) {
  bool low = false;
  for (const Rating& rating : run.reference.ratings) {
    if (rating.grade >= kLowGrade && !std::exchange(low, true)) {
      run.find_field("grade_needs_second_approval", rating.criterion);
    }
    if (rating.grade >= kLowGrade && is_blank(rating.evidence)) {
      run.find_field("rating_without_evidence", rating.criterion);
    }
    if (rating.grade > run.type.lowest_grade.grade) {
      run.find_field("grade_not_allowed", rating.criterion);
    }
  }
}

void check_date(CheckRun& run) {
  const Date dated = run.reference.document_date;
  const std::optional<Date>& today = run.context.signing_day;
  if (today && dated > *today) return run.find_field("date_ahead", "document_date");
  // A reference while the employment lasts has no legal end to bear.
  const bool by_end =
      run.type.date.rule == DateRule::legal_end && run.reference.employed_to.has_value();
  if (by_end && dated != *run.reference.employed_to) {
    run.find_field("date_not_legal_end", "document_date");
  }
  if (!by_end && today && dated != *today) {
    run.find_field("date_not_signing_day", "document_date");
  }
}

void check_signature(CheckRun& run) {
  switch (run.type.signing_rule(run.reference.signing).satisfies) {
    case Satisfies::yes:
      return;
    case Satisfies::no:
      return run.find_field("signing_mode_insufficient", "signature");
    case Satisfies::with_consent:
      if (!has_ground(run.reference, "signature")) {
        run.find_field("signing_mode_consent", "signature");
      }
      return;
  }
  std::abort();
}

void check_absence(CheckRun& run) {
  const bool mentioned = has_text(run.reference.absence_mention);
  const std::optional<AbsenceAdvice>& advice = run.context.absence;
  const auto find = [&](const char* id) { run.find_field(id, "absence_mention"); };
  if (advice && !mentioned && advice->mention == Mention::required) return find("absence_required");
  if (!mentioned) return;
  if (advice && advice->mention == Mention::forbidden) return find("absence_forbidden");
  if (!advice) find("absence_unweighed");
  if (!has_ground(run.reference, "absence_mention")) find("absence_without_reason");
}

double years_of(const Reference& reference, Date until) {
  const auto days = std::chrono::sys_days(until) - std::chrono::sys_days(reference.employed_from);
  return static_cast<double>(days.count()) / 365.25;
}

void check_length(CheckRun& run) {
  if (run.type.field("performance").rule != Rule::mandatory) return;
  std::size_t words = 0;
  for (const ReadSection& section : run.sections) {
    if (section.base != "employer") words += section.words.size();
  }
  const double years =
      years_of(run.reference, run.reference.employed_to.value_or(run.reference.document_date));
  if (years >= kLongYears && words < kFewWords) run.find_field("length_short", "");
  if (years < kShortYears && words > kManyWords) run.find_field("length_long", "");
}

}  // namespace

void check_rules(CheckRun& run) {
  check_sections(run);
  check_fields(run);
  check_ratings(run);
  check_date(run);
  check_signature(run);
  check_absence(run);
  check_length(run);
}

}  // namespace refledger::letter
