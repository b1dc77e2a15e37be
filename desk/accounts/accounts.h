// Accounts at other systems: kept in the vault, tested before they count, and opened for reading.
//
// State    An account is active once a test has passed with the credentials that it has.  One that
//          fails later stays active, keeps what it told last, and says since when it fails.
// Order    A change of address or credentials is one write: after a crash there are the old ones or
//          the new, and what was tested is what is stored.  Credentials are destroyed before their
//          account, and made after it: there are never any without one.
// Errors   not_found (no such account), conflict (the name is taken), malformed (a value, a
//          mapping), refused (credentials that belong to another account, an account that is not
//          active, a system that does not tell such things), storage; upstream from the system
// Secrets  No function returns credentials; Account holds what may be shown.
// Threads  Any.  Systems are asked outside the lock.
// Source   docs/vault.md, docs/ingest.md
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "desk/accounts/kinds.h"
#include "desk/vault/vault.h"

namespace refledger::accounts {

/// What is changed; nothing: stays.
struct Change {
  std::optional<std::string> base_url = {};
  std::optional<Api> api = {};
  std::optional<std::filesystem::path> ca_file = {};
  std::optional<Credentials> credentials = {};
};

struct NewAccount {
  std::string name;
  std::string kind;
  Change connection;  ///< credentials are needed
  Mapping mapping = {};
};

/// tested: stored only if the test passes.  untested: stored, inactive until test() passes.
enum class Care { tested, untested };

struct Outcome {
  ingest::ConnectionReport report;  ///< empty if nothing was tested
  bool stored = false;
};

class Accounts {
 public:
  Accounts(vault::Vault& vault, std::span<const Kind> kinds, Outside outside);

  Result<std::vector<Account>> list() const;  ///< by name
  Result<Account> find(std::string_view name) const;

  Result<Outcome> add(const NewAccount& account, Care care);
  Result<Outcome> change(std::string_view name, const Change& change, Care care);
  /// Tests what is stored and notes the result.
  Result<ingest::ConnectionReport> test(std::string_view name);
  /// Destroys credentials, what the account told, and the account.
  Result<void> remove(std::string_view name);

  Result<std::vector<ingest::Attribute>> attributes(std::string_view name);
  /// An empty key: not mapped any more.  `tested` asks the system whether the attribute is there
  /// and of a type that the field can take.
  Result<void> map(std::string_view name, const std::string& field, const std::string& key,
                   Care care);
  /// What reading it asks for.
  Result<std::vector<Asked>> asked(std::string_view name) const;

  /// An active account's people.
  Result<std::unique_ptr<ingest::HrSource>> open(std::string_view name) const;

  /// Asks an active account and keeps the answer.
  Result<ingest::Company> read_company(std::string_view name);
  /// The last good answer; nothing: there was none.
  Result<std::optional<ingest::Company>> last_company(std::string_view name) const;

  /// How the last reading ended; null: well.  Written only when that changes.
  Result<void> note(std::string_view name, const Error* failure);

  /// Counts the changes after which a source has to be opened anew.
  std::uint64_t changes() const { return changes_; }

 private:
  struct Loaded;

  Result<const Kind*> kind_named(std::string_view name) const;
  Result<Loaded> load(std::string_view name) const;
  Result<Loaded> load_connected(std::string_view name) const;
  std::unique_ptr<ingest::HrSource> people(const Kind& kind, const Connection& connection,
                                           const Mapping& mapping) const;
  Result<ingest::ConnectionReport> try_out(const Kind& kind, const Connection& connection,
                                           const Mapping& mapping) const;
  Result<void> put(std::string_view kind, std::string_view name, const std::string& text);
  Result<void> put(const StoredAccount& account);
  Result<void> put(const StoredConnection& connection);
  Result<void> erase(std::string_view kind, std::string_view name);

  vault::Vault* vault_;
  std::span<const Kind> kinds_;
  Outside outside_;
  mutable std::mutex changing_;
  mutable std::mutex sharing_;
  mutable std::map<std::string, Shared> shared_;  ///< by address and client id
  std::atomic<std::uint64_t> changes_ = 0;
};

}  // namespace refledger::accounts
