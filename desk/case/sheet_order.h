// A sheet as the order that it comes to, in the manner of an order's file.
//
// Order    Pure, and the same sheet and facts make the same bytes.
// Errors   malformed: "type: missing", or what the order's reader says of a value
// Source   docs/issue.md
#pragma once

#include <string>

#include "desk/case/case.h"
#include "desk/case/sheet.h"

namespace refledger::desk {

/// The file.  What HR left open about the function is taken from the facts of the case, anything
/// else from `usual`.
Result<std::string> order_text(const Sheet& sheet, const std::string& case_id, const Facts& facts,
                               const Fields& usual = {});

/// `changes` laid over the sheet, as if they were saved: for a preview.
Result<Sheet> with_changes(Sheet sheet, const Fields& changes, const Signed& by);

/// The fact that a field of the sheet stands for; empty if it is none that the HR system tells.
std::string fact_behind(std::string_view field);

/// Facts of the HR system that HR overruled without saying why, by their field.
std::vector<std::string> without_reason(const Sheet& sheet, const Facts& facts);

/// The name under which a decision about a finding is kept: the same for the same words.
std::string decision_key(const std::string& finding, const std::string& section,
                         const std::string& excerpt);

}  // namespace refledger::desk
