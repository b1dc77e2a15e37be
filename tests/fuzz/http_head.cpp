// Fuzz target: whatever bytes come, the head check and Beast's parser agree on what they mean, or
// the check refuses them.
//
// clang++ -std=c++20 -g -fsanitize=fuzzer,address,undefined -I. tests/fuzz/http_head.cpp
//   http/head.cpp http/text.cpp http/message.cpp -o http_head && ./http_head -max_len=4096
#include <boost/beast/http.hpp>
#include <cstdint>
#include <cstdlib>

#include "http/head.h"

namespace {

namespace beast = boost::beast;
using namespace refledger::http;

void require(bool holds) {
  if (!holds) std::abort();
}

/// Beast must come to the same request, and to the same end of it.
void compare(const Head& head, std::string_view bytes) {
  beast::http::request_parser<beast::http::empty_body> parser;
  parser.header_limit(1 << 20);
  beast::error_code failure;
  parser.put(boost::asio::buffer(bytes.data(), bytes.size()), failure);
  require(!failure && parser.is_header_done());
  require(parser.get().method_string() == head.request.method);
  require(parser.chunked() == (head.framing == Framing::chunked));
  require(parser.content_length().has_value() == (head.framing == Framing::length));
  if (head.framing == Framing::length) require(*parser.content_length() == head.length);
  require(parser.get().count("Host") <= 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Limits limits;
  const auto end = find_head_end(bytes, 0, limits);
  if (std::holds_alternative<Refusal>(end)) return 0;
  const std::size_t length = std::get<std::size_t>(end);
  require(length <= size);
  const std::string_view head = bytes.substr(0, length);
  const auto checked = check_head(head, limits);
  if (const auto* good = std::get_if<Head>(&checked)) compare(*good, head);
  return 0;
}
