// A tile path or an entry bundle that is read is written again alike.
#include <cstdlib>

#include "ledger/format/tile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const std::string_view text = text_of({data, size});
  const Result<format::TilePath> path = format::parse_tile_path(text);
  if (path && format::format_tile_path(*path) != text) std::abort();
  const Result<std::vector<std::string>> entries = format::parse_bundle({data, size});
  if (entries && text_of(format::format_bundle(*entries)) != text) std::abort();
  return 0;
}
