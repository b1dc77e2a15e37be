// What a reference says: facts in, paragraphs out.
//
// Errors   malformed: a name or text that is not NFC UTF-8, holds control characters or bidi
//          overrides, or is too long; refused: no wording for this type, law or language
// Source   docs/letter.md (law: CO 330a(2) Switzerland, GewO 109 Germany)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::letter {

struct Facts {
  std::string given_name;
  std::string family_name;
  std::optional<std::string> gender;  ///< female, male; anything else reads neutral
  std::string employer;
  std::string employer_place;  ///< "Zürich"
  std::string position;
  std::optional<std::string> department;
  Date employed_from;
  Date employed_to;
  std::optional<std::string> workload;  ///< "80 %", "38.5 h"
  std::string governing_law;            ///< CH or DE
  std::string language;                 ///< de or en
  Date document_date;
  std::string signatory;  ///< printed under the seal's caption
};

struct Letter {
  std::string language;
  std::string title;
  std::vector<std::string> paragraphs;
  std::string place_and_date;
  std::string seal_caption;   ///< what kind of signature this is, truthfully
  std::string qr_caption;     ///< plain words beside the QR code
  std::string typed_caption;  ///< above address and code as text
  std::string text() const;   ///< title and paragraphs: the claim `text`
};

/// The confirmation of employment (Arbeitsbestätigung, einfaches Zeugnis' facts only).  It says
/// that it does not replace the full certificate.
Result<Letter> confirmation_of_employment(const Facts& facts);

/// NFC, no controls, no bidi overrides, at most `max_characters`.
Result<std::string> clean_text(std::string_view text, std::string_view what,
                               std::size_t max_characters);

}  // namespace refledger::letter
