// What an SVG may hold.  Nothing here can point outside the file, and nothing can be drawn many
// times over, so that the time to draw it is bounded by its length.
#include <expat.h>

#include <array>
#include <memory>
#include <string>
#include <type_traits>

#include "render/picture/formats.h"

namespace refledger::picture {
namespace {

constexpr std::size_t max_svg = 256 << 10;
constexpr std::size_t max_elements = 5000;
constexpr std::size_t max_depth = 64;
constexpr std::size_t max_clipped = 100'000;  // shapes times shapes that clip them

constexpr std::string_view svg_space = "http://www.w3.org/2000/svg|";
constexpr std::array<std::string_view, 18> allowed{
    "svg",     "g",        "defs",           "title",          "desc", "metadata",
    "path",    "rect",     "circle",         "ellipse",        "line", "polyline",
    "polygon", "clipPath", "linearGradient", "radialGradient", "stop", "style"};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Values of attributes and style sheets: references to the file's own parts only.
bool is_harmless(std::string_view value) {
  if (contains(value, "\\") || contains(value, "dasharray")) return false;
  for (std::size_t at = value.find("url"); at != std::string_view::npos;
       at = value.find("url", at + 3)) {
    const std::string_view reference = value.substr(at);
    if (!reference.starts_with("url(#") && !reference.starts_with("url('#") &&
        !reference.starts_with("url(\"#")) {
      return false;
    }
  }
  return true;
}

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser>;

class Check {
 public:
  Check() : parser_(XML_ParserCreateNS(nullptr, '|')) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(
        parser_.get(),
        [](void* self, const char* name, const char** attributes) {
          static_cast<Check*>(self)->begin(name, attributes);
        },
        [](void* self, const char* name) { static_cast<Check*>(self)->end(name); });
    XML_SetCharacterDataHandler(parser_.get(), [](void* self, const char* text, int length) {
      static_cast<Check*>(self)->characters({text, static_cast<std::size_t>(length)});
    });
    XML_SetStartDoctypeDeclHandler(parser_.get(),
                                   [](void* self, const char*, const char*, const char*, int) {
                                     static_cast<Check*>(self)->refuse();
                                   });
    XML_SetProcessingInstructionHandler(parser_.get(), [](void* self, const char*, const char*) {
      static_cast<Check*>(self)->refuse();
    });
  }

  bool accepts(ByteView file) {
    const auto status = XML_Parse(parser_.get(), reinterpret_cast<const char*>(file.data()),
                                  static_cast<int>(file.size()), 1);
    return status == XML_STATUS_OK && !refused_ && !style_broken() &&
           shapes_ * clipping_ <= max_clipped;
  }

 private:
  void refuse() {
    refused_ = true;
    XML_StopParser(parser_.get(), XML_FALSE);
  }
  bool style_broken() const { return contains(style_, "@") || !is_harmless(style_); }

  void begin(std::string_view name, const char** attributes) {
    const bool ours = name.starts_with(svg_space);
    if (ours) name.remove_prefix(svg_space.size());
    const bool known = std::find(allowed.begin(), allowed.end(), name) != allowed.end();
    // Editors leave elements of their own, which nobody draws; XInclude would be followed.
    if (ours ? !known : contains(name, "XInclude") || !contains(name, "|")) return refuse();
    if (++elements_ > max_elements || ++depth_ > max_depth) return refuse();
    if (depth_ == 1 && name != "svg") return refuse();
    if (name == "style") ++in_style_;
    if (name == "clipPath" && clip_depth_++ > 0) return refuse();
    for (; *attributes != nullptr; attributes += 2) attribute(name, attributes[0], attributes[1]);
    ++(clip_depth_ > 0 ? clipping_ : shapes_);
  }

  void attribute(std::string_view element, std::string_view name, std::string_view value) {
    const bool reference = name == "href" || name.ends_with("|href");
    const bool gradient = element.ends_with("Gradient");
    if (reference && !(gradient && value.starts_with('#'))) return refuse();
    const bool clips = name == "clip-path" || contains(value, "clip-path");
    if (clips && clip_depth_ > 0) return refuse();
    if (contains(name, "dasharray") || name.starts_with("on") || !is_harmless(value)) refuse();
  }

  void end(std::string_view name) {
    --depth_;
    if (name == std::string(svg_space) + "style") --in_style_;
    if (name == std::string(svg_space) + "clipPath") --clip_depth_;
  }
  void characters(std::string_view text) {
    if (in_style_ > 0) style_ += text;
    if (contains(style_, "clip-path")) refuse();
  }

  Parser parser_;
  std::string style_;
  std::size_t elements_ = 0;
  std::size_t depth_ = 0;
  std::size_t clip_depth_ = 0;
  std::size_t in_style_ = 0;
  std::size_t shapes_ = 0;
  std::size_t clipping_ = 0;
  bool refused_ = false;
};

}  // namespace

Result<void> check_svg(ByteView file) {
  if (file.size() > max_svg || !Check().accepts(file)) return broken();
  return {};
}

}  // namespace refledger::picture
