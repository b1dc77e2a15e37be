// Memory for secrets: locked, fenced by guard pages, and zeroed when it is freed.
//
// Misuse   Running out of memory, or a libsodium that does not start, ends the process.
#pragma once

#include <memory>
#include <span>

#include "ledger/core/bytes.h"

namespace refledger::sign {

class Guarded {
 public:
  explicit Guarded(std::size_t size);

  std::span<std::uint8_t> bytes() { return {memory_.get(), size_}; }
  ByteView view() const { return {memory_.get(), size_}; }
  std::uint8_t* data() { return memory_.get(); }
  const std::uint8_t* data() const { return memory_.get(); }
  std::size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(std::uint8_t* memory) const;
  };
  std::unique_ptr<std::uint8_t[], Free> memory_;
  std::size_t size_;
};

/// Overwrites what passed through ordinary memory, such as a decrypted buffer.
void wipe(std::span<std::uint8_t> bytes);

}  // namespace refledger::sign
