// Hostile bytes over a real socket: each is refused, the connection is closed, and nothing that
// hides behind them is ever served as a request of its own.
#include "support/raw_client.h"
#include "support/serving.h"

namespace refledger::http {
namespace {

using test::Echo;
using test::RawClient;
using test::status_of;

constexpr const char* kSmuggled = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

struct Case {
  const char* name;
  std::string bytes;
  int status;
};

std::string get_with(const std::string& headers) {
  return "GET /x HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
}
std::string post_with(const std::string& headers, const std::string& body = "") {
  return "POST /x HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n" + body;
}
std::string line(const std::string& first) { return first + "\r\nHost: h\r\n\r\n"; }
std::string many_headers(int count) {
  std::string headers;
  for (int n = 0; n < count; ++n) headers += "X-" + std::to_string(n) + ": v\r\n";
  return headers;
}

class HostileFraming : public testing::TestWithParam<Case> {};

TEST_P(HostileFraming, IsRefusedAndNothingBehindItIsServed) {
  Echo echo;
  const auto server = test::serve(test::on_loopback(), echo.handler());
  RawClient client(server->port());
  client.send(GetParam().bytes);
  client.send(kSmuggled);
  const std::string all = client.rest();
  EXPECT_EQ(status_of(all), GetParam().status) << all;
  EXPECT_NE(all.find("\r\nConnection: close\r\n"), std::string::npos);
  EXPECT_EQ(all.find("HTTP/1.1 ", 1), std::string::npos) << "a second answer: " << all;
  EXPECT_TRUE(client.ended());
  EXPECT_EQ(echo.served(), 0U);
}

const std::string kFive = "Content-Length: 5\r\n";
const std::string kChunked = "Transfer-Encoding: chunked\r\n";

INSTANTIATE_TEST_SUITE_P(
    Length, HostileFraming,
    testing::Values(Case{"LengthAndChunked", post_with(kFive + kChunked, "0\r\n\r\n"), 400},
                    Case{"ChunkedAndLength", post_with(kChunked + kFive, "0\r\n\r\n"), 400},
                    Case{"TwoLengths", post_with(kFive + "Content-Length: 6\r\n", "hello"), 400},
                    Case{"TheSameLengthTwice", post_with(kFive + kFive, "hello"), 400},
                    Case{"ListOfLengths", post_with("Content-Length: 5, 5\r\n", "hello"), 400},
                    Case{"NegativeLength", post_with("Content-Length: -1\r\n"), 400},
                    Case{"SignedLength", post_with("Content-Length: +5\r\n", "hello"), 400},
                    Case{"EmptyLength", post_with("Content-Length:\r\n"), 400},
                    Case{"HexLength", post_with("Content-Length: 0x5\r\n", "hello"), 400},
                    Case{"LengthWithLetters", post_with("Content-Length: 5a\r\n", "hello"), 400},
                    Case{"LengthWithLeadingZero", post_with("Content-Length: 05\r\n", "hello"),
                         400},
                    Case{"LengthInTwoWords", post_with("Content-Length: 5 5\r\n", "hello"), 400},
                    Case{"LengthBeyondSixtyFourBits",
                         post_with("Content-Length: 99999999999999999999\r\n"), 400},
                    Case{"LengthBeyondTheCap", post_with("Content-Length: 65537\r\n"), 413},
                    Case{"PostWithoutLength", post_with(""), 411},
                    Case{"PutWithoutLength", line("PUT /x HTTP/1.1"), 411},
                    Case{"PatchWithoutLength", line("PATCH /x HTTP/1.1"), 411},
                    Case{"UnderscoreIsNoHyphen", post_with("Content_Length: 5\r\n", "hello"), 411}),
    [](const auto& made) { return std::string(made.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Coding, HostileFraming,
    testing::Values(
        Case{"BlankBeforeColon", post_with("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), 400},
        Case{"XChunked", post_with("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 400},
        Case{"GzipChunked", post_with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 400},
        Case{"ChunkedGzip", post_with("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"), 400},
        Case{"ChunkedTwiceInOne", post_with("Transfer-Encoding: chunked, chunked\r\n"), 400},
        Case{"TwoCodings", post_with(kChunked + kChunked, "0\r\n\r\n"), 400},
        Case{"ChunkedAndIdentity", post_with(kChunked + "Transfer-Encoding: identity\r\n"), 400},
        Case{"Identity", post_with("Transfer-Encoding: identity\r\n"), 400},
        Case{"OtherCase", post_with("Transfer-Encoding: Chunked\r\n", "0\r\n\r\n"), 400},
        Case{"Quoted", post_with("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), 400},
        Case{"VerticalTab",
             post_with("Transfer-Encoding: \x0b"
                       "chunked\r\n"),
             400},
        Case{"EmptyCoding", post_with("Transfer-Encoding:\r\n", "0\r\n\r\n"), 400},
        Case{"OnGetToo", get_with("Transfer-Encoding: gzip\r\n"), 400},
        Case{"InVersion10", "POST /x HTTP/1.0\r\n" + kChunked + "\r\n0\r\n\r\n", 400},
        Case{"SizeIsNoHex", post_with(kChunked, "ZZ\r\nhello\r\n0\r\n\r\n"), 400},
        Case{"SizeWithPrefix", post_with(kChunked, "0x5\r\nhello\r\n0\r\n\r\n"), 400},
        Case{"NegativeSize", post_with(kChunked, "-5\r\nhello\r\n0\r\n\r\n"), 400},
        Case{"EmptySize", post_with(kChunked, "\r\nhello\r\n0\r\n\r\n"), 400},
        Case{"BlankBeforeSize", post_with(kChunked, " 5\r\nhello\r\n0\r\n\r\n"), 400},
        Case{"SizeBeyondSixtyFourBits", post_with(kChunked, "FFFFFFFFFFFFFFFFF\r\nhello"), 400},
        Case{"HugeSize", post_with(kChunked, "FFFFFFFFFFFFFFFF\r\nhello"), 413},
        Case{"ChunkLongerThanSaid", post_with(kChunked, "3\r\nhello\r\n0\r\n\r\n"), 400},
        Case{"ChunkBeyondTheCap", post_with(kChunked, "10001\r\n"), 413},
        Case{"BareLineFeedAfterSize", post_with(kChunked, "5\nhello\r\n0\r\n\r\n"), 400}),
    [](const auto& made) { return std::string(made.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Head, HostileFraming,
    testing::Values(
        Case{"FoldedHeader", get_with("X-A: one\r\n two\r\n"), 400},
        Case{"FoldedByTab", get_with("X-A: one\r\n\ttwo\r\n"), 400},
        Case{"FoldedFirstHeader", "GET /x HTTP/1.1\r\n Host: h\r\n\r\n", 400},
        Case{"BareLineFeeds", "GET /x HTTP/1.1\nHost: h\n\n", 400},
        Case{"OneBareLineFeed", get_with("X-A: one\nX-B: two\r\n"), 400},
        Case{"BareCarriageReturn", get_with("X-A: one\rX-B: two\r\n"), 400},
        Case{"NulInValue", get_with(std::string("X-A: a\0b\r\n", 10)), 400},
        Case{"NulInTarget", line(std::string("GET /a\0b HTTP/1.1", 17)), 400},
        Case{"ControlInValue", get_with("X-A: a\x01\r\n"), 400},
        Case{"DeleteInValue", get_with("X-A: a\x7f\r\n"), 400},
        Case{"NoColon", get_with("X-A\r\n"), 400}, Case{"EmptyName", get_with(": value\r\n"), 400},
        Case{"BlankInName", get_with("X A: value\r\n"), 400},
        Case{"TabBeforeColon", get_with("X-A\t: value\r\n"), 400},
        Case{"NameOfHighBytes", get_with("X-\xc3\xa9: value\r\n"), 400},
        Case{"TooManyHeaders", get_with(many_headers(64)), 431},
        Case{"HeadTooLong", get_with("X-A: " + std::string(17000, 'a') + "\r\n"), 431},
        Case{"NoHost", "GET /x HTTP/1.1\r\n\r\n", 400},
        Case{"TwoHosts", get_with("Host: h\r\n"), 400},
        Case{"TwoHostsInVersion10", "GET /x HTTP/1.0\r\nHost: h\r\nHost: g\r\n\r\n", 400},
        Case{"EmptyHost", "GET /x HTTP/1.1\r\nHost:\r\n\r\n", 400},
        Case{"HostWithPath", "GET /x HTTP/1.1\r\nHost: h/../x\r\n\r\n", 400},
        Case{"HostWithUser", "GET /x HTTP/1.1\r\nHost: u@h\r\n\r\n", 400},
        Case{"HostList", "GET /x HTTP/1.1\r\nHost: h, g\r\n\r\n", 400},
        Case{"RepeatedAuthorization", get_with("Authorization: a\r\nAuthorization: b\r\n"), 400},
        Case{"RepeatedContentType", get_with("Content-Type: a/b\r\nContent-Type: c/d\r\n"), 400},
        Case{"ConnectionOfNoTokens",
             get_with("Connection: clo\xff"
                      "se\r\n"),
             400},
        Case{"UnknownExpectation", post_with(kFive + "Expect: miracles\r\n", "hello"), 417}),
    [](const auto& made) { return std::string(made.param.name); });

INSTANTIATE_TEST_SUITE_P(
    RequestLine, HostileFraming,
    testing::Values(
        Case{"Version09", "GET /x\r\n\r\n", 400}, Case{"Version99", line("GET /x HTTP/9.9"), 505},
        Case{"Version12", line("GET /x HTTP/1.2"), 505},
        Case{"Version20", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        Case{"VersionInLowerCase", line("GET /x http/1.1"), 400},
        Case{"VersionTooLong", line("GET /x HTTP/1.10"), 400},
        Case{"VersionOfLetters", line("GET /x HTTP/a.b"), 400},
        Case{"TwoBlanks", line("GET  /x HTTP/1.1"), 400},
        Case{"TabInstead", line("GET\t/x\tHTTP/1.1"), 400},
        Case{"BlankInTarget", line("GET /x y HTTP/1.1"), 400},
        Case{"BlankBefore", line(" GET /x HTTP/1.1"), 400},
        Case{"BlankAfter", line("GET /x HTTP/1.1 "), 400},
        Case{"EmptyLineBefore", "\r\n" + line("GET /x HTTP/1.1"), 400},
        Case{"OtherHost", line("GET http://other.example/x HTTP/1.1"), 400},
        Case{"OtherScheme", line("GET ftp://h/x HTTP/1.1"), 400},
        Case{"UserInTarget", line("GET http://u@h/x HTTP/1.1"), 400},
        Case{"Authority", line("CONNECT h:443 HTTP/1.1"), 405},
        Case{"AuthorityOfGet", line("GET h:443 HTTP/1.1"), 400},
        Case{"Asterisk", line("GET * HTTP/1.1"), 400},
        Case{"RelativeTarget", line("GET x HTTP/1.1"), 400},
        Case{"Fragment", line("GET /x#y HTTP/1.1"), 400},
        Case{"HighBytesInTarget", line("GET /\xc3\xa9 HTTP/1.1"), 400},
        Case{"Backslash", line("GET /..\\x HTTP/1.1"), 400},
        Case{"TargetTooLong", line("GET /" + std::string(8192, 'a') + " HTTP/1.1"), 414},
        Case{"LineBeyondTheHead", "GET /" + std::string(20000, 'a') + " HTTP/1.1\r\n\r\n", 414},
        Case{"Trace", line("TRACE /x HTTP/1.1"), 405},
        Case{"UnknownMethod", line("BREW /x HTTP/1.1"), 501},
        Case{"MethodInLowerCase", line("get /x HTTP/1.1"), 501},
        Case{"MethodIsNoToken", line("G(T /x HTTP/1.1"), 400},
        Case{"TlsHello", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + "\n",
             400}),
    [](const auto& made) { return std::string(made.param.name); });

TEST(Framing, ABodyThatEndsTooEarlyIsNoRequest) {
  Echo echo;
  const auto server = test::serve(test::on_loopback(), echo.handler());
  for (const std::string& sent : {post_with(kFive, "hell"), post_with(kChunked, "5\r\nhell"),
                                  post_with(kChunked, "5\r\nhello\r\n0\r\n")}) {
    RawClient client(server->port());
    client.send(sent);
    client.end_sending();
    EXPECT_EQ(client.rest(), "");
    EXPECT_TRUE(client.ended());
  }
  EXPECT_EQ(echo.served(), 0U);
}

TEST(Framing, ARequestCutIntoSingleBytesIsTheSameRequest) {
  Echo echo;
  const auto server = test::serve(test::on_loopback(), echo.handler());
  RawClient client(server->port());
  for (const char byte : post_with(kChunked, "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")) {
    client.send({&byte, 1});
  }
  EXPECT_EQ(test::body_of(client.answer()), "POST /x? hello");
}

TEST(Framing, AnAbsoluteTargetOfThisHostIsTheSameRequest) {
  Echo echo;
  const auto server = test::serve(test::on_loopback(), echo.handler());
  RawClient client(server->port());
  client.send("GET http://H:1/x?q HTTP/1.1\r\nHost: h:1\r\n\r\n");
  EXPECT_EQ(test::body_of(client.answer()), "GET /x?q ");
  client.send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(test::body_of(client.answer()), "OPTIONS *? ");
}

TEST(Framing, LimitsAreMetExactly) {
  Echo echo;
  const auto server = test::serve(test::on_loopback(), echo.handler());
  RawClient client(server->port());
  client.send(get_with(many_headers(63)));
  EXPECT_EQ(status_of(client.answer()), 200);
  client.send(post_with("Content-Length: 65536\r\n", std::string(65536, 'b')));
  EXPECT_EQ(status_of(client.answer()), 200);
  client.send(line("GET /" + std::string(8191, 'a') + " HTTP/1.1"));
  EXPECT_EQ(status_of(client.answer()), 200);
  std::string head = get_with("X-A: \r\n");
  head.insert(head.size() - 4, 16 * 1024 - head.size(), 'a');
  client.send(head);
  EXPECT_EQ(status_of(client.answer()), 200);
  head.insert(head.size() - 4, 1, 'a');
  client.send(head);
  EXPECT_EQ(status_of(client.answer()), 431);
}

TEST(Framing, ABodyThatNoHandlerWantsIsStillReadToItsEnd) {
  const auto server = test::serve(test::on_loopback(),
                                  [](const Request&) { return Response(403, "text/plain", "no"); });
  RawClient client(server->port());
  client.send("GET /x HTTP/1.1\r\nHost: h\r\nContent-Length: 38\r\n\r\n" + std::string(kSmuggled) +
              "123");
  EXPECT_EQ(status_of(client.answer()), 403);
  client.send(get_with("Connection: close\r\n"));
  EXPECT_EQ(status_of(client.answer()), 403);
  EXPECT_TRUE(client.closed());
}

}  // namespace
}  // namespace refledger::http
