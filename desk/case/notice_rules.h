// What HR is told by mail, and when: each matter at once, in the morning's digest, or not at all.
//
// Units    The hour is one of the company's day.
// Source   docs/workflow.md, "What HR is told by mail"
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace refledger::desk {

enum class NoticeKind {
  leaver,       ///< somebody leaves
  overdue,      ///< a reference that should be out is not
  approval,     ///< somebody asked for a second person
  undelivered,  ///< a message came back, or nobody knows whether it arrived
  sync,         ///< the HR system cannot be read
  credential,   ///< the HR system refuses the credential: expired, revoked, or lacking a right
};
constexpr std::size_t kNoticeKinds = 6;
const char* name_of(NoticeKind kind);

enum class NoticeTime { daily, at_once, off };
const char* name_of(NoticeTime time);  ///< "daily", "at-once", "off"
std::optional<NoticeTime> notice_time_named(std::string_view name);

struct NoticeRules {
  /// By NoticeKind.
  std::array<NoticeTime, kNoticeKinds> times = {NoticeTime::daily,   NoticeTime::daily,
                                                NoticeTime::daily,   NoticeTime::at_once,
                                                NoticeTime::at_once, NoticeTime::at_once};
  unsigned hour = 7;     ///< of the digest
  std::string desk_url;  ///< of the pages that a notice leads to; empty: it names cases alone

  NoticeTime of(NoticeKind kind) const { return times.at(static_cast<std::size_t>(kind)); }
};

}  // namespace refledger::desk
