// The desk of one issuer in automatic mode: leavers in, delivered references out, exactly once.
//
// Order    Each step's result is stored whole in the vault before it is used; a crash anywhere
//          resumes with the same bytes.  No mail leaves before the public process answers.
// Errors   storage ends the process (fail-stop); upstream is retried with the next sync; what only
//          a person can settle becomes an open case that says what to do; any other trouble with
//          one case is reported in SyncReport::problems and does not hold up the others.
// Threads  One call at a time; cases() and reading() may run beside any other.
// Source   docs/workflow.md
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "desk/case/case.h"
#include "desk/case/hr_reading.h"
#include "desk/delivery/transport.h"
#include "desk/vault/vault.h"
#include "ledger/log/log.h"
#include "ledger/records/records.h"
#include "render/pdf/pdf.h"
#include "render/seal/seal.h"

namespace refledger::desk {

struct IssuerSettings {
  std::string iss;           ///< URL on the issuer's domain
  std::string name;          ///< legal name, as printed
  std::string legal_entity;  ///< what the HR system calls this employer; empty: as `name`
  std::string place;         ///< where documents are dated
  std::string signatory;     ///< printed with the seal's caption
  pdf::Letterhead letterhead;
  std::string time_zone;   ///< IANA name
  std::string account;     ///< which source account cases belong to
  std::string public_url;  ///< https://HOST, what the QR code holds
  std::string mail_from;
  std::string mail_from_name;
  std::string hr_language = "en";  ///< "en" or "de": of the sentences for HR
};

/// Everything the desk works with; all of it outlives the desk.
struct Parts {
  vault::Vault* vault;
  records::Records* records;
  log::Log* log;
  const Signer* issuer_key;
  const Signer* status_key;
  const seal::DocumentKey* document_key;
  const pdf::Fonts* fonts;
  ingest::HrSource* source;
  delivery::Transport* transport;
  Random* random;
  const Clock* clock;
  /// Whether the public process already answers "issued" for this reference.
  std::function<bool(const ReferenceId&)> public_answers;
  /// Called after each durable step with its name; tests end the process here.
  std::function<void(std::string_view step)> after_step;
};

/// The steps of a reference that is delivered at the first try, in their order, as after_step gets
/// them ("status refreshed" once a run, the others once a case).
std::span<const std::string_view> step_names();

struct SyncReport {
  std::size_t people = 0;
  std::size_t leavers = 0;            ///< those whose employment is over, unclear ones included
  std::size_t opened = 0;             ///< cases new in this run
  std::size_t issued = 0;             ///< references that came into the log in this run
  std::size_t delivered = 0;          ///< in this run
  std::size_t waiting = 0;            ///< cases that wait for HR, in all
  std::vector<std::string> unusable;  ///< as People::unusable
  std::vector<std::string> not_delivered;  ///< as People::not_delivered
  std::vector<std::string> problems;  ///< "case id: detail"; those cases are tried again next time
};

struct CaseSummary {
  std::string case_id;  ///< random; names the case on the command line
  Stage stage;
  std::string name;
  std::string position;
  std::string employed_from;
  std::string employed_to;
  std::string country;
  std::string waiting_for;   ///< what HR has to do, in its language; empty if nothing
  std::string reference_id;  ///< 26 characters, once identified
  std::string note;          ///< what changed after issuing, in its language; empty if nothing
  Waiting waiting = Waiting::nothing;  ///< the reason behind waiting_for, for other languages
};

class Desk {
 public:
  Desk(IssuerSettings issuer, Parts parts);
  ~Desk();

  /// Reads the source, opens cases for new leavers and carries every case as far as it goes.
  Result<SyncReport> sync();

  /// Carries on what a crash or a missing mail server left, without asking the source.  Cases that
  /// were not identified yet wait for the next sync: their facts may have changed since.
  Result<SyncReport> resume();

  /// Appends `withdrawn` and publishes a new status token.  The same again is no error.
  /// not_found: no such reference was issued here.
  Result<void> withdraw(const ReferenceId& id);

  /// Makes the status token anew if it is older than an hour or the log has grown.
  Result<void> refresh_status();

  Result<std::vector<CaseSummary>> cases() const;

  /// What the last sync that reached the source could not read, for HR to mend there.
  Result<HrReading> reading() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace refledger::desk
