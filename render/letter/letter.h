// What a reference says: facts in, paragraphs out.
//
// Shape    Plain text in sections, one string a paragraph; no markup, no line breaks inside one.
// Errors   malformed: a name or text that is not UTF-8, is empty, holds control characters or bidi
//          overrides, or is too long; an employment that ends before it begins
//          refused: no wording for this language
// Source   docs/letter.md
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/core/result.h"

namespace refledger::letter {

/// A part of the letter: paragraphs, or the items of one list.
struct Section {
  std::string id;  ///< opening, function, tasks, function-2, tasks-2, performance, ...
  std::vector<std::string> paragraphs;
  bool list = false;

  /// As it is edited and as findings count it: one line a paragraph.
  std::string text() const;
};

/// Stands before each item of a list.
inline constexpr std::string_view list_mark = "–";

struct Signature {
  std::string name;
  std::vector<std::string> lines;  ///< function and rank
};

struct Letter {
  std::string language;  ///< de, fr, it, en
  std::string locale;    ///< BCP 47, as the PDF names it: de-CH, de-DE, fr-CH, en-GB
  std::string title;
  std::vector<Section> sections;
  std::string place_and_date;
  std::string employer;
  std::vector<Signature> signatures;  ///< at most 2
  std::string mode_caption;           ///< what kind of signature this is, truthfully
  std::string qr_caption;             ///< plain words beside the QR code
  std::string typed_caption;          ///< above address and code as text
  std::string address_label;          ///< before the typed address
  std::string id_label;               ///< before the typed number
  std::string secret_label;           ///< before the typed key
  std::string qr_alternative;         ///< what a screen reader says in place of the QR code
  std::string text() const;  ///< title and sections, a list's items with marks: the claim `text`
};

class Packs;
struct Reference;

/// The letter for `reference` by the pack of its country and day.
///   malformed  "FIELD: missing" where the pack demands it, and values that cannot be
///   refused    a field that the pack forbids, or allows only on a ground that is not given
///   not_found  no pack for the country and day, or no such type in it
Result<Letter> compose(const Reference& reference, const Packs& packs);

/// `text` in NFC, trimmed, every run of blanks one space.  malformed if it is empty, not UTF-8,
/// longer than `max_characters` code points, or holds anything that is not visible text: control
/// and format characters, bidi overrides, line separators, private or unassigned code points.
Result<std::string> clean_text(std::string_view text, std::string_view what,
                               std::size_t max_characters);

}  // namespace refledger::letter
