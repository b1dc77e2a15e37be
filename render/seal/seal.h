// The PAdES signature of a PDF: prepare, sign, assemble.
//
// Shape    CMS SignedData (DER), one signer, ECDSA P-256 or RSA (PKCS#1 v1.5), no signing-time:
//          PAdES B-B; with an authority's timestamp B-T (ETSI EN 319 142-1 §5)
// Errors   malformed (certificate, key, signature, or a file not prepared), out_of_range (reserve
//          too small), conflict (the file is not the one that was prepared), refused (a timestamp
//          that may not be), upstream (the authority)
// Threads  Calls share nothing; a DocumentKey may sign on several threads at once.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/hash.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"
#include "ledger/sign/guarded.h"
#include "render/seal/timestamp.h"

namespace refledger::seal {

/// The signer's certificate, and those above it up to its root; or the signer's alone.  ECDSA
/// P-256, or RSA of 3,072 to 4,096 bits.
class SignerChain {
 public:
  static Result<SignerChain> from_pem(std::string_view pem);
  /// One certificate each, the signer's first: what a token or a remote signing service tells.
  static Result<SignerChain> from_der(const std::vector<Bytes>& certificates);

  std::string pem() const;

  SignerChain(SignerChain&&) noexcept;
  SignerChain& operator=(SignerChain&&) noexcept;
  ~SignerChain();

  struct State;
  explicit SignerChain(std::unique_ptr<State> state);
  const State& state() const { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

/// What a certificate says of itself, for people.
struct CertificateFacts {
  std::string name;
  std::string key;  ///< "ECDSA 256", "RSA 3072"
  Date until;       ///< the last day of its validity, UTC
  bool is_root = false;
  bool tells_status = false;  ///< says where to ask whether it is revoked
};
/// The signer's first.
std::vector<CertificateFacts> facts_of(const SignerChain& chain);

class DocumentKey {
 public:
  static Result<DocumentKey> from_pem(std::string_view private_key, std::string_view chain);
  /// One key and the certificates of its chain, in any order; others are left out.
  static Result<DocumentKey> from_pkcs12(ByteView file, std::string_view passphrase);
  /// A key that stays on a token.  `uri` as in RFC 7512: the token, the key's `object` or `id`, and
  /// `module-path`; no PIN.  Opens the module once and keeps a session.
  static Result<DocumentKey> from_pkcs11(const std::string& uri, std::string_view pin,
                                         std::string_view chain);

  const SignerChain& chain() const;
  /// The key as PEM, to be kept sealed; empty if it is on a token.
  sign::GuardedText pem() const;

  DocumentKey(DocumentKey&&) noexcept;
  DocumentKey& operator=(DocumentKey&&) noexcept;
  ~DocumentKey();

  struct State;
  const State& state() const { return *state_; }

 private:
  explicit DocumentKey(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A timestamp shows everybody the day of signing.  Refused where the document bears an earlier
/// date by law: sign without, or by hand.
struct Stamping {
  Timestamper& authority;
  Date document_date;
  Date signing_day;  ///< today, where the issuer is
};

/// How much space a signature by this chain takes at most: what pdf::render is to keep.
std::size_t reserve_for(const SignerChain& chain, const Timestamper* authority = nullptr);
/// How much more to keep for a signer elsewhere, whose attributes may be longer than ours.
inline constexpr std::size_t outside_room = 512;

/// Signs `file` over everything but [contents_begin, contents_end) and fills the signature in.
Result<Bytes> sign_pdf(Bytes file, std::size_t contents_begin, std::size_t contents_end,
                       const DocumentKey& key, const std::optional<Stamping>& stamping = {});

/// What somebody signs whose key is not here.  To be kept with the file until the signature comes.
struct ToBeSigned {
  Bytes signed_attributes;  ///< DER; for a signer that hashes for itself
  Sha256 digest{};          ///< its SHA-256; for a signer of hashes
  Sha256 document{};        ///< of all that is covered; for one who makes a whole CMS
};

Result<ToBeSigned> prepare(ByteView file, std::size_t contents_begin, std::size_t contents_end,
                           const SignerChain& chain);

/// Fills in the `signature` that came for `asked`: of ECDSA r | s in 64 bytes, or DER; of RSA its
/// bytes; or a whole CMS of the baseline's shape over `asked.document`.  It must hold, and the file
/// must be the one that was prepared, byte for byte.
Result<Bytes> assemble(Bytes file, std::size_t contents_begin, std::size_t contents_end,
                       const ToBeSigned& asked, ByteView signature, const SignerChain& chain,
                       const std::optional<Stamping>& stamping = {});

/// A certificate authority for demonstrations: its own root, and a signer's key and certificate.
struct DemonstrationCa {
  std::string root_pem;
  std::string chain_pem;  ///< signer's certificate, then the root
  sign::GuardedText key_pem;
};
/// `organisation` is the issuer's name, as the certificate's O and CN.  Valid from `now` for ten
/// years (root) and three years (signer).
Result<DemonstrationCa> make_demonstration_ca(std::string_view organisation, UtcMillis now);

/// A TLS server certificate for one host name or IP address, by a root of its own.
Result<DemonstrationCa> make_demonstration_tls(std::string_view host, UtcMillis now);

}  // namespace refledger::seal
