// Compact JWS: the RFC's key, and everything that is not quite one.
#include "ledger/core/jws.h"

#include "support/example.h"

namespace refledger {
namespace {

using test::key_from;
using test::raw_jws;

Json rfc8037() { return *parse_json(test::vector_file("ed25519/rfc8037.json"), 4096, "vector"); }

std::unique_ptr<sign::Ed25519Key> rfc_key() {
  const Json vector = rfc8037();
  return key_from(*from_base64url(vector["jwk"]["d"].get<std::string>(), "d"));
}

// RFC 8037 A.3.
TEST(Jws, NamesAKeyByItsThumbprintAsInTheRfc) {
  EXPECT_EQ(thumbprint(rfc_key()->public_key()), rfc8037()["jwk_thumbprint_sha256"]);
}

TEST(Jws, ComesBackAsItWasSigned) {
  const auto key = rfc_key();
  const std::string compact = sign_jws("some+jws", R"({"a":1})", *key);
  const Result<Jws> jws = split_jws(compact, "some+jws");
  ASSERT_TRUE(jws);
  EXPECT_EQ(jws->payload, R"({"a":1})");
  EXPECT_EQ(jws->header["kid"], thumbprint(key->public_key()));
  EXPECT_EQ(jws->signing_input, compact.substr(0, compact.rfind('.')));
  EXPECT_EQ(jws->signature, key->sign(bytes_of(jws->signing_input)));
}

TEST(Jws, RefusesEveryOtherHeader) {
  const auto key = rfc_key();
  EXPECT_TRUE(split_jws(raw_jws(R"({"alg":"EdDSA","kid":"k","typ":"t"})", "", *key), "t"));
  for (const char* header :
       {R"({"alg":"none","kid":"k","typ":"t"})", R"({"alg":"EdDSA","typ":"t"})",
        R"({"alg":"EdDSA","kid":"k"})", R"({"alg":"EdDSA","kid":"k","typ":"T"})",
        R"({"alg":"EdDSA","kid":1,"typ":"t"})", R"({"alg":["EdDSA"],"kid":"k","typ":"t"})",
        R"({"alg":"EdDSA","b64":false,"kid":"k","typ":"t"})",
        R"({"kid":"k","alg":"EdDSA","typ":"t"})", R"({"alg":"EdDSA", "kid":"k","typ":"t"})",
        R"(["alg","kid","typ"])", "", "x"}) {
    EXPECT_EQ(split_jws(raw_jws(header, "", *key), "t").error().fault, Fault::malformed) << header;
  }
}

TEST(Jws, RefusesEveryTruncationAndASignatureOfAnotherLength) {
  const std::string compact = sign_jws("t", "payload", *rfc_key());
  for (std::size_t length = 0; length < compact.size(); ++length) {
    EXPECT_FALSE(split_jws(compact.substr(0, length), "t")) << length;
  }
  for (const char* more : {".", "A", "AAAA", "=", " ", "\n", ".AAAA"}) {
    EXPECT_FALSE(split_jws(compact + more, "t")) << more;
    EXPECT_FALSE(split_jws(more + compact, "t")) << more;
  }
}

}  // namespace
}  // namespace refledger
