#include "render/pdf/codes.h"

namespace refledger::pdf {
namespace {

constexpr std::string_view hex_digits = "0123456789ABCDEF";

void append_hex(std::string& into, std::uint32_t unit) {
  for (int shift = 12; shift >= 0; shift -= 4) into += hex_digits[(unit >> shift) & 15];
}

void append_utf16(std::string& into, char32_t character) {
  if (character <= 0xFFFF) return append_hex(into, character);
  append_hex(into, 0xD7C0 + (character >> 10));
  append_hex(into, 0xDC00 + (character & 0x3FF));
}

}  // namespace

std::uint16_t Codes::of(const Glyph& glyph) const {
  std::uint16_t code = first_[glyph.id];
  while (code != 0 && texts_[code - 1] != glyph.text) code = next_[code - 1];
  return code;
}

std::uint16_t Codes::add(const Glyph& glyph) {
  if (const std::uint16_t known = of(glyph); known != 0) return known;
  next_.push_back(first_[glyph.id]);
  glyphs_.push_back(glyph.id);
  texts_.push_back(glyph.text);
  return first_[glyph.id] = static_cast<std::uint16_t>(glyphs_.size());
}

Result<CodesByStyle> codes_of(const Layout& layout, const Faces& faces) {
  CodesByStyle all;
  for (const Page& page : layout.pages) {
    for (const Mark& mark : page.marks) {
      for (const Run& run : mark.runs) {
        Codes& codes = all.try_emplace(run.style, faces.at(run.style).glyph_count()).first->second;
        for (const Glyph& glyph : run.glyphs) codes.add(glyph);
        // The last code is libharu's: it leaves the highest one out of its tables.
        if (codes.glyphs().size() + 1 >= Face::most_codes) {
          return Error{Fault::out_of_range, "text: too many different characters"};
        }
      }
    }
  }
  return all;
}

std::string unicode_map(const Codes& codes) {
  std::string map =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  constexpr std::size_t section = 100;  // entries at most
  const std::vector<std::u32string>& texts = codes.texts();
  for (std::size_t begin = 0; begin < texts.size(); begin += section) {
    const std::size_t end = std::min(begin + section, texts.size());
    map += std::to_string(end - begin) + " beginbfchar\n";
    for (std::size_t at = begin; at < end; ++at) {
      map += '<';
      append_hex(map, static_cast<std::uint32_t>(at + 1));
      map += "> <";
      for (const char32_t character : texts[at]) append_utf16(map, character);
      map += ">\n";
    }
    map += "endbfchar\n";
  }
  return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

}  // namespace refledger::pdf
