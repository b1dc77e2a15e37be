// The server over real sockets: what it answers, how long it waits, whom it sends away.
#include "http/server.h"

#include "support/raw_client.h"
#include "support/support.h"

namespace refledger::http {
namespace {

using test::body_of;
using test::RawClient;
using test::status_of;
using namespace std::chrono_literals;

Settings local(Limits limits = {}) { return {TcpEndpoint{"127.0.0.1", 0}, {}, limits, 2}; }

std::unique_ptr<Server> serve(const Settings& settings, Handler handler) {
  Result<std::unique_ptr<Server>> started = Server::start(settings, std::move(handler));
  if (!started) std::abort();
  return std::move(*started);
}

/// Answers with what it was asked.
Response echo(const Request& request) {
  return {200, "text/plain",
          request.method + " " + request.path + "?" + request.query + " " + request.body};
}

TEST(HttpServer, AnswersARequestAndKeepsTheConnection) {
  const auto server = serve(local(), echo);
  RawClient client(server->port());
  for (int round = 0; round < 3; ++round) {
    client.send("GET /v/X?a=b HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const std::string answer = client.answer();
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_EQ(body_of(answer), "GET /v/X?a=b ");
    EXPECT_NE(answer.find("\r\nDate: "), std::string::npos);
    EXPECT_EQ(answer.find("\r\nServer:"), std::string::npos);
    EXPECT_EQ(answer.find("\r\nConnection:"), std::string::npos);
  }
}

TEST(HttpServer, ReadsABodyOfKnownLengthAndAChunkedOne) {
  const auto server = serve(local(), echo);
  RawClient client(server->port());
  client.send("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhel");
  client.send("lo");
  EXPECT_EQ(body_of(client.answer()), "POST /a? hello");
  client.send(
      "POST /b HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n");
  client.send("2;note=1\r\nlo\r\n0\r\nTrailing: x\r\n\r\n");
  EXPECT_EQ(body_of(client.answer()), "POST /b? hello");
}

TEST(HttpServer, ServesPipelinedRequestsOneAfterTheOther) {
  const auto server = serve(local(), echo);
  RawClient client(server->port());
  std::string all;
  for (int n = 0; n < 20; ++n) {
    all += "POST /" + std::to_string(n) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n" +
           char('a' + n);
  }
  client.send(all);
  for (int n = 0; n < 20; ++n) {
    EXPECT_EQ(body_of(client.answer()), "POST /" + std::to_string(n) + "? " + char('a' + n));
  }
}

}  // namespace
}  // namespace refledger::http
