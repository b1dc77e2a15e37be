#include "http/client/dial.h"

#include <Poco/Exception.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/HostEntry.h>
#include <Poco/Net/SocketAddress.h>

#include <future>
#include <memory>
#include <thread>

namespace refledger::client {
namespace {

using Poco::Net::IPAddress;
using Poco::Net::SocketAddress;
using Poco::Net::StreamSocket;
using std::chrono::steady_clock;

Error failed(const Poco::Exception& exception) {
  return {Fault::upstream, std::string("connect: ") + exception.name()};
}

}  // namespace

Result<Addresses> look_up(const std::string& host) {
  try {
    return Addresses(Poco::Net::DNS::hostByName(host).addresses());
  } catch (const Poco::Exception& exception) {
    return failed(exception);
  }
}

Result<Addresses> resolve(const std::string& host, Deadline until, const LookUp& look) {
  IPAddress literal;
  if (IPAddress::tryParse(host, literal)) return Addresses{literal};
  // The thread shares nothing with the caller but the promise, and both keep it alive.
  auto promise = std::make_shared<std::promise<Result<Addresses>>>();
  std::future<Result<Addresses>> found = promise->get_future();
  std::thread([promise, host, look] { promise->set_value(look(host)); }).detach();
  if (found.wait_until(until) != std::future_status::ready) {
    return Error{Fault::upstream, "connect: looking up the name takes too long"};
  }
  return found.get();
}

Result<StreamSocket> dial(const Addresses& addresses, std::uint16_t port, Deadline until) {
  Error last{Fault::upstream, "connect: the name has no address"};
  std::size_t untried = addresses.size();
  for (const IPAddress& address : addresses) {
    const auto left = until - steady_clock::now();
    if (left <= steady_clock::duration::zero()) {
      return Error{Fault::upstream, "connect: time is up"};
    }
    const auto share = std::chrono::duration_cast<std::chrono::microseconds>(left) /
                       static_cast<std::chrono::microseconds::rep>(untried--);
    try {
      StreamSocket socket;
      socket.connect(SocketAddress(address, port), Poco::Timespan(share.count()));
      return socket;
    } catch (const Poco::Exception& exception) {
      last = failed(exception);
    }
  }
  return last;
}

}  // namespace refledger::client
