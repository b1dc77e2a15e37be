#include "render/pdf/skeleton.h"

#include <hpdf.h>
#include <hpdf_fontdef.h>

#include <type_traits>

#include "render/pdf/content.h"

namespace refledger::pdf {
namespace {

struct FreeDocument {
  void operator()(HPDF_Doc document) const { HPDF_Free(document); }
};
using HpdfDocument = std::unique_ptr<std::remove_pointer_t<HPDF_Doc>, FreeDocument>;

constexpr const char* encoding_name = "refledger";

// libharu reports through a C callback, which must not throw.  It keeps the error in the document,
// where failed() finds it; there is nothing left to do here.
void keep_error(HPDF_STATUS, HPDF_STATUS, void*) {}

bool failed(const HpdfDocument& document) { return HPDF_GetError(document.get()) != HPDF_OK; }

// An encoding of our own spares libharu's scan over the whole Basic Multilingual Plane: code n is
// the font's character first_code + n - 1, up to the highest code of the document.
HPDF_STATUS begin_encoding(HPDF_Encoder encoder) {
  if (HPDF_CMapEncoder_InitAttr(encoder) != HPDF_OK) return encoder->error->error_no;
  auto* codes = static_cast<HPDF_CMapEncoderAttr>(encoder->attr);
  std::string_view("Adobe").copy(codes->registry, sizeof codes->registry - 1);
  std::string_view("Identity-H").copy(codes->ordering, sizeof codes->ordering - 1);
  encoder->type = HPDF_ENCODER_TYPE_DOUBLE_BYTE;
  return HPDF_OK;
}

// One more than the highest code: libharu leaves its last one out of widths and glyph numbers.
bool add_encoding(const HpdfDocument& document, std::size_t highest) {
  // libharu's signature lacks a const; it copies the name.
  HPDF_Encoder encoder =
      HPDF_CMapEncoder_New(document->mmgr, const_cast<char*>(encoding_name), begin_encoding);
  if (encoder == nullptr) return false;
  if (HPDF_Doc_RegisterEncoder(document.get(), encoder) != HPDF_OK) return false;
  if (HPDF_GetEncoder(document.get(), encoding_name) != encoder) return false;
  auto* codes = static_cast<HPDF_CMapEncoderAttr>(encoder->attr);
  for (std::size_t code = 1; code <= highest + 1; ++code) {
    codes->cid_map[code >> 8][code & 0xFF] = static_cast<HPDF_UINT16>(code);
    codes->unicode_map[code >> 8][code & 0xFF] =
        static_cast<HPDF_UNICODE>(Face::first_code + code - 1);
  }
  return true;
}

// libharu loads fonts from a path only, but its parts can do it from memory.
HPDF_Font load_font(const HpdfDocument& document, const Bytes& font, Style style) {
  HPDF_Stream stream = HPDF_MemStream_New(document->mmgr, static_cast<HPDF_UINT>(font.size()) + 1);
  if (stream == nullptr) return nullptr;
  HPDF_Stream_Write(stream, font.data(), static_cast<HPDF_UINT>(font.size()));
  HPDF_Stream_Seek(stream, 0, HPDF_SEEK_SET);
  // From here on the stream is the definition's, also when loading fails.
  HPDF_FontDef definition = HPDF_TTFontDef_Load(document->mmgr, stream, HPDF_TRUE);
  if (definition == nullptr) return nullptr;
  if (HPDF_Doc_RegisterFontDef(document.get(), definition) != HPDF_OK) return nullptr;
  HPDF_TTFontDef_SetTagName(definition, const_cast<char*>(subset_tag(style)));
  return HPDF_GetFont(document.get(), definition->base_font, encoding_name);
}

// Asking for a width is how libharu learns that a glyph is used.
void mark_used(HPDF_Font font, std::size_t codes) {
  for (std::size_t at = 0; at < codes; ++at) {
    HPDF_Font_GetUnicodeWidth(font, static_cast<HPDF_UNICODE>(Face::first_code + at));
  }
}

Result<Bytes> saved(const HpdfDocument& document) {
  HPDF_SaveToStream(document.get());
  if (failed(document)) return Error{Fault::malformed, "PDF: cannot be written"};
  Bytes file(HPDF_GetStreamSize(document.get()));
  HPDF_UINT32 length = static_cast<HPDF_UINT32>(file.size());
  HPDF_ReadFromStream(document.get(), file.data(), &length);
  file.resize(length);
  return file;
}

class Skeleton {
 public:
  Skeleton(const Layout& layout, const CodesByStyle& codes, const Faces& faces)
      : layout_(layout), codes_(codes), faces_(faces), document_(HPDF_New(keep_error, nullptr)) {}

  Result<Bytes> draw(std::size_t padding) {
    if (!document_) return Error{Fault::malformed, "PDF: cannot be begun"};
    HPDF_SetCompressionMode(document_.get(), HPDF_COMP_NONE);  // packed later, faster
    if (auto loaded = load_fonts(padding); !loaded) return loaded.error();
    for (const Page& page : layout_.pages) add_page(page);
    if (failed(document_)) return Error{Fault::malformed, "PDF: cannot be made"};
    return saved(document_);
  }

 private:
  Result<void> load_fonts(std::size_t padding) {
    std::size_t highest = 0;
    for (const auto& [style, codes] : codes_) highest = std::max(highest, codes.glyphs().size());
    if (!add_encoding(document_, highest)) return Error{Fault::malformed, "PDF: no encoding"};
    for (const auto& [style, codes] : codes_) {
      const Result<Bytes> font = faces_.at(style).subset(codes.glyphs(), padding);
      if (!font) return font.error();
      HPDF_Font loaded = load_font(document_, *font, style);
      if (loaded == nullptr || failed(document_)) {
        return Error{Fault::malformed, "font: cannot be embedded"};
      }
      mark_used(loaded, codes.glyphs().size());
      fonts_[style] = loaded;
    }
    return {};
  }

  void add_page(const Page& page) {
    HPDF_Page sheet = HPDF_AddPage(document_.get());
    HPDF_Page_SetWidth(sheet, static_cast<HPDF_REAL>(page_width));
    HPDF_Page_SetHeight(sheet, static_cast<HPDF_REAL>(page_height));
    FontNames names;
    for (const auto& [style, font] : fonts_) {
      names[style] = HPDF_Page_GetLocalFontName(sheet, font);
    }
    const std::string operators = content_stream(page, layout_, codes_, names);
    HPDF_Stream_Write(static_cast<HPDF_PageAttr>(sheet->attr)->stream,
                      reinterpret_cast<const HPDF_BYTE*>(operators.data()),
                      static_cast<HPDF_UINT>(operators.size()));
  }

  const Layout& layout_;
  const CodesByStyle& codes_;
  const Faces& faces_;
  HpdfDocument document_;
  std::map<Style, HPDF_Font> fonts_;
};

}  // namespace

const char* subset_tag(Style style) {
  switch (style) {
    case Style::regular:
      return "RFLDGA";
    case Style::bold:
      return "RFLDGB";
    case Style::mono:
      return "RFLDGC";
  }
  std::abort();
}

// libharu 2.3 cannot seek to the end of a memory stream whose length is a multiple of 4096 bytes
// (HPDF_MemStream_SeekFunc), and does so when a font's tables come to such a length: about one
// document in seventy could not be written.  A longer name table makes another length.
Result<Bytes> skeleton(const Layout& layout, const CodesByStyle& codes, const Faces& faces) {
  Result<Bytes> drawn = Skeleton(layout, codes, faces).draw(0);
  for (const std::size_t padding : {4u, 8u, 12u}) {
    if (drawn) break;
    drawn = Skeleton(layout, codes, faces).draw(padding);
  }
  return drawn;
}

}  // namespace refledger::pdf
