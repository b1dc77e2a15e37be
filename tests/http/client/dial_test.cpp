// Names and addresses that do not answer cost no more than the time that is there.
#include "http/client/dial.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>

#include "support/scripted_peer.h"

namespace refledger::client {
namespace {

using Poco::Net::IPAddress;
using std::chrono::milliseconds;
using std::chrono::seconds;

Deadline in(milliseconds span) { return std::chrono::steady_clock::now() + span; }

// A listener on every address of this machine whose queue is full: it neither takes nor refuses.
class DeafPeer {
 public:
  DeafPeer() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(listener_, generic, length), 0);
    EXPECT_EQ(::listen(listener_, 0), 0);
    EXPECT_EQ(::getsockname(listener_, generic, &length), 0);
    port_ = ntohs(address.sin_port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int& one : waiting_) {
      one = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
      (void)::connect(one, generic, length);
    }
  }
  ~DeafPeer() {
    for (const int one : waiting_) ::close(one);
    ::close(listener_);
  }
  std::uint16_t port() const { return port_; }

 private:
  int listener_;
  std::array<int, 4> waiting_{};
  std::uint16_t port_ = 0;
};

TEST(Resolve, TakesAnAddressAsItIs) {
  const LookUp never = [](const std::string&) -> Result<Addresses> {
    ADD_FAILURE() << "looked up an address";
    return Addresses{};
  };
  EXPECT_EQ(*resolve("192.0.2.7", in(seconds{5}), never), Addresses{IPAddress("192.0.2.7")});
  EXPECT_EQ(*resolve("2001:db8::7", in(seconds{5}), never), Addresses{IPAddress("2001:db8::7")});
}

TEST(Resolve, FindsThisMachine) {
  const Result<Addresses> found = resolve("localhost", in(seconds{20}));
  ASSERT_TRUE(found) << found.error().detail;
  EXPECT_TRUE(found->front().isLoopback());
}

TEST(Resolve, DoesNotWaitForASlowResolver) {
  auto released = std::make_shared<std::promise<void>>();
  const std::shared_future<void> gate = released->get_future().share();
  const LookUp slow = [gate](const std::string&) -> Result<Addresses> {
    gate.wait();
    return Addresses{};
  };
  const Result<Addresses> found = resolve("slow.example", in(milliseconds{50}), slow);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error(), (Error{Fault::upstream, "connect: looking up the name takes too long"}));
  released->set_value();  // the thread that was left behind ends
}

TEST(Dial, TriesTheNextAddressWhenOneDoesNotAnswer) {
  const test::ScriptedPeer peer([](test::Line& line) { line.write("x"); });
  // The peer listens on 127.0.0.1 alone.
  const Addresses addresses{IPAddress("127.0.0.2"), IPAddress("127.0.0.1")};
  EXPECT_TRUE(dial(addresses, peer.port(), in(seconds{20})));
}

TEST(Dial, SpendsNoMoreOnManyDeafAddressesThanOnOne) {
  const DeafPeer deaf;
  const Addresses addresses{IPAddress("127.0.0.1"), IPAddress("127.0.0.2"), IPAddress("127.0.0.3"),
                            IPAddress("127.0.0.4")};
  const auto start = std::chrono::steady_clock::now();
  const Result<Poco::Net::StreamSocket> socket =
      dial(addresses, deaf.port(), start + milliseconds{400});
  EXPECT_FALSE(socket);
  // Each on its own would be 1.6 seconds.
  EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds{1500});
}

TEST(Dial, NamesANameWithoutAddresses) {
  EXPECT_EQ(dial({}, 9, in(seconds{5})).error(),
            (Error{Fault::upstream, "connect: the name has no address"}));
}

TEST(Dial, DoesNotBeginWhenTimeIsUp) {
  EXPECT_EQ(dial({IPAddress("127.0.0.1")}, 9, in(milliseconds{-1})).error(),
            (Error{Fault::upstream, "connect: time is up"}));
}

}  // namespace
}  // namespace refledger::client
