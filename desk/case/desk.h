// The desk of one issuer in automatic mode: leavers in, delivered references out, exactly once.
//
// Order    Each step's result is stored whole in the vault before it is used; a crash anywhere
//          resumes with the same bytes.  No mail leaves before the public process answers.
// Errors   storage ends the process (fail-stop); upstream is retried with the next sync; what only
//          a person can settle becomes an open case that says what to do; any other trouble with
//          one case is reported in SyncReport::problems and does not hold up the others.
// Threads  Any number of calls at once.  Changes wait for each other, but for neither the HR system
//          nor the mail server: those are asked while others may go on.
// Source   docs/workflow.md
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "desk/case/claim.h"
#include "desk/case/hr_reading.h"
#include "desk/case/issued.h"
#include "desk/case/parts.h"
#include "desk/case/report.h"
#include "desk/case/signers.h"

namespace refledger::desk {

/// The steps of a reference that is delivered at the first try, in their order, as after_step gets
/// them ("status refreshed" once a run, the others once a case).
std::span<const std::string_view> step_names();

class Desk {
 public:
  Desk(IssuerSettings issuer, Parts parts);
  ~Desk();

  // ---- what happens by itself ------------------------------------------------------------------

  /// Reads the source, opens cases for new leavers and carries every case as far as it goes.
  Result<SyncReport> sync(const SyncOptions& options = {});

  /// Carries on what a crash or a missing mail server left, without asking the source.  Cases that
  /// were not identified yet wait for the next sync: their facts may have changed since.
  Result<SyncReport> resume();

  /// resume() in two halves: the first talks to nobody, the second hands over what is due.  While
  /// another thread is handing over, the second does nothing.
  Result<SyncReport> carry_on();
  Result<SyncReport> deliver();

  /// Makes the status token anew if it is older than an hour or the log has grown.
  Result<void> refresh_status();

  // ---- what HR orders --------------------------------------------------------------------------

  /// Appends `withdrawn` and publishes a new status token.  The same again is no error.
  /// not_found: no such reference was issued here.
  Result<void> withdraw(const ReferenceId& id);

  // A case is named by its id.  not_found: there is none; conflict: it is past that.
  Result<void> hold(std::string_view case_id);     ///< nothing is issued until released
  Result<void> release(std::string_view case_id);  ///< as drafted, once the employment is over
  /// A fixed term's end is the end; nothing: as the HR system says.
  Result<void> confirm_end(std::string_view case_id, std::optional<Date> end,
                           const std::string& by);
  /// The message whose fate nobody knew did arrive.
  Result<void> arrived(std::string_view case_id);
  /// What changed after issuing has been dealt with.
  Result<void> settle(std::string_view case_id);
  /// Whose word counts on a field: an account, or kTyped.
  Result<void> choose(std::string_view case_id, const std::string& field,
                      const std::string& account);
  /// Empty `value`: what was typed no longer counts.
  Result<void> type(std::string_view case_id, const std::string& field, const std::string& value,
                    const std::string& by, const std::string& reason);
  /// A case for somebody who left long ago; the id of the case.  not_found: the HR system does not
  /// know that person (any more); conflict: they work here, or have a case.
  Result<std::string> open_former(const std::string& person);

  // ---- until the holder has it, and afterwards ------------------------------------------------

  /// The message came back: HR records another address.  refused: its files are destroyed already.
  Result<void> bounced(std::string_view case_id);
  /// A message that did not arrive goes to another address, as a new one with the same documents.
  Result<void> send_to(std::string_view case_id, const std::string& address, const std::string& by);
  /// A code with which the holder fetches the files; any earlier one ends.  It is told once.
  Result<ClaimTicket> make_claim(std::string_view case_id);
  /// not_found: no such code, or it is over; refused: another PIN, after ten of them the code ends.
  Result<HolderFiles> claim(const std::string& code, const std::string& pin);
  /// The same, once the holder has the file: it counts as delivered, and the address goes.
  Result<void> claimed(const std::string& code, const std::string& pin);
  /// What the holder asks for, as a task of HR.
  Result<void> wish(const std::string& code, const std::string& pin, Wish wish);

  /// Opens a case for a reference that replaces this one; the id of the case.  Once the new one is
  /// out, the old one is withdrawn, after one to seven days unless it is urgent.
  Result<std::string> correct(std::string_view case_id, bool urgent);
  /// Destroys everything personal of the case, for good, also the sealed record.  The log's entry
  /// stays and tells nothing.  conflict: a message is just being handed over.
  Result<void> erase(std::string_view case_id);
  /// Everything that is kept about the person of the case, for them to read.
  Result<Json> all_about(std::string_view case_id) const;

  // ---- references that HR writes ---------------------------------------------------------------

  /// Writes, checks and approves what the file describes, and carries it as far as its signature
  /// allows.  The same file again makes no second one.  `signers`: for qualified.
  Result<Issued> issue_order(std::string_view file, letter::SigningMode mode,
                             const Signers& signers = {});
  /// The same as a test document: nothing is kept, numbered or entered.
  Result<Issued> test_document(std::string_view file) const;
  /// Seals a document about nobody as the next reference would be, and throws it away.
  Result<void> try_seal() const;
  /// The signature that was asked for elsewhere.
  Result<Issued> assemble(std::string_view case_id, ByteView signature);
  /// The copy signed by hand is there.
  Result<Issued> register_signed(std::string_view case_id, const std::string& by);
  /// The holder has the file.
  Result<void> handed_out(std::string_view case_id);

  // ---- looking ---------------------------------------------------------------------------------

  Result<std::vector<CaseSummary>> cases() const;
  /// Who said what about the case, and when it was read.
  Result<std::vector<Word>> words(std::string_view case_id) const;
  /// Everybody whose employment is over, as last read.
  Result<std::vector<Former>> former() const;
  /// What the last sync that reached the source could not read, for HR to mend there.
  Result<HrReading> reading() const;
  SyncProgress progress() const;
  const IssuerSettings& issuer() const;

 private:
  friend struct Drafts;  // the desk as people write with it
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace refledger::desk
