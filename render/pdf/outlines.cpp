#include "render/pdf/outlines.h"

#include <hb-ot.h>
#include <hb-subset.h>

#include <array>
#include <string>

#include "render/pdf/face.h"

namespace refledger::pdf {
namespace {

using HbFacePtr = std::unique_ptr<hb_face_t, FreeWith<hb_face_destroy>>;
using HbInput = std::unique_ptr<hb_subset_input_t, FreeWith<hb_subset_input_destroy>>;
using HbPlan = std::unique_ptr<hb_subset_plan_t, FreeWith<hb_subset_plan_destroy>>;

constexpr std::array<hb_tag_t, 7> kept_tables{
    HB_TAG('O', 'S', '/', '2'), HB_TAG('g', 'l', 'y', 'f'), HB_TAG('h', 'e', 'a', 'd'),
    HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'), HB_TAG('l', 'o', 'c', 'a'),
    HB_TAG('m', 'a', 'x', 'p')};

class Table {
 public:
  Table& u16(std::size_t value) {
    bytes_.push_back(static_cast<char>(value >> 8));
    bytes_.push_back(static_cast<char>(value));
    return *this;
  }
  Table& text(std::string_view text) {
    bytes_ += text;
    return *this;
  }
  Table& zeros(std::size_t count) {
    bytes_.append(count, '\0');
    return *this;
  }
  void add_to(hb_face_t* builder, hb_tag_t tag) const {
    const HbBlob blob(hb_blob_create(bytes_.data(), static_cast<unsigned>(bytes_.size()),
                                     HB_MEMORY_MODE_DUPLICATE, nullptr, nullptr));
    hb_face_builder_add_table(builder, tag, blob.get());
  }

 private:
  std::string bytes_;
};

void copy_tables(hb_face_t* from, hb_face_t* builder) {
  for (const hb_tag_t tag : kept_tables) {
    const HbBlob table(hb_face_reference_table(from, tag));
    hb_face_builder_add_table(builder, tag, table.get());
  }
}

// Only letters, digits and hyphens: it becomes a PDF name.
std::string postscript_name(hb_face_t* face) {
  std::array<char, 64> raw{};
  unsigned size = raw.size();
  hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, raw.data());
  std::string name(raw.data());
  std::erase_if(name, [](char letter) {
    return !(letter >= 'a' && letter <= 'z') && !(letter >= 'A' && letter <= 'Z') &&
           !(letter >= '0' && letter <= '9') && letter != '-';
  });
  return name.empty() ? "Font" : name;
}

std::string utf16(std::string_view ascii) {
  std::string wide;
  for (const char letter : ascii) {
    wide += '\0';
    wide += letter;
  }
  return wide;
}

// Subfamily and PostScript name, for Windows, in English.  "Regular" keeps libharu from adding the
// style to a name that has it.
void add_names(hb_face_t* builder, std::string_view name, std::size_t padding) {
  const std::string subfamily = utf16("Regular");
  const std::string postscript = utf16(name);
  Table table;
  table.u16(0).u16(2).u16(6 + 2 * 12);
  table.u16(3).u16(1).u16(0x409).u16(2).u16(subfamily.size()).u16(0);
  table.u16(3).u16(1).u16(0x409).u16(6).u16(postscript.size()).u16(subfamily.size());
  table.text(subfamily).text(postscript).zeros(padding);
  table.add_to(builder, HB_TAG('n', 'a', 'm', 'e'));
}

void add_codes(hb_face_t* builder, std::span<const std::uint32_t> glyphs) {
  const std::size_t count = glyphs.size();
  Table table;
  table.u16(0).u16(1).u16(3).u16(1).u16(0).u16(12);     // one table, Windows, Unicode
  table.u16(4).u16(32 + 2 * count).u16(0);              // format 4
  table.u16(4).u16(4).u16(1).u16(0);                    // two segments
  table.u16(Face::first_code + count - 1).u16(0xFFFF);  // their ends
  table.u16(0).u16(Face::first_code).u16(0xFFFF);       // their beginnings
  table.u16(0).u16(1).u16(4).u16(0);                    // by the list that follows; to glyph 0
  for (const std::uint32_t glyph : glyphs) table.u16(glyph);
  table.add_to(builder, HB_TAG('c', 'm', 'a', 'p'));
}

HbInput input_for(hb_subset_flags_t flags) {
  HbInput input(hb_subset_input_create_or_fail());
  if (input) hb_subset_input_set_flags(input.get(), flags);
  return input;
}

}  // namespace

hb_face_t* outlines_of(hb_face_t* face) {
  const HbBlob glyf(hb_face_reference_table(face, HB_TAG('g', 'l', 'y', 'f')));
  const unsigned count = hb_face_get_glyph_count(face);
  if (count == 0 || count > 0xFFFF || hb_blob_get_length(glyf.get()) == 0) return nullptr;
  const HbFacePtr bare(hb_face_builder_create());
  copy_tables(face, bare.get());
  const HbInput input = input_for(
      static_cast<hb_subset_flags_t>(HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_RETAIN_GIDS));
  if (!input) return nullptr;
  hb_set_add_range(hb_subset_input_glyph_set(input.get()), 0, count - 1);
  const HbFacePtr plain(hb_subset_or_fail(bare.get(), input.get()));
  if (!plain) return nullptr;
  const HbFacePtr named(hb_face_builder_create());
  copy_tables(plain.get(), named.get());
  add_names(named.get(), postscript_name(face), 0);
  const HbBlob file(hb_face_reference_blob(named.get()));
  return hb_face_create(file.get(), 0);
}

Result<Bytes> cut_down(hb_face_t* outlines, std::span<const std::uint32_t> glyphs,
                       std::size_t padding) {
  const Error failed{Fault::malformed, "font: cannot be cut down"};
  const HbInput input = input_for(HB_SUBSET_FLAGS_NO_HINTING);
  if (!input || glyphs.empty() || glyphs.size() > Face::most_codes) return failed;
  for (const std::uint32_t glyph : glyphs)
    hb_set_add(hb_subset_input_glyph_set(input.get()), glyph);
  const HbPlan plan(hb_subset_plan_create_or_fail(outlines, input.get()));
  if (!plan) return failed;
  const HbFacePtr smaller(hb_subset_plan_execute_or_fail(plan.get()));
  if (!smaller) return failed;

  const hb_map_t* renumbered = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
  std::vector<std::uint32_t> numbers;
  for (const std::uint32_t glyph : glyphs) numbers.push_back(hb_map_get(renumbered, glyph));
  const HbFacePtr builder(hb_face_builder_create());
  copy_tables(smaller.get(), builder.get());
  add_names(builder.get(), postscript_name(outlines), padding);
  add_codes(builder.get(), numbers);
  const HbBlob blob(hb_face_reference_blob(builder.get()));
  unsigned length = 0;
  const char* data = hb_blob_get_data(blob.get(), &length);
  return Bytes(data, data + length);
}

}  // namespace refledger::pdf
