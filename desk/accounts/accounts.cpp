#include "desk/accounts/accounts.h"

#include <algorithm>

#include "desk/accounts/company_json.h"
#include "ledger/core/text.h"

namespace refledger::accounts {
namespace {

constexpr std::string_view kAccount = "account";
constexpr std::string_view kCredentials = "credentials";
constexpr std::string_view kCompany = "company";
constexpr std::size_t kMaxUrl = 500;

Error no_account(std::string_view name) {
  return {Fault::not_found, "no account " + std::string(name) + ": refledger source add"};
}

Error tells_no(const Kind& kind, const char* what) {
  return {Fault::refused, std::string(kind.label) + " tells no " + what};
}

Result<void> check_connection(const Connection& connection, const Kind& kind) {
  if (connection.base_url.size() > kMaxUrl || !is_one_line(connection.base_url)) {
    return Error{Fault::malformed, "the address is not one line of up to 500 bytes"};
  }
  if (connection.credentials.secret.empty() ||
      kind.has_client_id == connection.credentials.id.empty()) {
    return Error{Fault::malformed, kind.has_client_id
                                       ? std::string(kind.label) + " needs client id and secret"
                                       : std::string(kind.label) + " needs a token"};
  }
  return {};
}

Result<void> check_fields(const Mapping& mapping) {
  for (const auto& [field, key] : mapping) {
    if (ingest::find_field(field) == nullptr) {
      return Error{Fault::malformed, "there is no reference field " + field};
    }
    if (key.empty() || key.size() > 200 || !is_one_line(key)) {
      return Error{Fault::malformed, field + " is mapped to what cannot be a key"};
    }
  }
  return {};
}

// That each mapped attribute is there, and of a type that its field can take.
Result<void> check_types(const Mapping& mapping, const std::vector<ingest::Attribute>& offered) {
  for (const auto& [field, key] : mapping) {
    const auto found = std::find_if(offered.begin(), offered.end(), [&](const auto& attribute) {
      return attribute.key == key || (!key.empty() && attribute.universal_id == key);
    });
    if (found == offered.end()) {
      return Error{Fault::not_found, "the system does not offer an attribute " + key +
                                         ": is it ticked for this credential?"};
    }
    const ingest::FieldType type = ingest::find_field(field)->type;
    if (!ingest::fits(type, found->type)) {
      return Error{Fault::conflict, "the attribute " + key + " is of the type " + found->type +
                                        "; " + field + " needs " + ingest::name_of(type)};
    }
  }
  return {};
}

void apply(const Change& change, Connection& connection) {
  if (change.base_url) connection.base_url = *change.base_url;
  if (change.api) connection.api = *change.api;
  if (change.ca_file) connection.ca_file = *change.ca_file;
  if (change.credentials) connection.credentials = *change.credentials;
}

}  // namespace

// Both items of an account.
struct Accounts::Loaded {
  StoredAccount account;
  std::optional<StoredConnection> connection;  // nothing: a crash between the two, or a removal
  const Kind* kind = nullptr;

  Account shown() const {
    Account shown{account.name, account.kind, account.mapping, account.failing};
    if (!connection) return shown;
    shown.base_url = connection->connection.base_url;
    shown.api = connection->connection.api;
    shown.ca_file = connection->connection.ca_file;
    shown.last4 = last4_of(connection->connection.credentials.id);
    shown.set_at = connection->set_at;
    shown.passed = connection->passed;
    return shown;
  }
};

Accounts::Accounts(vault::Vault& vault, std::span<const Kind> kinds, Outside outside)
    : vault_(&vault), kinds_(kinds), outside_(std::move(outside)) {}

Result<std::vector<Account>> Accounts::list() const {
  const Result<std::vector<vault::ItemId>> items = vault_->list(kAccount);
  if (!items) return items.error();
  std::vector<Account> all;
  for (const vault::ItemId& item : *items) {
    const Result<Bytes> text = vault_->get(item, kAccount);
    if (!text) return text.error();
    const Result<StoredAccount> stored = stored_account_from(text_of(*text));
    if (!stored) return stored.error();
    const Result<Account> account = find(stored->name);
    if (!account) return account.error();
    all.push_back(*account);
  }
  std::sort(all.begin(), all.end(),
            [](const Account& a, const Account& b) { return a.name < b.name; });
  return all;
}

Result<Account> Accounts::find(std::string_view name) const {
  const Result<Loaded> loaded = load(name);
  if (!loaded) return loaded.error();
  return loaded->shown();
}

Result<Outcome> Accounts::add(const NewAccount& fresh, Care care) {
  if (!is_account_name(fresh.name)) {
    return Error{Fault::malformed, "a name has up to 32 characters of a-z, 0-9 and '-'"};
  }
  const Result<const Kind*> kind = kind_named(fresh.kind);
  if (!kind) return kind.error();
  Connection connection;
  connection.base_url = (*kind)->base_url;
  apply(fresh.connection, connection);
  if (Result<void> sound = check_connection(connection, **kind); !sound) return sound.error();
  if (Result<void> sound = check_fields(fresh.mapping); !sound) return sound.error();
  const Result<std::optional<vault::ItemId>> taken = vault_->find(kAccount, fresh.name);
  if (!taken) return taken.error();
  if (*taken) return Error{Fault::conflict, "there is an account " + fresh.name};

  Outcome outcome;
  StoredConnection stored{fresh.name, connection, outside_.clock->now(), {}};
  if (care == Care::tested) {
    Result<ingest::ConnectionReport> report = try_out(**kind, connection, fresh.mapping);
    if (!report) return report.error();
    outcome.report = *std::move(report);
    if (!outcome.report.passed()) return outcome;
    stored.passed = Passed{outside_.clock->now(), outcome.report.api};
  }
  const std::lock_guard lock(changing_);
  if (const Result<Account> meanwhile = find(fresh.name)) {
    return Error{Fault::conflict, "there is an account " + fresh.name};
  }
  if (Result<void> made = put(StoredAccount{fresh.name, fresh.kind, fresh.mapping, {}}); !made) {
    return made.error();
  }
  if (Result<void> made = put(stored); !made) return made.error();
  outcome.stored = true;
  return outcome;
}

Result<Outcome> Accounts::change(std::string_view name, const Change& change, Care care) {
  const Result<Loaded> before = load(name);
  if (!before) return before.error();
  Connection connection;
  connection.base_url = before->kind->base_url;
  if (before->connection) connection = before->connection->connection;
  apply(change, connection);
  if (Result<void> sound = check_connection(connection, *before->kind); !sound) {
    return sound.error();
  }
  Outcome outcome;
  StoredConnection stored{before->account.name, connection, outside_.clock->now(), {}};
  if (!change.credentials && before->connection) stored.set_at = before->connection->set_at;
  if (care == Care::tested) {
    Result<ingest::ConnectionReport> report =
        try_out(*before->kind, connection, before->account.mapping);
    if (!report) return report.error();
    outcome.report = *std::move(report);
    if (!outcome.report.passed()) return outcome;
    stored.passed = Passed{outside_.clock->now(), outcome.report.api};
  }
  const std::lock_guard lock(changing_);
  if (const Result<Account> still = find(name); !still) return still.error();
  if (Result<void> put_there = put(stored); !put_there) return put_there.error();
  outcome.stored = true;
  return outcome;
}

Result<ingest::ConnectionReport> Accounts::test(std::string_view name) {
  const Result<Loaded> before = load_connected(name);
  if (!before) return before.error();
  const Connection& connection = before->connection->connection;
  Result<ingest::ConnectionReport> report =
      try_out(*before->kind, connection, before->account.mapping);
  if (!report) return report;
  if (!report->passed()) {
    const Error failed{Fault::upstream, "the last test did not pass"};
    if (Result<void> noted = note(name, &failed); !noted) return noted.error();
    return report;
  }
  const std::lock_guard lock(changing_);
  Result<Loaded> now = load_connected(name);
  if (!now) return now.error();
  // What was tested is what is marked: not what somebody has put there meanwhile.
  if (now->connection->set_at != before->connection->set_at ||
      now->connection->connection.base_url != connection.base_url ||
      now->connection->connection.credentials.secret != connection.credentials.secret) {
    return Error{Fault::conflict, "the account was changed during the test"};
  }
  now->connection->passed = Passed{outside_.clock->now(), report->api};
  if (Result<void> marked = put(*now->connection); !marked) return marked.error();
  now->account.failing.reset();
  if (Result<void> cleared = put(now->account); !cleared) return cleared.error();
  return report;
}

Result<void> Accounts::remove(std::string_view name) {
  const std::lock_guard lock(changing_);
  const Result<std::optional<vault::ItemId>> item = vault_->find(kAccount, name);
  if (!item) return item.error();
  if (!*item) return no_account(name);
  for (const std::string_view kind : {kCredentials, kCompany, kAccount}) {
    if (Result<void> erased = erase(kind, name); !erased) return erased;
  }
  ++changes_;
  return {};
}

Result<std::vector<ingest::Attribute>> Accounts::attributes(std::string_view name) {
  const Result<Loaded> loaded = load_connected(name);
  if (!loaded) return loaded.error();
  if (loaded->kind->people == nullptr) return tells_no(*loaded->kind, "people");
  return people(*loaded->kind, loaded->connection->connection, loaded->account.mapping)
      ->attributes();
}

Result<void> Accounts::map(std::string_view name, const std::string& field, const std::string& key,
                           Care care) {
  const Mapping wanted{{field, key.empty() ? "any" : key}};
  if (Result<void> sound = check_fields(wanted); !sound) return sound;
  if (care == Care::tested && !key.empty()) {
    const Result<std::vector<ingest::Attribute>> offered = attributes(name);
    if (!offered) return offered.error();
    if (Result<void> sound = check_types(wanted, *offered); !sound) return sound;
  }
  const std::lock_guard lock(changing_);
  Result<Loaded> loaded = load(name);
  if (!loaded) return loaded.error();
  if (loaded->kind->people == nullptr) return tells_no(*loaded->kind, "people");
  if (key.empty()) {
    loaded->account.mapping.erase(field);
  } else {
    loaded->account.mapping[field] = key;
  }
  return put(loaded->account);
}

Result<std::vector<Asked>> Accounts::asked(std::string_view name) const {
  const Result<Loaded> loaded = load(name);
  if (!loaded) return loaded.error();
  const std::optional<StoredConnection>& connection = loaded->connection;
  return loaded->kind->asked(connection && connection->passed ? connection->passed->api : "",
                             loaded->account.mapping);
}

Result<std::unique_ptr<ingest::HrSource>> Accounts::open(std::string_view name) const {
  const Result<Loaded> loaded = load_connected(name);
  if (!loaded) return loaded.error();
  if (loaded->kind->people == nullptr) return tells_no(*loaded->kind, "people");
  if (!loaded->connection->passed) {
    return Error{Fault::refused, "the account " + std::string(name) +
                                     " has not passed a test yet: refledger source test " +
                                     std::string(name)};
  }
  return people(*loaded->kind, loaded->connection->connection, loaded->account.mapping);
}

Result<ingest::Company> Accounts::read_company(std::string_view name) {
  const Result<Loaded> loaded = load_connected(name);
  if (!loaded) return loaded.error();
  if (loaded->kind->company == nullptr) return tells_no(*loaded->kind, "company");
  if (!loaded->connection->passed) {
    return Error{Fault::refused, "the account " + std::string(name) +
                                     " has not passed a test yet: refledger source test " +
                                     std::string(name)};
  }
  Result<ingest::Company> company =
      loaded->kind->company(loaded->connection->connection, outside_)->read_company();
  if (!company) {
    if (Result<void> noted = note(name, &company.error()); !noted) return noted.error();
    return company;
  }
  const Result<std::string> text = company_text(*company);
  if (!text) return text.error();
  if (Result<void> noted = note(name, nullptr); !noted) return noted.error();
  const std::lock_guard lock(changing_);
  if (const Result<Account> still = find(name); !still) return still.error();
  if (Result<void> kept = put(kCompany, name, *text); !kept) return kept.error();
  return company;
}

Result<std::optional<ingest::Company>> Accounts::last_company(std::string_view name) const {
  const Result<std::optional<vault::ItemId>> item = vault_->find(kCompany, name);
  if (!item) return item.error();
  if (!*item) return std::optional<ingest::Company>();
  const Result<Bytes> text = vault_->get(**item, kCompany);
  if (!text) return text.error();
  Result<ingest::Company> company = company_from(text_of(*text));
  if (!company) return company.error();
  return std::optional<ingest::Company>(*std::move(company));
}

Result<void> Accounts::note(std::string_view name, const Error* failure) {
  const std::lock_guard lock(changing_);
  Result<Loaded> loaded = load(name);
  if (!loaded) return loaded.error();
  std::optional<Failing>& failing = loaded->account.failing;
  if (failure == nullptr ? !failing : failing && failing->why == failure->detail) return {};
  if (failure == nullptr) {
    failing.reset();
  } else {
    failing = Failing{failing ? failing->since : outside_.clock->now(), failure->detail};
  }
  const Result<std::string> text = to_text(loaded->account);
  if (!text) return text.error();
  return put(kAccount, name, *text);  // nothing that an open source would have to know
}

// ---- below: the vault ---------------------------------------------------------------------------

Result<const Kind*> Accounts::kind_named(std::string_view name) const {
  for (const Kind& kind : kinds_) {
    if (kind.name == name) return &kind;
  }
  return Error{Fault::malformed, "there is no kind of source " + std::string(name)};
}

Result<Accounts::Loaded> Accounts::load(std::string_view name) const {
  const Result<std::optional<vault::ItemId>> item = vault_->find(kAccount, name);
  if (!item) return item.error();
  if (!*item) return no_account(name);
  const Result<Bytes> text = vault_->get(**item, kAccount);
  if (!text) return text.error();
  Result<StoredAccount> stored = stored_account_from(text_of(*text));
  if (!stored) return stored.error();
  if (stored->name != name) return Error{Fault::refused, "the account is another one's"};
  const Result<const Kind*> kind = kind_named(stored->kind);
  if (!kind) return kind.error();
  Loaded loaded{*std::move(stored), {}, *kind};

  const Result<std::optional<vault::ItemId>> secret = vault_->find(kCredentials, name);
  if (!secret) return secret.error();
  if (!*secret) return loaded;
  const Result<Bytes> sealed = vault_->get(**secret, kCredentials);
  if (!sealed) return sealed.error();
  Result<StoredConnection> connection = stored_connection_from(text_of(*sealed));
  if (!connection) return connection.error();
  if (connection->account != name) {
    return Error{Fault::refused,
                 "the credentials of " + std::string(name) + " belong to another account"};
  }
  loaded.connection = *std::move(connection);
  return loaded;
}

Result<Accounts::Loaded> Accounts::load_connected(std::string_view name) const {
  Result<Loaded> loaded = load(name);
  if (!loaded) return loaded;
  if (!loaded->connection) {
    return Error{Fault::not_found, "the account " + std::string(name) +
                                       " has no credentials: refledger source set " +
                                       std::string(name)};
  }
  return loaded;
}

// A test beside a running reading counts towards the same limits.
std::unique_ptr<ingest::HrSource> Accounts::people(const Kind& kind, const Connection& connection,
                                                   const Mapping& mapping) const {
  const std::lock_guard lock(sharing_);
  Shared& shared = shared_[connection.base_url + "\n" + connection.credentials.id];
  return kind.people(connection, mapping, outside_, shared);
}

// A mapping that does not fit is a fault of what was given, not of the connection.
Result<ingest::ConnectionReport> Accounts::try_out(const Kind& kind, const Connection& connection,
                                                   const Mapping& mapping) const {
  if (kind.people == nullptr && !mapping.empty()) return tells_no(kind, "people");
  if (kind.people == nullptr) return kind.company(connection, outside_)->test();
  const std::unique_ptr<ingest::HrSource> source = people(kind, connection, mapping);
  ingest::ConnectionReport report = source->test();
  if (!report.passed() || mapping.empty()) return report;
  const Result<std::vector<ingest::Attribute>> offered = source->attributes();
  // Some accounts may not list their attributes; whether they come shows at the reading.
  if (!offered && offered.error().fault == Fault::refused) return report;
  if (!offered) return offered.error();
  if (Result<void> sound = check_types(mapping, *offered); !sound) return sound.error();
  return report;
}

Result<void> Accounts::put(std::string_view kind, std::string_view name, const std::string& text) {
  const Result<std::optional<vault::ItemId>> item = vault_->find(kind, name);
  if (!item) return item.error();
  if (*item) return vault_->replace(**item, kind, bytes_of(text));
  const Result<vault::ItemId> added = vault_->add(kind, name, bytes_of(text));
  if (!added) return added.error();
  return {};
}

Result<void> Accounts::put(const StoredAccount& account) {
  const Result<std::string> text = to_text(account);
  if (!text) return text.error();
  if (Result<void> done = put(kAccount, account.name, *text); !done) return done;
  ++changes_;
  return {};
}

Result<void> Accounts::put(const StoredConnection& connection) {
  const Result<std::string> text = to_text(connection);
  if (!text) return text.error();
  if (Result<void> done = put(kCredentials, connection.account, *text); !done) return done;
  ++changes_;
  return {};
}

Result<void> Accounts::erase(std::string_view kind, std::string_view name) {
  const Result<std::optional<vault::ItemId>> item = vault_->find(kind, name);
  if (!item) return item.error();
  return *item ? vault_->erase(**item) : Result<void>();
}

}  // namespace refledger::accounts
