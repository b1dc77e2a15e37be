// Pages as laid out, before any PDF: what stands where, in reading order, and what it is.
//
// Units    Points from the lower left corner; y of text is its baseline.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "render/pdf/face.h"
#include "render/pdf/qr.h"

namespace refledger::pdf {

constexpr double page_width = 595.28;
constexpr double page_height = 841.89;

enum class Style { regular, bold, mono };

struct Colour {
  double red = 0;
  double green = 0;
  double blue = 0;
  friend bool operator==(const Colour&, const Colour&) = default;
};

struct Box {
  double left = 0;
  double bottom = 0;
  double width = 0;
  double height = 0;
};

/// One line of text, or a part of one.
struct Run {
  Style style = Style::regular;
  double size = 0;
  Colour colour;
  double x = 0;
  double y = 0;
  Glyphs glyphs;
  bool slanted = false;  ///< upwards across the page, for a watermark; turned around (x, y)
};

struct Rule {
  Box box;
  Colour colour;
};

struct QrDrawing {
  double x = 0;  ///< lower left corner of the dark modules; the quiet zone lies outside
  double y = 0;
  QrModules modules;
};

enum class Tag { document, heading, paragraph, list, item, label, item_body, link, figure };

/// A node of the structure tree.  Parents come before their children, which are in reading order.
struct Element {
  Tag tag = Tag::paragraph;
  std::size_t parent = 0;
  std::string alternative;  ///< figure
  Box box;                  ///< figure, link
  std::size_t page = 0;     ///< figure, link
};

/// What an artifact is: decoration, or what repeats from page to page.
enum class Artifact { none, layout, header, footer, watermark };

/// One marked-content sequence: a part of an element, or an artifact.
struct Mark {
  Artifact artifact = Artifact::none;
  std::size_t element = 0;  ///< unless an artifact
  std::vector<Rule> rules;
  std::vector<Run> runs;
  std::optional<Box> logo;
  std::optional<QrDrawing> qr;
};

struct Page {
  std::vector<Mark> marks;  ///< those of elements carry the numbers 0, 1, ... in this order
};

struct Layout {
  std::vector<Page> pages;
  std::vector<Element> elements;  ///< the first is the document
};

}  // namespace refledger::pdf
