// The server's side of TLS: versions 1.2 and 1.3, ephemeral keys and authenticated ciphers only.
//
// Source   RFC 9325 §3, §4; RFC 7301 (ALPN: http/1.1)
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "http/server.h"
#include "ledger/core/result.h"

namespace refledger::http {

/// malformed if a file is missing, is not PEM, or the key is not the certificate's.
Result<std::unique_ptr<boost::asio::ssl::context>> make_tls(const Tls& tls);

}  // namespace refledger::http
