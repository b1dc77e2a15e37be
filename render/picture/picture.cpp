#include "render/picture/picture.h"

#include <cmath>

#include "render/picture/formats.h"

namespace refledger::picture {
namespace {

bool begins_with(ByteView file, std::string_view magic) { return text_of(file).starts_with(magic); }

// One row or column of the result covers [begin, end) of the source.
struct Cover {
  unsigned begin;
  unsigned end;
};
Cover cover(unsigned at, unsigned small, unsigned large) {
  const auto edge = [&](unsigned position) {
    return static_cast<unsigned>(static_cast<std::uint64_t>(position) * large / small);
  };
  return {edge(at), std::max(edge(at) + 1, edge(at + 1))};
}

std::uint8_t average(const Picture& picture, Cover rows, Cover columns, unsigned channel) {
  std::uint64_t sum = 0;
  for (unsigned row = rows.begin; row < rows.end; ++row) {
    for (unsigned column = columns.begin; column < columns.end; ++column) {
      sum += picture.rgb[(static_cast<std::size_t>(row) * picture.width + column) * 3 + channel];
    }
  }
  const std::uint64_t count =
      static_cast<std::uint64_t>(rows.end - rows.begin) * (columns.end - columns.begin);
  return static_cast<std::uint8_t>((sum + count / 2) / count);
}

}  // namespace

Picture scaled_down(const Picture& picture, unsigned most_width, unsigned most_height) {
  const double scale = std::min({1.0, most_width / static_cast<double>(picture.width),
                                 most_height / static_cast<double>(picture.height)});
  if (scale == 1.0) return picture;
  const auto side = [scale](unsigned length) {
    return std::max(1u, static_cast<unsigned>(std::lround(length * scale)));
  };
  Picture small{side(picture.width), side(picture.height), {}};
  small.rgb.reserve(static_cast<std::size_t>(small.width) * small.height * 3);
  for (unsigned row = 0; row < small.height; ++row) {
    const Cover rows = cover(row, small.height, picture.height);
    for (unsigned column = 0; column < small.width; ++column) {
      const Cover columns = cover(column, small.width, picture.width);
      for (unsigned channel = 0; channel < 3; ++channel) {
        small.rgb.push_back(average(picture, rows, columns, channel));
      }
    }
  }
  return small;
}

Result<Picture> read_picture(ByteView file, unsigned most_width, unsigned most_height) {
  if (file.empty() || file.size() > max_file) return broken();
  if (begins_with(file, "<") || begins_with(file, "\xEF\xBB\xBF<")) {
    return draw_svg(file, most_width, most_height);
  }
  const Result<Picture> picture = begins_with(file, "\xFF\xD8") ? read_jpeg(file)
                                  : begins_with(file, "GIF8")   ? read_gif(file)
                                                                : read_png(file);
  if (!picture) return picture.error();
  return scaled_down(*picture, most_width, most_height);
}

}  // namespace refledger::picture
