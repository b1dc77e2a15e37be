// Links: the QR code's text, what people type, and what is no link of ours.
#include "ledger/format/link.h"

#include "support/example.h"

namespace refledger::format {
namespace {

using test::example;

Link example_link() {
  const test::ExampleSecrets secrets;
  return {test::kBase, secrets.fixed<ReferenceId>("id"), secrets.fixed<LinkSecret>("secret")};
}

const std::string kId = "0123456789ABCDEFGHJKMNPQRW";
const std::string kSecret = "ZZZZZZZZZZZZZZZZZZZZZZZZZW";
const std::string kGood = "https://refs.example.com/v/" + kId + "#" + kSecret;

TEST(Link, TheExampleIsWrittenAndRead) {
  EXPECT_EQ(format_qr_text(example_link()), example("link.txt"));
  const Result<Link> link = parse_link(example("link.txt"));
  ASSERT_TRUE(link);
  EXPECT_EQ(link->base, "https://refs.example.com");
  EXPECT_EQ(link->id, example_link().id);
  EXPECT_EQ(link->secret, example_link().secret);
}

TEST(Link, BothFormsAreReadAndTheOneWithoutSecret) {
  ASSERT_TRUE(parse_link(kGood));
  EXPECT_EQ(format_link(*parse_link(kGood)), kGood);
  const std::string bare = "https://refs.example.com:8443/v/" + kId;
  ASSERT_TRUE(parse_link(bare));
  EXPECT_FALSE(parse_link(bare)->secret);
  EXPECT_EQ(format_link(*parse_link(bare)), bare);
  EXPECT_EQ(format_qr_text(*parse_link(bare)), "HTTPS://REFS.EXAMPLE.COM:8443/V/" + kId);
}

TEST(Link, SchemeHostAndPathAreReadInEitherCase) {
  for (const char* head : {"HTTPS://REFS.EXAMPLE.COM/V/", "https://refs.example.com/v/",
                           "HttpS://Refs.Example.Com/V/"}) {
    EXPECT_EQ(format_link(*parse_link(head + kId + "#" + kSecret)), kGood) << head;
  }
}

TEST(Link, RefusesEverythingElse) {
  const std::string head = "https://refs.example.com/v/";
  for (const std::string& text : {std::string(),
                                  std::string("refs.example.com/v/") + kId,
                                  "http://refs.example.com/v/" + kId,
                                  "ftp://refs.example.com/v/" + kId,
                                  "https://refs.example.com/" + kId,
                                  "https://refs.example.com/w/" + kId,
                                  "https://refs.example.com//v/" + kId,
                                  "https://refs.example.com/v//" + kId,
                                  head + kId + "/",
                                  head + kId + "?a=b",
                                  head + kId + "?a=b#" + kSecret,
                                  head + kId + "%23" + kSecret,
                                  head + kId + "#",
                                  head + kId + "#" + kSecret + "#",
                                  head + kId + "#" + kSecret + "A",
                                  head + "#" + kSecret,
                                  head,
                                  head + kId.substr(1),
                                  head + "0" + kId,
                                  " " + kGood,
                                  kGood + " ",
                                  kGood + "\n",
                                  "https://user@refs.example.com/v/" + kId,
                                  "https://user:pw@refs.example.com/v/" + kId,
                                  "https://refs.example.com:0/v/" + kId,
                                  "https://refs.example.com:443/v/" + kId,
                                  "https://refs.example.com:65536/v/" + kId,
                                  "https://refs.example.com:/v/" + kId,
                                  "https://refs.example.com:08443/v/" + kId,
                                  "https://refs..example.com/v/" + kId,
                                  "https://-refs.example.com/v/" + kId,
                                  "https://refs.example.com./v/" + kId,
                                  "https:///v/" + kId,
                                  "https://" + std::string(254, 'a') + "/v/" + kId,
                                  "https://r\xc3\xa4ts.example/v/" + kId,
                                  "https://[::1]/v/" + kId,
                                  "https://refs_example.com/v/" + kId}) {
    EXPECT_EQ(parse_link(text).error().fault, Fault::malformed) << text;
  }
}

TEST(Link, TheCodesAreUpperCaseWithoutSpareBits) {
  const std::string head = "https://refs.example.com/v/";
  std::string lower = kId;
  lower[10] = 'a';
  EXPECT_FALSE(parse_link(head + lower));
  for (const char c : std::string("123567ILOU*~$=- ")) {
    std::string other = kId;
    other.back() = c;
    EXPECT_FALSE(parse_link(head + other)) << c;
    EXPECT_FALSE(parse_id(other)) << c;
    EXPECT_FALSE(parse_link(head + kId + "#" + other)) << c;
  }
}

TEST(Link, PlainHttpIsForLoopbackOnly) {
  EXPECT_EQ(*parse_base("http://localhost:8080"), "http://localhost:8080");
  EXPECT_EQ(*parse_base("HTTP://127.0.0.1:8080"), "http://127.0.0.1:8080");
  EXPECT_EQ(*parse_base("https://192.0.2.1"), "https://192.0.2.1");
  for (const char* base : {"http://192.0.2.1", "http://localhost.example", "http://localhost:80",
                           "http://127.0.0.2", "https://a/", "https://a?", "https://", "//a"}) {
    EXPECT_FALSE(parse_base(base)) << base;
  }
}

TEST(Typed, IsInGroupsWithACheckSymbol) {
  const Bytes bytes = *from_base32(kId, "id");
  const std::string typed = format_typed(bytes);
  EXPECT_EQ(typed, "0123 4567 89AB CDEF GHJK MNPQ RWC");
  EXPECT_EQ(*parse_typed(typed), bytes);
}

TEST(Typed, ForgivesBlanksHyphensCaseAndLookAlikes) {
  const Bytes bytes = *from_base32("0110" + kId.substr(4), "id");
  std::string typed = format_typed(bytes);
  for (char& c : typed) {
    if (c == ' ') c = '-';
  }
  typed.replace(0, 4, "oIl0");
  std::string lower;
  for (const char c : typed) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  EXPECT_EQ(*parse_typed(typed), bytes);
  EXPECT_EQ(*parse_typed(" " + lower + " "), bytes);
}

// Crockford's check finds every single wrong character and every swap of neighbours.
TEST(Typed, NamesEverySingleSlipATypingError) {
  const std::string code = format_typed(*from_base32(kId, "id"));
  for (std::size_t at = 0; at < code.size(); ++at) {
    if (code[at] == ' ') continue;
    for (const char c : std::string("0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U")) {
      std::string slipped = code;
      slipped[at] = c;
      if (slipped == code) continue;
      const Result<Bytes> read = parse_typed(slipped);
      ASSERT_FALSE(read) << slipped;
      EXPECT_EQ(read.error().detail, "link: typing error");
    }
  }
  std::string bare;
  for (const char c : code) bare += c == ' ' ? "" : std::string(1, c);
  for (std::size_t at = 0; at + 1 < bare.size(); ++at) {
    std::string swapped = bare;
    std::swap(swapped[at], swapped[at + 1]);
    EXPECT_EQ(parse_typed(swapped).has_value(), swapped == bare) << swapped;
  }
}

TEST(Typed, NeedsAllOfItsCharacters) {
  const std::string code = format_typed(*from_base32(kId, "id"));
  EXPECT_EQ(parse_typed(code.substr(0, 32)).error().detail, "link: 27 characters expected");
  EXPECT_FALSE(parse_typed(code + "0"));
  EXPECT_FALSE(parse_typed(""));
  EXPECT_FALSE(parse_typed(std::string(1000, ' ') + code));
}

}  // namespace
}  // namespace refledger::format
