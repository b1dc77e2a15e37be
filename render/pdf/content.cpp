#include "render/pdf/content.h"

#include <cmath>
#include <cstdio>

namespace refledger::pdf {
namespace {

// Kerning below this many thousandths of an em cannot be seen; rounding of widths is below it.
constexpr double least_adjustment = 3;

std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", value);
  std::string trimmed = text.data();
  trimmed.erase(trimmed.find_last_not_of('0') + 1);
  if (trimmed.ends_with('.')) trimmed.pop_back();
  return trimmed == "-0" ? "0" : trimmed;
}

std::string colour(const Colour& fill) {
  return number(fill.red) + " " + number(fill.green) + " " + number(fill.blue) + " rg\n";
}

std::string rectangle(const Box& box) {
  return number(box.left) + " " + number(box.bottom) + " " + number(box.width) + " " +
         number(box.height) + " re\n";
}

// libharu addresses glyphs by their UTF-16 code unit.
std::string code(char32_t character) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%04X", static_cast<unsigned>(character));
  return text.data();
}

// The elements of a TJ array.  Numbers there move left, in thousandths of the font size.
class ShownText {
 public:
  explicit ShownText(double size) : size_(size) {}

  void add(const Glyph& glyph) {
    pending_ -= glyph.shift_x;
    raise(glyph.shift_y);
    move();
    hex_ += code(glyph.character);
    pending_ += glyph.width - glyph.advance + glyph.shift_x;
  }
  std::string take() {
    raise(0);
    close();
    flush();
    return std::move(operators_);
  }

 private:
  // Only before a glyph: two numbers never follow each other.
  void move() {
    if (std::abs(pending_) < least_adjustment) return;
    close();
    array_ += number(std::round(pending_));
    pending_ -= std::round(pending_);
  }
  void close() {
    if (!hex_.empty()) array_ += "<" + hex_ + ">";
    hex_.clear();
  }
  void raise(double shift) {
    if (shift == raised_) return;
    close();
    flush();
    operators_ += number(shift * size_ / 1000) + " Ts\n";
    raised_ = shift;
  }
  void flush() {
    if (!array_.empty()) operators_ += "[" + array_ + "] TJ\n";
    array_.clear();
  }

  double size_;
  double pending_ = 0;
  double raised_ = 0;
  std::string hex_;
  std::string array_;
  std::string operators_;
};

std::string shown(const Run& run, const Faces& faces, const ResourceNames& names) {
  ShownText text(run.size);
  for (const Glyph& glyph : faces.at(run.style).shape(run.text)) text.add(glyph);
  return "BT\n" + colour(run.colour) + "/" + names.fonts.at(run.style) + " " + number(run.size) +
         " Tf\n" + number(run.x) + " " + number(run.y) + " Td\n" + text.take() + "ET\n";
}

std::string logo(const Box& box, const std::string& name) {
  return "q\n" + number(box.width) + " 0 0 " + number(box.height) + " " + number(box.left) + " " +
         number(box.bottom) + " cm\n/" + name + " Do\nQ\n";
}

std::string qr_code(const std::vector<Box>& modules) {
  std::string operators = "0 0 0 rg\n";
  for (const Box& dark : modules) operators += rectangle(dark);
  return operators + "f\n";
}

const char* tag_of(Part part) {
  switch (part) {
    case Part::heading:
      return "H1";
    case Part::paragraph:
      return "P";
    case Part::logo:
    case Part::qr_code:
      return "Figure";
  }
  std::abort();
}

std::string drawn(const Block& block, const Page& page, const Faces& faces,
                  const ResourceNames& names) {
  if (block.part == Part::logo) return logo(block.box, names.logo);
  if (block.part == Part::qr_code) return qr_code(page.modules);
  std::string operators;
  for (const Run& run : block.runs) operators += shown(run, faces, names);
  return operators;
}

}  // namespace

std::string content_stream(const Page& page, const Faces& faces, const ResourceNames& names) {
  std::string operators = "/Artifact BMC\n";
  for (const Rule& rule : page.rules) {
    operators += colour(rule.colour) + rectangle(rule.box) + "f\n";
  }
  operators += "EMC\n";
  for (std::size_t at = 0; at < page.blocks.size(); ++at) {
    const Block& block = page.blocks[at];
    operators += std::string("/") + tag_of(block.part) + " <</MCID " + std::to_string(at) +
                 ">> BDC\n" + drawn(block, page, faces, names) + "EMC\n";
  }
  return operators;
}

}  // namespace refledger::pdf
