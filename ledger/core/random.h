// Where random bytes come from: an argument, so that a test can repeat a run.
#pragma once

#include <span>

#include "ledger/core/bytes.h"

namespace refledger {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;

  template <class Fixed>
  Fixed draw() {
    Fixed fixed;
    fill(fixed.bytes);
    return fixed;
  }
};

/// The operating system's generator, through OpenSSL.
class SystemRandom : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

}  // namespace refledger
