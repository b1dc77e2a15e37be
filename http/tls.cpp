// The server's side of TLS.
#include "http/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>

namespace refledger::http {
namespace {

using Context = boost::asio::ssl::context;

constexpr std::array<unsigned char, 9> kProtocols = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

/// http/1.1 if the peer offers it; no agreement is no reason to end, most peers do not ask.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length,
                    const unsigned char* offered, unsigned offered_length, void*) {
  unsigned char* found = nullptr;
  const int outcome =
      SSL_select_next_proto(&found, length, kProtocols.data(),
                            static_cast<unsigned>(kProtocols.size()), offered, offered_length);
  *chosen = found;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

bool restrict_protocol(SSL_CTX* context) {
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 &&
         SSL_CTX_set_ciphersuites(context,
                                  "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:"
                                  "TLS_CHACHA20_POLY1305_SHA256") == 1 &&
         SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1;
}

Error fault_in(const char* what) {
  ERR_clear_error();
  return {Fault::malformed, std::string("TLS: ") + what};
}

}  // namespace

Result<std::unique_ptr<Context>> make_tls(const Tls& tls) {
  auto context = std::make_unique<Context>(Context::tls_server);
  SSL_CTX* handle = context->native_handle();
  if (!restrict_protocol(handle)) return fault_in("settings");
  if (SSL_CTX_use_certificate_chain_file(handle, tls.certificate_chain.c_str()) != 1) {
    return fault_in("certificate chain");
  }
  if (SSL_CTX_use_PrivateKey_file(handle, tls.private_key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return fault_in("private key");
  }
  if (SSL_CTX_check_private_key(handle) != 1) return fault_in("the key is not the certificate's");
  return context;
}

}  // namespace refledger::http
