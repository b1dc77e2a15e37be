// Accounts of the people who use the desk: signing in, sessions, invitations, a second factor.
//
// Shape    Vault items of the kinds "user", "session" and "invitation"; all of them are also held
// in
//          memory, because one process alone changes them.  Of a session's token and of an
//          invitation's only the SHA-256 is kept.
// Order    A change is in the vault when the call returns.  A session ends after `idle` without a
//          request, `longest` after signing in, with the password and with the account.
// Errors   refused (wrong, throttled, not permitted), not_found, conflict (the address is taken,
// the
//          last administrator), malformed (a value), storage
// Secrets  Tokens, secrets and codes are returned once, by the call that makes them.
// Threads  Any.  Hashing is outside the lock, and two at a time, so that a flood of attempts cannot
//          take all memory.
// Source   docs/accounts.md; OWASP ASVS 5.0, chapters 6 and 7
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>
#include <vector>

#include "desk/access/password.h"
#include "desk/access/throttle.h"
#include "desk/access/user.h"
#include "desk/vault/vault.h"
#include "ledger/core/random.h"

namespace refledger::access {

struct Policy {
  std::chrono::minutes idle{30};
  std::chrono::hours longest{8};
  std::chrono::minutes second_factor{5};  ///< from the password to the code
  std::chrono::hours invitation{72};
  Effort effort = Effort::interactive;
};

struct Session {
  std::string id;  ///< SHA-256 of the token, in hex: what it is revoked by
  std::string user;
  UtcMillis started;
  UtcMillis seen;
  std::string browser;       ///< as it called itself, shortened
  bool half = false;         ///< the password was right, the code is still to come
  std::uint64_t failed = 0;  ///< wrong codes
};

struct Invitation {
  std::string id;  ///< SHA-256 of the token, in hex
  std::string mail;
  Roles roles;
  std::string user;  ///< of a new password for somebody; else empty
  std::string by;
  UtcMillis until;
};

/// A token, once; and whether a code is asked for before it counts.
struct SignedIn {
  std::string token;
  std::string user;
  bool half = false;
};

struct NewUser {
  std::string name;
  std::string mail;
  std::string password;
  Roles roles;
};

/// Who knocks, for throttling and for the list of sessions.
struct Caller {
  std::string address;
  std::string browser;
};

class Access {
 public:
  static Result<std::unique_ptr<Access>> open(vault::Vault& vault, Random& random,
                                              Policy policy = {});

  bool has_administrator() const;
  std::vector<User> users() const;  ///< by name
  std::optional<User> user(std::string_view id) const;

  /// The first administrator.  conflict: there is one.
  Result<User> add_first(const NewUser& user);
  Result<void> rename(std::string_view id, const std::string& name, const std::string& language);
  /// conflict: nobody else would be an active administrator.  Ends all sessions of `id`.
  Result<void> set_roles(std::string_view id, Roles roles, bool active);

  // ---- signing in ------------------------------------------------------------------------------

  /// refused, with the same words and after the same time, whatever was wrong; "throttled" if it
  /// was not looked at.
  Result<SignedIn> sign_in(std::string_view mail, std::string_view password, const Caller& caller,
                           UtcMillis now);
  /// The second factor of a half session: a code or a recovery code.  A new token takes its place.
  Result<SignedIn> confirm(std::string_view token, std::string_view code, const Caller& caller,
                           UtcMillis now);
  /// Notes that it was used.  nothing: there is no such session (any more).
  Result<std::optional<Session>> session(std::string_view token, UtcMillis now);
  std::vector<Session> sessions(std::string_view user, UtcMillis now) const;  ///< the newest first
  /// not_found unless it is that user's.
  Result<void> end_session(std::string_view user, std::string_view session_id);
  Result<void> end_sessions(std::string_view user, std::string_view but_session_id);

  // ---- one's own account -----------------------------------------------------------------------

  /// Ends every other session.  refused: not the current password, or a weak new one.
  Result<void> change_password(std::string_view id, std::string_view current,
                               const std::string& password, std::string_view but_session_id);
  bool password_is(std::string_view id, std::string_view password) const;
  /// Turns the second factor on if `code` is of `secret`; the recovery codes, once.
  Result<std::vector<std::string>> start_two_factor(std::string_view id, ByteView secret,
                                                    std::string_view code, UtcMillis now);
  Result<void> stop_two_factor(std::string_view id);
  Result<std::vector<std::string>> new_recovery_codes(std::string_view id);

  // ---- invitations -----------------------------------------------------------------------------

  /// The token of a link that makes an account, once.
  Result<std::string> invite(const std::string& mail, Roles roles, const std::string& by,
                             UtcMillis now);
  /// The token of a link that sets a new password (and ends the second factor), once.
  Result<std::string> invite_back(std::string_view user, const std::string& by, UtcMillis now);
  std::optional<Invitation> invitation(std::string_view token, UtcMillis now) const;
  std::vector<Invitation> invitations(UtcMillis now) const;
  Result<void> withdraw_invitation(std::string_view id);
  Result<User> accept(std::string_view token, const std::string& name, const std::string& password,
                      UtcMillis now);

  /// Forgets what has expired.
  Result<void> tidy(UtcMillis now);

 private:
  Access(vault::Vault& vault, Random& random, Policy policy)
      : vault_(&vault), random_(&random), policy_(policy) {}
  template <class Value>
  struct Kept {
    vault::ItemId item;
    Value value;
  };
  using Lock = std::lock_guard<std::mutex>;

  Result<void> load();
  Result<void> store(Kept<StoredUser>& kept, StoredUser changed);
  Result<User> add(const NewUser& user, std::string hash);
  const StoredUser* by_mail(std::string_view mail) const;
  bool is_last_administrator(std::string_view id) const;
  std::string draw_token();
  std::string hash(std::string_view password) const;
  bool fits(std::string_view password, const std::string& hash) const;
  Result<SignedIn> start_session(const std::string& user, bool half, const Caller& caller,
                                 UtcMillis now);
  Result<void> end(const std::string& session_id);
  Result<void> end_all(std::string_view user, std::string_view but_session_id);
  bool over(const Session& session, UtcMillis now) const;
  Result<std::string> add_invitation(Invitation invitation);
  Result<bool> use_code(Kept<StoredUser>& kept, std::string_view code, UtcMillis now);

  vault::Vault* vault_;
  Random* random_;
  Policy policy_;
  std::string nobody_;  ///< a hash that no password fits, for names that nobody has
  mutable std::mutex alone_;
  mutable std::counting_semaphore<2> hashing_{2};
  std::map<std::string, Kept<StoredUser>, std::less<>> users_;
  std::map<std::string, Kept<Session>, std::less<>> sessions_;
  std::map<std::string, Kept<Invitation>, std::less<>> invitations_;
  Throttle by_pair_{{3, std::chrono::minutes{2}, std::chrono::minutes{5}}};
  Throttle by_user_{{20, std::chrono::minutes{2}, std::chrono::minutes{1}}};
  Throttle by_address_{{20, std::chrono::minutes{2}, std::chrono::minutes{5}}};
};

}  // namespace refledger::access
