#include "tools/refledger/home.h"

#include <thread>

#include "desk/accounts/people.h"
#include "desk/web/webhook.h"
#include "ledger/core/file.h"
#include "ledger/core/json.h"
#include "ledger/format/link.h"
#include "ledger/sign/guarded.h"
#include "ledger/sign/secret_file.h"
#include "tools/refledger/closing.h"
#include "tools/refledger/fetch.h"
#include "tools/refledger/kept_settings.h"
#include "tools/refledger/letterhead.h"

namespace refledger::tools {
namespace {

constexpr std::size_t kMaxKeyFile = 64 * 1024;
constexpr std::string_view kMailKind = "mail-password";

Result<seal::DocumentKey> kept_document_key(const Home& home, const sign::MasterKey& master) {
  const Result<Bytes> sealed = read_file(home.key("document"), kMaxKeyFile);
  if (!sealed) return sealed.error();
  const Result<Bytes> chain = read_file(home.document_chain(), kMaxKeyFile);
  if (!chain) return chain.error();
  Result<Bytes> pem = master.open(*sealed, "key document");
  if (!pem) return pem.error();
  Result<seal::DocumentKey> key = seal::DocumentKey::from_pem(text_of(*pem), text_of(*chain));
  sign::wipe(*pem);
  return key;
}

// Asks the public process on its private port, as any verifier would ask it in public.
std::function<bool(const ReferenceId&)> ask_public(const http::TcpEndpoint& listen) {
  const bool v6 = listen.address.find(':') != std::string::npos;
  const std::string base = "http://" + (v6 ? "[" + listen.address + "]" : listen.address) + ":" +
                           std::to_string(listen.port) + "/v/";
  return [base](const ReferenceId& id) {
    const Result<std::string> answer = fetch(base + format::format_id(id), {});
    if (!answer) return false;
    const Result<Json> told = parse_json(*answer, answer->size(), "answer");
    if (!told) return false;
    const Result<std::string> status = string_member(*told, "status");
    return status && *status == "issued";
  };
}

}  // namespace

UtcMillis SystemClock::now() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string machine_name() {
  const Result<Bytes> name = read_file("/etc/machine-id", 256);
  return name ? std::string(text_of(*name)) : std::string();
}

Result<std::unique_ptr<sign::Ed25519Key>> open_key(const Home& home, const sign::MasterKey& master,
                                                   std::string_view name) {
  const Result<Bytes> sealed = read_file(home.key(name), kMaxKeyFile);
  if (!sealed) return sealed.error();
  return sign::Ed25519Key::open(*sealed, master, "key " + std::string(name));
}

OpenHome::~OpenHome() = default;

std::unique_ptr<log::Scrub> OpenHome::scrub(log::Scrub::Done done) const {
  return std::make_unique<log::Scrub>(*ledger_store_, log_->origin(), log_key_->public_key(),
                                      log::ScrubPace(), std::move(done));
}

Result<std::string> OpenHome::webhook_token(const std::string& account) {
  return web::webhook_token(*vault_, random_, account);
}

Result<std::unique_ptr<OpenHome>> OpenHome::open(const Settings& given,
                                                 std::function<void(const Error&)> on_stop) {
  const Home home(given.data);
  std::unique_ptr<OpenHome> opened(new OpenHome());
  if (Result<void> keys = opened->open_keys(given, home); !keys) return keys.error();
  log::Settings log;
  log.on_stop = std::move(on_stop);
  if (Result<void> stores = opened->open_stores(given, home, std::move(log)); !stores) {
    return stores.error();
  }
  Result<Settings> effective = effective_settings(given, *opened->vault_);
  if (!effective) return effective.error();
  opened->settings_ = *std::move(effective);
  const Settings& settings = opened->settings_;
  if (Result<void> outside = opened->open_outside(settings); !outside) return outside.error();
  Result<pdf::Fonts> fonts = pdf::Fonts::load(settings.fonts);
  if (!fonts) return fonts.error();
  opened->fonts_ = std::move(*fonts);

  desk::Parts parts{};
  parts.vault = opened->vault_.get();
  parts.records = opened->records_.get();
  parts.log = opened->log_.get();
  parts.issuer_key = opened->issuer_key_.get();
  parts.status_key = opened->status_key_.get();
  parts.document_key = opened->document_key_.get();
  parts.fonts = &*opened->fonts_;
  parts.source = opened->source_.get();
  parts.transport = opened->transport_.get();
  parts.random = &opened->random_;
  parts.clock = &opened->clock_;
  parts.public_answers = ask_public(settings.private_listen);
  parts.after_step = [](std::string_view) {};
  parts.timestamper = opened->timestamper_.get();
  for (std::size_t n = 0; n < opened->further_.size(); ++n) {
    parts.further.push_back({settings.further_accounts[n], opened->further_[n].get()});
  }
  parts.lasting = opened->lasting_.get();
  Result<Letterhead> letterhead = letterhead_of(settings, *opened->accounts_);
  if (!letterhead) return letterhead.error();
  Result<desk::LetterRules> rules = desk::LetterRules::load(settings.rules);
  if (!rules) return rules.error();
  letterhead->issuer.rules = std::make_shared<const desk::LetterRules>(*std::move(rules));
  opened->desk_ = std::make_unique<desk::Desk>(std::move(letterhead->issuer), std::move(parts));
  return opened;
}

Result<void> OpenHome::open_keys(const Settings& settings, const Home& home) {
  Result<sign::MasterKey> master = sign::MasterKey::read(settings.master_key_file);
  if (!master) return master.error();
  master_ = std::make_unique<sign::MasterKey>(*std::move(master));

  const auto take = [&](std::string_view name, auto& key) -> Result<void> {
    Result<std::unique_ptr<sign::Ed25519Key>> opened = open_key(home, *master_, name);
    if (!opened) return opened.error();
    key = *std::move(opened);
    return {};
  };
  const std::string log_key = log_key_name(home, settings.log_epoch);
  if (Result<void> taken = take(log_key, log_key_); !taken) return taken;
  if (Result<void> taken = take("issuer", issuer_key_); !taken) return taken;
  if (Result<void> taken = take("status", status_key_); !taken) return taken;

  Result<seal::DocumentKey> document =
      settings.seal_key ? open_token_key(*settings.seal_key) : kept_document_key(home, *master_);
  if (!document) return document.error();
  document_key_ = std::make_unique<seal::DocumentKey>(*std::move(document));
  return {};
}

Result<void> OpenHome::open_stores(const Settings& settings, const Home& home, log::Settings how) {
  const auto take = [](const std::filesystem::path& folder, const std::vector<std::string>& spaces,
                       auto& store) -> Result<void> {
    Result<std::unique_ptr<store::Store>> opened = store::open_rocksdb(folder, spaces);
    if (!opened) return opened.error();
    store = *std::move(opened);
    return {};
  };
  Result<std::unique_ptr<store::Store>> ledger = log::open_store(home.ledger());
  if (!ledger) return ledger.error();
  ledger_store_ = *std::move(ledger);
  if (Result<void> closed = complete_closing(home, *ledger_store_); !closed) return closed;
  if (Result<void> taken = take(home.records(), records::kSpaces, records_store_); !taken) {
    return taken;
  }
  if (Result<void> taken = take(home.vault(), vault::kSpaces, vault_store_); !taken) return taken;

  auto anchor = log::FileAnchor::open(home.ledger_head(), machine_name());
  if (!anchor) return anchor.error();
  anchor_ = *std::move(anchor);
  Result<std::unique_ptr<log::Log>> log = log::Log::open(
      *ledger_store_, settings.origin(), *log_key_, *anchor_, clock_, std::move(how));
  if (!log) return log.error();
  log_ = *std::move(log);
  Result<records::Records> records = records::Records::open(*records_store_, home.shares());
  if (!records) return records.error();
  records_ = std::make_unique<records::Records>(*std::move(records));
  vault_ = std::make_unique<vault::Vault>(*vault_store_, *master_, random_);
  return {};
}

Result<void> OpenHome::open_outside(const Settings& settings) {
  using Level = Settings::SealLevel;
  if (settings.timestamp && settings.seal_level != Level::b_b) {
    Result<std::unique_ptr<seal::Rfc3161>> authority =
        seal::Rfc3161::make(*settings.timestamp, random_, clock_);
    if (!authority) return authority.error();
    timestamper_ = *std::move(authority);
    if (settings.seal_level >= Level::b_lt) {
      lasting_ = std::make_unique<seal::OnlineLasting>(
          settings.seal_level == Level::b_lta, *timestamper_, seal::StatusSettings{}, clock_);
    }
  }
  const auto sleep = [](std::chrono::milliseconds pause) { std::this_thread::sleep_for(pause); };
  accounts_ = std::make_unique<accounts::Accounts>(*vault_, accounts::kinds(),
                                                   accounts::Outside{&clock_, sleep, &random_});
  source_ = accounts::people_of(*accounts_, settings.issuer.account);
  for (const std::string& name : settings.further_accounts) {
    further_.push_back(accounts::people_of(*accounts_, name));
  }
  if (settings.smtp) {
    const Result<std::string> password = read_mail_password(*vault_);
    if (!password) return password.error();
    delivery::SmtpSettings smtp = *settings.smtp;
    smtp.password = *password;
    transport_ = delivery::make_smtp(smtp);
    return {};
  }
  Result<std::unique_ptr<delivery::Transport>> maildir = delivery::make_maildir(settings.maildir);
  if (!maildir) return maildir.error();
  transport_ = *std::move(maildir);
  return {};
}

Result<seal::DocumentKey> open_token_key(const TokenSettings& token) {
  const Result<sign::GuardedText> pin = sign::read_passphrase(token.pin_file);
  if (!pin) return Error{pin.error().fault, "seal.pin_file: " + pin.error().detail};
  const Result<Bytes> chain = read_file(token.chain, kMaxKeyFile);
  if (!chain) return Error{chain.error().fault, "seal.chain: " + chain.error().detail};
  return seal::DocumentKey::from_pkcs11(token.address, *pin, text_of(*chain));
}

Result<std::string> read_mail_password(const vault::Vault& vault) {
  const Result<std::optional<vault::ItemId>> item = vault.find(kMailKind, "all");
  if (!item) return item.error();
  if (!*item) return std::string();
  const Result<Bytes> content = vault.get(**item, kMailKind);
  if (!content) return content.error();
  return std::string(text_of(*content));
}

Result<void> store_mail_password(vault::Vault& vault, const std::string& password) {
  const Result<std::optional<vault::ItemId>> item = vault.find(kMailKind, "all");
  if (!item) return item.error();
  if (*item) return vault.replace(**item, kMailKind, bytes_of(password));
  const Result<vault::ItemId> added = vault.add(kMailKind, "all", bytes_of(password));
  if (!added) return added.error();
  return {};
}

}  // namespace refledger::tools
