// What the store's worker writes and its tests look for.
#pragma once

#include "ledger/store/store.h"

namespace refledger::test {

inline const std::vector<std::string> kNumberedSpaces{"a", "b", "head"};

// The worker says this when a write failed and everything after it did too.
constexpr std::uint64_t kStopped = ~std::uint64_t{0};

/// Each batch names its number in `head`, so a reader can be asked whether it has all before.
inline store::Batch numbered(std::uint64_t number, std::size_t size) {
  store::Batch batch;
  batch.put("a", store::number_key(number), Bytes(size, static_cast<std::uint8_t>(number)));
  batch.put("b", store::number_key(number), Bytes(1, static_cast<std::uint8_t>(number)));
  batch.put("head", "n", bytes_of(store::number_key(number)));
  return batch;
}

inline Result<std::uint64_t> head_of(const store::Reader& reader) {
  const auto head = reader.get("head", "n");
  if (!head) return head.error();
  std::uint64_t number = 0;
  if (*head) {
    for (const std::uint8_t byte : **head) number = number << 8 | byte;
  }
  return number;
}

/// Whether all up to the head is there, in both spaces, and nothing above.
inline bool is_whole(const store::Reader& reader) {
  const Result<std::uint64_t> head = head_of(reader);
  if (!head) return false;
  for (const std::string_view space : {"a", "b"}) {
    std::uint64_t next = 1;
    bool right = true;
    const Result<void> scanned =
        reader.scan(space, "", "", [&](std::string_view key, ByteView value) {
          right = key == store::number_key(next) && value[0] == static_cast<std::uint8_t>(next);
          ++next;
          return right;
        });
    if (!scanned || !right || next != *head + 1) return false;
  }
  return true;
}

}  // namespace refledger::test
