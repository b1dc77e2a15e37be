// The page: a letter, a letterhead and a QR code as a PDF/A-3 file, prepared for one signature.
//
// Shape    A4 pages; PDF/A-3a with the tags of PDF/UA-1; one attachment; one empty signature, or
//          none where people sign by hand.
// Units    Points (1/72 inch) from the page's lower left corner where not said otherwise.
// Errors   refused: a character that no embedded font can show, named as U+XXXX
//          malformed: a broken colour or text; out_of_range: more than ten pages, or more than fits
// Order    The same input gives the same bytes.
// Threads  Calls share nothing that changes.
// Source   ISO 19005-3, ISO 14289-1; docs/pdf.md
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"
#include "render/letter/letter.h"
#include "render/letter/reference.h"
#include "render/pdf/fonts.h"
#include "render/pdf/logo.h"

namespace refledger::pdf {

struct Letterhead {
  std::string name;
  std::vector<std::string> address_lines;  ///< at most 6
  std::vector<std::string> footer_lines;   ///< at most 3
  std::string accent = "1F4E79";           ///< RRGGBB
  std::optional<Logo> logo;
};

struct QrBlock {
  std::string qr_text;   ///< what the QR code holds
  std::string address;   ///< "refs.example.com", printed as text
  std::string typed_id;  ///< grouped, with check symbol
  std::string typed_secret;
};

struct Attachment {
  std::string name;  ///< "reference.sd-jwt"
  std::string mime_type;
  std::string description;
  std::string content;
};

/// What will stand behind the first signature before anybody gets the file.  Without any of it the
/// file says that no change is allowed.
struct Additions {
  bool second_signature = false;
  bool validation_data = false;
  bool archive_timestamp = false;

  bool any() const { return second_signature || validation_data || archive_timestamp; }
};

struct Document {
  letter::Letter letter;
  Letterhead letterhead;
  std::optional<QrBlock> qr;  ///< none: a print without code and address
  Attachment attachment;
  Date document_date;  ///< of the metadata too: the same input gives the same bytes
  std::string holder;  ///< whom the letter is about: heads further pages, is never hyphenated
  letter::SigningMode signing = letter::SigningMode::company_seal;
  Additions additions;
  bool specimen = false;  ///< a test document: says so across every page
};

/// The bytes to sign: /ByteRange is final, /Contents is filled with zeros.
struct Prepared {
  Bytes file;
  std::size_t contents_begin = 0;  ///< offset of '<'; with by_hand and for a specimen both are 0
  std::size_t contents_end = 0;    ///< offset after '>'
};

/// `reserve` bytes are kept for the signature.
Result<Prepared> render(const Document& document, const Fonts& fonts, std::size_t reserve = 8192);

}  // namespace refledger::pdf
