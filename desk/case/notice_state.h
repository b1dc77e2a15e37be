// What is remembered of the notices to HR: what was told, and the message that is on its way.
//
// Shape    Canonical JSON, one vault item of kind "notices", found by issuer and account.
// Order    A message is kept before it is handed over, so that it goes again as it was; what it
//          tells counts as told once the mail server took it.
// Errors   malformed: anything but what to_text writes; storage
// Source   docs/workflow.md, "What HR is told by mail"
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "desk/vault/vault.h"
#include "ledger/core/time.h"

namespace refledger::desk {

/// A message that HR is to get; the same again makes the same bytes.
struct NoticeMessage {
  std::string id;  ///< Message-ID
  UtcMillis date{};
  std::string to;
  std::string subject;
  std::string text;
  std::set<std::string> facts = {};  ///< that it tells
  std::uint64_t unknowns = 0;        ///< after how many tries nobody knows whether it arrived
  friend bool operator==(const NoticeMessage&, const NoticeMessage&) = default;
};

/// Readings of the HR system that failed, one after the other.
struct FailingReadings {
  UtcMillis since{};
  std::uint64_t count = 0;
  bool refused = false;  ///< the credential, by the last one
  friend bool operator==(const FailingReadings&, const FailingReadings&) = default;
};

struct NoticeState {
  std::optional<Date> digest_on = {};  ///< the last day whose digest is done
  std::set<std::string> told = {};     ///< facts that hold still
  std::optional<FailingReadings> failing = {};
  std::optional<NoticeMessage> message = {};
  friend bool operator==(const NoticeState&, const NoticeState&) = default;
};

Result<std::string> to_text(const NoticeState& state);
Result<NoticeState> notice_state_from(std::string_view canonical_text);

class NoticeStore {
 public:
  NoticeStore(vault::Vault& vault, const std::string& iss, const std::string& account);
  Result<NoticeState> load() const;  ///< empty where nothing was kept
  Result<void> save(const NoticeState& state);

 private:
  vault::Vault* vault_;
  std::string index_;
};

}  // namespace refledger::desk
