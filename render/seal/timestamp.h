// Timestamps: an outside authority's word that a signature existed at a time.
//
// Shape    RFC 3161: a TimeStampReq over HTTP, a TimeStampToken (CMS, DER) back
// Units    `room` in bytes; the whole exchange is bounded in time and size
// Errors   malformed (address, certificates, policy); upstream: no answer in time, a refusal, or a
//          token that is not for this request by a trusted authority.  The detail says which check.
// Threads  One token at a time for each Rfc3161.
// Source   RFC 3161 §2.4, §3.4; RFC 5816 (SHA-256 in signing-certificate-v2)
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "http/client/exchange.h"
#include "ledger/core/bytes.h"
#include "ledger/core/hash.h"
#include "ledger/core/random.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::seal {

class Timestamper {
 public:
  virtual ~Timestamper() = default;
  /// A checked token whose imprint is `imprint`.
  virtual Result<Bytes> token(const Sha256& imprint) = 0;
  /// The largest token that is taken.
  virtual std::size_t room() const = 0;
  /// The certificates (DER) that its tokens lead to, trusted by themselves.
  virtual std::vector<Bytes> authorities() const { return {}; }
};

struct Rfc3161Settings {
  std::string url;          ///< http is enough: tokens are signed
  std::string authorities;  ///< PEM; a token's certificate must lead to one of these
  std::string policy;       ///< object identifier in dots; empty: the authority's own choice
  std::chrono::seconds timeout{15};
  std::filesystem::path ca_file;  ///< for https; empty: the system's authorities
  std::size_t room = 8192;
};

class Rfc3161 : public Timestamper {
 public:
  static Result<std::unique_ptr<Rfc3161>> make(const Rfc3161Settings& settings, Random& random,
                                               const Clock& clock);
  ~Rfc3161() override;

  Result<Bytes> token(const Sha256& imprint) override;
  std::size_t room() const override;
  std::vector<Bytes> authorities() const override;

 private:
  struct State;
  explicit Rfc3161(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace refledger::seal
