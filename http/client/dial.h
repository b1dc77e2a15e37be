// From a host's name to a TCP connection, in one span of time for all of it.
//
// Errors   upstream: no such name, no answer in time, nobody there
// Order    Addresses are tried in the order in which they were told; each gets an equal share of
//          the time that is left, so that a dead first one leaves something for the next.
// Threads  A look-up runs on a thread of its own, which is left behind where it is too slow: the
//          system's resolver cannot be interrupted, but ends by itself.
#pragma once

#include <Poco/Net/IPAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ledger/core/result.h"

namespace refledger::client {

using Addresses = std::vector<Poco::Net::IPAddress>;
using Deadline = std::chrono::steady_clock::time_point;
using LookUp = std::function<Result<Addresses>(const std::string& host)>;

/// The system's resolver.
Result<Addresses> look_up(const std::string& host);

/// The addresses of `host`, which may be one itself; `look` is called for names only.
Result<Addresses> resolve(const std::string& host, Deadline until, const LookUp& look = look_up);

Result<Poco::Net::StreamSocket> dial(const Addresses& addresses, std::uint16_t port,
                                     Deadline until);

}  // namespace refledger::client
