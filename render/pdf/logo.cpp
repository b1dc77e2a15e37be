#include "render/pdf/logo.h"

#include <png.h>

namespace refledger::pdf {
namespace {

constexpr std::size_t max_file = 1 << 20;
constexpr png_uint_32 max_side = 2000;

// libpng's reader keeps memory of its own until it is told to free it.
struct Reader {
  Reader() { image.version = PNG_IMAGE_VERSION; }
  ~Reader() { png_image_free(&image); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  png_image image{};
};

}  // namespace

Result<Picture> read_png(ByteView png) {
  const Error broken{Fault::malformed, "logo: not a whole PNG of at most 1 MiB and 2000 x 2000"};
  if (png.empty() || png.size() > max_file) return broken;
  Reader reader;
  if (png_image_begin_read_from_memory(&reader.image, png.data(), png.size()) == 0) return broken;
  if (reader.image.width > max_side || reader.image.height > max_side) return broken;
  reader.image.format = PNG_FORMAT_RGB;
  Picture picture{reader.image.width, reader.image.height, Bytes(PNG_IMAGE_SIZE(reader.image))};
  const png_color white{255, 255, 255};
  if (png_image_finish_read(&reader.image, &white, picture.rgb.data(), 0, nullptr) == 0) {
    return broken;
  }
  return picture;
}

}  // namespace refledger::pdf
