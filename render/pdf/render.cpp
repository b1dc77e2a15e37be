// The way of a document: check, lay out, draw, complete.
#include "ledger/core/file.h"
#include "render/pdf/skeleton.h"
#include "render/pdf/structure.h"

namespace refledger::pdf {
namespace {

constexpr std::size_t max_profile = 1 << 20;
constexpr std::size_t max_attachment = 256 << 10;
constexpr std::size_t least_reserve = 16;
constexpr std::size_t most_reserve = 64 << 10;

Result<Faces> load_faces(const Fonts& fonts) {
  Faces faces;
  for (const auto& [style, path] :
       {std::pair{Style::regular, &fonts.regular}, std::pair{Style::bold, &fonts.bold},
        std::pair{Style::mono, &fonts.mono}}) {
    Result<Face> face = Face::load(*path);
    if (!face) return face.error();
    faces.emplace(style, std::move(*face));
  }
  return faces;
}

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
Result<void> check_characters(const Page& page, const Faces& faces) {
  for (const Block& block : page.blocks) {
    for (const Run& run : block.runs) {
      if (auto shown = faces.at(run.style).check(run.text); !shown) return shown.error();
    }
  }
  return {};
}

Result<std::optional<Picture>> read_logo(const Bytes& png) {
  if (png.empty()) return std::optional<Picture>();
  Result<Picture> picture = read_png(png);
  if (!picture) return picture.error();
  return std::optional<Picture>(std::move(*picture));
}

std::optional<ImageSize> size_of(const std::optional<Picture>& picture) {
  if (!picture) return std::nullopt;
  return ImageSize{static_cast<double>(picture->width), static_cast<double>(picture->height)};
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
  const Result<Bytes> profile = read_file(fonts.colour_profile, max_profile);
  if (!profile) return profile.error();
  const Result<Faces> faces = load_faces(fonts);
  if (!faces) return faces.error();
  const Result<std::optional<Picture>> logo = read_logo(document.letterhead.logo_png);
  if (!logo) return logo.error();
  const Result<Page> page = lay_out(document, *faces, size_of(*logo));
  if (!page) return page.error();
  if (auto checked = check_characters(*page, *faces); !checked) return checked.error();
  const Result<Bytes> drawn = skeleton(*page, *faces, *logo ? &**logo : nullptr);
  if (!drawn) return drawn.error();
  return with_structure(*drawn, *page, document, *profile, reserve);
}

}  // namespace refledger::pdf
