#include "render/pdf/face.h"

#include <hb-subset.h>

#include <array>
#include <cmath>
#include <cstdio>

#include "ledger/core/file.h"

namespace refledger::pdf {
namespace {

template <auto free>
struct FreeWith {
  template <class T>
  void operator()(T* handle) const {
    free(handle);
  }
};
using HbBlob = std::unique_ptr<hb_blob_t, FreeWith<hb_blob_destroy>>;
using HbBuffer = std::unique_ptr<hb_buffer_t, FreeWith<hb_buffer_destroy>>;
using HbSubset = std::unique_ptr<hb_subset_input_t, FreeWith<hb_subset_input_destroy>>;
using HbSubsetFace = std::unique_ptr<hb_face_t, FreeWith<hb_face_destroy>>;

constexpr std::size_t max_font = 32 << 20;
constexpr char32_t last_of_plane = 0xFFFF;  // libharu knows the Basic Multilingual Plane only

constexpr char32_t not_utf8 = 0xFFFD;

std::string code_point(char32_t character) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "U+%04X", static_cast<unsigned>(character));
  return text.data();
}

hb_script_t script_of(char32_t character) {
  return hb_unicode_script(hb_unicode_funcs_get_default(), character);
}

bool joins_any_script(hb_script_t script) {
  return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED;
}

// Runs of one script: kerning and mark positions are looked up by script.
std::vector<std::u32string> runs_of(const std::u32string& text) {
  std::vector<std::u32string> runs;
  hb_script_t current = HB_SCRIPT_COMMON;
  for (const char32_t character : text) {
    const hb_script_t script = script_of(character);
    const bool changes =
        !joins_any_script(script) && !joins_any_script(current) && script != current;
    if (runs.empty() || changes) runs.emplace_back();
    if (!joins_any_script(script)) current = script;
    runs.back() += character;
  }
  return runs;
}

HbBuffer buffer_of(const std::u32string& run) {
  HbBuffer buffer(hb_buffer_create());
  hb_buffer_set_cluster_level(buffer.get(), HB_BUFFER_CLUSTER_LEVEL_CHARACTERS);
  hb_buffer_add_utf32(buffer.get(), reinterpret_cast<const std::uint32_t*>(run.data()),
                      static_cast<int>(run.size()), 0, static_cast<int>(run.size()));
  hb_buffer_set_direction(buffer.get(), HB_DIRECTION_LTR);
  hb_buffer_guess_segment_properties(buffer.get());
  return buffer;
}

// The glyph drawn is found by its character, so nothing may be substituted.
std::array<hb_feature_t, 6> without_substitutions() {
  const auto off = [](hb_tag_t tag) {
    return hb_feature_t{tag, 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
  };
  return {off(HB_TAG('l', 'i', 'g', 'a')), off(HB_TAG('c', 'l', 'i', 'g')),
          off(HB_TAG('c', 'a', 'l', 't')), off(HB_TAG('c', 'c', 'm', 'p')),
          off(HB_TAG('l', 'o', 'c', 'l')), off(HB_TAG('r', 'l', 'i', 'g'))};
}

}  // namespace

Face::Face(HbFace face, HbFont font)
    : face_(std::move(face)),
      font_(std::move(font)),
      per_unit_(1000.0 / hb_face_get_upem(face_.get())) {}

Result<Face> Face::load(const std::filesystem::path& path) {
  const Result<Bytes> file = read_file(path, max_font);
  if (!file) return file.error();
  const HbBlob blob(hb_blob_create(reinterpret_cast<const char*>(file->data()),
                                   static_cast<unsigned>(file->size()), HB_MEMORY_MODE_DUPLICATE,
                                   nullptr, nullptr));
  HbFace face(hb_face_create(blob.get(), 0));
  const HbBlob outlines(hb_face_reference_table(face.get(), HB_TAG('g', 'l', 'y', 'f')));
  if (hb_face_get_glyph_count(face.get()) == 0 || hb_blob_get_length(outlines.get()) == 0) {
    return Error{Fault::malformed, "font " + path.filename().string() + ": not TrueType"};
  }
  hb_face_make_immutable(face.get());
  HbFont font(hb_font_create(face.get()));
  hb_font_make_immutable(font.get());
  return Face(std::move(face), std::move(font));
}

bool Face::shows(char32_t character) const {
  hb_codepoint_t glyph = 0;
  return character <= last_of_plane && character != not_utf8 &&
         hb_script_get_horizontal_direction(script_of(character)) != HB_DIRECTION_RTL &&
         hb_font_get_nominal_glyph(font_.get(), character, &glyph) != 0 && glyph != 0;
}

Result<void> Face::check(std::string_view text) const {
  for (const char32_t character : characters_of(text)) {
    if (!shows(character)) {
      return Error{Fault::refused, "font: no glyph for " + code_point(character)};
    }
  }
  return {};
}

double Face::width_of(char32_t character) const {
  hb_codepoint_t glyph = 0;
  hb_font_get_nominal_glyph(font_.get(), character, &glyph);
  return std::trunc(hb_font_get_glyph_h_advance(font_.get(), glyph) * per_unit_);
}

std::vector<Glyph> Face::unkerned(const std::u32string& run) const {
  std::vector<Glyph> glyphs;
  for (const char32_t character : run) {
    const double width = width_of(character);
    glyphs.push_back({character, width, width, 0, 0});
  }
  return glyphs;
}

std::vector<Glyph> Face::shape_run(const std::u32string& run) const {
  const HbBuffer buffer = buffer_of(run);
  const auto features = without_substitutions();
  hb_shape(font_.get(), buffer.get(), features.data(), features.size());
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer.get(), &count);
  std::vector<Glyph> glyphs = unkerned(run);
  if (count != run.size()) return glyphs;
  for (std::size_t at = 0; at < run.size(); ++at) {
    hb_codepoint_t nominal = 0;
    hb_font_get_nominal_glyph(font_.get(), run[at], &nominal);
    // Another glyph, or another order, than the characters': set them as they are.
    if (infos[at].codepoint != nominal || infos[at].cluster != at) return unkerned(run);
    glyphs[at].advance = positions[at].x_advance * per_unit_;
    glyphs[at].shift_x = positions[at].x_offset * per_unit_;
    glyphs[at].shift_y = positions[at].y_offset * per_unit_;
  }
  return glyphs;
}

std::vector<Glyph> Face::shape(std::string_view text) const {
  std::vector<Glyph> glyphs;
  for (const std::u32string& run : runs_of(characters_of(text))) {
    const std::vector<Glyph> shaped = shape_run(run);
    glyphs.insert(glyphs.end(), shaped.begin(), shaped.end());
  }
  return glyphs;
}

Result<Bytes> Face::subset(const std::set<char32_t>& characters) const {
  const HbSubset input(hb_subset_input_create_or_fail());
  if (!input) return Error{Fault::malformed, "font: cannot be cut down"};
  for (const char32_t character : characters) {
    hb_set_add(hb_subset_input_unicode_set(input.get()), character);
  }
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING);
  hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const char* tag : {"GSUB", "GPOS", "GDEF", "kern", "STAT", "DSIG", "MATH"}) {
    hb_set_add(dropped, hb_tag_from_string(tag, 4));
  }
  const HbSubsetFace face(hb_subset_or_fail(face_.get(), input.get()));
  if (!face) return Error{Fault::malformed, "font: cannot be cut down"};
  const HbBlob blob(hb_face_reference_blob(face.get()));
  unsigned length = 0;
  const char* data = hb_blob_get_data(blob.get(), &length);
  return Bytes(data, data + length);
}

std::u32string characters_of(std::string_view utf8) {
  const HbBuffer buffer(hb_buffer_create());
  hb_buffer_set_replacement_codepoint(buffer.get(), not_utf8);
  hb_buffer_add_utf8(buffer.get(), utf8.data(), static_cast<int>(utf8.size()), 0,
                     static_cast<int>(utf8.size()));
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  std::u32string characters;
  for (unsigned at = 0; at < count; ++at) characters += static_cast<char32_t>(infos[at].codepoint);
  return characters;
}

double width_at(const std::vector<Glyph>& glyphs, double size) {
  double width = 0;
  for (const Glyph& glyph : glyphs) width += glyph.advance;
  return width * size / 1000;
}

}  // namespace refledger::pdf
