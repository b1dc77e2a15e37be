#include "render/pdf/face.h"

#include <hb-ot.h>

#include <array>
#include <cmath>
#include <cstdio>

#include "ledger/core/file.h"
#include "render/pdf/outlines.h"

namespace refledger::pdf {
namespace {

constexpr std::size_t max_font = 32 << 20;
constexpr char32_t not_utf8 = 0xFFFD;

hb_script_t script_of(char32_t character) {
  return hb_unicode_script(hb_unicode_funcs_get_default(), character);
}

bool joins_any_script(hb_script_t script) {
  return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED;
}

// Letters, marks, numbers, punctuation, symbols and spaces.
bool can_be_seen(char32_t character) {
  const hb_unicode_general_category_t category =
      hb_unicode_general_category(hb_unicode_funcs_get_default(), character);
  return category > HB_UNICODE_GENERAL_CATEGORY_SURROGATE &&
         category != HB_UNICODE_GENERAL_CATEGORY_LINE_SEPARATOR &&
         category != HB_UNICODE_GENERAL_CATEGORY_PARAGRAPH_SEPARATOR && character != not_utf8;
}

// The end of the run that begins at `begin`: kerning and marks are looked up by script.
std::size_t run_end(std::u32string_view text, std::size_t begin) {
  hb_script_t current = HB_SCRIPT_COMMON;
  for (std::size_t at = begin; at < text.size(); ++at) {
    const hb_script_t script = script_of(text[at]);
    if (joins_any_script(script)) continue;
    if (!joins_any_script(current) && script != current) return at;
    current = script;
  }
  return text.size();
}

hb_script_t script_of(std::u32string_view run) {
  for (const char32_t character : run) {
    if (const hb_script_t script = script_of(character); !joins_any_script(script)) return script;
  }
  return HB_SCRIPT_LATIN;
}

// No language is set: the machine's own must not decide what a document looks like.
HbBuffer buffer_of(std::u32string_view run) {
  HbBuffer buffer(hb_buffer_create());
  hb_buffer_set_cluster_level(buffer.get(), HB_BUFFER_CLUSTER_LEVEL_CHARACTERS);
  hb_buffer_add_utf32(buffer.get(), reinterpret_cast<const std::uint32_t*>(run.data()),
                      static_cast<int>(run.size()), 0, static_cast<int>(run.size()));
  hb_buffer_set_direction(buffer.get(), HB_DIRECTION_LTR);
  hb_buffer_set_script(buffer.get(), script_of(run));
  return buffer;
}

constexpr std::array<hb_feature_t, 3> no_ligatures{{
    {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
    {HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
    {HB_TAG('c', 'a', 'l', 't'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
}};

std::string code_point(char32_t character) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "U+%04X", static_cast<unsigned>(character));
  return text.data();
}

}  // namespace

Face::Face(HbFace whole, HbFace outlines, HbFont font)
    : whole_(std::move(whole)),
      outlines_(std::move(outlines)),
      font_(std::move(font)),
      per_unit_(1000.0 / hb_face_get_upem(whole_.get())) {}

Result<Face> Face::load(const std::filesystem::path& path) {
  const Result<Bytes> file = read_file(path, max_font);
  if (!file) return file.error();
  const HbBlob blob(hb_blob_create(reinterpret_cast<const char*>(file->data()),
                                   static_cast<unsigned>(file->size()), HB_MEMORY_MODE_DUPLICATE,
                                   nullptr, nullptr));
  HbFace whole(hb_face_create(blob.get(), 0));
  HbFace outlines(outlines_of(whole.get()));
  if (!outlines) {
    return Error{Fault::malformed, "font " + path.filename().string() + ": not TrueType"};
  }
  hb_face_make_immutable(whole.get());
  hb_face_make_immutable(outlines.get());
  HbFont font(hb_font_create(whole.get()));
  hb_font_make_immutable(font.get());
  return Face(std::move(whole), std::move(outlines), std::move(font));
}

bool Face::shows(char32_t character) const {
  hb_codepoint_t glyph = 0;
  return can_be_seen(character) &&
         hb_script_get_horizontal_direction(script_of(character)) != HB_DIRECTION_RTL &&
         hb_font_get_nominal_glyph(font_.get(), character, &glyph) != 0 && glyph != 0;
}

// Clusters are characters here, so a glyph stands for those up to the next glyph's.  Where one
// character becomes several glyphs, they could not be told apart in extracted text: not shown.
void Face::shape_run(std::u32string_view run, Glyphs& into) const {
  const HbBuffer buffer = buffer_of(run);
  hb_shape(font_.get(), buffer.get(), no_ligatures.data(), no_ligatures.size());
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer.get(), &count);
  for (unsigned at = 0; at < count; ++at) {
    const std::size_t begin = infos[at].cluster;
    std::size_t end = at + 1 < count ? infos[at + 1].cluster : run.size();
    bool shown = begin < end;
    if (!shown) end = begin + 1;
    const bool plain = end == begin + 1 && run[begin] >= ' ' && run[begin] <= '~';
    if (plain) {  // which is most of a letter, and needs no asking
      shown = shown && infos[at].codepoint != 0;
    } else {
      for (const char32_t character : run.substr(begin, end - begin)) {
        shown = shown && shows(character);
      }
    }
    Glyph& glyph = into.emplace_back();
    glyph.id = shown ? infos[at].codepoint : 0;
    glyph.text = run.substr(begin, end - begin);
    // As libharu works it out, so that both agree.
    glyph.width =
        std::trunc(hb_font_get_glyph_h_advance(font_.get(), infos[at].codepoint) * per_unit_);
    glyph.advance = positions[at].x_advance * per_unit_;
    glyph.shift_x = positions[at].x_offset * per_unit_;
    glyph.shift_y = positions[at].y_offset * per_unit_;
  }
}

Glyphs Face::shape(std::string_view utf8) const { return shape(characters_of(utf8)); }

Glyphs Face::shape(std::u32string_view text) const {
  Glyphs glyphs;
  glyphs.reserve(text.size());
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = run_end(text, begin);
    shape_run(text.substr(begin, end - begin), glyphs);
    begin = end;
  }
  return glyphs;
}

Result<Bytes> Face::subset(std::span<const std::uint32_t> glyphs, std::size_t padding) const {
  return cut_down(outlines_.get(), glyphs, padding);
}

std::uint32_t Face::glyph_count() const { return hb_face_get_glyph_count(whole_.get()); }

Proportions Face::proportions() const {
  const auto metric = [this](hb_ot_metrics_tag_t tag) {
    hb_position_t value = 0;
    hb_ot_metrics_get_position_with_fallback(font_.get(), tag, &value);
    return static_cast<int>(value * per_unit_);
  };
  return {metric(HB_OT_METRICS_TAG_CAP_HEIGHT), metric(HB_OT_METRICS_TAG_X_HEIGHT)};
}

std::u32string characters_of(std::string_view utf8) {
  const HbBuffer buffer(hb_buffer_create());
  hb_buffer_set_replacement_codepoint(buffer.get(), not_utf8);
  hb_buffer_add_utf8(buffer.get(), utf8.data(), static_cast<int>(utf8.size()), 0,
                     static_cast<int>(utf8.size()));
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  std::u32string characters(count, U'\0');
  for (unsigned at = 0; at < count; ++at) {
    characters[at] = static_cast<char32_t>(infos[at].codepoint);
  }
  return characters;
}

Result<void> check_shown(const Glyphs& glyphs) {
  for (const Glyph& glyph : glyphs) {
    if (glyph.id != 0) continue;
    return Error{Fault::refused, "font: no glyph for " + code_point(glyph.text.front())};
  }
  return {};
}

double width_at(std::span<const Glyph> glyphs, double size) {
  double width = 0;
  for (const Glyph& glyph : glyphs) width += glyph.advance;
  return width * size / 1000;
}

}  // namespace refledger::pdf
