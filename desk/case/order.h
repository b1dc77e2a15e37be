// What HR asks for: one reference described in a file, its values typed or taken from a case.
//
// Shape    JSON, parsed strictly: an unknown member, a date that does not exist, a text that is too
//          long is malformed and named by its place.  What is absent comes from the case.
// Units    At most 256 KiB; lists and texts are bounded.
// Errors   malformed; details name the member, never what stands in it
// Source   docs/issue.md
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "desk/case/case.h"
#include "desk/case/parts.h"
#include "ledger/core/json.h"
#include "render/letter/absence.h"
#include "render/letter/checks.h"
#include "render/letter/reference.h"

namespace refledger::desk {

/// A finding that HR decided about: all of that name, or those in one section or about some words.
struct Decision {
  std::string finding;
  std::string section;  ///< empty: wherever it is found
  std::string excerpt;  ///< empty: whatever the words are
  std::string reason;
};

struct Order {
  std::string case_id;  ///< empty: everything is typed here
  std::string by;       ///< who of HR asks for it
  std::string to;       ///< e-mail address of the holder; empty: that of the case
  letter::Reference reference;
  std::set<std::string> typed;  ///< the members of the reference that stand in the file
  std::vector<letter::Absence> absences;
  std::vector<Decision> decisions;
  bool with_qr = true;  ///< false: a print without code and address
};

constexpr std::size_t kMaxOrder = std::size_t{256} * 1024;

Result<Order> parse_order(std::string_view json);

/// The facts of a case that an order makes: the case's own, overruled by what was typed.  The
/// employer's come from the settings.
Facts facts_of(const Order& order, const Facts& from_case, const IssuerSettings& issuer,
               UtcMillis now);

/// The reference that `order` and the facts of its case come to.  malformed: a fact is missing.
Result<letter::Reference> reference_of(const Order& order, const Facts& facts);

/// What the vault finds a typed case by: the same file again is the same case.
std::string person_of(std::string_view order_json);

}  // namespace refledger::desk
