// The desk as the people of HR write with it: drafts, approvals, issuing, by whom it may be done.
//
// Order    Every change is in the vault when the call returns.  What somebody may do, and that
//          nobody approves their own, is decided here.
// Errors   refused (not allowed to this person, or by this rule), conflict (past that, or changed
//          meanwhile), not_found (no such case), malformed (a value)
// Threads  Any, as the desk.
// Source   docs/workflow.md, "References that HR writes"
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/case/board.h"
#include "desk/case/desk.h"
#include "desk/case/flow.h"

namespace refledger::desk {

/// One case as the people who work on it see it.
struct Dossier {
  std::string case_id;
  std::string person;  ///< the HR system's id
  Stage stage = Stage::open;
  Waiting waiting = Waiting::nothing;
  std::string waiting_field;
  std::vector<Change> changes;  ///< in the HR system, since it was issued
  bool interim = false;
  bool gone = false;
  bool stopped = false;
  bool written = false;
  UtcMillis opened_at{};
  Facts facts;
  Sheet sheet;
  FlowStage flow = FlowStage::unwritten;
  bool needs_two = false;  ///< of the type that is written
  bool own = false;        ///< the one who looks wrote of it
  std::string reference_id;
  std::optional<UtcMillis> delivered_at;
  std::optional<Absences> absences;
  std::optional<std::uint64_t> entry_index;
  bool destroyed = false;
};

/// A draft as the checks see it, or why it is not complete yet.
struct Look {
  std::string incomplete;  ///< "tasks: missing"; empty: the letter is whole
  std::optional<Examined> examined;
  std::string refused;  ///< what stands in the way of issuing it; empty: nothing
  std::vector<std::string> without_reason;
};

class Drafting {
 public:
  explicit Drafting(Desk& desk) : desk_(&desk) {}

  Result<Dossier> dossier(std::string_view case_id, const Actor& actor) const;
  Result<Board> board(const Actor& actor) const;

  /// conflict: its reference is issued, or about to be.  Clashes are in the answer.
  Result<Saved> save(std::string_view case_id, std::uint64_t base, const Fields& changes,
                     const Actor& actor);
  Result<void> restore(std::string_view case_id, std::uint64_t base, std::uint64_t version,
                       const Actor& actor);

  /// `unsaved` lies over what is kept.
  Result<Look> look(std::string_view case_id, const Fields& unsaved, const Actor& actor) const;
  /// The test document: watermarked, numbered nowhere.
  Result<Bytes> preview(std::string_view case_id, const Fields& unsaved, const Actor& actor) const;

  /// refused where a finding stops it or a change has no reason.
  Result<void> ask_approval(std::string_view case_id, std::uint64_t version, const Actor& actor);
  Result<void> approve(std::string_view case_id, std::uint64_t version, const Actor& actor);
  Result<void> send_back(std::string_view case_id, std::uint64_t version, const std::string& reason,
                         const Actor& actor);

  /// Once; the same again tells how far it is, and prepares anew what was not signed in time.
  /// `signers`: for a qualified signature.
  Result<Issued> issue(std::string_view case_id, std::uint64_t version, const Actor& actor,
                       const Signers& signers = {});
  /// What somebody elsewhere is to sign; nothing: nobody is asked.
  Result<std::optional<AskedSignature>> asked_signature(std::string_view case_id,
                                                        const Actor& actor) const;
  Result<Issued> assemble(std::string_view case_id, ByteView signature, const Actor& actor);

  Result<void> hold(std::string_view case_id, const Actor& actor);
  Result<void> release(std::string_view case_id, const Actor& actor);
  /// The file or print of a case that is issued, as long as it is kept.
  Result<std::optional<Bytes>> document(std::string_view case_id, const Actor& actor) const;
  Result<Issued> register_signed(std::string_view case_id, const Actor& actor);
  Result<void> handed_out(std::string_view case_id, const Actor& actor);
  Result<void> arrived(std::string_view case_id, const Actor& actor);
  Result<void> settle(std::string_view case_id, const Actor& actor);

  /// A case for an interim reference of somebody who works here, read from the HR system for this;
  /// the one that is open, where there is one.  Its id.
  Result<std::string> start_interim(const std::string& person, const Actor& actor);
  Result<std::string> open_former(const std::string& person, const Actor& actor);

 private:
  struct Work;
  Desk* desk_;
};

}  // namespace refledger::desk
