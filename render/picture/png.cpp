// By libpng's simplified reader.
#include <png.h>

#include "render/picture/formats.h"

namespace refledger::picture {
namespace {

// libpng's reader keeps memory of its own until it is told to free it.
struct Reader {
  Reader() { image.version = PNG_IMAGE_VERSION; }
  ~Reader() { png_image_free(&image); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  png_image image{};
};

}  // namespace

Result<Picture> read_png(ByteView file) {
  Reader reader;
  if (png_image_begin_read_from_memory(&reader.image, file.data(), file.size()) == 0) {
    return broken();
  }
  if (reader.image.width > max_side || reader.image.height > max_side) return broken();
  reader.image.format = PNG_FORMAT_RGB;
  Picture picture{reader.image.width, reader.image.height, Bytes(PNG_IMAGE_SIZE(reader.image))};
  const png_color white{255, 255, 255};
  if (png_image_finish_read(&reader.image, &white, picture.rgb.data(), 0, nullptr) == 0) {
    return broken();
  }
  return picture;
}

}  // namespace refledger::picture
