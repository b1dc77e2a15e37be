// Bytes to text and back: the RFC's examples, every length, and each way to write it wrongly.
#include "ledger/core/encoding.h"

#include "support/support.h"

namespace refledger {
namespace {

using test::FixedRandom;

Bytes some_bytes(std::size_t length) {
  Bytes bytes(length);
  FixedRandom().fill(bytes);
  return bytes;
}

// RFC 4648 §10.
TEST(Encoding, WritesBase64AsInTheRfc) {
  const std::vector<std::pair<std::string, std::string>> cases{{"", ""},
                                                               {"f", "Zg=="},
                                                               {"fo", "Zm8="},
                                                               {"foo", "Zm9v"},
                                                               {"foob", "Zm9vYg=="},
                                                               {"fooba", "Zm9vYmE="},
                                                               {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, text] : cases) {
    EXPECT_EQ(to_base64(bytes_of(plain)), text);
    EXPECT_EQ(text_of(*from_base64(text, "x")), plain);
  }
}

TEST(Encoding, EveryLengthComesBack) {
  for (std::size_t length = 0; length < 70; ++length) {
    const Bytes bytes = some_bytes(length);
    EXPECT_EQ(*from_hex(to_hex(bytes), "x"), bytes);
    EXPECT_EQ(*from_base64(to_base64(bytes), "x"), bytes);
    EXPECT_EQ(*from_base64url(to_base64url(bytes), "x"), bytes);
    EXPECT_EQ(*from_base32(to_base32(bytes), "x"), bytes);
  }
}

// What a decoder accepts is what the encoder writes: tried on every text of up to three characters.
TEST(Encoding, DecodersAcceptOnlyWhatEncodersWrite) {
  const std::string alphabet = "AZaz09+/-_= \nU\x80";
  std::vector<std::string> texts{""};
  for (std::size_t at = 0; at < texts.size() && texts[at].size() < 3; ++at) {
    for (const char c : alphabet) texts.push_back(texts[at] + c);
  }
  for (const std::string& text : texts) {
    SCOPED_TRACE(text);
    if (const auto bytes = from_hex(text, "x")) {
      EXPECT_EQ(to_hex(*bytes), text);
    }
    if (const auto bytes = from_base64(text, "x")) {
      EXPECT_EQ(to_base64(*bytes), text);
    }
    if (const auto bytes = from_base64url(text, "x")) {
      EXPECT_EQ(to_base64url(*bytes), text);
    }
    if (const auto bytes = from_base32(text, "x")) {
      EXPECT_EQ(to_base32(*bytes), text);
    }
  }
}

TEST(Encoding, RefusesSpareBitsPaddingBlanksAndOtherAlphabets) {
  for (const char* text : {"Zh==", "Zg=", "Zg", "Zg===", "Zm9=", "Zg==Zg==", "Z-==", " Zg=="}) {
    EXPECT_EQ(from_base64(text, "field").error(), (Error{Fault::malformed, "field"})) << text;
  }
  for (const char* text : {"Zh", "Z", "Zg==", "Zm9vY", "Zm+v"}) {
    EXPECT_FALSE(from_base64url(text, "field")) << text;
  }
  for (const char* text : {"0", "0G", "AA", "a"}) EXPECT_FALSE(from_hex(text, "field")) << text;
}

TEST(Encoding, SixteenBytesAreTwentySixCharactersOfBase32) {
  EXPECT_EQ(to_base32(Bytes(16, 0x00)), "00000000000000000000000000");
  EXPECT_EQ(to_base32(Bytes(16, 0xff)), "ZZZZZZZZZZZZZZZZZZZZZZZZZW");
  EXPECT_FALSE(from_base32("ZZZZZZZZZZZZZZZZZZZZZZZZZZ", "id"));  // spare bits set
  EXPECT_FALSE(from_base32("zzzzzzzzzzzzzzzzzzzzzzzzzw", "id"));
  EXPECT_FALSE(from_base32("0000000000000000000000000I", "id"));
}

TEST(Encoding, TheCheckSymbolIsTheRemainderModulo37) {
  EXPECT_EQ(check_symbol("0"), '0');
  EXPECT_EQ(check_symbol("10"), '*');   // 32
  EXPECT_EQ(check_symbol("14"), 'U');   // 36
  EXPECT_EQ(check_symbol("15"), '0');   // 37
  EXPECT_EQ(check_symbol("16J"), 'D');  // 1234, as on crockford.com
}

TEST(Encoding, AFixedValueHasItsOwnLength) {
  EXPECT_TRUE(from_base64url_as<PublicKey>(to_base64url(Bytes(32)), "key"));
  EXPECT_FALSE(from_base64url_as<PublicKey>(to_base64url(Bytes(31)), "key"));
  EXPECT_FALSE(from_base64url_as<PublicKey>(to_base64url(Bytes(33)), "key"));
  EXPECT_EQ(from_base64url_as<PublicKey>("AA", "key").error().detail, "key: wrong length");
  EXPECT_EQ(from_base64url_as<PublicKey>(std::string(42, 'A') + "B", "key").error().detail, "key");
  EXPECT_EQ(from_base64url_as<PublicKey>("+" + std::string(42, 'A'), "key").error().detail, "key");
}

}  // namespace
}  // namespace refledger
