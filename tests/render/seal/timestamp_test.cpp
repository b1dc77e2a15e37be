// A timestamp is taken from the authority that is trusted, for this signature, now; and each way of
// getting another one is refused by name.
#include "render/seal/timestamp.h"

#include <atomic>
#include <functional>

#include "keys.h"
#include "support/scripted_peer.h"
#include "support/serving.h"
#include "support/timestamp_authority.h"

namespace refledger::seal {
namespace {

using std::chrono::seconds;

using Request = std::unique_ptr<TS_REQ, Free<TS_REQ_free>>;

// The openssl program stamps by the machine's clock.
UtcMillis machine_time() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Request request_of(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  return Request(d2i_TS_REQ(nullptr, &at, static_cast<long>(der.size())));
}

// The query with one thing changed before it is answered.
std::string with(const std::string& query, const std::function<void(TS_REQ*)>& change) {
  const Request request = request_of(query);
  change(request.get());
  return der_of(i2d_TS_REQ, request.get());
}

class TimestampTest : public testing::Test {
 protected:
  using Answer = std::function<http::Response(const http::Request&)>;

  static test::TimestampAuthority& authority() {
    static test::TimestampAuthority made;
    return made;
  }
  static const Sha256& imprint() {
    static const Sha256 hash = sha256(bytes_of("a signature"));
    return hash;
  }

  Rfc3161Settings settings(std::uint16_t port) const {
    Rfc3161Settings settings;
    settings.url = "http://127.0.0.1:" + std::to_string(port) + "/tsr";
    settings.authorities = authority().root_pem();
    return settings;
  }

  Result<Bytes> ask(const Rfc3161Settings& settings) {
    Result<std::unique_ptr<Rfc3161>> made = Rfc3161::make(settings, random_, clock_);
    if (!made) return made.error();
    return (*made)->token(imprint());
  }

  Result<Bytes> answered(const Answer& answer,
                         const std::function<void(Rfc3161Settings&)>& change = {}) {
    const std::unique_ptr<http::Server> server = test::serve(test::on_loopback(), answer);
    Rfc3161Settings how = settings(server->port());
    if (change) change(how);
    return ask(how);
  }

  static http::Response reply(std::string body) {
    return {200, "application/timestamp-reply", std::move(body)};
  }
  static http::Response stamp(const http::Request& request) {
    return reply(authority().answer(request.body));
  }

  class MachineClock : public Clock {
   public:
    UtcMillis now() const override { return machine_time() + ahead; }
    std::chrono::milliseconds ahead{0};
  };
  MachineClock clock_;
  SystemRandom random_;
};

TEST_F(TimestampTest, IsTakenFromTheAuthority) {
  http::Request seen;
  const Result<Bytes> token = answered([&](const http::Request& request) {
    seen = request;
    return stamp(request);
  });
  ASSERT_TRUE(token) << token.error().detail;
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.path, "/tsr");
  EXPECT_EQ(seen.header("content-type"), "application/timestamp-query");
  // OpenSSL's own program agrees, on the bytes that were hashed.
  authority().write("data", "a signature");
  authority().write("token", std::string(text_of(*token)));
  EXPECT_NE(authority()
                .openssl("ts -verify -token_in -in " + authority().path("token") + " -data " +
                         authority().path("data") + " -CAfile " + authority().path("root.pem"))
                .find("Verification: OK"),
            std::string::npos);
}

TEST_F(TimestampTest, IsAskedForWithAFreshNonceAndTheCertificate) {
  std::vector<std::string> nonces;
  const auto answer = [&](const http::Request& request) {
    const Request asked = request_of(request.body);
    EXPECT_EQ(TS_REQ_get_cert_req(asked.get()), 1);
    EXPECT_EQ(TS_REQ_get_policy_id(asked.get()), nullptr);
    const ASN1_INTEGER* nonce = TS_REQ_get_nonce(asked.get());
    nonces.emplace_back(nonce->data, nonce->data + nonce->length);
    return stamp(request);
  };
  EXPECT_TRUE(answered(answer));
  EXPECT_TRUE(answered(answer));
  ASSERT_EQ(nonces.size(), 2u);
  EXPECT_GE(nonces[0].size(), 15u);
  EXPECT_NE(nonces[0], nonces[1]);
}

TEST_F(TimestampTest, MayBeAskedForUnderAPolicy) {
  EXPECT_TRUE(answered(stamp, [](Rfc3161Settings& how) { how.policy = "1.2.3.4.2"; }));
}

TEST_F(TimestampTest, ComesFromAnAuthorityBelowARootIfThatIsWhatIsPinned) {
  EXPECT_TRUE(
      answered(stamp, [](Rfc3161Settings& how) { how.authorities = authority().file("tsa.pem"); }));
}

// ---- what is no answer to the request -----------------------------------------------------------

TEST_F(TimestampTest, WithAnotherNonceIsRefused) {
  EXPECT_EQ(refusal_of(answered([](const http::Request& request) {
              return reply(authority().answer(with(request.body, [](TS_REQ* query) {
                ASN1_INTEGER* other = ASN1_INTEGER_new();
                ASN1_INTEGER_set(other, 4711);
                TS_REQ_set_nonce(query, other);
                ASN1_INTEGER_free(other);
              })));
            })),
            "upstream: timestamp: the token is not the answer to this request");
}

TEST_F(TimestampTest, WithoutNonceIsRefused) {
  EXPECT_EQ(refusal_of(answered([](const http::Request& request) {
              const Request asked = request_of(request.body);
              const Request without(TS_REQ_new());
              TS_REQ_set_version(without.get(), 1);
              TS_REQ_set_msg_imprint(without.get(), TS_REQ_get_msg_imprint(asked.get()));
              TS_REQ_set_cert_req(without.get(), 1);
              return reply(authority().answer(der_of(i2d_TS_REQ, without.get())));
            })),
            "upstream: timestamp: the token is not the answer to this request");
}

TEST_F(TimestampTest, FromAnEarlierAnswerIsRefused) {
  std::string earlier;
  const auto replayed = [&](const http::Request& request) {
    if (earlier.empty()) earlier = authority().answer(request.body);
    return reply(earlier);
  };
  EXPECT_TRUE(answered(replayed));
  EXPECT_EQ(refusal_of(answered(replayed)),
            "upstream: timestamp: the token is not the answer to this request");
}

TEST_F(TimestampTest, OverSomethingElseIsRefused) {
  EXPECT_EQ(refusal_of(answered([](const http::Request& request) {
              return reply(authority().answer(with(request.body, [](TS_REQ* query) {
                Sha256 other = sha256(bytes_of("another signature"));
                TS_MSG_IMPRINT_set_msg(TS_REQ_get_msg_imprint(query), other.data(), 32);
              })));
            })),
            "upstream: timestamp: the token is for something else");
}

TEST_F(TimestampTest, UnderAnotherPolicyIsRefused) {
  EXPECT_EQ(refusal_of(answered(
                [](const http::Request& request) {
                  return reply(authority().answer(with(request.body, [](TS_REQ* query) {
                    TS_REQ_set_policy_id(query, OBJ_txt2obj("1.2.3.4.1", 1));
                  })));
                },
                [](Rfc3161Settings& how) { how.policy = "1.2.3.4.2"; })),
            "upstream: timestamp: the token is under another policy");
}

TEST_F(TimestampTest, OfAnotherDayIsRefused) {
  for (const seconds apart : {seconds{-400}, seconds{400}}) {
    clock_.ahead = apart;
    // A certificate made just now is not yet valid six minutes ago.
    EXPECT_EQ(refusal_of(answered(stamp)),
              apart < seconds{0}
                  ? "upstream: timestamp: the token's certificate is not one for timestamps by a "
                    "trusted authority, valid now"
                  : "upstream: timestamp: the token's time and ours are more than five minutes "
                    "apart");
  }
}

// ---- whose token it is --------------------------------------------------------------------------

constexpr const char* not_its_certificate =
    "upstream: timestamp: the token's certificate is not one for timestamps by a trusted "
    "authority, "
    "valid now";

TEST_F(TimestampTest, ByAnAuthorityThatIsNotPinnedIsRefused) {
  test::TimestampAuthority other;
  EXPECT_EQ(refusal_of(answered(
                [&](const http::Request& request) { return reply(other.answer(request.body)); })),
            not_its_certificate);
}

TEST_F(TimestampTest, ByAnExpiredCertificateIsRefused) {
  clock_.ahead = std::chrono::days{3651};
  EXPECT_EQ(refusal_of(answered(stamp)), not_its_certificate);
}

TEST_F(TimestampTest, ByACertificateForOtherUsesIsRefused) {
  for (const char* usage :
       {"", "critical,codeSigning", "timeStamping", "critical,timeStamping,codeSigning"}) {
    const std::string other = authority().certificate_with_usage(usage);
    EXPECT_EQ(refusal_of(answered([&](const http::Request& request) {
                return reply(with_certificate(authority().answer(request.body), other));
              })),
              not_its_certificate)
        << usage;
  }
}

TEST_F(TimestampTest, ByACertificateThatItDoesNotNameIsRefused) {
  const std::string other = authority().certificate_with_usage("critical,timeStamping");
  EXPECT_EQ(refusal_of(answered([&](const http::Request& request) {
              return reply(with_certificate(authority().answer(request.body), other));
            })),
            "upstream: timestamp: the token's signature does not hold");
}

// In what it says, and in the signature, which comes last.
TEST_F(TimestampTest, WithAByteChangedIsRefused) {
  const auto changed = [](const std::function<std::size_t(const std::string&)>& where) {
    return [where](const http::Request& request) {
      std::string answer = authority().answer(request.body);
      answer[where(answer)] ^= 0x01;
      return reply(answer);
    };
  };
  const std::string hash(imprint().begin(), imprint().end());
  EXPECT_EQ(refusal_of(answered(changed([&](const std::string& a) { return a.find(hash); }))),
            "upstream: timestamp: the token's signature does not hold");
  EXPECT_EQ(refusal_of(answered(changed([](const std::string& a) { return a.size() - 1; }))),
            "upstream: timestamp: the token's signature does not hold");
}

TEST_F(TimestampTest, OverAWeakDigestIsRefused) {
  test::TimestampAuthority weak({"sha1", "critical,timeStamping"});
  EXPECT_EQ(refusal_of(answered(
                [&](const http::Request& request) { return reply(weak.answer(request.body)); },
                [&](Rfc3161Settings& how) { how.authorities = weak.root_pem(); })),
            "upstream: timestamp: the token is signed over a weak digest");
}

// ---- answers that are none ----------------------------------------------------------------------

TEST_F(TimestampTest, ThatTheAuthorityDoesNotGrantIsRefusedWithItsReason) {
  EXPECT_EQ(refusal_of(answered(stamp, [](Rfc3161Settings& how) { how.policy = "1.2.3.4.99"; })),
            "upstream: timestamp: the authority refuses: the policy is not taken");
}

TEST_F(TimestampTest, LargerThanItsSpaceIsRefused) {
  EXPECT_EQ(refusal_of(answered(stamp, [](Rfc3161Settings& how) { how.room = 1024; })),
            "upstream: timestamp: the token is larger than the space kept for it");
}

TEST_F(TimestampTest, InAnAnswerWithoutEndIsRefused) {
  EXPECT_EQ(
      refusal_of(answered([](const http::Request&) { return reply(std::string(1 << 20, 'x')); })),
      "upstream: timestamp authority: an answer longer than 9216 bytes");
}

TEST_F(TimestampTest, InAnAnswerWithSomethingBehindItIsRefused) {
  EXPECT_EQ(refusal_of(answered([](const http::Request& request) {
              return reply(authority().answer(request.body) + "x");
            })),
            "upstream: timestamp: the answer is not that of a timestamp authority");
}

TEST_F(TimestampTest, FromSomethingThatIsNoAuthorityIsRefused) {
  EXPECT_EQ(refusal_of(answered([](const http::Request&) { return reply("<html>hello"); })),
            "upstream: timestamp: the answer is not that of a timestamp authority");
  EXPECT_EQ(refusal_of(answered([](const http::Request&) { return reply(""); })),
            "upstream: timestamp: the answer is not that of a timestamp authority");
}

TEST_F(TimestampTest, IsNotFetchedFromElsewhere) {
  std::atomic<int> asked{0};
  EXPECT_EQ(refusal_of(answered([&](const http::Request& request) {
              ++asked;
              http::Response response{302, "text/plain", "elsewhere"};
              response.set("Location", "http://" + std::string(request.header("host")) + "/other");
              return response;
            })),
            "upstream: timestamp authority: answered 302");
  EXPECT_EQ(asked, 1);
}

TEST_F(TimestampTest, IsNotTakenFromAnErrorPage) {
  EXPECT_EQ(
      refusal_of(answered([](const http::Request& request) {
        return http::Response{500, "application/timestamp-reply", authority().answer(request.body)};
      })),
      "upstream: timestamp authority: answered 500");
}

TEST_F(TimestampTest, IsNotWaitedForLongerThanIsSaid) {
  test::ScriptedPeer slow([](test::Line& line) {
    line.read_until("\r\n\r\n");
    line.write("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n");
    while (line.write("x")) std::this_thread::sleep_for(std::chrono::milliseconds{20});
  });
  Rfc3161Settings how = settings(slow.port());
  how.timeout = seconds{1};
  EXPECT_EQ(refusal_of(ask(how)), "upstream: timestamp authority: no complete answer: time is up");
}

TEST_F(TimestampTest, IsNotTakenFromAnAnswerCutShort) {
  const test::ScriptedPeer cut([](test::Line& line) {
    line.read_until("\r\n\r\n");
    line.write("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n0");
  });
  EXPECT_EQ(refusal_of(ask(settings(cut.port()))),
            "upstream: timestamp authority: an answer cut short");
}

TEST_F(TimestampTest, NeedsAnAuthorityThatIsThere) {
  std::uint16_t port = 0;
  { port = test::serve(test::on_loopback(), stamp)->port(); }
  EXPECT_EQ(refusal_of(ask(settings(port))).rfind("upstream: timestamp authority: connect", 0), 0u);
}

// ---- settings -----------------------------------------------------------------------------------

TEST_F(TimestampTest, SettingsAreCheckedBeforeAnythingIsSigned) {
  const auto refused = [&](const std::function<void(Rfc3161Settings&)>& change) {
    Rfc3161Settings how = settings(1);
    change(how);
    return refusal_of(Rfc3161::make(how, random_, clock_));
  };
  EXPECT_EQ(refused([](Rfc3161Settings& how) { how.url = "tsa.example"; }),
            "malformed: timestamp authority: not of the form https://host/path");
  EXPECT_EQ(refused([](Rfc3161Settings& how) { how.authorities = ""; }),
            "malformed: timestamp authority: not one to sixteen PEM certificates");
  EXPECT_EQ(refused([](Rfc3161Settings& how) { how.policy = "the best"; }),
            "malformed: timestamp policy: not an object identifier");
  EXPECT_EQ(refused([](Rfc3161Settings& how) { how.room = 100; }),
            "out_of_range: timestamp: room for a token is 1 to 24 KiB");
}

}  // namespace
}  // namespace refledger::seal
