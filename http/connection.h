// One connection: reads a request, has it handled, writes the answer, and again.
//
// Order    One request at a time; bytes of the next one wait in the buffer or the kernel.
//          Every step has an absolute deadline, after which the connection is closed without a
//          word.
// Threads  All of a connection runs on one thread that reads and writes, except phase(), finish()
//          and drop(), which any thread may call, and the handler.
#pragma once

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "http/registry.h"
#include "http/server.h"
#include "http/workers.h"

namespace refledger::http {

using Socket = boost::asio::generic::stream_protocol::socket;

/// What all connections of a server share; outlives them.
struct Shared {
  Limits limits;
  Handler handler;
  Registry registry;
  Workers workers;
  std::unique_ptr<boost::asio::ssl::context> tls;  ///< none: plain
};

/// Starts serving `socket`; the connection keeps itself alive until it is closed.
void start_connection(Shared& shared, Socket socket, std::string peer);

}  // namespace refledger::http
