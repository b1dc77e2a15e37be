#include <algorithm>

#include "desk/access/access.h"
#include "desk/access/records.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"

namespace refledger::access {
namespace {

std::string hash_of(std::string_view token) {
  return to_hex(sha256(bytes_of(token.substr(0, 64))));
}

}  // namespace

Result<std::string> Access::add_invitation(Invitation invitation) {
  std::string token = draw_token();
  invitation.id = hash_of(token);
  const Result<std::string> text = to_text(invitation);
  if (!text) return text.error();
  const Result<vault::ItemId> item = vault_->add("invitation", invitation.id, bytes_of(*text));
  if (!item) return item.error();
  const std::string id = invitation.id;
  invitations_.insert_or_assign(id, Kept<Invitation>{*item, std::move(invitation)});
  return token;
}

Result<std::string> Access::invite(const std::string& mail, Roles roles, const std::string& by,
                                   UtcMillis now) {
  const std::optional<std::string> name = sign_in_name(mail);
  if (!name) return Error{Fault::malformed, "mail"};
  if (roles.empty()) return Error{Fault::malformed, "roles"};
  const Lock alone(alone_);
  if (by_mail(*name) != nullptr) return Error{Fault::conflict, "mail: taken"};
  return add_invitation({"", *name, roles, "", by, now + policy_.invitation});
}

Result<std::string> Access::invite_back(std::string_view user, const std::string& by,
                                        UtcMillis now) {
  const Lock alone(alone_);
  const auto found = users_.find(user);
  if (found == users_.end()) return Error{Fault::not_found, "user"};
  const User& who = found->second.value.user;
  if (!who.active) return Error{Fault::conflict, "user: not active"};
  return add_invitation({"", who.mail, who.roles, who.id, by, now + policy_.invitation});
}

std::optional<Invitation> Access::invitation(std::string_view token, UtcMillis now) const {
  const Lock alone(alone_);
  const auto found = invitations_.find(hash_of(token));
  if (found == invitations_.end() || now >= found->second.value.until) return std::nullopt;
  return found->second.value;
}

std::vector<Invitation> Access::invitations(UtcMillis now) const {
  const Lock alone(alone_);
  std::vector<Invitation> all;
  for (const auto& [id, kept] : invitations_) {
    if (now < kept.value.until) all.push_back(kept.value);
  }
  std::ranges::sort(all, {}, &Invitation::until);
  return all;
}

Result<void> Access::withdraw_invitation(std::string_view id) {
  const Lock alone(alone_);
  const auto found = invitations_.find(id);
  if (found == invitations_.end()) return Error{Fault::not_found, "invitation"};
  if (Result<void> gone = vault_->erase(found->second.item); !gone) return gone;
  invitations_.erase(found);
  return {};
}

Result<User> Access::accept(std::string_view token, const std::string& name,
                            const std::string& password, UtcMillis now) {
  const std::optional<Invitation> known = invitation(token, now);
  if (!known) return Error{Fault::not_found, "invitation"};
  if (Result<void> good = check_new_password(password, known->mail); !good) return good.error();
  std::string hashed = this->hash(password);
  const Lock alone(alone_);
  const auto found = invitations_.find(known->id);  // it may have been used meanwhile
  if (found == invitations_.end()) return Error{Fault::not_found, "invitation"};
  Result<User> made = Error{Fault::not_found, "user"};
  if (known->user.empty()) {
    made = add({name, known->mail, {}, known->roles}, std::move(hashed));
  } else if (const auto user = users_.find(known->user); user != users_.end()) {
    StoredUser changed = user->second.value;
    changed.password = std::move(hashed);
    changed.totp.clear();
    changed.recovery.clear();
    if (Result<void> done = store(user->second, std::move(changed)); !done) return done.error();
    if (Result<void> ended = end_all(known->user, {}); !ended) return ended.error();
    made = user->second.value.user;
  }
  if (!made) return made;
  if (Result<void> gone = vault_->erase(found->second.item); !gone) return gone.error();
  invitations_.erase(found);
  return made;
}

}  // namespace refledger::access
