// Keys sign as RFC 8032 says, and come back only from what they sealed.
#include "ledger/sign/ed25519_key.h"

#include "ledger/core/encoding.h"
#include "ledger/core/json.h"
#include "ledger/keys/ed25519.h"
#include "support/support.h"

namespace refledger::sign {
namespace {

using test::FixedRandom;

MasterKey master(std::uint8_t filled_with = 7) {
  return *MasterKey::from_bytes(Bytes(32, filled_with));
}

TEST(Ed25519Key, SignsTheExamplesOfRfc8032) {
  const Json vectors = *parse_json(test::vector_file("ed25519/rfc8032.json"), 1 << 16, "vectors");
  std::size_t checked = 0;
  for (const Json& example : vectors["tests"]) {
    const Bytes message = *from_hex(example["message"].get<std::string>(), "message");
    const auto key = *Ed25519Key::from_seed(*from_hex(example["seed"].get<std::string>(), "seed"));
    EXPECT_EQ(to_hex(key->public_key().view()), example["public"]);
    EXPECT_EQ(to_hex(key->sign(message).view()), example["signature"]);
    ++checked;
  }
  EXPECT_GE(checked, 4u);
}

TEST(Ed25519Key, SignsWhatItsPublicKeyConfirms) {
  FixedRandom random;
  const auto key = Ed25519Key::generate(random);
  const Signature signature = key->sign(bytes_of("text"));
  EXPECT_TRUE(keys::signature_holds(key->public_key(), bytes_of("text"), signature));
  EXPECT_FALSE(keys::signature_holds(key->public_key(), bytes_of("Text"), signature));
}

TEST(Ed25519Key, IsAnotherOneEachTime) {
  FixedRandom random;
  EXPECT_NE(Ed25519Key::generate(random)->public_key(), Ed25519Key::generate(random)->public_key());
}

TEST(Ed25519Key, ComesBackFromItsSeal) {
  FixedRandom random;
  const auto key = Ed25519Key::generate(random);
  const Bytes sealed = key->seal(master(), "log key", random);
  const auto opened = Ed25519Key::open(sealed, master(), "log key");
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ((*opened)->public_key(), key->public_key());
  EXPECT_EQ((*opened)->sign(bytes_of("text")), key->sign(bytes_of("text")));
}

TEST(Ed25519Key, DoesNotOpenForAnotherMasterOrPurpose) {
  FixedRandom random;
  const Bytes sealed = Ed25519Key::generate(random)->seal(master(), "log key", random);
  EXPECT_EQ(Ed25519Key::open(sealed, master(8), "log key").error().fault, Fault::refused);
  EXPECT_EQ(Ed25519Key::open(sealed, master(), "issuer key").error().fault, Fault::refused);
}

TEST(Ed25519Key, DoesNotOpenFromSomethingElseThatWasSealed) {
  FixedRandom random;
  const Bytes sealed = master().seal(Bytes(31), "log key", random);
  EXPECT_EQ(Ed25519Key::open(sealed, master(), "log key").error().fault, Fault::malformed);
}

TEST(Ed25519Key, NeedsASeedOf32Bytes) {
  for (const std::size_t length : {0u, 31u, 33u, 64u}) {
    EXPECT_EQ(Ed25519Key::from_seed(Bytes(length)).error().fault, Fault::malformed);
  }
}

TEST(Ed25519Key, OnPaperIsItsSeed) {
  const Bytes seed(32, 0xfb);
  const auto key = *Ed25519Key::from_seed(seed);
  EXPECT_EQ(key->paper_form(), to_base64url(seed));
  const auto again = *Ed25519Key::from_seed(*from_base64url(key->paper_form(), "paper"));
  EXPECT_EQ(again->public_key(), key->public_key());
}

}  // namespace
}  // namespace refledger::sign
