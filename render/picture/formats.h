// The readers, one a format; each refuses with `broken()`.
#pragma once

#include "render/picture/picture.h"

namespace refledger::picture {

inline constexpr std::size_t max_file = 1 << 20;
inline constexpr unsigned max_side = 2000;

inline Error broken() {
  return {Fault::malformed,
          "picture: not a whole PNG, JPEG, GIF or plain SVG of at most 1 MiB and 2000 x 2000"};
}

Result<Picture> read_png(ByteView file);
Result<Picture> read_jpeg(ByteView file);
Result<Picture> read_gif(ByteView file);
Result<Picture> draw_svg(ByteView file, unsigned most_width, unsigned most_height);

/// refused (as broken()) unless `file` is an SVG of shapes, gradients and clips alone.
Result<void> check_svg(ByteView file);

/// Averages of the pixels that each new one covers.
Picture scaled_down(const Picture& picture, unsigned most_width, unsigned most_height);

}  // namespace refledger::picture
