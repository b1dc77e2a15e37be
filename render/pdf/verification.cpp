#include "render/pdf/verification.h"

#include <algorithm>

namespace refledger::pdf {
namespace {

constexpr double quiet = quiet_modules * module_side;
constexpr double between_captions = 4;

void add(Layout& layout, std::size_t element, std::vector<Run> runs) {
  Mark mark;
  mark.element = element;
  mark.runs = std::move(runs);
  layout.pages.back().marks.push_back(std::move(mark));
}

std::size_t paragraph(Layout& layout) {
  layout.elements.push_back({Tag::paragraph, 0, {}, {}, 0});
  return layout.elements.size() - 1;
}

Mark frame(const Box& box) {
  constexpr double line = 0.5;
  Mark mark;
  mark.artifact = Artifact::layout;
  mark.rules = {{{box.left, box.bottom, box.width, line}, hairline},
                {{box.left, box.bottom + box.height - line, box.width, line}, hairline},
                {{box.left, box.bottom, line, box.height}, hairline},
                {{box.left + box.width - line, box.bottom, line, box.height}, hairline}};
  return mark;
}

}  // namespace

Result<VerificationBox> VerificationBox::make(const QrBlock& qr, const letter::Letter& letter,
                                              const Typesetter& typesetter) {
  Result<QrModules> modules = qr_modules(qr.qr_text);
  if (!modules) return modules.error();
  return VerificationBox(qr, letter, typesetter, std::move(*modules));
}

VerificationBox::VerificationBox(const QrBlock& qr, const letter::Letter& letter,
                                 const Typesetter& typesetter, QrModules modules)
    : qr_(qr), letter_(letter), typesetter_(typesetter), modules_(std::move(modules)) {
  const double side = modules_.side * module_side;
  text_x_ = left + side + 2 * quiet + 6;
  line_width_ = right - text_x_ - 10;
  indent_ = std::max({typesetter_.width(note, letter_.address_label),
                      typesetter_.width(note, letter_.id_label),
                      typesetter_.width(note, letter_.secret_label)}) +
            9;
  captions_ = captions_height();
  height_ = std::max(side + 2 * quiet, captions_ + 18);
}

double VerificationBox::captions_height() const {
  const auto count = [this](const std::string& text) {
    return typesetter_.lines(note, 0, 0, text, line_width_, false).size();
  };
  return static_cast<double>(count(letter_.qr_caption) + count(letter_.typed_caption)) *
             note.leading +
         between_captions + 1 + 3 * typed.leading;
}

void VerificationBox::add_to(Layout& layout, double bottom) const {
  layout.pages.back().marks.push_back(frame({left, bottom, measure, height_}));
  add_code(layout, bottom);
  add_captions(layout, bottom + height_ - (height_ - captions_) / 2);
}

void VerificationBox::add_code(Layout& layout, double bottom) const {
  const double side = modules_.side * module_side;
  const Box box{left + quiet, bottom + (height_ - side) / 2, side, side};
  const std::size_t page = layout.pages.size() - 1;
  layout.elements.push_back({Tag::link, 0, {}, box, page});
  layout.elements.push_back(
      {Tag::figure, layout.elements.size() - 1, letter_.qr_alternative, box, page});
  Mark mark;
  mark.element = layout.elements.size() - 1;
  mark.qr = QrDrawing{box.left, box.bottom, modules_};
  layout.pages.back().marks.push_back(std::move(mark));
}

void VerificationBox::add_captions(Layout& layout, double top) const {
  double y = top - note.size;
  for (const std::string* caption : {&letter_.qr_caption, &letter_.typed_caption}) {
    std::vector<Run> runs = typesetter_.lines(note, text_x_, y, *caption, line_width_, false);
    y -= static_cast<double>(runs.size()) * note.leading + between_captions;
    add(layout, paragraph(layout), std::move(runs));
  }
  y += between_captions - 1;
  add_typed(layout, letter_.address_label, qr_.address, y);
  add_typed(layout, letter_.id_label, qr_.typed_id, y - typed.leading);
  add_typed(layout, letter_.secret_label, qr_.typed_secret, y - 2 * typed.leading);
}

void VerificationBox::add_typed(Layout& layout, const std::string& label, const std::string& value,
                                double y) const {
  add(layout, paragraph(layout),
      {typesetter_.run(note, text_x_, y, label + " "),
       typesetter_.run(typed, text_x_ + indent_, y, value)});
}

}  // namespace refledger::pdf
