// What a desk is given: the issuer it works for, and the stores, keys and connections it works
// with.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/case/letter_rules.h"
#include "desk/case/notice_rules.h"
#include "desk/case/policy.h"
#include "desk/delivery/transport.h"
#include "desk/vault/vault.h"
#include "ingest/source/source.h"
#include "ingest/watch/rules.h"
#include "ledger/core/bytes.h"
#include "ledger/log/log.h"
#include "ledger/records/records.h"
#include "render/pdf/pdf.h"
#include "render/seal/lasting.h"
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
  /// What its letters are written and judged by; never null.
  std::shared_ptr<const LetterRules> rules;
  std::string hr_language = "en";                    ///< of the sentences for HR
  std::optional<ingest::Provenance> name_from = {};  ///< nothing: `name` is from the settings
  std::string hr_mail;  ///< where HR is told what happens; empty: nowhere
  NoticeRules notices = {};
  ingest::AutomaticRules automatic;
  /// A message that was taken may still come back: so long its files and its address stay.
  std::chrono::days bounce_days{0};
  std::chrono::days claim_days{60};  ///< how long a claim code is good
  /// Instead of the years that the packs name for the file on a document.
  std::optional<unsigned> retention_years = {};
  /// Entries of a day go into the log together and shuffled, at this time by `time_zone`, minutes
  /// after midnight; nothing: at once.
  std::optional<std::chrono::minutes> publish_at = {};
  unsigned look_back_days = 0;  ///< who left so long before the first reading is still a leaver
  CasePolicy policy = {};
  TextBlocks blocks = {};  ///< its own text, in drafts that say nothing else
};

/// Another system that tells about the same people.  Its word on an end or a start counts only
/// where HR chose it; on anything else also where the issuer's own account says nothing.
struct FurtherSource {
  std::string account;
  ingest::HrSource* source;
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
  /// Of the seals on documents whose date allows it; may be null.
  seal::Timestamper* timestamper = nullptr;
  std::vector<FurtherSource> further = {};
  /// Of the stamped ones; may be null.
  seal::Lasting* lasting = nullptr;
};

}  // namespace refledger::desk
