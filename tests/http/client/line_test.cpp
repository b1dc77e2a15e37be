// A line kept open: one connection for many requests, and opened again when the server hung up.
#include "http/client/line.h"

#include <gtest/gtest.h>

#include <atomic>

#include "http/client/connection.h"
#include "support/scripted_peer.h"

namespace refledger::client {
namespace {

std::string reply(const std::string& body, const std::string& header = "") {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + header +
         "\r\n" + body;
}

Endpoint to(const test::ScriptedPeer& peer) {
  Endpoint endpoint{false, "127.0.0.1", peer.port(), ""};
  endpoint.timeout = std::chrono::seconds{5};
  return endpoint;
}

/// Three requests; what came back, "!" for an error.
std::string three_times(Line& line) {
  std::string all;
  for (const char* target : {"/a", "/b", "/c"}) {
    const Result<Answer> answer = line.exchange({target, {}, {}}, 100);
    all += answer ? answer->body : "!" + answer.error().detail;
  }
  return all;
}

TEST(Line, TakesOneConnectionForManyRequests) {
  std::atomic<int> connections = 0;
  const test::ScriptedPeer peer([&](test::Line& line) {
    ++connections;
    while (!line.read_until("\r\n\r\n").empty()) {
      if (!line.write(reply("x"))) return;
    }
  });
  Line line(to(peer));
  EXPECT_EQ(three_times(line), "xxx");
  EXPECT_EQ(connections, 1);
}

TEST(Line, OpensAgainWhenTheServerHungUpInBetween) {
  std::atomic<int> connections = 0;
  const test::ScriptedPeer peer([&](test::Line& line) {
    ++connections;
    line.read_until("\r\n\r\n");
    line.write(reply("x"));
  });
  Line line(to(peer));
  EXPECT_EQ(three_times(line), "xxx");
  EXPECT_EQ(connections, 3);
}

TEST(Line, HangsUpWhereTheServerSaysSo) {
  std::atomic<int> requests = 0;
  const test::ScriptedPeer peer([&](test::Line& line) {
    while (!line.read_until("\r\n\r\n").empty()) {
      ++requests;
      if (!line.write(reply("x", "Connection: close\r\n"))) return;
    }
  });
  Line line(to(peer));
  EXPECT_EQ(three_times(line), "xxx");
  EXPECT_EQ(requests, 3);
}

TEST(Line, TakesNothingOfOneAnswerForTheNext) {
  // More than was announced: the rest must not begin the next answer.
  std::atomic<int> connections = 0;
  const test::ScriptedPeer peer([&](test::Line& line) {
    ++connections;
    while (!line.read_until("\r\n\r\n").empty()) {
      if (!line.write("HTTP/1.1 200 OK\r\n\r\nunbounded")) return;
      return;
    }
  });
  Line line(to(peer));
  EXPECT_EQ(three_times(line), "unboundedunboundedunbounded");
  EXPECT_EQ(connections, 3);
}

TEST(Line, HangsUpAfterAnAnswerThatWasTooLong) {
  std::atomic<int> connections = 0;
  const test::ScriptedPeer peer([&](test::Line& line) {
    const bool first = ++connections == 1;
    while (!line.read_until("\r\n\r\n").empty()) {
      if (!line.write(reply(first ? std::string(200, 'y') : "x"))) return;
    }
  });
  Line line(to(peer));
  EXPECT_EQ(three_times(line), "!an answer longer than 100 bytesxx");
  EXPECT_EQ(connections, 2);
}

TEST(Line, RepeatsNoRequestThatSendsSomething) {
  std::atomic<int> requests = 0;
  const test::ScriptedPeer peer([&](test::Line& line) {
    line.read_until("\r\n\r\n");
    ++requests;
    line.write(reply("x"));
  });
  Line line(to(peer));
  ASSERT_TRUE(line.exchange({"/a", {}, {}}, 100));
  EXPECT_FALSE(line.exchange({"/b", {}, "{}"}, 100));
  EXPECT_EQ(requests, 1);
}

TEST(Line, MayBeQuietForLongerThanOneRequestMayTake) {
  const test::ScriptedPeer peer([&](test::Line& line) {
    while (!line.read_until("\r\n\r\n").empty()) {
      if (!line.write(reply("x"))) return;
    }
  });
  Endpoint endpoint = to(peer);
  endpoint.timeout = std::chrono::seconds{1};
  Line line(endpoint);
  ASSERT_TRUE(line.exchange({"/a", {}, {}}, 100));
  std::this_thread::sleep_for(std::chrono::milliseconds{1200});
  EXPECT_TRUE(line.exchange({"/b", {}, {}}, 100));
}

}  // namespace
}  // namespace refledger::client
