// By libjpeg-turbo's TurboJPEG interface, which reports errors instead of ending the process.
#include <turbojpeg.h>

#include <memory>
#include <type_traits>

#include "render/picture/formats.h"

namespace refledger::picture {
namespace {

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Decoder = std::unique_ptr<void, Destroy>;

}  // namespace

// A warning (a scan cut short, a wrong marker) counts as broken too.
Result<Picture> read_jpeg(ByteView file) {
  const Decoder decoder(tjInitDecompress());
  int width = 0;
  int height = 0;
  int sampling = 0;
  int space = 0;
  const auto length = static_cast<unsigned long>(file.size());
  if (!decoder || tjDecompressHeader3(decoder.get(), file.data(), length, &width, &height,
                                      &sampling, &space) != 0) {
    return broken();
  }
  const int most = static_cast<int>(max_side);
  if (width < 1 || height < 1 || width > most || height > most) return broken();
  if (space == TJCS_CMYK || space == TJCS_YCCK) return broken();
  Picture picture{static_cast<unsigned>(width), static_cast<unsigned>(height),
                  Bytes(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3)};
  if (tjDecompress2(decoder.get(), file.data(), length, picture.rgb.data(), width, 0, height,
                    TJPF_RGB, TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS) != 0) {
    return broken();
  }
  return picture;
}

}  // namespace refledger::picture
