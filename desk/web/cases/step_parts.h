// What the steps of the wizard are made of: fields as the templates take them, and one function a
// step that fills its form, one that reads what was sent where that is more than the fields.
#pragma once

#include <string>

#include "desk/web/cases/steps.h"

namespace refledger::site {

std::string first_of(const std::string& text, char at);  ///< what stands before the first `at`
std::string id_of(std::string name);                     ///< "functions.1.to" as an element's id

Json option(const std::string& value, const std::string& label, const std::string& chosen);
Json input(const StepInput& in, const std::string& name, const char* kind,
           const std::string& hint = "");
Json select(const StepInput& in, const std::string& name, Json options,
            const std::string& hint = "");
Json check(const StepInput& in, const std::string& name);

/// What the pack says of a field, where it is more than "may".
std::string rule_said(const StepInput& in, const std::string& field);
bool is_allowed(const StepInput& in, const std::string& field);
/// Fields that the law lets appear on a ground alone bring a line for it.
void add_ground(const StepInput& in, const std::string& field, Json& list);

void fill_type(const StepInput& in, Json& values);
void fill_facts(const StepInput& in, Json& values);
void fill_tasks(const StepInput& in, Json& values);
void fill_ratings(const StepInput& in, Json& values);
void fill_text(const StepInput& in, Json& values);
void fill_absences(const StepInput& in, Json& values);
void fill_checks(const StepInput& in, Json& values);

void take_facts(const StepInput& in, desk::Fields& changes);
void take_texts(const StepInput& in, desk::Fields& changes);
void take_absences(const StepInput& in, desk::Fields& changes);
void take_decisions(desk::Fields& changes);

/// By its own name or by the packs'.
bool is_fact_field(const std::string& name);

}  // namespace refledger::site
