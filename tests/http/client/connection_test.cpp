// Outgoing connections: where they may lead, and that they end in time.
#include "http/client/connection.h"

#include <Poco/Exception.h>

#include <csignal>

#include "support/scripted_peer.h"
#include "support/support.h"

namespace refledger::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// What one read brings: bytes, 0 at the end, -1 for an exception.
int read_once(Connection& connection) {
  char block[64];
  try {
    return connection.socket().receiveBytes(block, sizeof block);
  } catch (const Poco::Exception&) {
    return -1;
  }
}

TEST(Connection, CarriesBytesBothWays) {
  const test::ScriptedPeer peer([](test::Line& line) { line.write(line.read_until("\n")); });
  Result<Connection> connection =
      Connection::open("127.0.0.1", peer.port(), Reach::loopback_only, seconds{5});
  ASSERT_TRUE(connection) << connection.error().detail;
  connection->socket().sendBytes("abc\n", 4);
  EXPECT_EQ(read_once(*connection), 4);
  EXPECT_EQ(read_once(*connection), 0);
  EXPECT_FALSE(connection->timed_out());
}

TEST(Connection, FindsThisMachineByName) {
  const test::ScriptedPeer peer([](test::Line& line) { line.write("x"); });
  EXPECT_TRUE(Connection::open("localhost", peer.port(), Reach::loopback_only, seconds{5}));
}

TEST(Connection, IsCutAtItsDeadlineHoweverBusyThePeerIs) {
  const test::ScriptedPeer peer([](test::Line& line) {
    while (line.write("x")) std::this_thread::sleep_for(milliseconds{10});
  });
  Result<Connection> connection =
      Connection::open("127.0.0.1", peer.port(), Reach::loopback_only, milliseconds{300});
  ASSERT_TRUE(connection);
  const auto start = std::chrono::steady_clock::now();
  while (read_once(*connection) > 0) {
  }
  EXPECT_TRUE(connection->timed_out());
  EXPECT_GE(std::chrono::steady_clock::now() - start, milliseconds{250});
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds{10});
}

TEST(Connection, MayBeGivenMoreTime) {
  const test::ScriptedPeer peer([](test::Line& line) {
    line.read_until("\n");
    std::this_thread::sleep_for(milliseconds{1500});
    line.write("late");
  });
  Result<Connection> connection =
      Connection::open("127.0.0.1", peer.port(), Reach::loopback_only, milliseconds{200});
  ASSERT_TRUE(connection);
  connection->restart(seconds{20});
  connection->socket().sendBytes("\n", 1);
  EXPECT_EQ(read_once(*connection), 4);
  EXPECT_FALSE(connection->timed_out());
}

TEST(Connection, SurvivesAPeerThatIsGone) {
  const test::ScriptedPeer peer([](test::Line&) {});
  Result<Connection> connection =
      Connection::open("127.0.0.1", peer.port(), Reach::loopback_only, seconds{5});
  ASSERT_TRUE(connection);
  while (read_once(*connection) > 0) {
  }
  // Writing twice to a closed peer raises SIGPIPE, whose default is to end the process.
  bool threw = false;
  for (int i = 0; i < 50 && !threw; ++i) {
    try {
      connection->socket().sendBytes("x", 1);
      std::this_thread::sleep_for(milliseconds{10});
    } catch (const Poco::Exception&) {
      threw = true;
    }
  }
  EXPECT_TRUE(threw);
}

TEST(Connection, LeavesTheSignalsAsTheyWere) {
  sigset_t before{};
  pthread_sigmask(SIG_SETMASK, nullptr, &before);
  {
    const test::ScriptedPeer peer([](test::Line&) {});
    EXPECT_TRUE(Connection::open("127.0.0.1", peer.port(), Reach::anywhere, seconds{5}));
  }
  sigset_t after{};
  pthread_sigmask(SIG_SETMASK, nullptr, &after);
  EXPECT_EQ(sigismember(&before, SIGPIPE), sigismember(&after, SIGPIPE));
}

TEST(Connection, RefusesOtherMachinesWhereOnlyThisOneIsAllowed) {
  for (const char* host : {"192.0.2.1", "2001:db8::1", "0.0.0.0"}) {
    const Result<Connection> connection =
        Connection::open(host, 9, Reach::loopback_only, seconds{5});
    ASSERT_FALSE(connection) << host;
    EXPECT_EQ(connection.error().fault, Fault::refused);
  }
}

TEST(Connection, NamesAHostThatDoesNotExist) {
  const Result<Connection> connection =
      Connection::open("no-such-host.invalid", 9, Reach::anywhere, seconds{5});
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().fault, Fault::upstream);
  EXPECT_EQ(connection.error().detail.rfind("connect: ", 0), 0u);
}

}  // namespace
}  // namespace refledger::client
