// Where the server listens, and who is at the other end.
#include "http/endpoint.h"

#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <cstring>

namespace refledger::http {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using Failure = boost::system::error_code;

Error to_error(const Failure& failure, const std::string& what) {
  const std::string detail = "listen at " + what + ": " + failure.message();
  if (failure == asio::error::address_in_use) return {Fault::conflict, detail};
  if (failure == asio::error::access_denied) return {Fault::refused, detail};
  return {Fault::storage, detail};
}

Result<Acceptor> listen_now(Acceptor acceptor, const Protocol::endpoint& at,
                            const std::string& what) {
  Failure failure;
  acceptor.bind(at, failure);
  if (!failure) acceptor.listen(asio::socket_base::max_listen_connections, failure);
  if (failure) return to_error(failure, what);
  return acceptor;
}

Result<Acceptor> listen_tcp(asio::io_context& context, const TcpEndpoint& endpoint) {
  Failure failure;
  const auto address = asio::ip::make_address(endpoint.address, failure);
  if (failure) return Error{Fault::malformed, "listen address"};
  const asio::ip::tcp::endpoint at(address, endpoint.port);
  Acceptor acceptor(context);
  acceptor.open(at.protocol(), failure);
  if (!failure) acceptor.set_option(asio::socket_base::reuse_address(true), failure);
  const std::string what = endpoint.address + ":" + std::to_string(endpoint.port);
  if (failure) return to_error(failure, what);
  return listen_now(std::move(acceptor), at, what);
}

/// Whether somebody accepts connections at `at`.
bool is_live(asio::io_context& context, const asio::local::stream_protocol::endpoint& at) {
  asio::local::stream_protocol::socket probe(context);
  Failure failure;
  probe.connect(at, failure);
  return failure != asio::error::connection_refused;
}

Result<void> clear_stale(asio::io_context& context, const fs::path& path,
                         const asio::local::stream_protocol::endpoint& at) {
  struct stat found {};
  if (lstat(path.c_str(), &found) != 0) return {};
  if (!S_ISSOCK(found.st_mode)) {
    return Error{Fault::conflict,
                 "listen at " + path.string() + ": there is a file of another kind"};
  }
  if (is_live(context, at)) {
    return Error{Fault::conflict, "listen at " + path.string() + ": another server is there"};
  }
  if (unlink(path.c_str()) != 0) return Error{Fault::refused, "replace socket " + path.string()};
  return {};
}

Result<Acceptor> listen_unix(asio::io_context& context, const UnixEndpoint& endpoint) {
  const std::string path = endpoint.path.string();
  if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path)) {
    return Error{Fault::out_of_range, "socket path's length"};
  }
  const asio::local::stream_protocol::endpoint at(path);
  if (Result<void> cleared = clear_stale(context, endpoint.path, at); !cleared) {
    return cleared.error();
  }
  Failure failure;
  Acceptor acceptor(context);
  acceptor.open(at.protocol(), failure);
  if (failure) return to_error(failure, path);
  // Linux gives the name that bind() makes the mode of the socket itself: no moment of 0777.
  if (fchmod(acceptor.native_handle(), 0600) != 0) return Error{Fault::storage, "mode of " + path};
  return listen_now(std::move(acceptor), at, path);
}

asio::ip::tcp::endpoint tcp_of(const Protocol::endpoint& endpoint) {
  asio::ip::tcp::endpoint tcp;
  std::memcpy(tcp.data(), endpoint.data(), std::min(endpoint.size(), tcp.capacity()));
  return tcp;
}

bool is_tcp(const Protocol::endpoint& endpoint) {
  const int family = endpoint.data()->sa_family;
  return family == AF_INET || family == AF_INET6;
}

}  // namespace

Result<Acceptor> listen_at(asio::io_context& context,
                           const std::variant<TcpEndpoint, UnixEndpoint>& endpoint) {
  if (const auto* tcp = std::get_if<TcpEndpoint>(&endpoint)) return listen_tcp(context, *tcp);
  return listen_unix(context, std::get<UnixEndpoint>(endpoint));
}

std::uint16_t port_of(const Protocol::endpoint& endpoint) {
  return is_tcp(endpoint) ? tcp_of(endpoint).port() : std::uint16_t{0};
}

std::string peer_address(const Protocol::endpoint& endpoint) {
  if (!is_tcp(endpoint)) return {};
  const asio::ip::address address = tcp_of(endpoint).address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

std::string peer_group(const std::string& peer_address) {
  Failure failure;
  const auto address = asio::ip::make_address_v6(peer_address, failure);
  if (failure) return peer_address;
  auto network = address.to_bytes();
  std::fill(network.begin() + 8, network.end(), std::uint8_t{0});
  return asio::ip::address_v6(network).to_string();
}

}  // namespace refledger::http
