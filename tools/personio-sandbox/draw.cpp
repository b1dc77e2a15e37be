// Ids that look drawn.
#include "tools/personio-sandbox/draw.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace refledger::sandbox {
namespace {

constexpr std::uint64_t kNode = 0xFFFFFFFFFFFFU;

}  // namespace

std::string uuid_of(IdOf sort, std::uint64_t owner, std::uint64_t number) {
  // Four draws apart, so that no two ids share a part.
  Draw draw(4 * ((static_cast<std::uint64_t>(sort) << 56U) ^ (owner << 16U) ^ number));
  const std::uint64_t high = (draw.next() & ~std::uint64_t{0xF000}) | 0x8000U;  // version 8
  std::uint64_t low = (draw.next() & ~(std::uint64_t{3} << 62U)) | (std::uint64_t{1} << 63U);
  if (sort == IdOf::absence) low = (low & ~kNode) | number;
  std::array<char, 37> text{};
  std::snprintf(text.data(), text.size(), "%08llx-%04llx-%04llx-%04llx-%012llx",
                static_cast<unsigned long long>(high >> 32U),
                static_cast<unsigned long long>((high >> 16U) & 0xFFFFU),
                static_cast<unsigned long long>(high & 0xFFFFU),
                static_cast<unsigned long long>(low >> 48U),
                static_cast<unsigned long long>(low & kNode));
  return text.data();
}

std::uint64_t absence_number(std::string_view uuid) {
  if (uuid.size() != 36) return 0;
  return std::strtoull(std::string(uuid.substr(24)).c_str(), nullptr, 16);
}

}  // namespace refledger::sandbox
