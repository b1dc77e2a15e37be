#include "render/pdf/content.h"

#include <charconv>
#include <cmath>

namespace refledger::pdf {
namespace {

// Kerning below this many thousandths of an em cannot be seen; rounding of widths is below it.
constexpr double least_adjustment = 3;

class Operators {
 public:
  Operators() { out_.reserve(16 << 10); }

  Operators& word(std::string_view text) {
    out_ += text;
    return *this;
  }
  Operators& integer(long value) {
    std::array<char, 24> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    out_.append(text.data(), end);
    return *this;
  }
  /// Three decimals at most.
  Operators& number(double value) {
    const long thousandths = std::lround(value * 1000);
    const long whole = std::abs(thousandths) / 1000;
    const long part = std::abs(thousandths) % 1000;
    if (thousandths < 0) out_ += '-';
    integer(whole);
    if (part == 0) return *this;
    out_ += '.';
    for (long digit = 100, rest = part; rest > 0; rest %= digit, digit /= 10) {
      out_ += static_cast<char>('0' + rest / digit);
    }
    return *this;
  }
  Operators& numbers(std::initializer_list<double> values) {
    for (const double value : values) number(value).word(" ");
    return *this;
  }
  Operators& fill(const Colour& colour) {
    return numbers({colour.red, colour.green, colour.blue}).word("rg\n");
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

// The elements of a TJ array.  Numbers there move left, in thousandths of the font size.  Codes are
// two bytes; as a literal string they take half the room of a hexadecimal one.
class ShownText {
 public:
  ShownText(Operators& out, double size) : out_(out), size_(size) {}

  void add(std::uint16_t code, const Glyph& glyph) {
    pending_ -= glyph.shift_x;
    raise(glyph.shift_y);
    move();
    byte(static_cast<char>(code >> 8));
    byte(static_cast<char>(code & 0xFF));
    pending_ += glyph.width - glyph.advance + glyph.shift_x;
  }
  void finish() {
    flush();
    if (raised_ != 0) out_.word("0 Ts\n");
  }

 private:
  void byte(char value) {
    if (!in_array_) out_.word("[");
    if (!in_string_) out_.word("(");
    in_array_ = in_string_ = true;
    switch (value) {
      case '(':
      case ')':
      case '\\':
        out_.word("\\").word({&value, 1});
        break;
      case '\r':  // a reader may take it for a line feed
        out_.word("\\r");
        break;
      default:
        out_.word({&value, 1});
    }
  }
  void close() {
    if (in_string_) out_.word(")");
    in_string_ = false;
  }
  // Only before a glyph: two numbers never follow each other.
  void move() {
    if (std::abs(pending_) < least_adjustment) return;
    close();
    if (!in_array_) out_.word("[");
    in_array_ = true;
    const double rounded = std::round(pending_);
    out_.number(rounded);
    pending_ -= rounded;
  }
  void raise(double shift) {
    if (shift == raised_) return;
    flush();
    out_.number(shift * size_ / 1000).word(" Ts\n");
    raised_ = shift;
  }
  void flush() {
    close();
    if (in_array_) out_.word("]TJ\n");
    in_array_ = false;
  }

  Operators& out_;
  double size_;
  double pending_ = 0;
  double raised_ = 0;
  bool in_array_ = false;
  bool in_string_ = false;
};

class Drawing {
 public:
  Drawing(const Layout& layout, const CodesByStyle& codes, const FontNames& names)
      : layout_(layout), codes_(codes), names_(names) {}

  std::string page(const Page& page) {
    long number = 0;
    for (const Mark& mark : page.marks) {
      begin(mark, number);
      if (mark.logo) logo(*mark.logo);
      for (const Rule& rule : mark.rules) this->rule(rule);
      if (mark.qr) qr_code(*mark.qr);
      text(mark.runs);
      out_.word("EMC\n");
      if (mark.artifact == Artifact::none) ++number;
    }
    return out_.take();
  }

 private:
  void begin(const Mark& mark, long number) {
    switch (mark.artifact) {
      case Artifact::none:
        out_.word(name_of(layout_.elements[mark.element].tag)).word(" <</MCID ").integer(number);
        break;
      case Artifact::layout:
        out_.word("/Artifact <</Type/Layout");
        break;
      case Artifact::header:
        out_.word("/Artifact <</Type/Pagination/Subtype/Header");
        break;
      case Artifact::footer:
        out_.word("/Artifact <</Type/Pagination/Subtype/Footer");
        break;
      case Artifact::watermark:
        out_.word("/Artifact <</Type/Pagination/Subtype/Watermark");
        break;
    }
    out_.word(">>BDC\n");
  }
  void logo(const Box& box) {
    out_.word("q\n").numbers({box.width, 0, 0, box.height, box.left, box.bottom}).word("cm\n");
    out_.word(logo_name).word(" Do\nQ\n");
  }
  void rule(const Rule& rule) {
    const Box& box = rule.box;
    out_.fill(rule.colour).numbers({box.left, box.bottom, box.width, box.height}).word("re\nf\n");
  }
  // In modules, counted from the upper left corner.
  void qr_code(const QrDrawing& qr) {
    const double top = qr.y + qr.modules.side * module_side;
    out_.word("q\n0 0 0 rg\n").numbers({module_side, 0, 0, -module_side, qr.x, top}).word("cm\n");
    for (const ModuleRun& dark : qr.modules.runs) {
      out_.integer(dark.begin).word(" ").integer(dark.row).word(" ");
      out_.integer(dark.end - dark.begin).word(" 1 re\n");
    }
    out_.word("f\nQ\n");
  }
  void text(const std::vector<Run>& runs) {
    if (runs.empty()) return;
    out_.word("BT\n");
    const Run* before = nullptr;
    for (const Run& run : runs) {
      if (before == nullptr || before->colour != run.colour) out_.fill(run.colour);
      if (before == nullptr || before->style != run.style || before->size != run.size) {
        out_.word("/").word(names_.at(run.style)).word(" ").number(run.size).word(" Tf\n");
      }
      place(run);
      ShownText shown(out_, run.size);
      const Codes& codes = codes_.at(run.style);
      for (const Glyph& glyph : run.glyphs) shown.add(codes.of(glyph), glyph);
      shown.finish();
      before = &run;
    }
    out_.word("ET\n");
  }
  void place(const Run& run) {
    constexpr double slant = 0.7071067811865476;
    const double along = run.slanted ? slant : 1;
    const double up = run.slanted ? slant : 0;
    out_.numbers({along, up, -up, along, run.x, run.y}).word("Tm\n");
  }

  const Layout& layout_;
  const CodesByStyle& codes_;
  const FontNames& names_;
  Operators out_;
};

}  // namespace

const char* name_of(Tag tag) {
  switch (tag) {
    case Tag::document:
      return "/Document";
    case Tag::heading:
      return "/H1";
    case Tag::paragraph:
      return "/P";
    case Tag::list:
      return "/L";
    case Tag::item:
      return "/LI";
    case Tag::label:
      return "/Lbl";
    case Tag::item_body:
      return "/LBody";
    case Tag::link:
      return "/Link";
    case Tag::figure:
      return "/Figure";
  }
  std::abort();
}

std::string content_stream(const Page& page, const Layout& layout, const CodesByStyle& codes,
                           const FontNames& names) {
  return Drawing(layout, codes, names).page(page);
}

}  // namespace refledger::pdf
