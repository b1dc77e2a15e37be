// Signatures: the RFC's examples, the hard cases, and keys that may not be enrolled.
#include "ledger/keys/ed25519.h"

#include "support/example.h"

namespace refledger::keys {
namespace {

Bytes hex(const Json& text) { return *from_hex(text.get<std::string>(), "vector"); }

TEST(Ed25519, AcceptsTheRfcsSignaturesAndNoneWithABitChanged) {
  const Json vectors = *parse_json(test::vector_file("ed25519/rfc8032.json"), 1 << 16, "vectors");
  for (const Json& vector : vectors["tests"]) {
    const PublicKey key = *PublicKey::from(hex(vector["public"]));
    const Bytes message = hex(vector["message"]);
    Signature signature = *Signature::from(hex(vector["signature"]));
    EXPECT_TRUE(signature_holds(key, message, signature));
    EXPECT_TRUE(is_enrollable(key));
    for (std::size_t bit = 0; bit < 512; ++bit) {
      signature.bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
      ASSERT_FALSE(signature_holds(key, message, signature)) << bit;
      signature.bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    }
  }
}

TEST(Ed25519, AgreesWithWycheproof) {
  const Json vectors =
      *parse_json(test::vector_file("ed25519/wycheproof.json"), 1 << 20, "vectors");
  EXPECT_EQ(vectors["tests"].size(), 151u);
  for (const Json& vector : vectors["tests"]) {
    const std::optional<Signature> signature = Signature::from(hex(vector["signature"]));
    const bool holds = signature && signature_holds(*PublicKey::from(hex(vector["public"])),
                                                    hex(vector["message"]), *signature);
    EXPECT_EQ(holds, vector["valid"].get<bool>()) << vector["id"];
  }
}

// The eight points of small order, and other ways to write some of them.
TEST(Ed25519, EnrollsNoKeyOfSmallOrderNorOneInAnotherForm) {
  for (const char* key : {"0000000000000000000000000000000000000000000000000000000000000000",
                          "0100000000000000000000000000000000000000000000000000000000000000",
                          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                          "0000000000000000000000000000000000000000000000000000000000000080",
                          "0100000000000000000000000000000000000000000000000000000000000080",
                          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                          "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"}) {
    EXPECT_FALSE(is_enrollable(*PublicKey::from(*from_hex(key, "key")))) << key;
  }
}

}  // namespace
}  // namespace refledger::keys
