// A mail whose every text comes from outside: refused, or seven-bit lines with the headers that it
// has anyway and no other.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

#include "desk/delivery/message.h"

using namespace refledger;

namespace {

constexpr std::array<std::string_view, 8> kHeaders = {
    "From: ",           "To: ",           "Subject: ",     "Date: ", "Message-ID: ",
    "Auto-Submitted: ", "MIME-Version: ", "Content-Type: "};

void check_head(std::string_view message) {
  std::size_t next = 0;
  std::string_view head = message.substr(0, message.find("\r\n\r\n") + 2);
  while (!head.empty()) {
    const std::size_t end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end + 2);
    if (line.substr(0, 1) == " ") continue;  // folded
    if (next == kHeaders.size() || !line.starts_with(kHeaders[next])) std::abort();
    ++next;
  }
  if (next != kHeaders.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(text_of({data, size}));
  const std::size_t half = text.size() / 2;
  const Result<delivery::Address> address = delivery::Address::parse(text);
  if (address && address->text() != text) std::abort();
  const delivery::Address known = *delivery::Address::parse("hr@muster.example");
  const delivery::Mail mail{address ? *address : known,
                            text.substr(0, half),
                            known,
                            text.substr(half),
                            text,
                            text,
                            {{"reference.pdf", "application/pdf", copy_of({data, size})}},
                            "1@muster.example",
                            UtcMillis{}};
  const Result<Bytes> message = delivery::compose(mail);
  if (!message) return 0;
  const auto fits = [](std::uint8_t byte) {
    return (byte >= ' ' && byte < 0x7f) || byte == '\r' || byte == '\n';
  };
  if (!std::all_of(message->begin(), message->end(), fits)) std::abort();
  check_head(text_of(*message));
  return 0;
}
