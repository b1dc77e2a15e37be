#include "ledger/store/store.h"

namespace refledger::store {

void Batch::put(std::string_view space, std::string_view key, ByteView value) {
  puts.push_back({std::string(space), std::string(key), copy_of(value)});
}

void Batch::remove(std::string_view space, std::string_view key) {
  removes.push_back({std::string(space), std::string(key)});
}

void Batch::expect(std::string_view space, std::string_view key, std::optional<Bytes> value) {
  expects.push_back({std::string(space), std::string(key), std::move(value)});
}

std::string number_key(std::uint64_t number) {
  std::string key(8, '\0');
  for (std::size_t at = key.size(); at-- > 0; number >>= 8) {
    key[at] = static_cast<char>(number & 0xff);
  }
  return key;
}

}  // namespace refledger::store
