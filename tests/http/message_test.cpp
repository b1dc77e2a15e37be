// What a response may carry, and how percent-escapes and forms are read.
#include "http/message.h"

#include <gtest/gtest.h>

namespace refledger::http {
namespace {

TEST(Response, TakesNoHeaderThatWouldSplitIt) {
  Response response(200, "text/plain", "x");
  for (const std::string value : {"a\r\nSet-Cookie: b", "a\nb", "a\rb", "a\tb", "a\x7f"}) {
    EXPECT_FALSE(response.set("X-A", value));
    EXPECT_FALSE(response.add("X-A", value));
  }
  EXPECT_FALSE(response.set("X-A", std::string_view("a\0b", 3)));
  for (const std::string name : {"", "X A", "X-A:", "X-A\r\n", "X-\xc3\xa9"}) {
    EXPECT_FALSE(response.set(name, "value"));
  }
  EXPECT_EQ(response.headers().size(), 1U);
}

TEST(Response, LeavesFramingToTheServer) {
  Response response(200);
  for (const char* name : {"Content-Length", "transfer-encoding", "CONNECTION", "Date", "Server",
                           "Trailer", "Keep-Alive", "TE"}) {
    EXPECT_FALSE(response.set(name, "1"));
  }
  EXPECT_TRUE(response.headers().empty());
}

TEST(Response, ReplacesOnSetAndAddsOnAdd) {
  Response response(200, "text/plain", "x");
  EXPECT_TRUE(response.set("content-type", "text/html"));
  EXPECT_TRUE(response.add("Set-Cookie", "a=1"));
  EXPECT_TRUE(response.add("Set-Cookie", "b=2"));
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"content-type", "text/html"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}};
  EXPECT_EQ(response.headers(), expected);
}

TEST(Response, SharesABodyThatIsKeptElsewhere) {
  const auto kept = std::make_shared<const std::string>("long");
  EXPECT_EQ(&Response(200, "text/plain", kept).body(), kept.get());
  EXPECT_EQ(Response(204).body(), "");
}

TEST(PercentDecode, ReadsEscapesInEitherCase) {
  EXPECT_EQ(percent_decode("a%2fb%2Fc"), "a/b/c");
  EXPECT_EQ(percent_decode("Zo%C3%AB"), "Zoë");
  EXPECT_EQ(percent_decode("a+b"), "a+b");
  EXPECT_EQ(percent_decode("a+b%2B", true), "a b+");
  EXPECT_EQ(percent_decode(""), "");
}

TEST(PercentDecode, RefusesWhatIsNotWellFormed) {
  for (const char* text : {"%", "%4", "a%4", "%zz", "%4g", "%-1", "%00", "a%00b"}) {
    EXPECT_EQ(percent_decode(text), std::nullopt) << text;
  }
  EXPECT_EQ(percent_decode(std::string_view("a\0b", 3)), std::nullopt);
}

TEST(PercentDecode, RefusesWhatIsNotUtf8) {
  for (const char* text : {"%ff", "%c3", "%c3%28", "%c0%af", "%e0%80%af", "%ed%a0%80",
                           "%f4%90%80%80", "%f8%88%80%80%80", "%80", "\xc3"}) {
    EXPECT_EQ(percent_decode(text), std::nullopt) << text;
  }
  EXPECT_EQ(percent_decode("%f4%8f%bf%bf"), "\xf4\x8f\xbf\xbf");
  EXPECT_EQ(percent_decode("%ed%9f%bf"), "\xed\x9f\xbf");
}

TEST(FormValue, FindsOneValueAndNeverTwo) {
  EXPECT_EQ(form_value("a=1&b=2", "b"), "2");
  EXPECT_EQ(form_value("a=1&b=x+y%26", "b"), "x y&");
  EXPECT_EQ(form_value("b", "b"), "");
  EXPECT_EQ(form_value("a%5B%5D=1", "a[]"), "1");
  EXPECT_EQ(form_value("a=1&b=2", "c"), std::nullopt);
  EXPECT_EQ(form_value("b=1&b=1", "b"), std::nullopt);
  EXPECT_EQ(form_value("a=%zz&b=2", "b"), std::nullopt);
  EXPECT_EQ(form_value("", "a"), std::nullopt);
}

TEST(FormPairs, KeepsOrderAndRepetition) {
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"a[]", "x"}, {"a[]", "y"}, {"b", ""}};
  EXPECT_EQ(form_pairs("a[]=x&a%5b%5d=y&&b="), expected);
  EXPECT_EQ(form_pairs("a=%"), std::nullopt);
}

TEST(Request, HeaderIsEmptyWhereThereIsNone) {
  Request request;
  request.headers["accept"] = "text/html";
  EXPECT_EQ(request.header("accept"), "text/html");
  EXPECT_EQ(request.header("host"), "");
}

}  // namespace
}  // namespace refledger::http
