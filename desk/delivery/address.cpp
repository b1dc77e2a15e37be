#include <algorithm>

#include "desk/delivery/message.h"

namespace refledger::delivery {
namespace {

constexpr std::size_t kMaxAddress = 254;  // RFC 5321 §4.5.3.1.3, less the angle brackets
constexpr std::size_t kMaxLocal = 64;
constexpr std::size_t kMaxLabel = 63;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_atom(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) ||
           std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
  });
}

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= kMaxLabel && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

bool each_between_dots(std::string_view text, bool (*fits)(std::string_view)) {
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!fits(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace

Result<Address> Address::parse(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || text.size() > kMaxAddress || at > kMaxLocal ||
      !each_between_dots(text.substr(0, at), is_atom) ||
      !each_between_dots(text.substr(at + 1), is_label)) {
    return Error{Fault::malformed, "address: not of the plain form name@host"};
  }
  return Address(std::string(text));
}

}  // namespace refledger::delivery
