// Every check of a reference, as one pure function.
//
// Order    From the ledger's evidence to what is in hand and on to withdrawal; the first check that
//          fails decides the verdict and is named; remarks stand beside any verdict.
// Errors   None: "no" is a verdict.
// Source   docs/verification.md
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/time.h"
#include "ledger/credential/credential.h"
#include "ledger/format/proof_file.h"
#include "ledger/format/trust.h"

namespace refledger::verify {

enum class Verdict {
  genuine_and_valid,
  genuine_no_longer_valid,
  not_this_document,
  unknown,
  cannot_check_now,
};

/// "genuine and valid", ...: the words of the product, in English.
const char* words_for(Verdict verdict);
/// Either of the two that begin with "genuine".
constexpr bool is_genuine(Verdict verdict) {
  return verdict == Verdict::genuine_and_valid || verdict == Verdict::genuine_no_longer_valid;
}
/// 0, 4, 1, 1, 3.
int exit_code(Verdict verdict);

enum class Layer {
  document,
  record,
  credential,
  disclosure,
  entry,
  proof,
  checkpoint,
  keys,
  status
};
const char* name_of(Layer layer);

enum class Remark {
  no_independent_witness,      ///< "not yet witnessed"
  issuer_not_confirmed,        ///< the issuer's key was not pinned by the trust file
  withdrawal_last_checked,     ///< with Report::status_as_of
  trust_from_the_same_server,  ///< log key taken from the host that is being checked
  signature_weaker_than_written_form,
  sources_disagree,  ///< one says withdrawn, another of no earlier state does not: withdrawn wins
};
const char* words_for(Remark remark);

struct Evidence {
  std::optional<credential::Credential> credential;
  std::optional<format::ProofFile> proof;
  /// Entry and receipt of the withdrawal, where a source told of one.
  std::optional<format::LoggedEntry> withdrawal;
  /// What a server told of closings; those by the trust file's roots count.
  std::vector<std::string> closings;
  /// What a server said in its own words, where one was asked.  Nothing is believed for it: where
  /// it denies what is proven, that is remarked; a withdrawal told without proof is not checked.
  std::optional<bool> server_says_withdrawn;
  std::optional<DocumentHash> document;  ///< hash of the file in hand
  format::Trust trust;
  bool trust_from_the_same_server = false;
  UtcMillis now;
};

struct Report {
  Verdict verdict = Verdict::unknown;
  std::optional<Layer> failed;  ///< the layer that decided, where one failed
  std::string reason;           ///< one sentence, English, no personal data
  std::vector<Remark> remarks;
  std::string iss;  ///< who attests, once that is proven
  std::string issuer_name;
  credential::Claims claims;  ///< filled once the credential's signature and entry hold
  std::optional<UtcMillis> status_as_of;
  std::optional<UtcMillis> stamped_at;  ///< by a trusted authority; the caller adds it for a PDF
};

Report check(const Evidence& evidence);

}  // namespace refledger::verify
