#include "tools/refledger/web_settings.h"

#include <cstdlib>
#include <mutex>

#include "desk/case/usual.h"
#include "ledger/core/encoding.h"
#include "ledger/core/file.h"
#include "ledger/core/hash.h"
#include "ledger/core/jws.h"
#include "ledger/format/note.h"
#include "ledger/format/trust.h"
#include "tools/refledger/identity.h"
#include "tools/refledger/kept_settings.h"
#include "tools/refledger/rules_json.h"

namespace refledger::tools {
namespace {

constexpr std::size_t kMaxTrust = 64 * 1024;

class Keeper final : public site::SettingsKeeper {
 public:
  Keeper(OpenHome& home, std::function<void()> changed)
      : home_(&home), changed_(std::move(changed)) {}

  Result<site::Setting> get(const std::string& key) const override {
    const Result<SettingsValues> kept = read_kept_settings(home_->vault());
    if (!kept) return kept.error();
    if (const auto found = kept->find(key); found != kept->end()) {
      return site::Setting{found->second, site::SetIn::here};
    }
    const Result<SettingsValues> file = values_of_file(home_->settings().file);
    if (!file) return file.error();
    if (const auto found = file->find(key); found != file->end()) {
      return site::Setting{found->second, site::SetIn::file};
    }
    return site::Setting{};
  }

  Result<void> change(const std::map<std::string, std::optional<std::string>>& changes) override {
    const std::lock_guard<std::mutex> alone(alone_);
    Result<SettingsValues> kept = read_kept_settings(home_->vault());
    if (!kept) return kept.error();
    for (const auto& [key, value] : changes) {
      if (value) {
        (*kept)[key] = *value;
      } else {
        kept->erase(key);
      }
    }
    const Result<Settings> tried = read_settings_so_far(home_->settings().file, *kept);
    if (!tried) return said_of(tried.error());
    if (!tried->missing.empty()) {
      return Error{Fault::malformed, tried->missing.front() + " is missing"};
    }
    if (Result<void> done = keep_settings(home_->vault(), *kept); !done) return done;
    changed_();
    return {};
  }

  Result<std::vector<std::string>> keys_below(const std::string& root) const override {
    const Result<SettingsValues> kept = read_kept_settings(home_->vault());
    if (!kept) return kept.error();
    Result<SettingsValues> all = values_of_file(home_->settings().file);
    if (!all) return all.error();
    all->insert(kept->begin(), kept->end());
    std::vector<std::string> keys;
    for (const auto& [key, value] : *all) {
      if (key.starts_with(root + ".")) keys.push_back(key);
    }
    return keys;
  }

  std::string version() const override {
    const Result<SettingsValues> kept = read_kept_settings(home_->vault());
    const Result<SettingsValues> file = values_of_file(home_->settings().file);
    const Json all{{"kept", kept ? Json(*kept) : Json()}, {"file", file ? Json(*file) : Json()}};
    return to_hex(ByteView{sha256(bytes_of(all.dump()))}.first(16));
  }

 private:
  // "FILE: KEY is ..." without the file.
  static Error said_of(const Error& error) {
    const std::size_t colon = error.detail.rfind(": ");
    return {error.fault,
            colon == std::string::npos ? error.detail : error.detail.substr(colon + 2)};
  }

  OpenHome* home_;
  std::function<void()> changed_;
  std::mutex alone_;
};

std::string type_of_picture(ByteView bytes) {
  if (const auto type = ingest::sniff_image(bytes)) {
    return *type == ingest::ImageType::png    ? "image/png"
           : *type == ingest::ImageType::jpeg ? "image/jpeg"
                                              : "image/gif";
  }
  return "image/svg+xml";
}

// One of its own: the desk's may be busy handing something over.
Result<std::unique_ptr<delivery::Transport>> transport_of(OpenHome& home) {
  const Settings& settings = home.settings();
  if (!settings.smtp) return delivery::make_maildir(settings.maildir);
  const Result<std::string> password = read_mail_password(home.vault());
  if (!password) return password.error();
  delivery::SmtpSettings smtp = *settings.smtp;
  smtp.password = *password;
  return delivery::make_smtp(smtp);
}

Result<std::string> send_test(OpenHome& home, const std::string& to) {
  const Settings& settings = home.settings();
  const Result<delivery::Address> from = delivery::Address::parse(settings.issuer.mail_from);
  const Result<delivery::Address> address = delivery::Address::parse(to);
  if (!from) return from.error();
  if (!address) return address.error();
  std::array<std::uint8_t, 16> drawn{};
  home.random().fill(drawn);
  const std::string host = from->text().substr(from->text().find('@') + 1);
  const std::string id = to_hex(drawn) + "@" + host;
  const delivery::Mail mail{*from,
                            settings.issuer.mail_from_name,
                            *address,
                            "",
                            "refledger: Test",
                            "Dies ist eine Testnachricht von refledger.\n"
                            "This is a test message from refledger.\n"
                            "Ceci est un message de test de refledger.\n"
                            "Questo è un messaggio di prova di refledger.\n",
                            {},
                            id,
                            home.clock().now()};
  const Result<Bytes> message = delivery::compose(mail);
  if (!message) return message.error();
  const Result<std::unique_ptr<delivery::Transport>> transport = transport_of(home);
  if (!transport) return transport.error();
  const delivery::Delivered sent = (*transport)->send(*message, *from, *address, id);
  if (sent.outcome == delivery::Outcome::sent) return sent.detail;
  return Error{Fault::upstream, sent.detail};
}

std::string last_line(const std::filesystem::path& file) {
  const Result<Bytes> content = read_file(file, kMaxTrust);
  if (!content) return {};
  std::string text(text_of(*content));
  while (text.ends_with('\n')) text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

site::KeyFacts keys_of(const OpenHome& home) {
  const Home paths(home.settings().data);
  site::KeyFacts keys;
  keys.issuer = home.settings().issuer.iss;
  keys.kid = thumbprint(home.issuer_key().public_key());
  keys.log = last_line(paths.log_vkey());
  const std::size_t plus = keys.log.find('+');
  const std::string hash = keys.log.substr(plus + 1, keys.log.find('+', plus + 1) - plus - 1);
  keys.published = Json{{"kid", Json::array({keys.kid})},
                        {"log", hash},
                        {"origin", home.settings().origin()},
                        {"url", home.settings().public_url},
                        {"v", "refledger1"},
                        {"vkey", keys.log}}
                       .dump(2);
  return keys;
}

Result<void> check_domain(const OpenHome& home) {
  const Result<format::NoteKey> log =
      format::parse_vkey(last_line(Home(home.settings().data).log_vkey()));
  if (!log) return log.error();
  const auto issuers = ask_domain(home.settings().issuer.iss, {*log}, {});
  if (!issuers) return issuers.error();
  const std::string kid = thumbprint(home.issuer_key().public_key());
  for (const format::Trust::Issuer& issuer : *issuers) {
    if (issuer.kid == kid) return {};
  }
  return Error{Fault::not_found, "the domain names other keys"};
}

std::vector<site::ChecklistItem> checklist_of(OpenHome& home, bool domain_confirmed) {
  const Settings& settings = home.settings();
  const Home paths(settings.data);
  const auto logo = read_kept_logo(home.vault());
  const Result<accounts::Account> account = home.accounts().find(settings.issuer.account);
  const bool connected = account && account->active();
  const bool has_logo = settings.issuer.letterhead.logo.has_value();
  return {{"company", !settings.issuer.letterhead.address_lines.empty(), "/settings/company"},
          {"logo", has_logo, "/settings/company"},
          {"signatory", !settings.issuer.signatory.empty(), "/settings/signatories"},
          {"mail", settings.smtp.has_value(), "/settings/mail"},
          {"source", connected, "/admin/integrationen"},
          {"recovery", !std::filesystem::exists(settings.data / "recovery-key.txt"), ""},
          {"certificate", !std::filesystem::exists(paths.document_root()), ""},
          {"public", settings.public_url.starts_with("https://"), ""},
          {"domain", domain_confirmed, "/settings/keys"}};
}

Json rules_of(const OpenHome& home) {
  Json packs = Json::array();
  const Result<letter::Packs> loaded = letter::Packs::load(home.settings().rules);
  if (!loaded) return packs;
  for (const letter::Pack& pack : loaded->all()) packs.push_back(to_json(pack));
  return packs;
}

std::vector<site::TextRemark> examine_text(const OpenHome& home, const std::string& name,
                                           const std::string& text) {
  std::vector<site::TextRemark> remarks;
  const Result<desk::BlockName> where = desk::parse_block_name(name);
  if (!where) return remarks;
  for (const letter::Finding& one : desk::check_block(*where, text, *home.desk().issuer().rules)) {
    const bool stops = one.level == letter::CheckLevel::block && !one.may_override;
    remarks.push_back({stops, one.reason, one.excerpt, one.source});
  }
  return remarks;
}

const char* name_of(Settings::SealLevel level) {
  switch (level) {
    case Settings::SealLevel::b_b:
      return "B-B";
    case Settings::SealLevel::b_t:
      return "B-T";
    case Settings::SealLevel::b_lt:
      return "B-LT";
    case Settings::SealLevel::b_lta:
      return "B-LTA";
  }
  std::abort();
}

site::SealFacts seal_of(const OpenHome& home) {
  const Settings& settings = home.settings();
  site::SealFacts facts;
  facts.on_token = settings.seal_key.has_value();
  facts.level = name_of(settings.seal_level);
  const Date today(std::chrono::floor<std::chrono::days>(home.clock().now()));
  bool tell = true;
  bool valid = true;
  for (seal::CertificateFacts& one : seal::facts_of(home.document_key().chain())) {
    tell = tell && (one.is_root || one.tells_status);
    valid = valid && today <= one.until;
    facts.chain.push_back(
        {std::move(one.name), std::move(one.key), one.until, one.is_root, one.tells_status});
  }
  const bool demonstration =
      !facts.on_token && std::filesystem::exists(Home(settings.data).document_root());
  if (demonstration) facts.missing.emplace_back("certificate");
  if (!valid) facts.missing.emplace_back("expired");
  if (!settings.timestamp) facts.missing.emplace_back("timestamp");
  if (!tell && settings.seal_level >= Settings::SealLevel::b_lt) {
    facts.missing.emplace_back("status");
  }
  return facts;
}

// What outlives a request of the pages.
struct Shared {
  Shared(OpenHome& home, const std::function<void()>& changed) : keeper(home, changed) {}
  Keeper keeper;
  std::atomic<bool> domain_confirmed = false;
};

}  // namespace

site::SettingsParts settings_parts(OpenHome& home, std::function<void()> changed) {
  const auto shared = std::make_shared<Shared>(home, changed);
  site::SettingsParts parts;
  parts.keeper = std::shared_ptr<site::SettingsKeeper>(shared, &shared->keeper);
  parts.checklist = [&home, shared] { return checklist_of(home, shared->domain_confirmed); };
  parts.logo = [&home]() -> std::optional<site::Picture> {
    const auto logo = read_kept_logo(home.vault());
    if (!logo || !*logo) return std::nullopt;
    return site::Picture{type_of_picture(**logo), std::string(text_of(**logo))};
  };
  parts.set_logo = [&home, changed](ByteView bytes) -> Result<void> {
    if (!bytes.empty()) {
      const Result<pdf::Logo> drawn = pdf::Logo::read(bytes);
      if (!drawn) return drawn.error();
    }
    if (Result<void> kept = keep_logo(home.vault(), bytes); !kept) return kept;
    changed();
    return {};
  };
  parts.set_mail_password = [&home, changed](const std::string& password) -> Result<void> {
    if (Result<void> kept = store_mail_password(home.vault(), password); !kept) return kept;
    changed();
    return {};
  };
  parts.send_test = [&home](const std::string& to) { return send_test(home, to); };
  parts.rules = [&home] { return rules_of(home); };
  parts.keys = [&home] { return keys_of(home); };
  parts.examine_text = [&home](const std::string& name, const std::string& text) {
    return examine_text(home, name, text);
  };
  parts.seal = [&home] { return seal_of(home); };
  parts.try_seal = [&home] { return home.desk().try_seal(); };
  parts.check_domain = [&home, shared]() -> Result<void> {
    Result<void> confirmed = check_domain(home);
    shared->domain_confirmed = confirmed.has_value();
    return confirmed;
  };
  return parts;
}

}  // namespace refledger::tools
