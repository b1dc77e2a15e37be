// How much a connection may ask of the server, and for how long.
#pragma once

#include <chrono>
#include <cstddef>

namespace refledger::http {

struct Limits {
  std::size_t head_bytes = std::size_t{16} * 1024;
  std::size_t target_bytes = std::size_t{8} * 1024;
  std::size_t headers = 64;
  std::size_t body_bytes = std::size_t{64} * 1024;
  std::chrono::milliseconds head_time{5000};  ///< from the first byte (or accept) to the last
  std::chrono::milliseconds body_time{10000};
  std::chrono::milliseconds idle_time{15000};  ///< between two requests of a connection
  std::chrono::milliseconds write_time{30000};
  std::chrono::milliseconds handshake_time{5000};
  std::size_t connections = 4096;
  std::size_t connections_per_peer = 256;
  unsigned workers = 4;
  std::size_t waiting = 256;  ///< requests queued for a worker; beyond it 503
};

}  // namespace refledger::http
