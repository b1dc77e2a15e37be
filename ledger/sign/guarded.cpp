#include "ledger/sign/guarded.h"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>

namespace refledger::sign {
namespace {

std::uint8_t* allocate(std::size_t size) {
  // sodium_init is idempotent and safe from several threads at once.
  if (sodium_init() < 0) std::abort();
  void* const memory = sodium_malloc(size);
  if (memory == nullptr) std::abort();
  return static_cast<std::uint8_t*>(memory);
}

}  // namespace

Guarded::Guarded(std::size_t size) : memory_(allocate(size)), size_(size) {}

void Guarded::Free::operator()(std::uint8_t* memory) const { sodium_free(memory); }

GuardedText::GuardedText(std::string_view text) : memory_(text.size()) {
  std::copy(text.begin(), text.end(), memory_.data());
}

void wipe(std::span<std::uint8_t> bytes) { sodium_memzero(bytes.data(), bytes.size()); }

}  // namespace refledger::sign
