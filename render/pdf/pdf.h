// The page: a letter, a letterhead and a QR code as a PDF/A-3 file, prepared for one signature.
//
// Shape    One A4 page; PDF/A-3b with the tags of PDF/UA-1; one attachment; one empty signature.
// Units    Points (1/72 inch) from the page's lower left corner where not said otherwise.
// Errors   refused: a character that no embedded font can show, named as U+XXXX
//          malformed: a broken logo, colour, font or text; out_of_range: more than fits the page
//          storage: a font or colour profile that cannot be read
// Order    The same input gives the same bytes.
// Threads  Calls share nothing.
// Source   ISO 19005-3, ISO 14289-1; docs/pdf.md
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"
#include "render/letter/letter.h"

namespace refledger::pdf {

struct Letterhead {
  std::string name;
  std::vector<std::string> address_lines;  ///< at most 6
  std::vector<std::string> footer_lines;   ///< at most 3
  std::string accent = "1F4E79";           ///< RRGGBB
  Bytes logo_png;                          ///< may be empty; at most 1 MiB
};

struct QrBlock {
  std::string qr_text;   ///< what the QR code holds
  std::string address;   ///< "refs.example.com", printed as text
  std::string typed_id;  ///< grouped, with check symbol
  std::string typed_secret;
};

/// TrueType outlines (glyf), Latin, Greek and Cyrillic.  The defaults are where Debian's packages
/// fonts-noto-core, fonts-dejavu-core and icc-profiles-free put them.
struct Fonts {
  std::filesystem::path regular = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf";
  std::filesystem::path bold = "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf";
  std::filesystem::path mono = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf";
  std::filesystem::path colour_profile = "/usr/share/color/icc/sRGB.icc";
};

struct Attachment {
  std::string name;  ///< "reference.sd-jwt"
  std::string mime_type;
  std::string description;
  std::string content;
};

struct Document {
  letter::Letter letter;
  Letterhead letterhead;
  QrBlock qr;
  Attachment attachment;
  Date document_date;  ///< of the metadata too: the same input gives the same bytes
};

/// The bytes to sign: /ByteRange is final, /Contents is filled with zeros.
struct Prepared {
  Bytes file;
  std::size_t contents_begin = 0;  ///< offset of '<'
  std::size_t contents_end = 0;    ///< offset after '>'
};

/// `reserve` bytes are kept for the signature.
Result<Prepared> render(const Document& document, const Fonts& fonts, std::size_t reserve = 8192);

}  // namespace refledger::pdf
