// Memory for secrets: locked, fenced by guard pages, and zeroed when it is freed.
//
// Misuse   Running out of memory, or a libsodium that does not start, ends the process.
#pragma once

#include <memory>
#include <span>
#include <string_view>

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

/// A secret that is text, such as a key in PEM or a passphrase.
class GuardedText {
 public:
  GuardedText() : GuardedText(std::string_view{}) {}
  explicit GuardedText(std::string_view text);
  operator std::string_view() const { return text_of(memory_.view()); }  // NOLINT: read as text

 private:
  Guarded memory_;
};

/// Overwrites what passed through ordinary memory, such as a decrypted buffer.
void wipe(std::span<std::uint8_t> bytes);

}  // namespace refledger::sign
