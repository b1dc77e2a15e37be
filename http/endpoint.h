// Where the server listens, and who is at the other end.
//
// Errors   malformed (no such address), conflict (somebody listens there), refused (not permitted),
//          out_of_range (a path longer than a Unix socket's may be), storage (anything else)
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <string>

#include "http/server.h"
#include "ledger/core/result.h"

namespace refledger::http {

using Protocol = boost::asio::generic::stream_protocol;
using Acceptor = boost::asio::basic_socket_acceptor<Protocol>;

/// A Unix socket is made with mode 0600 from its first moment; a stale one is replaced, a live one
/// or any other kind of file is a conflict.
Result<Acceptor> listen_at(boost::asio::io_context& context,
                           const std::variant<TcpEndpoint, UnixEndpoint>& endpoint);

/// Of a TCP endpoint; 0 of a Unix socket.
std::uint16_t port_of(const Protocol::endpoint& endpoint);

/// `192.0.2.7`, `2001:db8::1`; empty for a Unix socket.
std::string peer_address(const Protocol::endpoint& endpoint);

/// Whose connections are counted together: an IPv4 address, or the /64 of an IPv6 address.
std::string peer_group(const std::string& peer_address);

}  // namespace refledger::http
