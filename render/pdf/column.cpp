#include "render/pdf/column.h"

#include <algorithm>

#include "render/pdf/letterhead.h"
#include "render/pdf/words.h"

namespace refledger::pdf {
namespace {

constexpr double list_indent = 5 * millimetre;
constexpr double signing_room = 17 * millimetre;  // above a line that people sign on
constexpr double signature_width = 62 * millimetre;
constexpr double between_signatories = 80 * millimetre;  // from left edge to left edge
constexpr std::size_t together = 4;  // a last paragraph of so many lines stays with the closing

class Pieces {
 public:
  Pieces(Layout& layout, const Document& document, const Typesetter& typesetter,
         const Rhythm& rhythm, const Colour& accent)
      : layout_(layout),
        document_(document),
        typesetter_(typesetter),
        rhythm_(rhythm),
        body_{Style::regular, rhythm.body_size, rhythm.body_leading, ink},
        strong_{Style::bold, rhythm.body_size, rhythm.body_leading, ink},
        title_{Style::bold, rhythm.title_size, rhythm.title_size * 1.3, readable(accent)} {}

  std::vector<Piece> take() {
    title();
    for (const letter::Section& section : document_.letter.sections) {
      section.list ? list(section) : text(section);
    }
    hold_end_together();
    closing();
    return std::move(pieces_);
  }

 private:
  std::size_t element(Tag tag, std::size_t parent = 0) {
    layout_.elements.push_back({tag, parent, {}, {}, 0});
    return layout_.elements.size() - 1;
  }
  static Mark mark(std::size_t element, std::vector<Run> runs) {
    Mark made;
    made.element = element;
    made.runs = std::move(runs);
    return made;
  }

  /// One piece a line; no page begins within two lines of a paragraph's ends.
  void add_lines(std::vector<Run> lines, std::size_t element, double lead, double leading,
                 bool may_begin_page) {
    for (std::size_t at = 0; at < lines.size(); ++at) {
      Piece piece;
      piece.lead = at == 0 ? lead : leading;
      piece.depth = 0.3 * lines[at].size;
      piece.begins_paragraph = at == 0;
      piece.may_begin_page = at == 0 ? may_begin_page : at >= 2 && lines.size() - at >= 2;
      lines[at].y = 0;
      piece.marks.push_back(mark(element, {std::move(lines[at])}));
      pieces_.push_back(std::move(piece));
    }
  }

  void title() {
    add_lines(typesetter_.lines(title_, left, 0, document_.letter.title, measure, false),
              element(Tag::heading), 0, title_.leading, false);
    next_lead_ = rhythm_.below_title;
    may_begin_ = false;
  }

  void text(const letter::Section& section) {
    for (const std::string& paragraph : section.paragraphs) {
      add_lines(typesetter_.lines(body_, left, 0, paragraph, measure, true),
                element(Tag::paragraph), next_lead_, body_.leading, may_begin_);
      next_lead_ = body_.leading + rhythm_.between_paragraphs;
      may_begin_ = true;
    }
  }

  // Closer to the sentence that announces it than a paragraph would be, and never parted from it.
  void list(const letter::Section& section) {
    const std::size_t list = element(Tag::list);
    const double width = measure - list_indent;
    for (std::size_t at = 0; at < section.paragraphs.size(); ++at) {
      const std::size_t item = element(Tag::item, list);
      const std::size_t label = element(Tag::label, item);
      const std::size_t body = element(Tag::item_body, item);
      const double lead = body_.leading + rhythm_.between_paragraphs * (at == 0 ? 0.35 : 0.25);
      const std::size_t first = pieces_.size();
      const bool inner = at != 0 && at + 1 != section.paragraphs.size();
      add_lines(
          typesetter_.lines(body_, left + list_indent, 0, section.paragraphs[at], width, true),
          body, lead, body_.leading, inner);
      if (first == pieces_.size()) continue;
      const std::string sign = std::string(letter::list_mark) + " ";
      std::vector<Mark>& marks = pieces_[first].marks;
      marks.insert(marks.begin(),
                   mark(label, {typesetter_.run(body_, left + 0.35 * millimetre, 0, sign)}));
    }
    next_lead_ = body_.leading + rhythm_.between_paragraphs;
  }

  // The closing is not alone on a page: the end of the last paragraph comes with it.
  void hold_end_together() {
    std::size_t lines = 0;
    for (std::size_t at = pieces_.size(); at-- > 0 && lines < together;) {
      ++lines;
      const bool begins_paragraph = at == 0 || pieces_[at].lead != body_.leading;
      if (begins_paragraph) break;
      if (lines < together) pieces_[at].may_begin_page = false;
    }
  }

  void closing() {
    Piece piece;
    piece.lead = body_.leading + rhythm_.above_closing;
    double y = 0;
    const auto put = [&](const Setting& setting, const std::string& text) {
      if (text.empty()) return;
      std::vector<Run> runs = typesetter_.lines(setting, left, y, text, measure, false);
      y -= static_cast<double>(runs.size()) * setting.leading;
      piece.marks.push_back(mark(element(Tag::paragraph), std::move(runs)));
    };
    put(body_, document_.letter.place_and_date);
    y -= rhythm_.between_paragraphs;
    put(strong_, document_.letter.employer);
    y = signatures(piece, y - (document_.letter.signatures.empty() ? 0 : 3));
    y -= 6;
    const letter::Letter& letter = document_.letter;
    const std::string signing =
        document_.specimen ? specimen_caption(letter.language) : letter.mode_caption;
    std::vector<Run> caption = typesetter_.lines(note, left, y, signing, 0.85 * measure, false);
    y -= static_cast<double>(caption.size()) * note.leading;
    if (!caption.empty()) piece.marks.push_back(mark(element(Tag::paragraph), std::move(caption)));
    piece.depth = -y - note.leading + 3;
    pieces_.push_back(std::move(piece));
  }

  // Side by side; returns the baseline below them.
  double signatures(Piece& piece, double y) {
    const std::vector<letter::Signature>& all = document_.letter.signatures;
    const bool by_hand = document_.signing == letter::SigningMode::by_hand;
    if (by_hand) y -= signing_room - body_.leading;
    double lowest = y;
    const std::size_t lines_to_sign = std::max<std::size_t>(all.size(), 1);
    for (std::size_t at = 0; by_hand && at < lines_to_sign; ++at) {
      const double x = left + static_cast<double>(at) * between_signatories;
      Mark line;
      line.artifact = Artifact::layout;
      line.rules.push_back({{x, y + body_.size * 1.15, signature_width, 0.5}, grey});
      piece.marks.push_back(std::move(line));
      lowest = std::min(lowest, y - 2);
    }
    for (std::size_t at = 0; at < all.size(); ++at) {
      const double x = left + static_cast<double>(at) * between_signatories;
      const double width = all.size() == 1 ? measure : between_signatories - 10;
      lowest = std::min(lowest, signature(piece, all[at], x, by_hand ? y - 2 : y, width));
    }
    return lowest;
  }

  double signature(Piece& piece, const letter::Signature& one, double x, double y, double width) {
    const auto put = [&](const Setting& setting, const std::string& text) {
      if (text.empty()) return;
      std::vector<Run> runs = typesetter_.lines(setting, x, y, text, width, false);
      y -= static_cast<double>(runs.size()) * setting.leading;
      piece.marks.push_back(mark(element(Tag::paragraph), std::move(runs)));
    };
    put(body_, one.name);
    const Setting role{Style::regular, body_.size - 1.5, body_.leading - 2.5, grey};
    for (const std::string& line : one.lines) put(role, line);
    return y;
  }

  Layout& layout_;
  const Document& document_;
  const Typesetter& typesetter_;
  const Rhythm& rhythm_;
  Setting body_;
  Setting strong_;
  Setting title_;
  std::vector<Piece> pieces_;
  double next_lead_ = 0;
  bool may_begin_ = false;
};

}  // namespace

std::vector<Piece> letter_pieces(Layout& layout, const Document& document,
                                 const Typesetter& typesetter, const Rhythm& rhythm,
                                 const Colour& accent) {
  return Pieces(layout, document, typesetter, rhythm, accent).take();
}

}  // namespace refledger::pdf
