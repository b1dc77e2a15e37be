// Slow, silent and numerous peers: each step ends at its deadline, and honest peers are served
// meanwhile.
#include <thread>

#include "support/raw_client.h"
#include "support/serving.h"

namespace refledger::http {
namespace {

using namespace std::chrono_literals;
using test::body_of;
using test::Echo;
using test::Gate;
using test::on_loopback;
using test::RawClient;
using test::serve;
using test::status_of;

constexpr const char* kGet = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";
constexpr std::chrono::milliseconds kForEver = 1h;

/// No deadline but the one under test can end a connection in a test's time.
Limits patient() {
  Limits limits;
  limits.head_time = limits.body_time = limits.idle_time = limits.write_time = kForEver;
  limits.handshake_time = kForEver;
  return limits;
}

/// One thread that reads and writes: what the server does is in the order of what it is sent.
Settings in_order(const Limits& limits) {
  Settings settings = on_loopback(limits);
  settings.threads = 1;
  return settings;
}

/// Sends a byte now and then until the peer closes; how many it took.  A deadline that each byte
/// renewed would never come.
unsigned drip_until_closed(RawClient& client, const char* byte) {
  unsigned sent = 0;
  while (client.send(byte) && !client.closed(0s) && sent < 10000) {
    ++sent;
    std::this_thread::sleep_for(10ms);
  }
  return sent;
}

TEST(SlowPeer, AHeadThatDripsEndsAtItsDeadline) {
  Echo echo;
  Limits limits = patient();
  limits.head_time = 200ms;
  const auto server = serve(on_loopback(limits), echo.handler());
  RawClient client(server->port());
  client.send("GET /x HTTP/1.1\r\nHost: h\r\nX-A: ");
  EXPECT_LT(drip_until_closed(client, "a"), 10000U);
  EXPECT_EQ(echo.served(), 0U);
}

TEST(SlowPeer, APeerThatSaysNothingEndsAtTheHeadsDeadline) {
  Echo echo;
  Limits limits = patient();
  limits.head_time = 50ms;
  const auto server = serve(on_loopback(limits), echo.handler());
  EXPECT_TRUE(RawClient(server->port()).closed());
}

TEST(SlowPeer, ABodyThatDripsEndsAtItsDeadline) {
  Echo echo;
  Limits limits = patient();
  limits.body_time = 200ms;
  const auto server = serve(on_loopback(limits), echo.handler());
  RawClient known(server->port());
  known.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n");
  EXPECT_LT(drip_until_closed(known, "a"), 10000U);
  RawClient chunked(server->port());
  chunked.send("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_LT(drip_until_closed(chunked, "1\r\na\r\n"), 10000U);
  EXPECT_EQ(echo.served(), 0U);
}

TEST(SlowPeer, AnIdleConnectionEndsAtItsDeadline) {
  Echo echo;
  Limits limits = patient();
  limits.idle_time = 50ms;
  const auto server = serve(on_loopback(limits), echo.handler());
  RawClient client(server->port());
  client.send(kGet);
  EXPECT_EQ(status_of(client.answer()), 200);
  EXPECT_TRUE(client.closed());
}

TEST(SlowPeer, TheFirstByteOfTheNextRequestStartsItsHeadsDeadline) {
  Echo echo;
  Limits limits = patient();
  limits.head_time = 200ms;  // idle for as long as one likes, but then quickly
  const auto server = serve(on_loopback(limits), echo.handler());
  RawClient client(server->port());
  client.send(kGet);
  EXPECT_EQ(status_of(client.answer()), 200);
  client.send("GET /second");
  EXPECT_TRUE(client.closed());
}

TEST(SlowPeer, AReaderThatDoesNotReadEndsAtTheWritesDeadline) {
  const auto large = std::make_shared<const std::string>(64 * 1024 * 1024, 'x');
  Limits limits = patient();
  limits.write_time = 200ms;
  const auto server = serve(on_loopback(limits),
                            [&](const Request&) { return Response(200, "text/plain", large); });
  RawClient client(server->port());
  client.send(kGet);
  // The kernel's buffers fill, then nothing moves: the server lets go of the body.
  while (large.use_count() < 2) std::this_thread::sleep_for(1ms);
  while (large.use_count() > 1) std::this_thread::sleep_for(1ms);
  EXPECT_LT(client.rest().size(), large->size());
}

TEST(SlowPeer, TwoHundredOfThemDoNotStarveAnHonestOne) {
  Echo echo;
  const auto server = serve(on_loopback(patient()), echo.handler());
  std::vector<RawClient> slow;
  for (int n = 0; n < 200; ++n) {
    slow.emplace_back(server->port());
    if (n % 4 == 0) slow.back().send("GET /x HTTP/1.1\r\nHost: h\r\nX-A: ");
    if (n % 4 == 1) slow.back().send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\na");
    if (n % 4 == 2) slow.back().send(kGet);
  }
  for (int n = 0; n < 50; ++n) {
    RawClient honest(server->port());
    honest.send("GET /honest HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(status_of(honest.answer()), 200);
  }
  EXPECT_EQ(echo.served("/honest"), 50U);
}

TEST(Capacity, AtTheLimitTheOldestThatIsNotBeingHandledMakesRoom) {
  Gate gate;
  Limits limits = patient();
  limits.connections = 3;
  const auto server = serve(in_order(limits), [&](const Request& request) {
    if (request.path == "/wait") gate.wait();
    return Response(200, "text/plain", request.path);
  });
  RawClient handled(server->port());  // the oldest, but its request is being handled
  handled.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
  gate.await(1);
  RawClient second(server->port());
  second.send(kGet);
  second.answer();
  RawClient third(server->port());
  third.send(kGet);
  third.answer();
  RawClient fourth(server->port());
  fourth.send(kGet);
  EXPECT_EQ(status_of(fourth.answer()), 200);
  EXPECT_TRUE(second.closed());
  third.send(kGet);
  EXPECT_EQ(status_of(third.answer()), 200);
  gate.open();
  EXPECT_EQ(body_of(handled.answer()), "/wait");
}

TEST(Capacity, WhenAllAreBeingHandledANewOneIsTurnedAway) {
  Gate gate;
  Limits limits = patient();
  limits.connections = 2;
  const auto server = serve(in_order(limits), [&](const Request&) {
    gate.wait();
    return Response(200, "text/plain", "done");
  });
  RawClient first(server->port());
  RawClient second(server->port());
  first.send(kGet);
  second.send(kGet);
  gate.await(2);
  EXPECT_TRUE(RawClient(server->port()).closed());
  gate.open();
  EXPECT_EQ(body_of(first.answer()), "done");
  EXPECT_EQ(body_of(second.answer()), "done");
}

TEST(Capacity, OnePeerHasOnlySoManyConnections) {
  Echo echo;
  Limits limits = patient();
  limits.connections_per_peer = 2;
  const auto server = serve(in_order(limits), echo.handler());
  std::optional<RawClient> first(server->port());
  RawClient second(server->port());
  for (RawClient* client : {&*first, &second}) {
    client->send(kGet);
    EXPECT_EQ(status_of(client->answer()), 200);
  }
  EXPECT_TRUE(RawClient(server->port()).closed());
  first.reset();
  // The server learns of it in its own time.
  for (bool served = false; !served;) {
    RawClient next(server->port());
    next.send(kGet);
    served = status_of(next.answer()) == 200;
  }
  second.send(kGet);
  EXPECT_EQ(status_of(second.answer()), 200);
}

TEST(Capacity, AFullQueueAnswers503AndSaysWhenToComeBack) {
  Gate gate;
  Limits limits = patient();
  limits.workers = 1;
  limits.waiting = 1;
  const auto server = serve(in_order(limits), [&](const Request&) {
    gate.wait();
    return Response(200, "text/plain", "done");
  });
  RawClient working(server->port());
  working.send(kGet);
  gate.await(1);
  // Two compete for the one place in the queue.
  RawClient one(server->port());
  RawClient other(server->port());
  one.send(kGet);
  other.send(kGet);
  pollfd wait[2] = {{one.fd(), POLLIN, 0}, {other.fd(), POLLIN, 0}};
  ASSERT_EQ(poll(wait, 2, 20000), 1);
  RawClient& refused = wait[0].revents != 0 ? one : other;
  RawClient& queued = wait[0].revents != 0 ? other : one;
  const std::string answer = refused.answer();
  EXPECT_EQ(status_of(answer), 503);
  EXPECT_NE(answer.find("\r\nRetry-After: 1\r\n"), std::string::npos);
  gate.open();
  EXPECT_EQ(status_of(working.answer()), 200);
  EXPECT_EQ(status_of(queued.answer()), 200);
  refused.send(kGet);
  EXPECT_EQ(status_of(refused.answer()), 200);
}

}  // namespace
}  // namespace refledger::http
