// Who may sign in, and as what.
//
// Shape    Canonical JSON, one vault item of kind "user" each.  The password stands in it as an
//          Argon2id string, recovery codes as SHA-256, the TOTP secret as it is: the vault encrypts
//          the item under a key of its own.
// Errors   malformed: anything but what is written here
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::access {

enum class Role : std::uint8_t { clerk, approver, signatory, administrator, auditor };
inline constexpr std::array kRoles{Role::clerk, Role::approver, Role::signatory,
                                   Role::administrator, Role::auditor};
const char* name_of(Role role);  ///< "clerk"
std::optional<Role> role_named(std::string_view name);

/// A set of roles.
class Roles {
 public:
  constexpr Roles() = default;
  constexpr Roles(Role role) : bits_(bit(role)) {}  // NOLINT: a role is a set of one
  static constexpr Roles all() { return Roles(std::uint8_t{0x1f}); }

  constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }
  constexpr bool meets(Roles other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  friend constexpr Roles operator|(Roles a, Roles b) {
    return Roles(static_cast<std::uint8_t>(a.bits_ | b.bits_));
  }
  friend constexpr bool operator==(Roles, Roles) = default;

 private:
  explicit constexpr Roles(std::uint8_t bits) : bits_(bits) {}
  static constexpr std::uint8_t bit(Role role) {
    return static_cast<std::uint8_t>(1u << static_cast<unsigned>(role));
  }
  std::uint8_t bits_ = 0;
};
constexpr Roles operator|(Role a, Role b) { return Roles(a) | Roles(b); }

/// What may be shown of somebody who signs in.
struct User {
  std::string id;  ///< 32 hex digits, drawn; what the audit log names
  std::string name;
  std::string mail;  ///< what is typed to sign in; lower case
  Roles roles;
  std::string language;  ///< "de", or empty: as the browser says
  bool active = true;    ///< false: kept, so that old records still have a name
  bool two_factor = false;
  std::size_t recovery_codes = 0;  ///< left
};

struct StoredUser {
  User user;
  std::string password;
  std::vector<std::uint8_t> totp;          ///< empty: none
  std::uint64_t totp_step = 0;             ///< the last that was used
  std::vector<std::string> recovery = {};  ///< SHA-256 in hex
};
Result<std::string> to_text(const StoredUser& stored);
Result<StoredUser> stored_user_from(std::string_view text);

/// Lower case without blanks around it; nothing if that is no e-mail address.
std::optional<std::string> sign_in_name(std::string_view typed);

}  // namespace refledger::access
