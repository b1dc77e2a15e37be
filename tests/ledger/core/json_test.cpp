// Canonical JSON, and bounded reading of other people's.
#include "ledger/core/json.h"

#include "support/support.h"

namespace refledger {
namespace {

std::string canonical(std::string_view text) {
  return *to_canonical_json(*parse_json(text, 1000, "test"));
}

// RFC 8785 §3.2.3: names sort by UTF-16 code units, so the emoji stands before U+FB33.
TEST(CanonicalJson, SortsNamesAsInTheRfc) {
  EXPECT_EQ(canonical(R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew",)"
                      R"("1":"One","\ud83d\ude00":"Smiley","\u0080":"Control","\u00f6":"o"})"),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\",\"ö\":\"o\","
            "\"€\":\"Euro Sign\",\"😀\":\"Smiley\",\"\xef\xac\xb3\":\"Hebrew\"}");
}

// RFC 8785 §3.2.2.2, its string.
TEST(CanonicalJson, EscapesJustWhatTheRfcAsksFor) {
  EXPECT_EQ(canonical(R"(["\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/"])"),
            R"(["€$\u000f\nA'B\"\\\\\"/"])");
  EXPECT_EQ(canonical("[\"\\u0008\\t\\n\\f\\r\\u007f\"]"), "[\"\\b\\t\\n\\f\\r\x7f\"]");
}

TEST(CanonicalJson, HoldsIntegersWithin53Bits) {
  EXPECT_EQ(canonical("[0,-1,9007199254740991,-9007199254740991,true,false,null]"),
            "[0,-1,9007199254740991,-9007199254740991,true,false,null]");
  for (const char* text : {"9007199254740992", "-9007199254740992", "18446744073709551615", "1.5",
                           "1e2", "1.0", "-0.0"}) {
    EXPECT_EQ(to_canonical_json(*parse_json(text, 100, "x")).error().fault, Fault::malformed)
        << text;
  }
}

TEST(CanonicalJson, RefusesTextThatIsNotUtf8) {
  EXPECT_FALSE(to_canonical_json(Json("\xff")));
  EXPECT_FALSE(to_canonical_json(Json{{"\xc3", 1}}));
}

TEST(CanonicalJson, IsReadOnlyAsItIsWritten) {
  EXPECT_TRUE(from_canonical_json(R"({"a":1,"b":[true,null]})", "x"));
  for (const char* text :
       {R"({"b":1,"a":1})", R"({ "a":1})", R"({"a":1} )", R"({"a":1}{})", R"({"a":1,"a":1})",
        R"({"a":01})", R"({"a":1.0})", R"({"a":1e0})", R"({"a":-0})", R"({"a":"\u0061"})",
        R"({"a":"\/"})", "{\"a\":\"\x01\"}", R"({"a":1,})", "", "nul", R"({"a":"\ud800"})",
        "\xef\xbb\xbf{}", R"({"a":"\u000A"})", "// x\n{}"}) {
    EXPECT_EQ(from_canonical_json(text, "field").error().fault, Fault::malformed) << text;
  }
}

TEST(ForeignJson, IsBoundedInLengthAndDepth) {
  EXPECT_EQ(parse_json("[1,2]", 4, "answer").error().fault, Fault::out_of_range);
  EXPECT_TRUE(parse_json("[1,2]", 5, "answer"));
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(parse_json(nested(32), 1000, "answer"));
  EXPECT_FALSE(parse_json(nested(34), 1000, "answer"));
  EXPECT_FALSE(parse_json(nested(100000), 1000000, "answer"));
  EXPECT_TRUE(parse_json(nested(3), 100, "answer", 3));
  EXPECT_FALSE(parse_json(nested(5), 100, "answer", 3));
}

TEST(ForeignJson, RefusesANameTwiceAtAnyDepth) {
  EXPECT_FALSE(parse_json(R"({"a":1,"a":2})", 100, "x"));
  EXPECT_FALSE(parse_json(R"([{"b":{"a":1,"c":[{}],"a":2}}])", 100, "x"));
  EXPECT_FALSE(parse_json("{\"a\":1,\"\\u0061\":2}", 100, "x"));
  EXPECT_TRUE(parse_json(R"([{"a":{"a":1}},{"a":2}])", 100, "x"));
}

TEST(Json, MembersAreTakenByNameAndType) {
  const Json object{{"text", "a"}, {"number", 7}, {"minus", -1}};
  EXPECT_EQ(*string_member(object, "text"), "a");
  EXPECT_EQ(string_member(object, "number").error().detail, "number: text expected");
  EXPECT_EQ(*number_member(*parse_json(R"({"n":7})", 100, "x"), "n"), 7u);
  EXPECT_FALSE(number_member(object, "minus"));
  EXPECT_FALSE(number_member(object, "text"));
  EXPECT_FALSE(number_member(object, "absent"));
  EXPECT_FALSE(string_member(Json::array(), "text"));
  EXPECT_TRUE(has_exactly(object, {"minus", "number", "text"}));
  EXPECT_FALSE(has_exactly(object, {"number", "text"}));
  EXPECT_FALSE(has_exactly(object, {"minus", "number", "other"}));
  EXPECT_FALSE(has_exactly(Json("x"), {}));
}

}  // namespace
}  // namespace refledger
