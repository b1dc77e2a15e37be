// By librsvg, from memory and without a base address, so that it finds nothing outside the file.
#include <librsvg/rsvg.h>

#include <cmath>
#include <memory>

#include "render/picture/formats.h"

namespace refledger::picture {
namespace {

template <auto free>
struct FreeWith {
  template <class T>
  void operator()(T* handle) const {
    free(handle);
  }
};
using Drawing = std::unique_ptr<RsvgHandle, FreeWith<g_object_unref>>;
using Surface = std::unique_ptr<cairo_surface_t, FreeWith<cairo_surface_destroy>>;
using Brush = std::unique_ptr<cairo_t, FreeWith<cairo_destroy>>;

struct Size {
  double width = 0;
  double height = 0;
};

// In whatever unit: only the proportions count.
Size size_of(RsvgHandle* drawing) {
  Size size;
  if (rsvg_handle_get_intrinsic_size_in_pixels(drawing, &size.width, &size.height) != 0) {
    return size;
  }
  gboolean has_box = 0;
  RsvgRectangle box{};
  rsvg_handle_get_intrinsic_dimensions(drawing, nullptr, nullptr, nullptr, nullptr, &has_box, &box);
  return has_box != 0 ? Size{box.width, box.height} : Size{};
}

Picture pixels_of(cairo_surface_t* surface) {
  cairo_surface_flush(surface);
  const auto width = static_cast<unsigned>(cairo_image_surface_get_width(surface));
  const auto height = static_cast<unsigned>(cairo_image_surface_get_height(surface));
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
  const unsigned char* data = cairo_image_surface_get_data(surface);
  Picture picture{width, height, {}};
  picture.rgb.reserve(static_cast<std::size_t>(width) * height * 3);
  for (unsigned row = 0; row < height; ++row) {
    for (unsigned column = 0; column < width; ++column) {
      std::uint32_t pixel = 0;
      std::copy_n(data + row * stride + column * 4u, 4, reinterpret_cast<unsigned char*>(&pixel));
      for (const int shift : {16, 8, 0}) {
        picture.rgb.push_back(static_cast<std::uint8_t>(pixel >> shift));
      }
    }
  }
  return picture;
}

}  // namespace

Result<Picture> draw_svg(ByteView file, unsigned most_width, unsigned most_height) {
  if (auto checked = check_svg(file); !checked) return checked.error();
  const Drawing drawing(rsvg_handle_new_from_data(file.data(), file.size(), nullptr));
  if (!drawing) return broken();
  const Size size = size_of(drawing.get());
  if (!(size.width > 0 && size.height > 0)) return broken();
  const double scale = std::min(most_width / size.width, most_height / size.height);
  const double width = std::max(1.0, std::round(size.width * scale));
  const double height = std::max(1.0, std::round(size.height * scale));
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width),
                                                   static_cast<int>(height)));
  const Brush brush(cairo_create(surface.get()));
  cairo_set_source_rgb(brush.get(), 1, 1, 1);
  cairo_paint(brush.get());
  const RsvgRectangle whole{0, 0, width, height};
  if (rsvg_handle_render_document(drawing.get(), brush.get(), &whole, nullptr) == 0 ||
      cairo_status(brush.get()) != CAIRO_STATUS_SUCCESS) {
    return broken();
  }
  return pixels_of(surface.get());
}

}  // namespace refledger::picture
