// The steps of one reference, one function a step; each ends with its result in the vault.
//
// Order    A step looks first whether its result is there already, so it can be repeated after a
//          crash at any point and comes to the same bytes.
// Errors   As in desk.h.
#pragma once

#include <string_view>
#include <variant>

#include "desk/case/archive.h"
#include "desk/case/desk.h"
#include "desk/case/prepared.h"
#include "desk/case/rules.h"

namespace refledger::desk {

/// What every step works with.
struct Bench {
  const IssuerSettings& issuer;
  const Parts& parts;
  Archive& archive;

  void done(std::string_view step) const {
    if (parts.after_step) parts.after_step(step);
  }
  UtcMillis now() const { return parts.clock->now(); }
};

/// The names of steps, as after_step gets them.
namespace step {
inline constexpr std::string_view opened = "opened";
inline constexpr std::string_view hearing_kept = "hearing kept";
inline constexpr std::string_view drafted = "drafted";
inline constexpr std::string_view remembered = "people remembered";
inline constexpr std::string_view approved = "approved";
inline constexpr std::string_view index_claimed = "status index claimed";
inline constexpr std::string_view identified = "identified";
inline constexpr std::string_view named = "reference named";
inline constexpr std::string_view attested = "attested";
inline constexpr std::string_view document_kept = "document kept";
inline constexpr std::string_view sealed = "sealed";
inline constexpr std::string_view record_kept = "record kept";
inline constexpr std::string_view record_put = "record put";
inline constexpr std::string_view stored = "stored";
inline constexpr std::string_view entry_kept = "entry kept";
inline constexpr std::string_view appended = "appended";
inline constexpr std::string_view logged = "logged";
inline constexpr std::string_view status_refreshed = "status refreshed";
inline constexpr std::string_view proof_kept = "proof kept";
inline constexpr std::string_view message_named = "message named";
inline constexpr std::string_view message_kept = "message kept";
inline constexpr std::string_view sending = "sending";
inline constexpr std::string_view handed_over = "handed over";
inline constexpr std::string_view delivered = "delivered";
inline constexpr std::string_view message_destroyed = "message destroyed";
inline constexpr std::string_view document_destroyed = "document destroyed";
inline constexpr std::string_view record_destroyed = "record destroyed";
inline constexpr std::string_view proof_destroyed = "proof destroyed";
inline constexpr std::string_view destroyed = "destroyed";
// Off the straight way:
inline constexpr std::string_view noticed = "HR told";
inline constexpr std::string_view notices_kept = "notices kept";
inline constexpr std::string_view notice_sent = "notice sent";
inline constexpr std::string_view ordered = "order kept";
inline constexpr std::string_view sheet_kept = "draft kept";
inline constexpr std::string_view order_kept = "reference written";
inline constexpr std::string_view approval_kept = "approval kept";
inline constexpr std::string_view document_prepared = "document prepared";
inline constexpr std::string_view signature_asked = "signature asked for";
inline constexpr std::string_view signature_expired = "signature expired";
inline constexpr std::string_view prepared_destroyed = "prepared destroyed";
inline constexpr std::string_view registration_kept = "registration kept";
inline constexpr std::string_view handing_out = "to hand out";
inline constexpr std::string_view delivery_unknown = "delivery unknown";
inline constexpr std::string_view delivery_refused = "delivery refused";
inline constexpr std::string_view delivery_put_off = "delivery put off";
inline constexpr std::string_view claim_made = "claim code made";
inline constexpr std::string_view claim_destroyed = "claim code destroyed";
inline constexpr std::string_view message_bounced = "message came back";
inline constexpr std::string_view holder_opened = "holder has the document";
inline constexpr std::string_view correction_planned = "withdrawal planned";
inline constexpr std::string_view erased = "case erased";
inline constexpr std::string_view withdrawal_appended = "withdrawal appended";
inline constexpr std::string_view withdrawn = "withdrawn";
inline constexpr std::string_view queued = "queued for publishing";
inline constexpr std::string_view published = "published";
inline constexpr std::string_view appended_again = "appended again";
}  // namespace step

/// open, drafted, approved -> open or drafted: takes in what the HR system says now.  Where the
/// document would be another one, what HR released or was told of before no longer counts.
Result<void> take_draft(const Bench& bench, Kept& kept, Draft draft);

/// Steps 3 to 8: from `drafted` as far as `logged`.  A name that no font can show leads back to
/// `open`, with nothing made public.
Result<void> issue(const Bench& bench, Kept& kept);

/// Seals a document about nobody, dated today, and throws it away.
Result<void> try_seal(const Bench& bench);

/// stored -> logged, of a case whose entry the log has, or takes now.
Result<void> take_published(const Bench& bench, Kept& kept);

/// The document with the signature that came for it, complete; or what the next one is to sign.
using Assembled = std::variant<Bytes, PreparedDocument>;
/// malformed, conflict: as seal::assemble(); upstream: an authority that does not answer.
Result<Assembled> assembled(const Bench& bench, const Case& one, PreparedDocument prepared,
                            ByteView signature);

/// What the page prints for those who type the address: without "https://", which browsers add, as
/// long as they then reach the same place.
std::string typed_address(const std::string& base);

/// The proof file of a logged case, made once.
Result<Bytes> kept_proof(const Bench& bench, const Case& one);

/// Proof file and finished message of a logged case.  The status token covers the case's entry.
Result<void> compose_message(const Bench& bench, Kept& kept);

/// Whether the case has a message to hand over, and it is time.
bool awaits_delivery(const Case& one, UtcMillis now);

/// `sending` from an earlier run, which ended inside the dialogue: nobody knows whether it arrived.
Result<void> count_cut_off(const Bench& bench, Kept& kept);

/// A message on its way out.
struct Outgoing {
  Bytes message;
  delivery::Address from;
  delivery::Address to;
  std::string message_id;
};
/// -> sending.
Result<Outgoing> begin_sending(const Bench& bench, Kept& kept);

enum class Handover { delivered, not_due, not_answered, not_sent, unknown, refused };
/// sending -> what the mail server's answer comes to.
Result<Handover> record_outcome(const Bench& bench, Kept& kept, delivery::Outcome outcome);

/// Gives a message that did not arrive another address: a new message, with a Message-ID of its
/// own.
Result<void> readdress(const Bench& bench, Kept& kept, Fact address);

/// The holder's address, wherever the case has it.
void forget_address(Case& one);

/// Destroys secret, share, credential, address and the kept files of a delivered or withdrawn case.
Result<void> destroy_leftovers(const Bench& bench, Kept& kept);

/// Appends `withdrawn` if the log does not have it, and records it in the case.
Result<void> withdraw_case(const Bench& bench, Kept& kept);

}  // namespace refledger::desk
