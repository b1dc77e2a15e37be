// Where an installation keeps its things, and how they are opened.
//
// Shape    DATA/ledger, records, vault: RocksDB.  DATA/ledger.head: the ledger's head anchor.
// DATA/shares: slot file of the sealed records.
//          DATA/keys: sealed keys and public certificates.  DATA/desk.sock, desk.token: the desk's
//          control, and what a command must show it.  DATA/desk.lock: whether there is a desk.
//          DATA/audit.log: who did what. DATA/trust.txt: log key and issuer key, for whoever checks
//          offline.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "desk/accounts/accounts.h"
#include "desk/vault/vault.h"
#include "ledger/log/log.h"
#include "ledger/log/scrub.h"
#include "ledger/records/records.h"
#include "ledger/sign/ed25519_key.h"
#include "ledger/store/rocksdb_store.h"
#include "render/seal/seal.h"
#include "tools/refledger/settings.h"

namespace refledger::tools {

struct Home {
  explicit Home(std::filesystem::path folder) : data(std::move(folder)) {}
  std::filesystem::path data;

  std::filesystem::path ledger() const { return data / "ledger"; }
  std::filesystem::path ledger_head() const { return data / "ledger.head"; }
  std::filesystem::path closings() const { return data / "ledger.closed"; }
  std::filesystem::path records() const { return data / "records"; }
  std::filesystem::path shares() const { return data / "shares"; }
  std::filesystem::path vault() const { return data / "vault"; }
  std::filesystem::path key(std::string_view name) const {
    return data / "keys" / (std::string(name) + ".sealed");
  }
  std::filesystem::path document_chain() const { return data / "keys" / "document-chain.pem"; }
  std::filesystem::path document_root() const { return data / "keys" / "document-root.pem"; }
  std::filesystem::path trust() const { return data / "trust.txt"; }
  std::filesystem::path audit() const { return data / "audit.log"; }
  std::filesystem::path public_url() const { return data / "public.url"; }
  std::filesystem::path log_vkey() const { return data / "log.vkey"; }
  std::filesystem::path desk_lock() const { return data / "desk.lock"; }
  std::filesystem::path root_vkey() const { return data / "root.vkey"; }
  std::filesystem::path control_socket() const { return data / "desk.sock"; }
  std::filesystem::path control_token() const { return data / "desk.token"; }
};

class SystemClock : public Clock {
 public:
  UtcMillis now() const override;
};

/// What tells this machine from others: /etc/machine-id, or nothing where there is none.
std::string machine_name();

/// The Ed25519 key that lies sealed under that name: log, issuer, status.
Result<std::unique_ptr<sign::Ed25519Key>> open_key(const Home& home, const sign::MasterKey& master,
                                                   std::string_view name);

/// Everything the desk process holds open.  Only one process can have it.
class OpenHome {
 public:
  /// `on_stop`: the log's first failed write, from any thread.
  static Result<std::unique_ptr<OpenHome>> open(
      const Settings& settings, std::function<void(const Error&)> on_stop = [](const Error&) {});
  /// Ends only after its desk is gone.
  ~OpenHome();

  desk::Desk& desk() { return *desk_; }
  const desk::Desk& desk() const { return *desk_; }
  accounts::Accounts& accounts() { return *accounts_; }
  log::Log& log() { return *log_; }
  const sign::MasterKey& master_key() const { return *master_; }
  const Signer& issuer_key() const { return *issuer_key_; }
  const seal::DocumentKey& document_key() const { return *document_key_; }
  /// For what stands beside the log in its store, such as cosigned checkpoints.
  store::Store& ledger_store() { return *ledger_store_; }
  /// The file's, with what HR set in the browser.
  const Settings& settings() const { return settings_; }
  vault::Vault& vault() { return *vault_; }
  Random& random() { return random_; }
  const Clock& clock() const { return clock_; }
  /// Reads the ledger again and again for as long as it lives, and not longer than this home does.
  std::unique_ptr<log::Scrub> scrub(log::Scrub::Done done) const;
  /// What Personio's webhooks must show; drawn the first time.
  Result<std::string> webhook_token(const std::string& account);

 private:
  OpenHome() = default;
  Result<void> open_keys(const Settings& settings, const Home& home);
  Result<void> open_stores(const Settings& settings, const Home& home, log::Settings log);
  Result<void> open_outside(const Settings& settings);

  Settings settings_;
  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<sign::MasterKey> master_;
  std::unique_ptr<sign::Ed25519Key> log_key_;
  std::unique_ptr<sign::Ed25519Key> issuer_key_;
  std::unique_ptr<sign::Ed25519Key> status_key_;
  std::unique_ptr<seal::DocumentKey> document_key_;
  std::unique_ptr<seal::Timestamper> timestamper_;
  std::unique_ptr<seal::Lasting> lasting_;
  std::unique_ptr<store::Store> ledger_store_;
  std::unique_ptr<store::Store> records_store_;
  std::unique_ptr<store::Store> vault_store_;
  std::unique_ptr<vault::Vault> vault_;
  std::unique_ptr<records::Records> records_;
  std::unique_ptr<log::FileAnchor> anchor_;
  std::unique_ptr<log::Log> log_;
  std::unique_ptr<accounts::Accounts> accounts_;
  std::unique_ptr<ingest::HrSource> source_;
  std::vector<std::unique_ptr<ingest::HrSource>> further_;
  std::unique_ptr<delivery::Transport> transport_;
  std::optional<pdf::Fonts> fonts_;
  std::unique_ptr<desk::Desk> desk_;
};

/// The document key on the token that the settings name.
Result<seal::DocumentKey> open_token_key(const TokenSettings& token);

/// The mail server's password, in the vault; empty where none was given.
Result<std::string> read_mail_password(const vault::Vault& vault);
Result<void> store_mail_password(vault::Vault& vault, const std::string& password);

}  // namespace refledger::tools
