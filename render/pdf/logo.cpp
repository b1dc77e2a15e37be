#include "render/pdf/logo_state.h"
#include "render/picture/picture.h"

namespace refledger::pdf {
namespace {

constexpr double dots_per_point = 360.0 / 72;  // finer than office printers are

}  // namespace

Result<Logo> Logo::read(ByteView file) {
  const Result<picture::Picture> picture =
      picture::read_picture(file, static_cast<unsigned>(most_logo_width * dots_per_point),
                            static_cast<unsigned>(most_logo_height * dots_per_point));
  if (!picture) return Error{picture.error().fault, "logo: " + picture.error().detail};
  return Logo(std::make_shared<const State>(
      State{picture->width, picture->height, deflated(picture->rgb), file.size()}));
}

std::size_t Logo::file_bytes() const { return state_->file_bytes; }

}  // namespace refledger::pdf
