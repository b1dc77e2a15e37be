// The server over real sockets: what it answers to whom.
#include "http/server.h"

#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "support/raw_client.h"
#include "support/serving.h"

namespace refledger::http {
namespace {

using test::body_of;
using test::Echo;
using test::Gate;
using test::on_loopback;
using test::RawClient;
using test::serve;
using test::status_of;

constexpr const char* kGet = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";

TEST(HttpServer, AnswersARequestAndKeepsTheConnection) {
  Echo echo;
  const auto server = serve(on_loopback(), echo.handler());
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
  Echo echo;
  const auto server = serve(on_loopback(), echo.handler());
  RawClient client(server->port());
  client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhel");
  client.send("lo");
  EXPECT_EQ(body_of(client.answer()), "POST /a? hello");
  client.send("POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n");
  client.send("2;note=1\r\nlo\r\n0\r\nTrailing: x\r\n\r\n");
  EXPECT_EQ(body_of(client.answer()), "POST /b? hello");
}

TEST(HttpServer, ServesPipelinedRequestsOneAfterTheOther) {
  Echo echo;
  const auto server = serve(on_loopback(), echo.handler());
  RawClient client(server->port());
  std::string all;
  for (int n = 0; n < 20; ++n) {
    all += "POST /" + std::to_string(n) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n";
    all += static_cast<char>('a' + n);
  }
  client.send(all);
  for (int n = 0; n < 20; ++n) {
    const char body = static_cast<char>('a' + n);
    EXPECT_EQ(body_of(client.answer()), "POST /" + std::to_string(n) + "? " + body);
  }
}

TEST(HttpServer, HeadHasTheLengthAndNoBody) {
  Echo echo;
  const auto server = serve(on_loopback(), echo.handler());
  RawClient client(server->port());
  client.send("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n");
  const std::string answer = client.answer(true);
  EXPECT_NE(answer.find("\r\nContent-Length: 9\r\n"), std::string::npos) << answer;
  EXPECT_EQ(body_of(answer), "");
  client.send(kGet);
  EXPECT_EQ(body_of(client.answer()), "GET /x? ");
}

TEST(HttpServer, StatusesWithoutABodySendNone) {
  const auto server = serve(on_loopback(), [](const Request& request) {
    return Response(request.path == "/304" ? 304 : 204, "text/plain", "never seen");
  });
  RawClient client(server->port());
  for (const char* path : {"/304", "/204"}) {
    client.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n\r\n");
    const std::string answer = client.answer();
    EXPECT_EQ(answer.find("Content-Length"), std::string::npos);
    EXPECT_EQ(body_of(answer), "");
  }
}

TEST(HttpServer, ClosesWhenAskedAndForVersion10UnlessAsked) {
  Echo echo;
  const auto server = serve(on_loopback(), echo.handler());
  RawClient asking(server->port());
  asking.send("GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_NE(asking.answer().find("\r\nConnection: close\r\n"), std::string::npos);
  EXPECT_TRUE(asking.closed());
  RawClient old(server->port());
  old.send("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_NE(old.answer().find("\r\nConnection: keep-alive\r\n"), std::string::npos);
  old.send("GET /x HTTP/1.0\r\n\r\n");
  EXPECT_EQ(body_of(old.answer()), "GET /x? ");
  EXPECT_TRUE(old.closed());
}

TEST(HttpServer, SaysContinueToAPeerThatWaitsForIt) {
  Echo echo;
  const auto server = serve(on_loopback(), echo.handler());
  RawClient client(server->port());
  client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.answer(), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("hello");
  EXPECT_EQ(body_of(client.answer()), "POST /x? hello");
}

TEST(HttpServer, AHandlerThatThrowsIsAnswered500AndTheNextOneServed) {
  const auto server = serve(on_loopback(), [](const Request& request) -> Response {
    if (request.path == "/std") throw std::runtime_error("secret text");
    if (request.path == "/int") throw 7;
    return Response(200, "text/plain", "fine");
  });
  RawClient client(server->port());
  for (const char* path : {"/std", "/int"}) {
    client.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n\r\n");
    const std::string answer = client.answer();
    EXPECT_EQ(status_of(answer), 500);
    EXPECT_EQ(answer.find("secret"), std::string::npos);
  }
  client.send(kGet);
  EXPECT_EQ(status_of(client.answer()), 200);
}

TEST(HttpServer, TellsHandlersWhoAsks) {
  const auto server = serve(on_loopback(), [](const Request& request) {
    return Response(200, "text/plain", request.peer);
  });
  RawClient client(server->port());
  client.send(kGet);
  EXPECT_EQ(body_of(client.answer()), "127.0.0.1");
}

TEST(HttpServer, BreaksOffWhereAStandInWantsIt) {
  const auto server = serve(on_loopback(), [](const Request&) {
    Response response(200, "text/plain", "0123456789");
    response.break_off_after(4);
    return response;
  });
  RawClient client(server->port());
  client.send(kGet);
  const std::string all = client.rest();
  EXPECT_NE(all.find("\r\nContent-Length: 10\r\n"), std::string::npos);
  EXPECT_EQ(body_of(all), "0123");
  EXPECT_TRUE(client.ended());
}

TEST(HttpServer, RunsHandlersBesideEachOther) {
  Gate gate;
  const auto server = serve(on_loopback(), [&](const Request& request) {
    if (request.path == "/wait") gate.wait();
    return Response(200, "text/plain", request.path);
  });
  RawClient waiting(server->port());
  waiting.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
  gate.await(1);
  RawClient other(server->port());
  other.send(kGet);
  EXPECT_EQ(body_of(other.answer()), "/x");
  gate.open();
  EXPECT_EQ(body_of(waiting.answer()), "/wait");
}

TEST(HttpServer, FinishesWhatIsBeingAnsweredWhenStopped) {
  Gate gate;
  const auto server = serve(on_loopback(), [&](const Request&) {
    gate.wait();
    return Response(200, "text/plain", "done");
  });
  RawClient idle(server->port());
  RawClient busy(server->port());
  busy.send(kGet);
  gate.await(1);
  std::thread stopping([&] { server->stop(); });
  EXPECT_TRUE(idle.closed());
  gate.open();
  const std::string answer = busy.answer();
  EXPECT_EQ(body_of(answer), "done");
  EXPECT_NE(answer.find("\r\nConnection: close\r\n"), std::string::npos);
  EXPECT_TRUE(busy.closed());
  stopping.join();
  EXPECT_FALSE(RawClient(server->port()).connected());
}

TEST(HttpServer, StopsAtLastWhateverAHandlerDoes) {
  Gate gate;
  auto server = serve(on_loopback(), [&](const Request&) {
    gate.wait();
    return Response(200);
  });
  RawClient busy(server->port());
  busy.send(kGet);
  gate.await(1);
  server->stop();  // Returns although the handler has not.
  gate.open();
  server.reset();  // Waits for the handler.
  EXPECT_EQ(busy.rest(), "");
}

TEST(HttpServer, RefusesAnAddressThatIsNoneAndAPortThatIsTaken) {
  Echo echo;
  Settings settings = on_loopback();
  const auto server = serve(settings, echo.handler());
  settings.endpoint = TcpEndpoint{"127.0.0.1", server->port()};
  EXPECT_EQ(Server::start(settings, echo.handler()).error().fault, Fault::conflict);
  settings.endpoint = TcpEndpoint{"localhost", 0};
  EXPECT_EQ(Server::start(settings, echo.handler()).error().fault, Fault::malformed);
}

class UnixSocket : public testing::Test {
 protected:
  Settings settings() const { return {UnixEndpoint{path()}, {}, {}, 1}; }
  std::string path() const { return (folder_.path() / "desk.sock").string(); }
  Echo echo_;

 private:
  test::TemporaryFolder folder_;
};

TEST_F(UnixSocket, ServesItsOwnerOnly) {
  const auto server = serve(settings(), [](const Request& request) {
    return Response(200, "text/plain", "peer:" + request.peer);
  });
  struct stat found {};
  ASSERT_EQ(stat(path().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
  RawClient client(path());
  client.send(kGet);
  EXPECT_EQ(body_of(client.answer()), "peer:");
  EXPECT_EQ(server->port(), 0);
}

TEST_F(UnixSocket, IsGoneAfterwards) {
  serve(settings(), echo_.handler())->stop();
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(UnixSocket, ReplacesAStaleOne) {
  {
    // A server that died: its name is there and nobody listens.
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    path().copy(at.sun_path, sizeof at.sun_path - 1);
    ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
    close(fd);
  }
  const auto server = serve(settings(), echo_.handler());
  RawClient client(path());
  client.send(kGet);
  EXPECT_EQ(status_of(client.answer()), 200);
}

TEST_F(UnixSocket, LeavesALiveOneAlone) {
  const auto server = serve(settings(), echo_.handler());
  EXPECT_EQ(Server::start(settings(), echo_.handler()).error().fault, Fault::conflict);
  RawClient client(path());
  client.send(kGet);
  EXPECT_EQ(status_of(client.answer()), 200);
}

TEST_F(UnixSocket, DeletesNoFileOfAnotherKind) {
  std::ofstream(path()) << "precious";
  EXPECT_EQ(Server::start(settings(), echo_.handler()).error().fault, Fault::conflict);
  std::string kept;
  std::ifstream(path()) >> kept;
  EXPECT_EQ(kept, "precious");
}

TEST_F(UnixSocket, RefusesAPathThatIsTooLong) {
  Settings long_path = settings();
  long_path.endpoint = UnixEndpoint{"/tmp/" + std::string(200, 'a')};
  EXPECT_EQ(Server::start(long_path, echo_.handler()).error().fault, Fault::out_of_range);
}

}  // namespace
}  // namespace refledger::http
