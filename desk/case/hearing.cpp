#include "desk/case/hearing.h"

#include <algorithm>

#include "desk/case/member_reader.h"
#include "ledger/core/text.h"

namespace refledger::desk {
namespace {

constexpr std::size_t kMaxKept = std::size_t{64} * 1024;

Error broken() { return {Fault::malformed, "hearing: not what was kept"}; }

// Lines are kept as lines; nothing else that does not show.
bool is_comment(std::string text) {
  if (text.size() > kMaxComment) return false;
  std::erase(text, '\r');
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text.find_first_not_of(' ') != std::string::npos && is_one_line(text);
}

Json json_of(const std::optional<UtcMillis>& time) {
  return time ? Json(format_time(*time)) : Json(nullptr);
}

Result<Comment> comment_from(const Json& json) {
  if (!has_exactly(json, {"at", "text"})) return broken();
  MemberReader in(json);
  Comment comment{in.text("text"), in.time("at")};
  if (in.error() || !is_comment(comment.text)) return broken();
  return comment;
}

}  // namespace

Result<void> say(Hearing& hearing, const std::string& text, UtcMillis now) {
  if (text.size() > kMaxComment || hearing.comments.size() >= kMaxComments) {
    return Error{Fault::out_of_range, "comment: too much"};
  }
  if (!is_comment(text)) return Error{Fault::malformed, "comment: not usable"};
  hearing.comments.push_back({text, now});
  return {};
}

Result<std::string> to_text(const Hearing& hearing) {
  Json comments = Json::array();
  for (const Comment& one : hearing.comments) {
    comments.push_back({{"at", format_time(one.at)}, {"text", one.text}});
  }
  return to_canonical_json(Json{{"comments", std::move(comments)},
                                {"invited_at", json_of(hearing.invited_at)},
                                {"seen_at", json_of(hearing.seen_at)},
                                {"seen_digest", hearing.seen_digest},
                                {"v", 1}});
}

Result<Hearing> hearing_from(std::string_view canonical_text) {
  if (canonical_text.size() > kMaxKept) return broken();
  const Result<Json> json = from_canonical_json(canonical_text, "hearing");
  if (!json || !has_exactly(*json, {"comments", "invited_at", "seen_at", "seen_digest", "v"})) {
    return broken();
  }
  MemberReader in(*json);
  Hearing hearing;
  hearing.invited_at = in.optional_time("invited_at");
  hearing.seen_at = in.optional_time("seen_at");
  hearing.seen_digest = in.text("seen_digest");
  const Json& comments = json->at("comments");
  const bool whole = comments.is_array() && comments.size() <= kMaxComments;
  if (in.number("v") != 1 || in.error() || !whole) return broken();
  for (const Json& one : comments) {
    Result<Comment> comment = comment_from(one);
    if (!comment) return comment.error();
    hearing.comments.push_back(*std::move(comment));
  }
  return hearing;
}

}  // namespace refledger::desk
