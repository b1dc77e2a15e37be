#include <algorithm>

#include "desk/access/access.h"
#include "desk/access/records.h"
#include "desk/access/totp.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"

namespace refledger::access {
namespace {

constexpr std::size_t kMaxBrowser = 200;
constexpr std::size_t kMaxToken = 64;
constexpr std::uint64_t kMaxCodes = 5;
constexpr std::chrono::minutes kNoteEvery{1};

std::string hash_of(std::string_view token) {
  return to_hex(sha256(bytes_of(token.substr(0, kMaxToken))));
}

Error wrong() { return {Fault::refused, "sign-in: wrong"}; }
Error throttled() { return {Fault::refused, "sign-in: throttled"}; }

// As it called itself, without what a page or a log might stumble over.
std::string readable(std::string_view browser) {
  std::string kept;
  for (const char letter : browser.substr(0, kMaxBrowser)) {
    kept += letter >= ' ' && letter <= '~' ? letter : '?';
  }
  return kept;
}

}  // namespace

Result<SignedIn> Access::sign_in(std::string_view mail, std::string_view password,
                                 const Caller& caller, UtcMillis now) {
  const std::string name = sign_in_name(mail).value_or("");
  const std::string pair = name + " " + caller.address;
  if (by_pair_.must_wait(pair, now) || by_user_.must_wait(name, now) ||
      by_address_.must_wait(caller.address, now)) {
    return throttled();
  }
  std::string known = nobody_;
  std::string id;
  bool half = false;
  {
    const Lock alone(alone_);
    if (const StoredUser* found = by_mail(name); found != nullptr && found->user.active) {
      known = found->password;
      id = found->user.id;
      half = !found->totp.empty();
    }
  }
  if (!fits(password, known) || id.empty()) {
    by_pair_.failed(pair, now);
    by_user_.failed(name, now);
    by_address_.failed(caller.address, now);
    return wrong();
  }
  by_pair_.succeeded(pair);
  const Lock alone(alone_);
  return start_session(id, half, caller, now);
}

Result<SignedIn> Access::start_session(const std::string& user, bool half, const Caller& caller,
                                       UtcMillis now) {
  SignedIn made{draw_token(), user, half};
  Session session{hash_of(made.token), user, now, now, readable(caller.browser), half, 0};
  const Result<std::string> text = to_text(session);
  if (!text) return text.error();
  const Result<vault::ItemId> item = vault_->add("session", session.id, bytes_of(*text));
  if (!item) return item.error();
  const std::string id = session.id;
  sessions_.insert_or_assign(id, Kept<Session>{*item, std::move(session)});
  return made;
}

Result<bool> Access::use_code(Kept<StoredUser>& kept, std::string_view code, UtcMillis now) {
  StoredUser changed = kept.value;
  if (const auto step = totp_step_of(code, changed.totp, now, changed.totp_step)) {
    changed.totp_step = *step;
  } else if (std::erase(changed.recovery, recovery_hash(code)) == 0) {
    return false;
  }
  if (Result<void> done = store(kept, std::move(changed)); !done) return done.error();
  return true;
}

Result<SignedIn> Access::confirm(std::string_view token, std::string_view code,
                                 const Caller& caller, UtcMillis now) {
  const Lock alone(alone_);
  const auto found = sessions_.find(hash_of(token));
  if (found == sessions_.end() || !found->second.value.half || over(found->second.value, now)) {
    return Error{Fault::not_found, "session"};
  }
  const std::string id = found->first;
  const auto user = users_.find(found->second.value.user);
  if (user == users_.end()) return Error{Fault::not_found, "user"};
  if (by_pair_.must_wait(user->first + " " + caller.address, now)) return throttled();
  const Result<bool> fits = use_code(user->second, code, now);
  if (!fits) return fits.error();
  if (!*fits) {
    by_pair_.failed(user->first + " " + caller.address, now);
    if (++found->second.value.failed >= kMaxCodes) {
      if (Result<void> ended = end(id); !ended) return ended.error();
    }
    return wrong();
  }
  if (Result<void> ended = end(id); !ended) return ended.error();
  return start_session(user->first, false, caller, now);
}

bool Access::over(const Session& session, UtcMillis now) const {
  if (session.half) return now >= session.started + policy_.second_factor;
  return now >= session.started + policy_.longest || now >= session.seen + policy_.idle ||
         now < session.started - policy_.longest;
}

Result<std::optional<Session>> Access::session(std::string_view token, UtcMillis now) {
  using None = std::optional<Session>;
  if (token.empty()) return None();
  const Lock alone(alone_);
  const auto found = sessions_.find(hash_of(token));
  if (found == sessions_.end()) return None();
  Kept<Session>& kept = found->second;
  const auto user = users_.find(kept.value.user);
  const bool stays = user != users_.end() && user->second.value.user.active;
  if (!stays || over(kept.value, now)) {
    const std::string id = found->first;
    if (Result<void> ended = end(id); !ended) return ended.error();
    return None();
  }
  if (now >= kept.value.seen + kNoteEvery) {
    Session seen = kept.value;
    seen.seen = now;
    const Result<std::string> text = to_text(seen);
    if (!text) return text.error();
    if (Result<void> noted = vault_->replace(kept.item, "session", bytes_of(*text)); !noted) {
      return noted.error();
    }
    kept.value = std::move(seen);
  }
  return None(kept.value);
}

std::vector<Session> Access::sessions(std::string_view user, UtcMillis now) const {
  const Lock alone(alone_);
  std::vector<Session> all;
  for (const auto& [id, kept] : sessions_) {
    if (kept.value.user == user && !kept.value.half && !over(kept.value, now)) {
      all.push_back(kept.value);
    }
  }
  std::ranges::sort(all, std::greater<>{}, &Session::started);
  return all;
}

Result<void> Access::end(const std::string& session_id) {
  const auto found = sessions_.find(session_id);
  if (found == sessions_.end()) return Error{Fault::not_found, "session"};
  if (Result<void> gone = vault_->erase(found->second.item); !gone) return gone;
  sessions_.erase(found);
  return {};
}

Result<void> Access::end_session(std::string_view user, std::string_view session_id) {
  const Lock alone(alone_);
  const auto found = sessions_.find(session_id);
  if (found == sessions_.end() || found->second.value.user != user) {
    return Error{Fault::not_found, "session"};
  }
  return end(std::string(session_id));
}

Result<void> Access::end_all(std::string_view user, std::string_view but_session_id) {
  std::vector<std::string> doomed;
  for (const auto& [id, kept] : sessions_) {
    if (kept.value.user == user && id != but_session_id) doomed.push_back(id);
  }
  for (const std::string& id : doomed) {
    if (Result<void> done = end(id); !done) return done;
  }
  return {};
}

Result<void> Access::end_sessions(std::string_view user, std::string_view but_session_id) {
  const Lock alone(alone_);
  return end_all(user, but_session_id);
}

Result<void> Access::tidy(UtcMillis now) {
  const Lock alone(alone_);
  std::vector<std::string> doomed;
  for (const auto& [id, kept] : sessions_) {
    if (over(kept.value, now)) doomed.push_back(id);
  }
  for (const std::string& id : doomed) {
    if (Result<void> done = end(id); !done) return done;
  }
  for (auto at = invitations_.begin(); at != invitations_.end();) {
    if (now < at->second.value.until) {
      ++at;
      continue;
    }
    if (Result<void> gone = vault_->erase(at->second.item); !gone) return gone;
    at = invitations_.erase(at);
  }
  return {};
}

}  // namespace refledger::access
