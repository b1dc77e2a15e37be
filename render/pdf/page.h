// The page as laid out, before any PDF: what stands where, in reading order.
//
// Units    Points from the lower left corner; y of text is its baseline.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "render/pdf/face.h"
#include "render/pdf/pdf.h"

namespace refledger::pdf {

constexpr double page_width = 595.28;
constexpr double page_height = 841.89;

enum class Style { regular, bold, mono };
using Faces = std::map<Style, Face>;

struct Colour {
  double red = 0;
  double green = 0;
  double blue = 0;
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
  std::string text;
};

/// A filled rectangle that means nothing: an artifact.
struct Rule {
  Box box;
  Colour colour;
};

enum class Part { heading, paragraph, logo, qr_code };

/// What a screen reader says in one go; one marked-content sequence.
struct Block {
  Part part = Part::paragraph;
  std::vector<Run> runs;    ///< heading, paragraph
  Box box;                  ///< logo, qr_code
  std::string alternative;  ///< logo, qr_code
};

struct Page {
  std::vector<Rule> rules;
  std::vector<Block> blocks;
  std::vector<Box> modules;  ///< the QR code's dark modules, merged along rows
};

struct ImageSize {
  double width = 0;
  double height = 0;
};

/// refused or out_of_range as said in pdf.h.  `logo` is the picture's own size.
Result<Page> lay_out(const Document& document, const Faces& faces, std::optional<ImageSize> logo);

Result<Colour> parse_colour(std::string_view rrggbb);

}  // namespace refledger::pdf
