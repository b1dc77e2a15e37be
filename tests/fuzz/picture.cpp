// Fuzz target: pictures from whatever bytes.  What is read has the size that was asked for, and a
// pixel for each place.  SVG has its own strict check before anything is drawn.
#include <cstdint>
#include <cstdlib>

#include "render/picture/picture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const ByteView file(data, size);
  if (size > 0 && (data[0] == '<' || data[0] == 0xEF)) return 0;
  const Result<picture::Picture> read = picture::read_picture(file, 64, 32);
  if (!read) return 0;
  const bool sound = read->width > 0 && read->width <= 64 && read->height > 0 &&
                     read->height <= 32 &&
                     read->rgb.size() == std::size_t{3} * read->width * read->height;
  if (!sound) std::abort();
  return 0;
}
