// Whether a certificate is good: what its authority says, over OCSP or in a revocation list.
//
// Shape    DER, to be kept beside the signature
// Units    Each answer is bounded in time and size.
// Errors   refused: revoked, or a certificate that says nowhere where to ask; upstream: no answer,
//          or one that is not about this certificate, now, by its authority
// Source   RFC 6960 §4 (OCSP), RFC 5019 §2 (over HTTP), RFC 5280 §5 (lists), §4.2.1.13, §4.2.2.1
#pragma once

#include <filesystem>
#include <vector>

#include "http/client/exchange.h"
#include "ledger/core/time.h"
#include "render/seal/openssl.h"

namespace refledger::seal {

struct StatusSettings {
  std::chrono::seconds timeout{15};  ///< of each question
  std::filesystem::path ca_file;     ///< for https; empty: the system's authorities
};

struct Status {
  Bytes answer;     ///< OCSPResponse; empty where a list says it
  Bytes list;       ///< CertificateList; empty where an answer says it
  Bytes responder;  ///< certificate that signed the answer, where it is not the authority's own
};

/// Whether the certificate says where to ask.
bool tells_status(X509* certificate);

/// Asks where the certificate says: its OCSP responder, else its revocation list.
Result<Status> ask_status(X509* certificate, X509* issuer, const StatusSettings& settings,
                          UtcMillis now);

/// An OCSPResponse that says that `certificate` is good: signed by its issuer, or by a responder
/// that the issuer certified for that and that needs no check of its own; of now.
Result<Status> good_by_answer(ByteView response, X509* certificate, X509* issuer, UtcMillis now);

/// A list by the issuer, of now, that does not hold `certificate`.
Result<Status> good_by_list(ByteView list, X509* certificate, X509* issuer, UtcMillis now);

}  // namespace refledger::seal
