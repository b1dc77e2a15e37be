// What a person says about the draft of their reference, before it is issued.
//
// Shape    Canonical JSON, one vault item of kind "hearing", found by the case's id.
// Units    A comment at most 2000 bytes; at most 20 comments.
// Order    Pure.
// Errors   malformed: an empty comment, or one with control characters; out_of_range: too much
// Source   docs/workflow.md, "The person sees the draft"
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::desk {

struct Comment {
  std::string text;
  UtcMillis at{};
  friend bool operator==(const Comment&, const Comment&) = default;
};

struct Hearing {
  std::optional<UtcMillis> invited_at = {};  ///< a code was made, with which the draft can be seen
  std::optional<UtcMillis> seen_at = {};     ///< the draft was opened last
  std::string seen_digest = {};              ///< of the document that it was then
  std::vector<Comment> comments = {};        ///< oldest first
  friend bool operator==(const Hearing&, const Hearing&) = default;
};

constexpr std::size_t kMaxComment = 2000;
constexpr std::size_t kMaxComments = 20;

Result<void> say(Hearing& hearing, const std::string& text, UtcMillis now);

Result<std::string> to_text(const Hearing& hearing);
Result<Hearing> hearing_from(std::string_view canonical_text);

}  // namespace refledger::desk
