// The draft as the person whom it is about sees it: by the code and the PIN that HR handed out.
//
// Order    Every change is in the vault when the call returns.  A consent and an address become
//          fields of the draft, written by the person; what was approved and says nothing else
//          stays approved.
// Errors   not_found (no such code, or it is over), refused (another PIN), conflict (issued
//          meanwhile: the files are there instead), malformed and out_of_range (a text)
// Threads  Any, as the desk.
// Source   docs/workflow.md, "The person sees the draft"
#pragma once

#include <string>
#include <string_view>

#include "desk/case/drafting.h"
#include "desk/case/hearing.h"

namespace refledger::desk {

struct DraftView {
  std::string holder;
  std::string language;
  std::string address;        ///< where the reference will go, as far as the draft says
  bool asks_consent = false;  ///< the way it is signed counts only with the person's consent
  bool has_consented = false;
  bool changed = false;  ///< the draft, since the person opened it
  Hearing hearing;
  UtcMillis good_until{};
};

struct Heard {
  Hearing hearing;
  bool changed = false;  ///< the draft, since the person opened it
};

class LeaverSide {
 public:
  explicit LeaverSide(Desk& desk) : desk_(&desk) {}

  /// A code with which the person sees the draft and, once issued, fetches the files; any earlier
  /// one ends.  refused: the draft is not whole yet.
  Result<ClaimTicket> invite(std::string_view case_id, const Actor& actor);
  Result<Heard> heard(std::string_view case_id, const Actor& actor) const;

  Result<DraftView> draft(const std::string& code, const std::string& pin);
  /// The watermarked test document; from then on the person has seen what it says.
  Result<Bytes> document(const std::string& code, const std::string& pin);
  Result<void> say(const std::string& code, const std::string& pin, const std::string& text);
  Result<void> consent(const std::string& code, const std::string& pin, bool given);
  Result<void> send_to(const std::string& code, const std::string& pin, const std::string& address);

 private:
  struct Work;
  Desk* desk_;
};

}  // namespace refledger::desk
