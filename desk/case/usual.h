// What stands in a draft of this issuer's unless somebody writes something else: its own text
// blocks, and who signs.
//
// Shape    A block by its name: PLACE.LANGUAGE ("closing.de"), or PLACE.LANGUAGE.COUNTRY.TYPE
//          ("closing.de.CH.full_final"), which comes before the other.  Plain text, one line a
//          paragraph.
// Order    Pure.
// Errors   malformed: a name or a text that no letter has
// Source   docs/letter.md, "The issuer's own text"
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "desk/case/case.h"
#include "desk/case/parts.h"
#include "desk/case/sheet.h"
#include "render/letter/checks.h"

namespace refledger::desk {

/// Where a letter may have a block: at its head, about the employer, before the date.
inline constexpr std::array<std::string_view, 3> kBlockPlaces{"introduction",
                                                              "employer_description", "closing"};

/// The field of a draft that says the same: "blocks.closing".
std::string field_of_place(std::string_view place);
/// The box of a draft that leaves the block out: "leave_out.closing".
std::string box_of_place(std::string_view place);

struct BlockName {
  std::string place;
  std::string language;
  std::string country;  ///< empty: every type of every law
  std::string type;
};
Result<BlockName> parse_block_name(std::string_view name);

/// The text as it is kept.
Result<std::string> clean_block(std::string_view name, const std::string& text);

/// What the checks say of a block where it may stand: of each finding the strictest, once.
std::vector<letter::Finding> check_block(const BlockName& name, const std::string& text,
                                         const LetterRules& rules);

/// The fields of a draft that its issuer fills, by name.  A block stands only where the type's pack
/// allows it without a ground, and where no box leaves it out.
Fields usual_fields(const IssuerSettings& issuer, const Sheet& sheet, const Facts& facts,
                    Date today);

}  // namespace refledger::desk
