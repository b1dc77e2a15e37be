// The steps of the wizard: what each form shows, and what it sends.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "desk/web/cases/pages.h"

namespace refledger::site {

inline constexpr std::array<std::string_view, 7> kSteps{"type", "facts",    "tasks", "ratings",
                                                        "text", "absences", "checks"};

/// What a step is filled from.
struct StepInput {
  const Context& context;
  const CasePages& pages;
  desk::Dossier dossier;
  desk::Look look;
  desk::Fields shown;  ///< what stands in the form
  std::string country;
  const letter::Pack* pack = nullptr;          ///< null: none for that country
  const letter::DocumentType* type = nullptr;  ///< null: not chosen yet

  StepInput(const Context& one, const CasePages& all, desk::Dossier given, desk::Look seen);

  std::string text(const std::string& name) const;  ///< as it stands in the form
  std::string fact(const std::string& name) const;
};

void fill_step(const std::string& step, const StepInput& in, Json& values);

/// The fields that the form of `step` sent, cleared ones as empty texts.
desk::Fields posted_fields(const std::string& step, const StepInput& in);

}  // namespace refledger::site
