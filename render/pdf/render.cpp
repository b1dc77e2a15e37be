// The way of a document: lay out, check, draw, complete.
#include <algorithm>

#include "render/pdf/layout.h"
#include "render/pdf/skeleton.h"
#include "render/pdf/structure.h"

namespace refledger::pdf {
namespace {

constexpr std::size_t max_attachment = 256 << 10;
constexpr std::size_t least_reserve = 16;
constexpr std::size_t most_reserve = 64 << 10;

Result<void> check_attachment(const Attachment& attachment) {
  const auto is_plain = [](char letter) { return letter > ' ' && letter < 0x7F; };
  if (attachment.name.empty() || attachment.mime_type.empty() ||
      !std::all_of(attachment.name.begin(), attachment.name.end(), is_plain) ||
      !std::all_of(attachment.mime_type.begin(), attachment.mime_type.end(), is_plain)) {
    return Error{Fault::malformed, "attachment: name or type is not plain ASCII"};
  }
  if (attachment.content.size() > max_attachment) {
    return Error{Fault::out_of_range, "attachment: too large"};
  }
  return {};
}

// Before anything is drawn: libharu would leave a hole where a glyph is missing.
Result<void> check_characters(const Layout& layout) {
  for (const Page& page : layout.pages) {
    for (const Mark& mark : page.marks) {
      for (const Run& run : mark.runs) {
        if (auto shown = check_shown(run.glyphs); !shown) return shown.error();
      }
    }
  }
  return {};
}

}  // namespace

Result<Prepared> render(const Document& document, const Fonts& fonts, std::size_t reserve) {
  if (reserve < least_reserve || reserve > most_reserve) {
    return Error{Fault::out_of_range, "signature reserve: not 16 bytes to 64 KiB"};
  }
  if (!document.document_date.ok()) {
    return Error{Fault::malformed, "document_date: no such date"};
  }
  if (auto checked = check_attachment(document.attachment); !checked) return checked.error();
  const Result<Layout> layout = lay_out(document, fonts.state());
  if (!layout) return layout.error();
  if (auto checked = check_characters(*layout); !checked) return checked.error();
  const Result<CodesByStyle> codes = codes_of(*layout, fonts.state().faces);
  if (!codes) return codes.error();
  const Result<Bytes> drawn = skeleton(*layout, *codes, fonts.state().faces);
  if (!drawn) return drawn.error();
  return with_structure(*drawn, *layout, *codes, document, fonts.state(), reserve);
}

}  // namespace refledger::pdf
