// The PAdES signature of a PDF: prepare, sign, assemble.
//
// Shape    CMS SignedData (DER), one signer, no signing-time: PAdES B-B (ETSI EN 319 142-1 §5)
// Errors   malformed (certificate, key, or a file not prepared), out_of_range (reserve too small)
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::seal {

class DocumentKey {
 public:
  /// Both in PEM; the chain begins with the signer's certificate and ends with its root, or is the
  /// signer's certificate alone.  ECDSA P-256.
  static Result<DocumentKey> from_pem(std::string_view private_key, std::string_view chain);

  DocumentKey(DocumentKey&&) noexcept;
  DocumentKey& operator=(DocumentKey&&) noexcept;
  ~DocumentKey();

  struct State;
  const State& state() const { return *state_; }

 private:
  explicit DocumentKey(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Signs `file` over everything but [contents_begin, contents_end) and fills the signature in.
Result<Bytes> sign_pdf(Bytes file, std::size_t contents_begin, std::size_t contents_end,
                       const DocumentKey& key);

/// A certificate authority for demonstrations: its own root, and a signer's key and certificate.
struct DemonstrationCa {
  std::string root_pem;
  std::string chain_pem;  ///< signer's certificate, then the root
  std::string key_pem;
};
/// `organisation` is the issuer's name, as the certificate's O and CN.  Valid from `now` for ten
/// years (root) and three years (signer).
Result<DemonstrationCa> make_demonstration_ca(std::string_view organisation, UtcMillis now);

/// A TLS server certificate for one host name or IP address, by a root of its own.
Result<DemonstrationCa> make_demonstration_tls(std::string_view host, UtcMillis now);

}  // namespace refledger::seal
