#include "render/letter/requirements.h"

#include <algorithm>
#include <set>

namespace refledger::letter {
namespace {

bool any_function(const Reference& reference, bool (*test)(const Function&)) {
  return std::any_of(reference.functions.begin(), reference.functions.end(), test);
}

bool every_function(const Reference& reference, bool (*test)(const Function&)) {
  return !reference.functions.empty() &&
         std::all_of(reference.functions.begin(), reference.functions.end(), test);
}

bool is_rated(const Reference& reference, const DocumentType& type, Group group) {
  return std::any_of(reference.ratings.begin(), reference.ratings.end(), [&](const Rating& rating) {
    const auto rule = type.criteria.find(rating.criterion);
    return rule != type.criteria.end() && rule->second.group == group;
  });
}

bool has_tasks(const Function& function) { return !function.tasks.empty(); }
bool has_period(const Function& function) { return function.from.has_value(); }
bool has_department(const Function& function) { return function.department.has_value(); }
bool has_workload(const Function& function) { return function.workload.has_value(); }

// A field that each function must fill counts as said by any for what is not allowed.
bool says_fully(const Reference& reference, const DocumentType& type, std::string_view field) {
  if (field == "tasks") return every_function(reference, has_tasks);
  if (field == "function_period") return every_function(reference, has_period);
  if (field == "department") return every_function(reference, has_department);
  if (field == "workload") return every_function(reference, has_workload);
  return says(reference, type, field);
}

Error missing(std::string_view field) {
  return {Fault::malformed, std::string(field) + ": missing"};
}

Result<void> check_field(const Reference& reference, const DocumentType& type,
                         std::string_view field) {
  const std::string name(field);
  switch (type.field(field).rule) {
    case Rule::mandatory:
      if (!says_fully(reference, type, field)) return missing(field);
      return {};
    case Rule::usual:
      return {};
    case Rule::forbidden:
      if (!says(reference, type, field)) return {};
      return Error{Fault::refused, name + ": must not appear in this type"};
    case Rule::on_request:
    case Rule::conditional:
      const auto ground = reference.grounds.find(name);
      const bool grounded = ground != reference.grounds.end() && !ground->second.empty();
      if (grounded || !says(reference, type, field)) return {};
      return Error{Fault::refused,
                   name + (type.field(field).rule == Rule::on_request
                               ? ": only on request; the ground is missing"
                               : ": only under a condition; the ground is missing")};
  }
  return {};
}

Result<void> check_rating(const Rating& rating, const DocumentType& type) {
  const auto rule = type.criteria.find(rating.criterion);
  if (rule == type.criteria.end()) {
    return Error{Fault::malformed, "ratings: a criterion that this type does not have"};
  }
  if (rule->second.rule == Rule::forbidden) {
    return Error{Fault::refused, rating.criterion + ": must not appear in this type"};
  }
  if (rating.grade > type.lowest_grade.grade) {
    return Error{Fault::refused, rating.criterion + ": a grade that this type must not express"};
  }
  return {};
}

// What must be rated where its group is rated at all.
Result<void> check_criteria(const Reference& reference, const DocumentType& type) {
  for (const auto& [name, rule] : type.criteria) {
    if (rule.rule != Rule::mandatory || !is_rated(reference, type, rule.group)) continue;
    const bool rated = std::any_of(
        reference.ratings.begin(), reference.ratings.end(),
        [&, criterion = name](const Rating& rating) { return rating.criterion == criterion; });
    if (!rated) return missing(name);
  }
  return {};
}

Result<void> check_function(const Function& function, const Reference& reference) {
  const Error out{Fault::malformed, "functions: a period outside the employment"};
  if (function.from && !function.from->ok()) return out;
  if (function.to && !function.to->ok()) return out;
  if (function.from && *function.from < reference.employed_from) return out;
  if (function.from && reference.employed_to && *function.from > *reference.employed_to) return out;
  if (function.to && reference.employed_to && *function.to > *reference.employed_to) return out;
  if (function.from && function.to && *function.to < *function.from) {
    return Error{Fault::malformed, "functions: one ends before it begins"};
  }
  return {};
}

Result<void> check_functions(const Reference& reference) {
  std::optional<Date> before;
  for (const Function& function : reference.functions) {
    if (auto done = check_function(function, reference); !done) return done;
    if (before && function.from && *function.from < *before) {
      return Error{Fault::malformed, "functions: not in the order of time"};
    }
    if (function.from) before = function.from;
  }
  return {};
}

}  // namespace

bool says(const Reference& reference, const DocumentType& type, std::string_view field) {
  if (field == "employer") return !reference.employer.empty() && !reference.employer_place.empty();
  if (field == "employer_description") return reference.employer_description.has_value();
  if (field == "name") return !reference.given_name.empty() && !reference.family_name.empty();
  if (field == "academic_title") return reference.academic_title.has_value();
  if (field == "birthdate") return reference.birthdate.has_value();
  if (field == "place_of_origin") return reference.place_of_origin.has_value();
  if (field == "employed_from") return reference.employed_from.ok();
  if (field == "employed_to") return reference.employed_to.has_value();
  if (field == "function") return !reference.functions.empty();
  if (field == "function_period") return any_function(reference, has_period);
  if (field == "department") return any_function(reference, has_department);
  if (field == "workload") return any_function(reference, has_workload);
  if (field == "tasks") return any_function(reference, has_tasks);
  if (field == "training") return !reference.training.empty();
  if (field == "performance") return is_rated(reference, type, Group::performance);
  if (field == "conduct") return is_rated(reference, type, Group::conduct);
  if (field == "absence_mention") return reference.absence_mention.has_value();
  if (field == "leaving_reason") return reference.leaving_reason.has_value();
  if (field == "health_cover") return reference.health_cover;
  if (field == "thanks") return reference.thanks;
  if (field == "wishes") return reference.wishes;
  if (field == "introduction" || field == "closing") {
    return reference.blocks.count(std::string(field)) > 0;
  }
  if (field == "document_date") return reference.document_date.ok();
  // With a company seal the employer itself signs.
  if (field == "signature") {
    return !reference.signatories.empty() || reference.signing == SigningMode::company_seal;
  }
  return false;
}

Result<void> check_values(const Reference& reference) {
  for (const auto& [date, name] :
       {std::pair{std::optional(reference.employed_from), "employed_from"},
        std::pair{reference.employed_to, "employed_to"},
        std::pair{reference.birthdate, "birthdate"},
        std::pair{std::optional(reference.document_date), "document_date"}}) {
    if (date && !date->ok()) return Error{Fault::malformed, std::string(name) + ": no such date"};
  }
  if (reference.employed_to && *reference.employed_to < reference.employed_from) {
    return Error{Fault::malformed, "employed_to: before employed_from"};
  }
  if (auto done = check_functions(reference); !done) return done;
  std::set<std::string> rated;
  for (const Rating& rating : reference.ratings) {
    if (rating.grade < 1 || rating.grade > 5) {
      return Error{Fault::malformed, "ratings: a grade is from 1 to 5"};
    }
    if (!rated.insert(rating.criterion).second) {
      return Error{Fault::malformed, "ratings: a criterion twice"};
    }
  }
  if (reference.signatories.size() > 2) {
    return Error{Fault::out_of_range, "signatories: more than two"};
  }
  return {};
}

Result<void> check_rules(const Reference& reference, const DocumentType& type) {
  for (const Rating& rating : reference.ratings) {
    const auto& criteria = type.criteria;
    // Where ratings have no place at all, the field says so better than the criterion.
    if (criteria.empty()) return Error{Fault::refused, "performance: must not appear in this type"};
    if (auto done = check_rating(rating, type); !done) return done;
  }
  for (const std::string_view field : field_names()) {
    if (auto done = check_field(reference, type, field); !done) return done;
  }
  return check_criteria(reference, type);
}

}  // namespace refledger::letter
