#include "render/pdf/layout.h"

#include "render/pdf/column.h"
#include "render/pdf/letterhead.h"
#include "render/pdf/verification.h"

namespace refledger::pdf {
namespace {

constexpr double above_box = 12;

class Builder {
 public:
  Builder(const Document& document, const Typesetter& typesetter, const Colour& accent,
          const VerificationBox* box)
      : document_(document), typesetter_(typesetter), accent_(accent), box_(box) {}

  Result<Layout> build(const Rhythm& rhythm) const {
    Layout layout;
    layout.elements.push_back({Tag::document, 0, {}, {}, 0});
    layout.pages.emplace_back();
    const double head = add_letterhead(layout, document_.letterhead, typesetter_, accent_);
    std::vector<Piece> pieces = letter_pieces(layout, document_, typesetter_, rhythm, accent_);
    const double foot = footer_top(document_.letterhead) + 10;
    const double above = box_ != nullptr ? foot + box_->height() + above_box : foot;
    const Column column{std::min(rhythm.title_top, head - 2.1 * rhythm.title_size), continued_top,
                        foot, above};
    const auto pages = paginate(pieces, column);
    if (!pages) return pages.error();
    place(layout, pieces, *pages);
    if (box_ != nullptr) box_->add_to(layout, foot);
    add_frames(layout, document_, typesetter_);
    if (document_.specimen) add_watermark(layout, document_.letter.language, typesetter_);
    return layout;
  }

 private:
  static void place(Layout& layout, std::vector<Piece>& pieces,
                    const std::vector<std::vector<Placed>>& pages) {
    layout.pages.resize(pages.size());
    for (std::size_t page = 0; page < pages.size(); ++page) {
      for (const Placed& placed : pages[page]) {
        for (Mark& mark : pieces[placed.piece].marks) {
          for (Run& run : mark.runs) run.y += placed.y;
          for (Rule& rule : mark.rules) rule.box.bottom += placed.y;
          add(layout.pages[page], std::move(mark));
        }
      }
    }
  }

  // Lines of one element on one page are one sequence.
  static void add(Page& page, Mark mark) {
    const bool continues = !page.marks.empty() && mark.artifact == Artifact::none &&
                           page.marks.back().artifact == Artifact::none &&
                           page.marks.back().element == mark.element;
    if (!continues) return page.marks.push_back(std::move(mark));
    std::vector<Run>& runs = page.marks.back().runs;
    std::move(mark.runs.begin(), mark.runs.end(), std::back_inserter(runs));
  }

  const Document& document_;
  const Typesetter& typesetter_;
  const Colour& accent_;
  const VerificationBox* box_;
};

bool fits_letterhead(const Letterhead& head) {
  return head.address_lines.size() <= 6 && head.footer_lines.size() <= 3 && head.name.size() <= 400;
}

}  // namespace

Result<Layout> lay_out(const Document& document, const Fonts::State& fonts) {
  if (!fits_letterhead(document.letterhead) || document.letter.signatures.size() > 2) {
    return Error{Fault::out_of_range, "letterhead: too many lines"};
  }
  const Result<Colour> accent = parse_colour(document.letterhead.accent);
  if (!accent) return accent.error();
  const Typesetter typesetter(fonts, document.letter.locale, document.holder);
  std::optional<VerificationBox> box;
  if (document.qr) {
    Result<VerificationBox> made = VerificationBox::make(*document.qr, document.letter, typesetter);
    if (!made) return made.error();
    box.emplace(std::move(*made));
  }
  const Builder builder(document, typesetter, *accent, box ? &*box : nullptr);
  Result<Layout> loosest = builder.build(rhythms.front());
  if (!loosest || loosest->pages.size() == 1) return loosest;
  for (std::size_t at = 1; at < rhythms.size(); ++at) {
    Result<Layout> closer = builder.build(rhythms[at]);
    if (closer && closer->pages.size() == 1) return closer;
  }
  return loosest;
}

}  // namespace refledger::pdf
