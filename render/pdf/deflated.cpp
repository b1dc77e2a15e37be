#include "render/pdf/deflated.h"

#include <libdeflate.h>

#include <cstdlib>
#include <memory>

namespace refledger::pdf {
namespace {

constexpr int level = 6;  // of 12: where more effort begins to cost more than it saves

struct Free {
  void operator()(libdeflate_compressor* compressor) const {
    libdeflate_free_compressor(compressor);
  }
};

}  // namespace

Deflated deflated(ByteView plain) {
  const std::unique_ptr<libdeflate_compressor, Free> compressor(libdeflate_alloc_compressor(level));
  if (!compressor) std::abort();
  Deflated made{std::string(libdeflate_zlib_compress_bound(compressor.get(), plain.size()), '\0')};
  made.data.resize(libdeflate_zlib_compress(compressor.get(), plain.data(), plain.size(),
                                            made.data.data(), made.data.size()));
  return made;
}

}  // namespace refledger::pdf
