// Where everything stands.  The numbers are the design; change them looking at the page.
#include <algorithm>
#include <cmath>

#include "ledger/core/encoding.h"
#include "render/pdf/lines.h"
#include "render/pdf/page.h"
#include "render/pdf/qr.h"

namespace refledger::pdf {
namespace {

constexpr double millimetre = 72 / 25.4;
constexpr double left = 25 * millimetre;
constexpr double right = page_width - 25 * millimetre;
constexpr double measure = right - left;

constexpr double letterhead_top = page_height - 20 * millimetre;
constexpr double title_top = page_height - 72 * millimetre;
constexpr double footer_base = 11 * millimetre;

constexpr Colour ink{0.11, 0.11, 0.12};
constexpr Colour grey{0.35, 0.36, 0.38};
constexpr Colour hairline{0.78, 0.79, 0.81};

/// A size and the distance from one baseline to the next.
struct Setting {
  Style style;
  double size;
  double leading;
  Colour colour;
};

constexpr Setting body{Style::regular, 10.5, 16.5, ink};
constexpr Setting strong{Style::bold, 10.5, 16.5, ink};
constexpr Setting note{Style::regular, 8, 11.5, grey};
constexpr Setting typed{Style::mono, 8.2, 12, ink};
constexpr Setting fine{Style::regular, 7.5, 10.5, grey};

// Text in the accent colour, unless it is too light to read on white (WCAG 2: 4.5 to 1).
Colour readable(const Colour& accent) {
  const auto linear = [](double part) {
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  const double luminance =
      0.2126 * linear(accent.red) + 0.7152 * linear(accent.green) + 0.0722 * linear(accent.blue);
  return 1.05 / (luminance + 0.05) >= 4.5 ? accent : ink;
}

class Builder {
 public:
  Builder(const Document& document, const Faces& faces) : document_(document), faces_(faces) {}

  /// `title_at` is the highest place for the title.
  Result<Page> build(std::optional<ImageSize> logo, double title_at);

 private:
  double width(const Setting& setting, std::string_view text) const {
    return width_at(faces_.at(setting.style).shape(text), setting.size);
  }
  std::vector<std::string> broken(const Setting& setting, std::string_view text,
                                  double line_width) const {
    return break_lines(text, faces_.at(setting.style), setting.size, line_width);
  }
  static Run run(const Setting& setting, double x, double y, std::string text) {
    return {setting.style, setting.size, setting.colour, x, y, std::move(text)};
  }

  /// Sets `text` from baseline `y` down; returns the baseline after its last line.
  double set(const Setting& setting, std::string_view text, double x, double y, double line_width,
             Part part = Part::paragraph);
  double set_lines(const Setting& setting, const std::vector<std::string>& lines, double x,
                   double y);

  double address();
  double sender(double line_width, std::optional<ImageSize> logo);
  double letterhead(std::optional<ImageSize> logo);
  double letter(double y);
  double footer();
  Result<double> verification_box(double bottom);
  double captions(double x, double top, double line_width);
  double captions_height(double line_width) const;
  double label_width() const;
  void typed_line(const std::string& label, const std::string& value, double x, double y,
                  double indent);
  void frame(const Box& box);
  void qr_code(const QrModules& code, double x, double y);

  const Document& document_;
  const Faces& faces_;
  Colour accent_;
  Page page_;
};

double Builder::set(const Setting& setting, std::string_view text, double x, double y,
                    double line_width, Part part) {
  Block block;
  block.part = part;
  for (std::string& line : broken(setting, text, line_width)) {
    block.runs.push_back(run(setting, x, y, std::move(line)));
    y -= setting.leading;
  }
  if (!block.runs.empty()) page_.blocks.push_back(std::move(block));
  return y;
}

double Builder::set_lines(const Setting& setting, const std::vector<std::string>& lines, double x,
                          double y) {
  for (const std::string& line : lines) y = set(setting, line, x, y, right - x);
  return y;
}

// The sender's address, flush left in a column that ends at the right margin.
double Builder::address() {
  double widest = 0;
  for (const std::string& line : document_.letterhead.address_lines) {
    widest = std::max(widest, width(note, line));
  }
  // A hair of room: the sum of a line's words may come out wider than the line.
  const double x = right - std::min(widest + 0.5, 0.45 * measure);
  return set_lines(note, document_.letterhead.address_lines, x, letterhead_top - 8);
}

double Builder::sender(double line_width, std::optional<ImageSize> logo) {
  if (!logo) {
    const Setting name{Style::bold, 15, 19, readable(accent_)};
    return set(name, document_.letterhead.name, left, letterhead_top - 11, line_width);
  }
  const double scale = std::min(line_width / logo->width, 14 * millimetre / logo->height);
  Block block;
  block.part = Part::logo;
  block.box = {left, letterhead_top - logo->height * scale, logo->width * scale,
               logo->height * scale};
  block.alternative = document_.letterhead.name;
  page_.blocks.push_back(block);
  return block.box.bottom - body.size;
}

double Builder::letterhead(std::optional<ImageSize> logo) {
  const double below_sender = sender(0.55 * measure - 12, logo);
  const double below_address = address();
  const double line = std::min(below_sender, below_address) + 2;
  page_.rules.push_back({{left, line, measure, 0.9}, accent_});
  return line;
}

double Builder::letter(double y) {
  const letter::Letter& letter = document_.letter;
  const Setting title{Style::bold, 20, 26, readable(accent_)};
  y = set(title, letter.title, left, y, measure, Part::heading) - 12;
  for (const letter::Section& section : letter.sections) {
    for (const std::string& paragraph : section.paragraphs) {
      const std::string mark = section.list ? std::string(letter::list_mark) + " " : "";
      y = set(body, mark + paragraph, left, y, measure) - 8.5;
    }
  }
  y = set(body, letter.place_and_date, left, y - 20, measure) - 16;
  y = set(strong, letter.employer, left, y, measure);
  for (const letter::Signature& signature : letter.signatures) {
    y = set(body, signature.name, left, y, measure);
    y = set_lines(body, signature.lines, left, y);
  }
  return set(note, letter.mode_caption, left, y - 1, 0.8 * measure);
}

// From the bottom up; returns the height above its first line.
double Builder::footer() {
  const std::vector<std::string>& lines = document_.letterhead.footer_lines;
  const double top = footer_base + static_cast<double>(lines.size()) * fine.leading;
  set_lines(fine, lines, left, top - fine.leading);
  return top;
}

double Builder::label_width() const {
  const letter::Letter& letter = document_.letter;
  return std::max({width(note, letter.address_label), width(note, letter.id_label),
                   width(note, letter.secret_label)}) +
         9;
}

void Builder::typed_line(const std::string& label, const std::string& value, double x, double y,
                         double indent) {
  Block block;
  block.runs.push_back(run(note, x, y, label + " "));
  block.runs.push_back(run(typed, x + indent, y, value));
  page_.blocks.push_back(std::move(block));
}

double Builder::captions_height(double line_width) const {
  const std::size_t lines = broken(note, document_.letter.qr_caption, line_width).size() +
                            broken(note, document_.letter.typed_caption, line_width).size();
  return static_cast<double>(lines) * note.leading + 5 + 3 * typed.leading;
}

double Builder::captions(double x, double top, double line_width) {
  const letter::Letter& letter = document_.letter;
  double y = top - note.size;
  y = set(note, letter.qr_caption, x, y, line_width) - 4;
  y = set(note, letter.typed_caption, x, y, line_width) - 1;
  const double indent = label_width();
  typed_line(letter.address_label, document_.qr.address, x, y, indent);
  typed_line(letter.id_label, document_.qr.typed_id, x, y - typed.leading, indent);
  typed_line(letter.secret_label, document_.qr.typed_secret, x, y - 2 * typed.leading, indent);
  return y - 3 * typed.leading;
}

void Builder::frame(const Box& box) {
  constexpr double line = 0.5;
  page_.rules.push_back({{box.left, box.bottom, box.width, line}, hairline});
  page_.rules.push_back({{box.left, box.bottom + box.height - line, box.width, line}, hairline});
  page_.rules.push_back({{box.left, box.bottom, line, box.height}, hairline});
  page_.rules.push_back({{box.left + box.width - line, box.bottom, line, box.height}, hairline});
}

// `x` and `y` are the lower left corner of the dark modules; the quiet zone lies outside.
void Builder::qr_code(const QrModules& code, double x, double y) {
  const double side = code.side * module_side;
  for (const ModuleRun& dark : code.runs) {
    page_.modules.push_back({x + dark.begin * module_side, y + side - (dark.row + 1) * module_side,
                             (dark.end - dark.begin) * module_side, module_side});
  }
  Block block;
  block.part = Part::qr_code;
  block.box = {x, y, side, side};
  block.alternative = document_.letter.qr_alternative;
  page_.blocks.push_back(std::move(block));
}

Result<double> Builder::verification_box(double bottom) {
  const Result<QrModules> code = qr_modules(document_.qr.qr_text);
  if (!code) return code.error();
  constexpr double quiet = quiet_modules * module_side;
  const double side = code->side * module_side;
  const double text_x = left + side + 2 * quiet + 6;
  const double line_width = right - text_x - 10;
  const double text_height = captions_height(line_width);
  const double height = std::max(side + 2 * quiet, text_height + 18);
  const Box box{left, bottom, measure, height};
  frame(box);
  qr_code(*code, left + quiet, bottom + (height - side) / 2);
  captions(text_x, bottom + height - (height - text_height) / 2, line_width);
  return bottom + height;
}

Result<Page> Builder::build(std::optional<ImageSize> logo, double title_at) {
  const Result<Colour> accent = parse_colour(document_.letterhead.accent);
  if (!accent) return accent.error();
  accent_ = *accent;
  const double head = letterhead(logo);
  const double text_end = letter(std::min(title_at, head - 40));
  const double lines = static_cast<double>(document_.letterhead.footer_lines.size());
  const Result<double> box_top = verification_box(footer_base + lines * fine.leading + 10);
  if (!box_top) return box_top.error();
  footer();
  if (text_end < *box_top + 4) {
    return Error{Fault::out_of_range, "letter: longer than one page"};
  }
  return std::move(page_);
}

bool fits_letterhead(const Letterhead& head) {
  return head.address_lines.size() <= 6 && head.footer_lines.size() <= 3 && head.name.size() <= 400;
}

}  // namespace

Result<Colour> parse_colour(std::string_view rrggbb) {
  std::string lower(rrggbb);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char digit) {
    return digit >= 'A' && digit <= 'F' ? static_cast<char>(digit - 'A' + 'a') : digit;
  });
  const Result<Bytes> parts = from_hex(lower, "accent colour");
  if (!parts || parts->size() != 3) {
    return Error{Fault::malformed, "accent colour: not RRGGBB"};
  }
  return Colour{(*parts)[0] / 255.0, (*parts)[1] / 255.0, (*parts)[2] / 255.0};
}

Result<Page> lay_out(const Document& document, const Faces& faces, std::optional<ImageSize> logo) {
  if (!fits_letterhead(document.letterhead)) {
    return Error{Fault::out_of_range, "letterhead: too many lines"};
  }
  Result<Page> page = Builder(document, faces).build(logo, title_top);
  // Long names and titles begin right below the letterhead.
  const bool full = !page && page.error().fault == Fault::out_of_range;
  return full ? Builder(document, faces).build(logo, page_height) : std::move(page);
}

}  // namespace refledger::pdf
