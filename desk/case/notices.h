// Notices to HR: what happened and what is to be done, by mail, each matter once.
//
// Shape    Counts and links to cases; nothing about anybody.
// Order    What was told and the message on its way are in the vault: a restart neither repeats a
//          notice nor loses one.  A message that the mail server did not take goes again, byte for
//          byte, and nothing else goes before it.  Without hr.mail nothing is sent or kept.
// Threads  Any.  While somebody else talks to the mail server, tell() does nothing.
// Source   docs/workflow.md, "What HR is told by mail"
#pragma once

#include <memory>

#include "desk/case/desk.h"

namespace refledger::desk {

struct NoticeReport {
  std::size_t told = 0;  ///< matters that HR was told of
  bool failed = false;   ///< the mail server did not take the message
};

class Notices {
 public:
  explicit Notices(Desk& desk);
  ~Notices();

  /// How a reading of the HR system ended.
  Result<void> note_reading(const Result<void>& outcome);

  /// Tells what is to be told by now; looks for it three times a minute.
  Result<NoticeReport> tell();

 private:
  struct Work;
  std::unique_ptr<Work> work_;
};

}  // namespace refledger::desk
