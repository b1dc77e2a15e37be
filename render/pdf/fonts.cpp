#include "ledger/core/file.h"
#include "render/pdf/press.h"

namespace refledger::pdf {
namespace {

constexpr std::size_t max_profile = 1 << 20;

Result<Faces> load_faces(const FontFiles& files) {
  Faces faces;
  for (const auto& [style, path] :
       {std::pair{Style::regular, &files.regular}, std::pair{Style::bold, &files.bold},
        std::pair{Style::mono, &files.mono}}) {
    Result<Face> face = Face::load(*path);
    if (!face) return face.error();
    faces.emplace(style, std::move(*face));
  }
  return faces;
}

}  // namespace

Result<Fonts> Fonts::load(const FontFiles& files) {
  Result<Faces> faces = load_faces(files);
  if (!faces) return faces.error();
  const Result<Bytes> profile = read_file(files.colour_profile, max_profile);
  if (!profile) return profile.error();
  Result<Hyphenation> hyphenation = Hyphenation::load(files.hyphenation);
  if (!hyphenation) return hyphenation.error();
  return Fonts(std::make_shared<const State>(
      State{std::move(*faces), deflated(*profile), std::move(*hyphenation)}));
}

Result<void> Fonts::can_show(std::string_view utf8) const {
  for (const Style style : {Style::regular, Style::bold}) {
    if (auto shown = check_shown(state_->faces.at(style).shape(utf8)); !shown) return shown;
  }
  return {};
}

}  // namespace refledger::pdf
