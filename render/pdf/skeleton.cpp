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

// libharu reports through a C callback, which must not throw.  It keeps the error in the document,
// where failed() finds it; there is nothing left to do here.
void keep_error(HPDF_STATUS, HPDF_STATUS, void*) {}

bool failed(const HpdfDocument& document) { return HPDF_GetError(document.get()) != HPDF_OK; }

// Subset names begin with six capitals and a plus sign (ISO 32000-1 §9.6.4).
char* subset_tag(Style style) {
  switch (style) {
    case Style::regular:
      return const_cast<char*>("RFLDGA");
    case Style::bold:
      return const_cast<char*>("RFLDGB");
    case Style::mono:
      return const_cast<char*>("RFLDGC");
  }
  std::abort();
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
  HPDF_TTFontDef_SetTagName(definition, subset_tag(style));
  return HPDF_GetFont(document.get(), definition->base_font, "UTF-8");
}

// Asking for a width is how libharu learns that a glyph is used.
void mark_used(HPDF_Font font, const std::set<char32_t>& characters) {
  for (const char32_t character : characters) {
    HPDF_Font_GetUnicodeWidth(font, static_cast<HPDF_UNICODE>(character));
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

}  // namespace

UsedCharacters used_characters(const Page& page) {
  UsedCharacters used;
  for (const Block& block : page.blocks) {
    for (const Run& run : block.runs) {
      const std::u32string characters = characters_of(run.text);
      used[run.style].insert(characters.begin(), characters.end());
    }
  }
  return used;
}

namespace {

Result<Bytes> draw(const Page& page, const Faces& faces, const Picture* logo,
                   const UsedCharacters& used) {
  const HpdfDocument document(HPDF_New(keep_error, nullptr));
  if (!document) return Error{Fault::malformed, "PDF: cannot be begun"};
  HPDF_SetCompressionMode(document.get(), HPDF_COMP_ALL);
  HPDF_UseUTFEncodings(document.get());
  HPDF_Page sheet = HPDF_AddPage(document.get());
  HPDF_Page_SetWidth(sheet, static_cast<HPDF_REAL>(page_width));
  HPDF_Page_SetHeight(sheet, static_cast<HPDF_REAL>(page_height));

  ResourceNames names;
  for (const auto& [style, characters] : used) {
    const Result<Bytes> font = faces.at(style).subset(characters);
    if (!font) return font.error();
    HPDF_Font loaded = load_font(document, *font, style);
    if (loaded == nullptr || failed(document)) {
      return Error{Fault::malformed, "font: cannot be embedded"};
    }
    mark_used(loaded, characters);
    names.fonts[style] = HPDF_Page_GetLocalFontName(sheet, loaded);
  }
  if (logo != nullptr) {
    HPDF_Image picture = HPDF_LoadRawImageFromMem(document.get(), logo->rgb.data(), logo->width,
                                                  logo->height, HPDF_CS_DEVICE_RGB, 8);
    if (picture == nullptr) return Error{Fault::malformed, "logo: cannot be embedded"};
    names.logo = HPDF_Page_GetXObjectName(sheet, picture);
  }
  const std::string operators = content_stream(page, faces, names);
  HPDF_Stream_Write(static_cast<HPDF_PageAttr>(sheet->attr)->stream,
                    reinterpret_cast<const HPDF_BYTE*>(operators.data()),
                    static_cast<HPDF_UINT>(operators.size()));
  if (failed(document)) return Error{Fault::malformed, "PDF: cannot be made"};
  return saved(document);
}

}  // namespace

// libharu 2.3 cannot seek to the end of a memory stream whose length is a multiple of 4096 bytes
// (HPDF_MemStream_SeekFunc), and does so when a font's tables come to such a length: about one
// document in seventy could not be written.  One more glyph makes another length.
Result<Bytes> skeleton(const Page& page, const Faces& faces, const Picture* logo) {
  UsedCharacters used = used_characters(page);
  Result<Bytes> drawn = draw(page, faces, logo, used);
  for (const char32_t more : {U'!', U'#', U'%'}) {
    if (drawn) break;
    for (auto& [style, characters] : used) characters.insert(more);
    drawn = draw(page, faces, logo, used);
  }
  return drawn;
}

}  // namespace refledger::pdf
