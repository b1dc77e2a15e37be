#include "ledger/core/random.h"

#include <openssl/rand.h>

#include <cstdlib>

namespace refledger {

void SystemRandom::fill(std::span<std::uint8_t> out) {
  // Going on without randomness would make secrets guessable.
  if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1) std::abort();
}

}  // namespace refledger
