// Fuzz target: no answer of a timestamp authority crashes its reader, and what is taken for a token
// fits its space and is one over what was asked for.
#include <openssl/ts.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "render/seal/token.h"
#include "support/support.h"

namespace {

using namespace refledger;

constexpr std::size_t room = 4096;

const std::vector<seal::Certificate>& authorities() {
  static const std::vector<seal::Certificate> read =
      *seal::read_authorities(test::vector_file("seal/tsa-root.pem"));
  return read;
}

TS_REQ* request() {
  static const seal::TimestampRequest parsed = [] {
    const std::string der = test::vector_file("seal/timestamp.tsq");
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    return seal::TimestampRequest(d2i_TS_REQ(nullptr, &at, static_cast<long>(der.size())));
  }();
  return parsed.get();
}

bool is_over_the_request(ByteView token) {
  const ASN1_OCTET_STRING* imprint = TS_MSG_IMPRINT_get_msg(TS_REQ_get_msg_imprint(request()));
  const unsigned char* hash = ASN1_STRING_get0_data(imprint);
  return std::search(token.begin(), token.end(), hash, hash + ASN1_STRING_length(imprint)) !=
         token.end();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const UtcMillis answered = *parse_time("2026-11-22T03:37:25.000Z", "now");
  const Result<Bytes> token =
      seal::token_in(ByteView(data, size), request(), {authorities(), answered, room});
  if (token && (token->size() > room || !is_over_the_request(*token))) std::abort();
  return 0;
}
