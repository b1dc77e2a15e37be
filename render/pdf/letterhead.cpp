#include "render/pdf/letterhead.h"

#include <algorithm>
#include <cmath>

#include "ledger/core/encoding.h"
#include "render/pdf/logo_state.h"
#include "render/pdf/words.h"

namespace refledger::pdf {
namespace {

constexpr double gutter = 12;  // between sender and address

void add_paragraph(Layout& layout, std::vector<Run> runs) {
  Mark mark;
  mark.element = layout.elements.size();
  mark.runs = std::move(runs);
  layout.elements.push_back({Tag::paragraph, 0, {}, {}, 0});
  layout.pages.front().marks.push_back(std::move(mark));
}

double add_logo(Layout& layout, const Letterhead& head, double line_width) {
  const Logo::State& logo = head.logo->state();
  const double scale =
      std::min(std::min(line_width, most_logo_width) / logo.width, most_logo_height / logo.height);
  const Box box{left, letterhead_top - logo.height * scale, logo.width * scale,
                logo.height * scale};
  Mark mark;
  mark.element = layout.elements.size();
  mark.logo = box;
  layout.elements.push_back({Tag::figure, 0, head.name, box, 0});
  layout.pages.front().marks.push_back(std::move(mark));
  return box.bottom - 10;
}

double add_name(Layout& layout, const Letterhead& head, const Typesetter& typesetter,
                double line_width, const Colour& accent) {
  const Setting setting{Style::bold, 15, 19, readable(accent)};
  std::vector<Run> runs =
      typesetter.lines(setting, left, letterhead_top - 11, head.name, line_width, false);
  const double below = letterhead_top - 11 - static_cast<double>(runs.size()) * setting.leading;
  add_paragraph(layout, std::move(runs));
  return below;
}

// Flush left in a column that ends at the right margin.
double add_address(Layout& layout, const Letterhead& head, const Typesetter& typesetter) {
  double widest = 0;
  for (const std::string& line : head.address_lines) {
    widest = std::max(widest, typesetter.width(note, line));
  }
  const double x = right - std::min(widest, 0.45 * measure);
  double y = letterhead_top - 8;
  for (const std::string& line : head.address_lines) {
    std::vector<Run> runs = typesetter.lines(note, x, y, line, right - x + 0.01, false);
    y -= static_cast<double>(runs.size()) * note.leading;
    add_paragraph(layout, std::move(runs));
  }
  return y;
}

Mark frame_mark(Artifact kind) {
  Mark mark;
  mark.artifact = kind;
  return mark;
}

void add_footer(Page& page, const Document& document, const Typesetter& typesetter,
                const std::string& number) {
  Mark mark = frame_mark(Artifact::footer);
  double y = footer_top(document.letterhead) - fine.leading;
  for (const std::string& line : document.letterhead.footer_lines) {
    mark.runs.push_back(typesetter.run(fine, left, y, line + " "));
    y -= fine.leading;
  }
  if (!number.empty()) {
    const double x = right - typesetter.width(fine, number);
    mark.runs.push_back(typesetter.run(fine, x, footer_base, number));
  }
  if (!mark.runs.empty()) page.marks.push_back(std::move(mark));
}

void add_running_head(Page& page, const Document& document, const Typesetter& typesetter) {
  const std::string& title = document.letter.title;
  const std::string text = document.holder.empty() ? title : title + " · " + document.holder;
  Mark mark = frame_mark(Artifact::header);
  const double sender_width = typesetter.width(note, document.letterhead.name);
  const bool both = typesetter.width(note, text) + gutter + sender_width <= measure;
  mark.runs = typesetter.lines(note, left, running_head, text, measure, false);
  mark.runs.resize(std::min<std::size_t>(mark.runs.size(), 2));
  if (both) {
    mark.runs.push_back(
        typesetter.run(note, right - sender_width, running_head, document.letterhead.name));
  }
  mark.rules.push_back(
      {{left, running_head - 7 - note.leading * (both ? 0.0 : 1.0), measure, 0.5}, hairline});
  page.marks.insert(page.marks.begin(), std::move(mark));
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

Colour readable(const Colour& accent) {
  const auto linear = [](double part) {
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  const double luminance =
      0.2126 * linear(accent.red) + 0.7152 * linear(accent.green) + 0.0722 * linear(accent.blue);
  return 1.05 / (luminance + 0.05) >= 4.5 ? accent : ink;
}

double add_letterhead(Layout& layout, const Letterhead& head, const Typesetter& typesetter,
                      const Colour& accent) {
  const double line_width = 0.55 * measure - gutter;
  const double below_sender = head.logo ? add_logo(layout, head, line_width)
                                        : add_name(layout, head, typesetter, line_width, accent);
  const double below_address = add_address(layout, head, typesetter);
  const double line = std::min(below_sender, below_address) + 2;
  Mark mark = frame_mark(Artifact::layout);
  mark.rules.push_back({{left, line, measure, 0.9}, accent});
  layout.pages.front().marks.push_back(std::move(mark));
  return line;
}

double footer_top(const Letterhead& head) {
  const double lines = std::max(1.0, static_cast<double>(head.footer_lines.size()));
  return footer_base + lines * fine.leading;
}

void add_frames(Layout& layout, const Document& document, const Typesetter& typesetter) {
  const std::size_t pages = layout.pages.size();
  for (std::size_t at = 0; at < pages; ++at) {
    const std::string number =
        pages > 1 ? page_number(document.letter.language, at + 1, pages) : std::string();
    add_footer(layout.pages[at], document, typesetter, number);
    if (at > 0) add_running_head(layout.pages[at], document, typesetter);
  }
}

void add_watermark(Layout& layout, std::string_view language, const Typesetter& typesetter) {
  const Setting setting{Style::bold, 110, 110, watermark_grey};
  const std::string word = specimen_word(language);
  const double reach = typesetter.width(setting, word) / 2 * 0.7071;
  const double drop = setting.size * 0.36 * 0.7071;  // half a capital's height, across the slope
  for (Page& page : layout.pages) {
    Mark mark = frame_mark(Artifact::watermark);
    mark.runs.push_back(typesetter.run(setting, page_width / 2 - reach + drop,
                                       page_height / 2 - reach - drop, word));
    mark.runs.back().slanted = true;
    page.marks.insert(page.marks.begin(), std::move(mark));
  }
}

}  // namespace refledger::pdf
