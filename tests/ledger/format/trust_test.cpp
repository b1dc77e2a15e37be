// Trust files.
#include "ledger/format/trust.h"

#include "support/example.h"

namespace refledger::format {
namespace {

using test::example;
using test::key_of;

std::string log_key(std::uint8_t number) {
  return format_vkey({"log" + std::to_string(number), kNoteEd25519, key_of(number)->public_key()});
}
std::string witness_key(std::uint8_t number) {
  return format_vkey({"w.example", kNoteCosignature, key_of(number)->public_key()});
}

TEST(Trust, TheExampleIsReadAsItWasMeant) {
  const Result<Trust> trust = parse_trust(example("trust.txt"));
  ASSERT_TRUE(trust);
  ASSERT_EQ(trust->logs.size(), 1u);
  const test::ExampleSecrets secrets;
  EXPECT_EQ(trust->logs[0].name, test::kOrigin);
  EXPECT_EQ(trust->logs[0].key, secrets.key("log")->public_key());
  EXPECT_EQ(format_vkey(trust->witnesses.at("harbour")), secrets.json["witness_vkey"]);
  EXPECT_EQ(trust->groups.at("witnesses"), (Trust::Group{1, {"harbour"}}));
  EXPECT_EQ(trust->quorum, "none");
  ASSERT_EQ(trust->issuers.size(), 1u);
  EXPECT_EQ(trust->issuers[0].kid, thumbprint(secrets.key("issuer")->public_key()));
  EXPECT_EQ(*parse_trust(format_trust(*trust)), *trust);
}

// The policy of c2sp.org/tlog-policy, with keys.
std::string two_levels() {
  std::string text = "log " + log_key(1) + "\n\n";
  for (std::uint8_t i = 1; i <= 3; ++i) {
    text += "witness X" + std::to_string(i) + " " + witness_key(static_cast<std::uint8_t>(10 + i)) +
            "\nwitness Y" + std::to_string(i) + "\t" +
            witness_key(static_cast<std::uint8_t>(20 + i)) + " https://w.example/x#y\n";
  }
  return text +
         "  group X-witnesses 2 X1 X2 X3\ngroup Y-witnesses any Y1 Y2 Y3\n# both\n"
         "group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n";
}

TEST(Trust, ReadsTheSpecificationsExample) {
  const Result<Trust> trust = parse_trust(two_levels());
  ASSERT_TRUE(trust) << trust.error().detail;
  EXPECT_EQ(trust->witnesses.size(), 6u);
  EXPECT_EQ(trust->groups.at("X-witnesses").threshold, 2u);
  EXPECT_EQ(trust->groups.at("Y-witnesses").threshold, 1u);
  EXPECT_EQ(trust->groups.at("X-and-Y").threshold, 2u);
  EXPECT_EQ(trust->quorum, "X-and-Y");
  // "X-and-Y" sorts before its members, and is written after them all the same.
  EXPECT_EQ(*parse_trust(format_trust(*trust)), *trust);
}

TEST(Trust, NamesTheLineThatIsWrong) {
  const std::string kid(43, 'A');
  const std::vector<std::string> bad_lines{"log",
                                           "log x",
                                           "log " + log_key(1) + " u v",
                                           "log " + witness_key(1),
                                           "witness w",
                                           "witness w " + log_key(2),
                                           "witness none " + witness_key(1),
                                           "group g 1",
                                           "group g all",
                                           "group g 1 w",
                                           "quorum",
                                           "quorum w",
                                           "quorum none none",
                                           "issuer",
                                           "issuer https://a",
                                           "issuer https://a kid",
                                           "issuer https://a " + kid + " x",
                                           "LOG " + log_key(1),
                                           "secret x",
                                           "log " + log_key(1) + "\r",
                                           std::string("issuer https://a\0", 17) + kid,
                                           "# \x7f"};
  for (const std::string& line : bad_lines) {
    const Result<Trust> trust = parse_trust("# first\n" + line + "\nquorum none\n");
    ASSERT_FALSE(trust) << line;
    EXPECT_TRUE(trust.error().detail.starts_with("trust file, line 2: ")) << trust.error().detail;
  }
}

TEST(Trust, RefusesWhatWouldCountTwice) {
  const std::string w1 = "witness a " + witness_key(1) + "\n";
  const std::string w2 = "witness b " + witness_key(2) + "\n";
  ASSERT_TRUE(parse_trust(w1 + w2 + "group g 1 a\nquorum g\n"));
  for (const std::string& text :
       {w1 + w1 + "quorum a\n", w1 + "witness b " + witness_key(1) + "\nquorum a\n",
        w1 + "witness a " + witness_key(2) + "\nquorum a\n", w1 + "group g 1 a a\nquorum g\n",
        w1 + w2 + "group g 1 a\ngroup h 1 a b\nquorum h\n", w1 + "group a 1 a\nquorum a\n",
        w1 + w2 + "group g 3 a b\nquorum g\n", w1 + "group g 0 a\nquorum g\n",
        w1 + "group g 01 a\nquorum g\n", w1 + "group g 1 g\nquorum g\n",
        w1 + "group g 1 none\nquorum g\n", "quorum a\n" + w1, w1 + "quorum a\nquorum a\n",
        w1 + "group g 1 h\ngroup h 1 a\nquorum g\n",
        "log " + log_key(1) + "\nlog " + log_key(1) + "\nquorum none\n"}) {
    EXPECT_EQ(parse_trust(text).error().fault, Fault::malformed) << text;
  }
}

TEST(Trust, HasOneQuorumLineAndAnEndToEachLine) {
  EXPECT_TRUE(parse_trust("quorum none\n"));
  EXPECT_EQ(parse_trust("").error().detail, "trust file: no quorum line");
  EXPECT_FALSE(parse_trust("quorum none"));
  EXPECT_FALSE(parse_trust("quorum none\n" + std::string(1 << 16, '\n')));
}

}  // namespace
}  // namespace refledger::format
