// One account at another system: what may be shown of it, and what is stored.
//
// Shape    Two vault items an account, both canonical JSON.  "account": name, kind, mapping, and
//          since when it fails.  "credentials": how the system is reached and with which right, to
//          which account this belongs, and the test that it passed; so that an address and the
//          secret that may be sent there are changed together or not at all.
// Errors   malformed: anything but what is written here
// Source   docs/vault.md
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::accounts {

enum class Api { automatic, v1, v2 };
const char* name_of(Api api);  ///< "auto", "v1", "v2"
Result<Api> api_named(std::string_view name);

/// Reference field (ingest/source/fields.h) to the system's own key of an attribute.
using Mapping = std::map<std::string, std::string, std::less<>>;

/// A system with a token alone has it as `secret`, and an empty id.
struct Credentials {
  std::string id;
  std::string secret;
};

/// {"client_id":…,"client_secret":…} or {"token":…}, as an operator hands them over: one line each,
/// at most 4 KiB.
Result<Credentials> credentials_from_json(std::string_view text);

struct Connection {
  std::string base_url;
  Api api = Api::automatic;
  std::filesystem::path ca_file;  ///< authorities to trust; empty: the system's
  Credentials credentials;
};

struct Passed {
  UtcMillis at;
  std::string api;  ///< that was found to work: "v1"
  friend bool operator==(const Passed&, const Passed&) = default;
};

struct Failing {
  UtcMillis since;
  std::string why;  ///< an Error's detail, so nobody's data and no secret
  friend bool operator==(const Failing&, const Failing&) = default;
};

/// What is shown of an account; no secret is in it.
struct Account {
  std::string name;
  std::string kind;
  Mapping mapping;
  std::optional<Failing> failing;

  std::string base_url = {};
  Api api = Api::automatic;
  std::filesystem::path ca_file = {};
  std::string last4 = {};  ///< of the client id; empty where it is short or there is none
  std::optional<UtcMillis> set_at = {};  ///< of the credentials; nothing: there are none
  std::optional<Passed> passed = {};

  /// It is read.
  bool active() const { return passed.has_value(); }
};

/// 1 to 32 characters of a-z, 0-9 and '-', and none of the names that mean no account.
bool is_account_name(std::string_view name);

struct StoredAccount {
  std::string name;
  std::string kind;
  Mapping mapping;
  std::optional<Failing> failing;
};
Result<std::string> to_text(const StoredAccount& stored);
Result<StoredAccount> stored_account_from(std::string_view text);

struct StoredConnection {
  std::string account;  ///< to which this belongs
  Connection connection;
  UtcMillis set_at;
  std::optional<Passed> passed;
};
Result<std::string> to_text(const StoredConnection& stored);
Result<StoredConnection> stored_connection_from(std::string_view text);

/// The last four characters of an id of eight or more.
std::string last4_of(std::string_view id);

}  // namespace refledger::accounts
