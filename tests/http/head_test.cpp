// The head check on its own: what it makes of a good head, and that any cut of one is no head.
#include "http/head.h"

#include <gtest/gtest.h>

namespace refledger::http {
namespace {

const std::string kHead =
    "POST /v/X?a=b%20c HTTP/1.1\r\n"
    "Host: example.org:8443\r\n"
    "Accept: text/html\r\n"
    "ACCEPT:\tapplication/json  \r\n"
    "Content-Length: 12\r\n"
    "Connection: x, Close\r\n"
    "Expect: 100-continue\r\n"
    "\r\n";

std::variant<Head, Refusal> check(const std::string& head) { return check_head(head, Limits{}); }

Head good(const std::string& head) {
  auto checked = check(head);
  if (const auto* refusal = std::get_if<Refusal>(&checked)) {
    ADD_FAILURE() << refusal->status << " " << refusal->reason;
    return {};
  }
  return std::get<Head>(std::move(checked));
}

TEST(HttpHead, IsTakenApart) {
  const Head head = good(kHead);
  EXPECT_EQ(head.request.method, "POST");
  EXPECT_EQ(head.request.path, "/v/X");
  EXPECT_EQ(head.request.query, "a=b%20c");
  EXPECT_EQ(head.request.header("host"), "example.org:8443");
  EXPECT_EQ(head.request.header("accept"), "text/html, application/json");
  EXPECT_EQ(head.framing, Framing::length);
  EXPECT_EQ(head.length, 12U);
  EXPECT_FALSE(head.keep_alive);
  EXPECT_TRUE(head.expects_continue);
}

TEST(HttpHead, EndsWhereItsBlankLineEndsAndNowhereElse) {
  const Limits limits;
  for (std::size_t cut = 0; cut < kHead.size(); ++cut) {
    for (std::size_t seen : {std::size_t{0}, cut / 2, cut}) {
      EXPECT_EQ(std::get<0>(find_head_end(kHead.substr(0, cut), seen, limits)), 0U) << cut;
    }
  }
  for (std::size_t seen = 0; seen < kHead.size(); ++seen) {
    EXPECT_EQ(std::get<0>(find_head_end(kHead + "GET /", seen, limits)), kHead.size()) << seen;
  }
}

TEST(HttpHead, KeepsTheConnectionAsItsVersionSays) {
  const std::string one = "GET / HTTP/1.1\r\nHost: h\r\n";
  const std::string zero = "GET / HTTP/1.0\r\n";
  EXPECT_TRUE(good(one + "\r\n").keep_alive);
  EXPECT_FALSE(good(one + "Connection: close\r\n\r\n").keep_alive);
  EXPECT_FALSE(good(one + "Connection: keep-alive\r\nConnection: CLOSE\r\n\r\n").keep_alive);
  EXPECT_FALSE(good(zero + "\r\n").keep_alive);
  EXPECT_TRUE(good(zero + "Connection: Keep-Alive\r\n\r\n").keep_alive);
  EXPECT_FALSE(good(zero + "Expect: 100-continue\r\n\r\n").expects_continue);
}

TEST(HttpHead, KnowsHosts) {
  for (const char* host : {"h", "example.org", "example.org:1", "127.0.0.1:65535", "[::1]",
                           "[2001:db8::7]:443", "a_b-c.d"}) {
    EXPECT_EQ(
        good("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n").request.header("host"),
        host);
  }
  for (const char* host : {"", ":80", "h:", "h:x", "h:123456", "h:80:80", "[::1", "[]", "[::1]x",
                           "[g::1]", "h h", "h/", "h?", "h\\", "h%41", "@h"}) {
    const auto checked = check("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n");
    ASSERT_TRUE(std::holds_alternative<Refusal>(checked)) << host;
    EXPECT_EQ(std::get<Refusal>(checked).status, 400U);
  }
}

TEST(HttpHead, RefusesEveryControlByteEverywhere) {
  for (int byte = 0; byte < 0x20; ++byte) {
    for (std::size_t at = 0; at < kHead.size(); ++at) {
      std::string changed = kHead;
      changed[at] = static_cast<char>(byte);
      if (changed == kHead || byte == '\t') continue;
      const auto end = find_head_end(changed, 0, Limits{});
      if (std::holds_alternative<Refusal>(end) || std::get<0>(end) == 0) continue;
      EXPECT_TRUE(std::holds_alternative<Refusal>(check(changed.substr(0, std::get<0>(end)))))
          << "byte " << byte << " at " << at;
    }
  }
}

TEST(HttpHead, WithoutItsEndIsNone) {
  for (const char* text : {"", "\r\n", "\r\n\r\n", "GET / HTTP/1.1", "GET / HTTP/1.1\r\n"}) {
    EXPECT_TRUE(std::holds_alternative<Refusal>(check(text))) << text;
  }
}

}  // namespace
}  // namespace refledger::http
