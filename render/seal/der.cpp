#include "render/seal/der.h"

#include <algorithm>

namespace refledger::seal::der {
namespace {

// Short form below 128, else the least number of length bytes.
void put_length(Bytes& out, std::size_t length) {
  if (length < 0x80) {
    out.push_back(static_cast<std::uint8_t>(length));
    return;
  }
  Bytes big_endian;
  for (; length != 0; length >>= 8) {
    big_endian.insert(big_endian.begin(), static_cast<std::uint8_t>(length & 0xFF));
  }
  out.push_back(static_cast<std::uint8_t>(0x80 | big_endian.size()));
  out.insert(out.end(), big_endian.begin(), big_endian.end());
}

}  // namespace

Bytes element(Tag tag, std::initializer_list<ByteView> parts) {
  std::size_t length = 0;
  for (const ByteView part : parts) length += part.size();
  Bytes out{static_cast<std::uint8_t>(tag)};
  put_length(out, length);
  for (const ByteView part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

Bytes element(Tag tag, ByteView content) { return element(tag, {content}); }

Bytes small_integer(std::uint8_t value) {
  const std::array<std::uint8_t, 1> content{value};
  return element(Tag::integer, content);
}

Bytes set_of(Tag tag, std::vector<Bytes> elements) {
  std::sort(elements.begin(), elements.end());
  Bytes content;
  for (const Bytes& one : elements) content.insert(content.end(), one.begin(), one.end());
  return element(tag, content);
}

}  // namespace refledger::seal::der
