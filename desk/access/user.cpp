#include "desk/access/user.h"

#include <algorithm>
#include <cstdlib>

#include "ledger/core/encoding.h"
#include "ledger/core/json.h"
#include "ledger/core/text.h"

namespace refledger::access {
namespace {

constexpr std::size_t kMaxMail = 254;

Error broken() { return {Fault::malformed, "user: not as it was written"}; }

Json names_of(Roles roles) {
  Json names = Json::array();
  for (const Role role : kRoles) {
    if (roles.has(role)) names.push_back(name_of(role));
  }
  return names;
}

Result<Roles> roles_from(const Json& names) {
  if (!names.is_array()) return broken();
  Roles roles;
  for (const Json& name : names) {
    if (!name.is_string()) return broken();
    const std::optional<Role> role = role_named(name.get<std::string>());
    if (!role) return broken();
    roles = roles | *role;
  }
  return roles;
}

}  // namespace

const char* name_of(Role role) {
  switch (role) {
    case Role::clerk:
      return "clerk";
    case Role::approver:
      return "approver";
    case Role::signatory:
      return "signatory";
    case Role::administrator:
      return "administrator";
    case Role::auditor:
      return "auditor";
  }
  std::abort();
}

std::optional<Role> role_named(std::string_view name) {
  for (const Role role : kRoles) {
    if (name == name_of(role)) return role;
  }
  return std::nullopt;
}

Result<std::string> to_text(const StoredUser& stored) {
  return to_canonical_json({{"active", stored.user.active},
                            {"id", stored.user.id},
                            {"language", stored.user.language},
                            {"mail", stored.user.mail},
                            {"name", stored.user.name},
                            {"password", stored.password},
                            {"recovery", stored.recovery},
                            {"roles", names_of(stored.user.roles)},
                            {"totp", to_hex(stored.totp)},
                            {"totp_step", stored.totp_step}});
}

Result<StoredUser> stored_user_from(std::string_view text) {
  const Result<Json> parsed = from_canonical_json(text, "user");
  if (!parsed) return parsed.error();
  if (!has_exactly(*parsed, {"active", "id", "language", "mail", "name", "password", "recovery",
                             "roles", "totp", "totp_step"})) {
    return broken();
  }
  const Json& object = *parsed;
  for (const char* member : {"id", "language", "mail", "name", "password", "totp"}) {
    if (!object[member].is_string()) return broken();
  }
  const bool shaped =
      object["active"].is_boolean() && object["totp_step"].is_number_unsigned() &&
      object["recovery"].is_array() &&
      std::ranges::all_of(object["recovery"], [](const Json& code) { return code.is_string(); });
  if (!shaped) return broken();
  const Result<Roles> roles = roles_from(object["roles"]);
  if (!roles) return roles.error();
  Result<Bytes> totp = from_hex(object["totp"].get<std::string>(), "totp");
  if (!totp) return totp.error();

  StoredUser stored;
  stored.user.id = object["id"];
  stored.user.name = object["name"];
  stored.user.mail = object["mail"];
  stored.user.language = object["language"];
  stored.user.active = object["active"];
  stored.user.roles = *roles;
  stored.password = object["password"];
  stored.totp = *std::move(totp);
  stored.totp_step = object["totp_step"];
  stored.recovery = object["recovery"].get<std::vector<std::string>>();
  stored.user.two_factor = !stored.totp.empty();
  stored.user.recovery_codes = stored.recovery.size();
  return stored;
}

std::optional<std::string> sign_in_name(std::string_view typed) {
  while (!typed.empty() && typed.front() == ' ') typed.remove_prefix(1);
  while (!typed.empty() && typed.back() == ' ') typed.remove_suffix(1);
  const std::size_t at = typed.find('@');
  const bool one_at = at != std::string_view::npos && typed.find('@', at + 1) == std::string::npos;
  if (!one_at || at == 0 || at + 1 == typed.size() || typed.size() > kMaxMail) return std::nullopt;
  if (!is_one_line(typed) || typed.find_first_of(" ,;<>\"") != std::string_view::npos) {
    return std::nullopt;
  }
  std::string name(typed);
  for (char& letter : name) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return name;
}

}  // namespace refledger::access
