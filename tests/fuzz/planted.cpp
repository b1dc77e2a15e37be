// The control of the fuzzing itself: a reader with a bug three comparisons deep.  Whoever drives
// the targets must find it, or finds nothing anywhere.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>

namespace {

// A record is "RL", its length in one byte, and that many bytes.  The length is believed.
int sum_of_record(const std::uint8_t* data, std::size_t size) {
  if (size < 4 || data[0] != 'R' || data[1] != 'L' || data[2] < 16) return 0;
  const std::unique_ptr<std::uint8_t[]> body(new std::uint8_t[size - 3]);
  for (std::size_t at = 3; at < size; ++at) body[at - 3] = data[at];
  return std::accumulate(body.get(), body.get() + data[2], 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return sum_of_record(data, size) < 0 ? 1 : 0;
}
