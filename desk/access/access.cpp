#include "desk/access/access.h"

#include <algorithm>

#include "desk/access/records.h"
#include "desk/access/totp.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "ledger/core/text.h"

namespace refledger::access {
namespace {

constexpr std::size_t kMaxName = 120;

// Every item of one kind, read by `from`, under the id that it has in itself.
template <class Map, class From, class Id>
Result<void> load_all(const vault::Vault& vault, std::string_view kind, Map& map, const From& from,
                      const Id& id_of) {
  const Result<std::vector<vault::ItemId>> items = vault.list(kind);
  if (!items) return items.error();
  for (const vault::ItemId& item : *items) {
    const Result<Bytes> content = vault.get(item, kind);
    if (!content) return content.error();
    auto value = from(text_of(*content));
    if (!value) return value.error();
    std::string id = id_of(*value);
    map.insert_or_assign(std::move(id), typename Map::mapped_type{item, *std::move(value)});
  }
  return {};
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxName && is_one_line(name) &&
         name.find_first_not_of(' ') != std::string_view::npos;
}

}  // namespace

Result<std::unique_ptr<Access>> Access::open(vault::Vault& vault, Random& random, Policy policy) {
  std::unique_ptr<Access> access(new Access(vault, random, policy));
  if (Result<void> loaded = access->load(); !loaded) return loaded.error();
  return access;
}

Result<void> Access::load() {
  const auto own_id = [](const auto& value) { return value.id; };
  if (Result<void> done = load_all(*vault_, "user", users_, stored_user_from,
                                   [](const StoredUser& stored) { return stored.user.id; });
      !done) {
    return done;
  }
  if (Result<void> done = load_all(*vault_, "session", sessions_, session_from, own_id); !done) {
    return done;
  }
  if (Result<void> done = load_all(*vault_, "invitation", invitations_, invitation_from, own_id);
      !done) {
    return done;
  }
  nobody_ = hash(draw_token());
  return {};
}

std::string Access::draw_token() {
  std::array<std::uint8_t, 32> drawn{};
  random_->fill(drawn);
  return to_base64url(drawn);
}

std::string Access::hash(std::string_view password) const {
  hashing_.acquire();
  std::string made = hash_password(password, policy_.effort);
  hashing_.release();
  return made;
}

bool Access::fits(std::string_view password, const std::string& hash) const {
  hashing_.acquire();
  const bool good = password_fits(password, hash);
  hashing_.release();
  return good;
}

bool Access::has_administrator() const {
  const Lock alone(alone_);
  return std::ranges::any_of(users_, [](const auto& entry) {
    const User& user = entry.second.value.user;
    return user.active && user.roles.has(Role::administrator);
  });
}

std::vector<User> Access::users() const {
  const Lock alone(alone_);
  std::vector<User> all;
  for (const auto& [id, kept] : users_) all.push_back(kept.value.user);
  std::ranges::sort(all, {}, &User::name);
  return all;
}

std::optional<User> Access::user(std::string_view id) const {
  const Lock alone(alone_);
  const auto found = users_.find(id);
  if (found == users_.end()) return std::nullopt;
  return found->second.value.user;
}

const StoredUser* Access::by_mail(std::string_view mail) const {
  for (const auto& [id, kept] : users_) {
    if (kept.value.user.mail == mail) return &kept.value;
  }
  return nullptr;
}

Result<void> Access::store(Kept<StoredUser>& kept, StoredUser changed) {
  changed.user.two_factor = !changed.totp.empty();
  changed.user.recovery_codes = changed.recovery.size();
  const Result<std::string> text = to_text(changed);
  if (!text) return text.error();
  if (Result<void> done = vault_->replace(kept.item, "user", bytes_of(*text)); !done) return done;
  kept.value = std::move(changed);
  return {};
}

Result<User> Access::add(const NewUser& user, std::string hash) {
  const std::optional<std::string> mail = sign_in_name(user.mail);
  if (!mail) return Error{Fault::malformed, "mail"};
  if (!is_name(user.name)) return Error{Fault::malformed, "name"};
  if (user.roles.empty()) return Error{Fault::malformed, "roles"};
  if (by_mail(*mail) != nullptr) return Error{Fault::conflict, "mail: taken"};
  std::array<std::uint8_t, 16> drawn{};
  random_->fill(drawn);
  StoredUser stored;
  stored.user.id = to_hex(drawn);
  stored.user.name = user.name;
  stored.user.mail = *mail;
  stored.user.roles = user.roles;
  stored.password = std::move(hash);
  const Result<std::string> text = to_text(stored);
  if (!text) return text.error();
  const Result<vault::ItemId> item = vault_->add("user", stored.user.id, bytes_of(*text));
  if (!item) return item.error();
  User made = stored.user;
  users_.insert_or_assign(made.id, Kept<StoredUser>{*item, std::move(stored)});
  return made;
}

Result<User> Access::add_first(const NewUser& user) {
  if (Result<void> good = check_new_password(user.password, user.mail); !good) return good.error();
  std::string made = this->hash(user.password);
  const Lock alone(alone_);
  const bool there = std::ranges::any_of(users_, [](const auto& entry) {
    return entry.second.value.user.roles.has(Role::administrator);
  });
  if (there) return Error{Fault::conflict, "there is an administrator"};
  NewUser first = user;
  first.roles = first.roles | Role::administrator;
  return add(first, std::move(made));
}

Result<void> Access::rename(std::string_view id, const std::string& name,
                            const std::string& language) {
  if (!is_name(name)) return Error{Fault::malformed, "name"};
  const Lock alone(alone_);
  const auto found = users_.find(id);
  if (found == users_.end()) return Error{Fault::not_found, "user"};
  StoredUser changed = found->second.value;
  changed.user.name = name;
  changed.user.language = language;
  return store(found->second, std::move(changed));
}

bool Access::is_last_administrator(std::string_view id) const {
  return std::ranges::none_of(users_, [&](const auto& entry) {
    const User& user = entry.second.value.user;
    return user.id != id && user.active && user.roles.has(Role::administrator);
  });
}

Result<void> Access::set_roles(std::string_view id, Roles roles, bool active) {
  if (roles.empty()) return Error{Fault::malformed, "roles"};
  const Lock alone(alone_);
  const auto found = users_.find(id);
  if (found == users_.end()) return Error{Fault::not_found, "user"};
  const bool stays = active && roles.has(Role::administrator);
  if (!stays && is_last_administrator(id)) {
    return Error{Fault::conflict, "the last administrator"};
  }
  StoredUser changed = found->second.value;
  changed.user.roles = roles;
  changed.user.active = active;
  if (Result<void> done = store(found->second, std::move(changed)); !done) return done;
  return end_all(id, {});
}

bool Access::password_is(std::string_view id, std::string_view password) const {
  std::string known = nobody_;
  {
    const Lock alone(alone_);
    if (const auto found = users_.find(id); found != users_.end()) {
      known = found->second.value.password;
    }
  }
  return fits(password, known);
}

Result<void> Access::change_password(std::string_view id, std::string_view current,
                                     const std::string& password, std::string_view but_session_id) {
  const std::optional<User> who = user(id);
  if (!who) return Error{Fault::not_found, "user"};
  if (!password_is(id, current)) return Error{Fault::refused, "current: wrong"};
  if (Result<void> good = check_new_password(password, who->mail); !good) return good;
  std::string made = this->hash(password);
  const Lock alone(alone_);
  const auto found = users_.find(id);
  if (found == users_.end()) return Error{Fault::not_found, "user"};
  StoredUser changed = found->second.value;
  changed.password = std::move(made);
  if (Result<void> done = store(found->second, std::move(changed)); !done) return done;
  return end_all(id, but_session_id);
}

Result<std::vector<std::string>> Access::start_two_factor(std::string_view id, ByteView secret,
                                                          std::string_view code, UtcMillis now) {
  const std::optional<std::uint64_t> step = totp_step_of(code, secret, now, 0);
  if (secret.size() != kTotpSecret || !step) return Error{Fault::refused, "code: wrong"};
  {
    const Lock alone(alone_);
    const auto found = users_.find(id);
    if (found == users_.end()) return Error{Fault::not_found, "user"};
    StoredUser changed = found->second.value;
    changed.totp = copy_of(secret);
    changed.totp_step = *step;
    if (Result<void> done = store(found->second, std::move(changed)); !done) return done.error();
  }
  return new_recovery_codes(id);
}

Result<void> Access::stop_two_factor(std::string_view id) {
  const Lock alone(alone_);
  const auto found = users_.find(id);
  if (found == users_.end()) return Error{Fault::not_found, "user"};
  StoredUser changed = found->second.value;
  changed.totp.clear();
  changed.recovery.clear();
  return store(found->second, std::move(changed));
}

Result<std::vector<std::string>> Access::new_recovery_codes(std::string_view id) {
  const Lock alone(alone_);
  const auto found = users_.find(id);
  if (found == users_.end()) return Error{Fault::not_found, "user"};
  std::vector<std::string> codes;
  StoredUser changed = found->second.value;
  changed.recovery.clear();
  for (std::size_t at = 0; at < kRecoveryCodes; ++at) {
    codes.push_back(draw_recovery_code(*random_));
    changed.recovery.push_back(recovery_hash(codes.back()));
  }
  if (Result<void> done = store(found->second, std::move(changed)); !done) return done.error();
  return codes;
}

}  // namespace refledger::access
