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

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "desk/case/hr_reading.h"
#include "desk/case/parts.h"
#include "desk/case/report.h"

namespace refledger::desk {

/// The steps of a reference that is delivered at the first try, in their order, as after_step gets
/// them ("status refreshed" once a run, the others once a case).
std::span<const std::string_view> step_names();

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
