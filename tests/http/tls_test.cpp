// TLS: who may speak it and how, and that a silent handshake ends.
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <fstream>

#include "support/raw_client.h"
#include "support/serving.h"

namespace refledger::http {
namespace {

using namespace std::chrono_literals;
using test::body_of;
using test::Echo;
using test::RawClient;
using test::serve;

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* handle) const {
    Free(handle);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freer<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Freer<SSL_free>>;

Certificate self_signed(EVP_PKEY* key) {
  Certificate made(X509_new());
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
  X509_set_pubkey(made.get(), key);
  X509_sign(made.get(), key, EVP_sha256());
  return made;
}

class TlsServer : public testing::Test {
 protected:
  TlsServer() {
    const Key key(EVP_EC_gen("P-256"));
    write_key("key.pem", key.get());
    BIO* out = BIO_new_file(file("certificate.pem").c_str(), "w");
    PEM_write_bio_X509(out, self_signed(key.get()).get());
    BIO_free(out);
  }
  std::string file(const char* name) const { return (folder_.path() / name).string(); }
  void write_key(const char* name, EVP_PKEY* key) const {
    BIO* out = BIO_new_file(file(name).c_str(), "w");
    PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    BIO_free(out);
  }
  Settings settings(Limits limits = {}) const {
    Settings made = test::on_loopback(limits);
    made.tls = Tls{file("certificate.pem"), file("key.pem")};
    return made;
  }
  Echo echo_;

 private:
  test::TemporaryFolder folder_;
};

/// A client that offers only what it is told to.
class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port)
      : client_(port), context_(SSL_CTX_new(TLS_client_method())) {}
  SSL_CTX* context() { return context_.get(); }

  bool shake_hands() {
    session_.reset(SSL_new(context_.get()));
    SSL_set_fd(session_.get(), client_.fd());
    return SSL_connect(session_.get()) == 1;
  }
  SSL* session() { return session_.get(); }
  std::string ask(std::string_view request) {
    SSL_write(session_.get(), request.data(), static_cast<int>(request.size()));
    std::string all;
    char bytes[4096];
    for (int count = 0; (count = SSL_read(session_.get(), bytes, sizeof bytes)) > 0;) {
      all.append(bytes, static_cast<std::size_t>(count));
    }
    ended_properly_ = SSL_get_shutdown(session_.get()) & SSL_RECEIVED_SHUTDOWN;
    return all;
  }
  bool ended_properly() const { return ended_properly_; }

 private:
  RawClient client_;
  Context context_;
  Session session_;
  bool ended_properly_ = false;
};

constexpr const char* kGet = "GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

TEST_F(TlsServer, ServesVersions12And13AndSaysGoodbye) {
  const auto server = serve(settings(), echo_.handler());
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(server->port());
    SSL_CTX_set_max_proto_version(client.context(), version);
    ASSERT_TRUE(client.shake_hands());
    EXPECT_EQ(SSL_version(client.session()), version);
    EXPECT_EQ(body_of(client.ask(kGet)), "GET /x? ");
    EXPECT_TRUE(client.ended_properly());
  }
}

TEST_F(TlsServer, SendsAnswersOfAnyLengthWhole) {
  const auto server = serve(settings(), [](const Request& request) {
    return Response(200, "text/plain", std::string(std::stoul(request.path.substr(1)), 'x'));
  });
  // A TLS record holds 16384 bytes; the head takes some of the first.
  for (const std::size_t length : {0u, 1u, 16000u, 16384u, 16385u, 40000u, 1000000u}) {
    TlsClient client(server->port());
    ASSERT_TRUE(client.shake_hands());
    const std::string path = "/" + std::to_string(length);
    const std::string answer =
        client.ask("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(body_of(answer).size(), length);
  }
}

TEST_F(TlsServer, RefusesOlderVersions) {
  const auto server = serve(settings(), echo_.handler());
  TlsClient client(server->port());
  SSL_CTX_set_security_level(client.context(), 0);
  SSL_CTX_set_min_proto_version(client.context(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(client.context(), TLS1_1_VERSION);
  EXPECT_FALSE(client.shake_hands());
}

TEST_F(TlsServer, RefusesCiphersWithoutEphemeralKeysOrAuthentication) {
  const auto server = serve(settings(), echo_.handler());
  for (const char* ciphers :
       {"ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "AES128-GCM-SHA256",
        "DHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-CCM8"}) {
    TlsClient client(server->port());
    SSL_CTX_set_security_level(client.context(), 0);
    SSL_CTX_set_max_proto_version(client.context(), TLS1_2_VERSION);
    ASSERT_EQ(SSL_CTX_set_cipher_list(client.context(), ciphers), 1) << ciphers;
    EXPECT_FALSE(client.shake_hands()) << ciphers;
  }
  TlsClient good(server->port());
  SSL_CTX_set_max_proto_version(good.context(), TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(good.context(), "ECDHE-ECDSA-CHACHA20-POLY1305");
  EXPECT_TRUE(good.shake_hands());
}

TEST_F(TlsServer, DoesNotRenegotiate) {
  const auto server = serve(settings(), echo_.handler());
  TlsClient client(server->port());
  SSL_CTX_set_max_proto_version(client.context(), TLS1_2_VERSION);
  ASSERT_TRUE(client.shake_hands());
  SSL_renegotiate(client.session());
  EXPECT_NE(SSL_do_handshake(client.session()), 1);
}

TEST_F(TlsServer, AgreesOnHttp11WhereItIsOffered) {
  const auto server = serve(settings(), echo_.handler());
  TlsClient client(server->port());
  const std::string offered = "\x02h2\x08http/1.1";
  SSL_CTX_set_alpn_protos(client.context(), reinterpret_cast<const unsigned char*>(offered.data()),
                          static_cast<unsigned>(offered.size()));
  ASSERT_TRUE(client.shake_hands());
  const unsigned char* chosen = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(client.session(), &chosen, &length);
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(chosen), length), "http/1.1");
}

TEST_F(TlsServer, RefusesHostileBytesInsideTlsAsWell) {
  const auto server = serve(settings(), echo_.handler());
  TlsClient client(server->port());
  ASSERT_TRUE(client.shake_hands());
  const std::string all = client.ask(
      "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
      "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(test::status_of(all), 400);
  EXPECT_EQ(all.find("HTTP/1.1 ", 1), std::string::npos);
  EXPECT_EQ(echo_.served(), 0U);
}

TEST_F(TlsServer, SilentHandshakesEndAndDoNotStarveAnHonestPeer) {
  Limits limits;
  limits.handshake_time = 300ms;
  limits.head_time = limits.idle_time = 1h;
  const auto server = serve(settings(limits), echo_.handler());
  std::vector<RawClient> silent;
  for (int n = 0; n < 50; ++n) {
    silent.emplace_back(server->port());
    if (n % 2 == 0) silent.back().send("\x16\x03\x01");
  }
  TlsClient honest(server->port());
  ASSERT_TRUE(honest.shake_hands());
  EXPECT_EQ(body_of(honest.ask(kGet)), "GET /x? ");
  for (RawClient& client : silent) EXPECT_TRUE(client.closed());
}

TEST_F(TlsServer, PlainHttpOnItsPortIsNotAnswered) {
  const auto server = serve(settings(), echo_.handler());
  RawClient client(server->port());
  client.send(kGet);
  EXPECT_EQ(client.rest().find("HTTP/1.1 "), std::string::npos);
  EXPECT_TRUE(client.ended());
}

TEST_F(TlsServer, DoesNotStartOnFilesThatDoNotFit) {
  const Key other(EVP_EC_gen("P-256"));
  write_key("other.pem", other.get());
  std::ofstream(file("noise.pem")) << "no PEM at all\n";
  const std::string certificate = file("certificate.pem");
  const std::string key = file("key.pem");
  for (const Tls& tls : {Tls{certificate, file("other.pem")}, Tls{certificate, file("absent.pem")},
                         Tls{file("absent.pem"), key}, Tls{file("noise.pem"), key},
                         Tls{certificate, file("noise.pem")}}) {
    Settings broken = settings();
    broken.tls = tls;
    EXPECT_EQ(Server::start(broken, echo_.handler()).error().fault, Fault::malformed);
  }
}

}  // namespace
}  // namespace refledger::http
