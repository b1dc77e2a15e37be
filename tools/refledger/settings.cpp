#include "tools/refledger/settings.h"

#include <Poco/AutoPtr.h>
#include <Poco/Exception.h>
#include <Poco/Util/PropertyFileConfiguration.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <sstream>

#include "desk/accounts/account.h"
#include "desk/case/texts.h"
#include "desk/case/usual.h"
#include "ingest/source/fields.h"
#include "ledger/core/file.h"
#include "ledger/format/link.h"
#include "ledger/format/note.h"
#include "ledger/format/origin.h"
#include "tools/refledger/automatic_settings.h"
#include "tools/refledger/letterhead.h"

namespace refledger::tools {
namespace {

constexpr std::size_t kMaxBytes = 64 * 1024;

using Values = SettingsValues;

Result<Values> read_values(const std::filesystem::path& file) {
  const Result<Bytes> content = read_file(file, kMaxBytes);
  if (!content) return content.error();
  Values values;
  try {
    std::istringstream text{std::string(text_of(*content))};
    const Poco::AutoPtr<Poco::Util::PropertyFileConfiguration> parsed(
        new Poco::Util::PropertyFileConfiguration(text));
    // Poco keeps properties as a tree; its leaves are the lines of the file.
    const std::function<void(const std::string&)> walk = [&](const std::string& at) {
      std::vector<std::string> names;
      parsed->keys(at, names);
      for (const std::string& name : names) walk(at.empty() ? name : at + "." + name);
      if (!at.empty() && parsed->hasProperty(at)) values[at] = parsed->getRawString(at);
    };
    walk("");
  } catch (const Poco::Exception& error) {
    return Error{Fault::malformed, file.string() + ": " + error.displayText()};
  }
  return values;
}

// Takes values by key and remembers the first thing that was wrong.
class Taker {
 public:
  /// `missing`: takes the keys that are needed and not there; null: these are mistakes.
  Taker(Values values, std::filesystem::path folder, std::vector<std::string>* missing)
      : values_(std::move(values)), folder_(std::move(folder)), missing_(missing) {}

  std::string text(const std::string& key, std::optional<std::string> otherwise = std::nullopt) {
    const auto found = values_.find(key);
    if (found == values_.end() || found->second.empty()) {
      if (!otherwise) lacks(key, "is missing");
      if (found != values_.end()) values_.erase(found);
      return otherwise.value_or("");
    }
    std::string value = std::move(found->second);
    values_.erase(found);
    return value;
  }

  std::filesystem::path path(const std::string& key,
                             std::optional<std::string> otherwise = std::nullopt) {
    const std::string value = text(key, std::move(otherwise));
    return value.empty() ? std::filesystem::path{} : in_folder(value);
  }
  std::filesystem::path in_folder(const std::string& name) const { return folder_ / name; }

  unsigned number(const std::string& key, unsigned otherwise, unsigned least, unsigned most) {
    return number_in(key, text(key, std::to_string(otherwise)), least, most);
  }

  unsigned number_in(const std::string& key, const std::string& value, unsigned least,
                     unsigned most) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size() || number < least ||
        number > most) {
      wrong(key, "is not a number from " + std::to_string(least) + " to " + std::to_string(most));
    }
    return number;
  }

  http::TcpEndpoint endpoint(const std::string& key, const std::string& otherwise) {
    return endpoint_in(key, text(key, otherwise));
  }

  http::TcpEndpoint endpoint_in(const std::string& key, const std::string& value) {
    const std::size_t colon = value.rfind(':');
    unsigned port = 0;
    if (colon != std::string::npos) {
      const char* const end = value.data() + value.size();
      const auto [stop, error] = std::from_chars(value.data() + colon + 1, end, port);
      if (error == std::errc{} && stop == end && port <= 65535) {
        std::string address = value.substr(0, colon);
        if (address.starts_with('[') && address.ends_with(']')) {
          address = address.substr(1, address.size() - 2);
        }
        return {address, static_cast<std::uint16_t>(port)};
      }
    }
    wrong(key, "is not ADDRESS:PORT");
    return {};
  }

  /// `a | b | c`
  std::vector<std::string> lines(const std::string& key) {
    std::vector<std::string> lines;
    std::istringstream text_lines(text(key, ""));
    for (std::string line; std::getline(text_lines, line, '|');) {
      const std::size_t first = line.find_first_not_of(' ');
      if (first == std::string::npos) continue;
      lines.push_back(line.substr(first, line.find_last_not_of(' ') - first + 1));
    }
    return lines;
  }

  /// Every key that is `root` or below it, taken together.
  Values below(const std::string& root) {
    Values found;
    for (auto at = values_.begin(); at != values_.end();) {
      const bool inside = at->first == root || at->first.starts_with(root + ".");
      if (inside && !at->second.empty()) found.insert(*at);
      at = inside ? values_.erase(at) : std::next(at);
    }
    return found;
  }

  void fail(Error error) {
    if (!error_) error_ = std::move(error);
  }
  void wrong(const std::string& key, const std::string& why) {
    if (!error_) error_ = Error{Fault::malformed, key + " " + why};
  }

  /// Something that whoever sets it up may still say.
  void lacks(const std::string& key, const std::string& why) {
    if (missing_ == nullptr) return wrong(key, why);
    missing_->push_back(key);
  }
  bool has(const std::string& key) const { return values_.contains(key); }
  void put(const std::string& key, std::string value) { values_[key] = std::move(value); }

  Result<void> finish() {
    if (!error_ && !values_.empty()) wrong(values_.begin()->first, "is not a known setting");
    if (error_) return *error_;
    return {};
  }

 private:
  Values values_;
  std::filesystem::path folder_;
  std::vector<std::string>* missing_;
  std::optional<Error> error_;
};

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1";
}

void take_public(Taker& take, Settings& settings) {
  const std::string url = take.text("public.url");
  if (const Result<std::string> base = format::parse_base(url)) {
    settings.public_url = *base;
  } else if (!url.empty()) {
    take.wrong("public.url", "is not https://HOST, without a path");
  }
  settings.public_listen = take.endpoint("public.listen", "127.0.0.1:8480");
  settings.private_listen = take.endpoint("private.listen", "127.0.0.1:8481");
  const std::string& inner = settings.private_listen.address;
  if (!is_loopback(inner)) {
    take.wrong("private.listen", "is not an address of this machine alone (127.0.0.1 or [::1])");
  }
  const std::string unconfined = take.text("public.allow_unconfined", "no");
  if (unconfined != "yes" && unconfined != "no") {
    take.wrong("public.allow_unconfined", "is neither yes nor no");
  }
  settings.allow_unconfined = unconfined == "yes";
  const std::filesystem::path certificate = take.path("public.tls.certificate", "");
  const std::filesystem::path key = take.path("public.tls.key", "");
  if (certificate.empty() != key.empty()) take.wrong("public.tls", "needs certificate and key");
  if (!certificate.empty()) settings.tls = http::Tls{certificate, key};
}

Result<pdf::Logo> read_logo(const std::filesystem::path& path) {
  const Result<Bytes> file = read_file(path, 1024 * 1024);
  if (!file) return file.error();
  return pdf::Logo::read(*file);
}

void take_issuer(Taker& take, Settings& settings) {
  desk::IssuerSettings& issuer = settings.issuer;
  issuer.iss = take.text("issuer.iss");
  issuer.name = take.text("issuer.name");
  issuer.legal_entity = take.text("issuer.legal_entity", "");
  issuer.place = take.text("issuer.place");
  issuer.signatory = take.text("issuer.signatory", "");
  issuer.hr_language = take.text("desk.language", issuer.hr_language);
  if (!desk::tongue_named(issuer.hr_language)) {
    take.wrong("desk.language", "is none of de, fr, it, en");
  }
  issuer.time_zone = take.text("issuer.time_zone", "Europe/Zurich");
  issuer.public_url = settings.public_url;
  issuer.mail_from = take.text("mail.from");
  issuer.mail_from_name = take.text("mail.from_name", issuer.name);
  issuer.letterhead.name = issuer.name;
  issuer.letterhead.address_lines = take.lines("issuer.address");
  issuer.letterhead.footer_lines = take.lines("issuer.footer");
  issuer.letterhead.accent = take.text("issuer.accent", issuer.letterhead.accent);
  if (const std::filesystem::path logo = take.path("issuer.logo", ""); !logo.empty()) {
    if (Result<pdf::Logo> read = read_logo(logo)) {
      issuer.letterhead.logo = *std::move(read);
    } else {
      take.wrong("issuer.logo", "cannot be read: " + read.error().detail);
    }
  }
}

void take_letterhead_sources(Taker& take, Settings& settings) {
  settings.uid = take.text("issuer.uid", "");
  settings.vat = take.text("issuer.vat", "");
  settings.register_number = take.text("issuer.register_number", "");
  const auto source = [&take](const std::string& key) {
    std::string name = take.text(key, "");
    if (!name.empty() && name != kSettingsSource && !accounts::is_account_name(name)) {
      take.wrong(key, "is neither settings nor the name of an account");
    }
    return name;
  };
  if (std::string name = source("issuer.from"); !name.empty()) {
    settings.letterhead_order.push_back(std::move(name));
  }
  for (const std::string_view field : letterhead_fields()) {
    std::string name = source("issuer.from." + std::string(field));
    if (!name.empty()) settings.letterhead_choices[std::string(field)] = std::move(name);
  }
}

void take_source(Taker& take, Settings& settings) {
  settings.issuer.account = take.text("source.account", "personio");
  if (!accounts::is_account_name(settings.issuer.account)) {
    take.wrong("source.account", "has up to 32 characters of a-z, 0-9 and '-'");
  }
  settings.further_accounts = take.lines("source.further");
  for (const std::string& name : settings.further_accounts) {
    const bool twice =
        std::count(settings.further_accounts.begin(), settings.further_accounts.end(), name) > 1;
    if (!accounts::is_account_name(name) || name == settings.issuer.account || twice) {
      take.wrong("source.further", "names other accounts than source.account, each once");
    }
  }
  for (const char* kind : {"personio", "bexio"}) {
    std::string address = take.text(std::string("source.address.") + kind, "");
    if (!address.empty()) settings.source_addresses[kind] = std::move(address);
  }
  settings.sync_interval =
      std::chrono::seconds{take.number("sync.interval_seconds", 300, 1, 7 * 24 * 3600)};
}

void take_automatic(Taker& take, Settings& settings) {
  Result<AutomaticSettings> automatic = parse_automatic(take.below("automatic"));
  if (!automatic) return take.fail(automatic.error());
  settings.issuer.automatic = std::move(automatic->rules);
  settings.issuer.look_back_days = automatic->look_back_days;
  settings.issuer.bounce_days = std::chrono::days(take.number("mail.bounce_days", 7, 0, 60));
  settings.issuer.claim_days = std::chrono::days(take.number("claim.days", 60, 1, 365));
  const std::string years = take.text("retention.years", "");
  if (!years.empty())
    settings.issuer.retention_years = take.number_in("retention.years", years, 1, 100);
  settings.issuer.hr_mail = take.text("hr.mail", "");
  if (!settings.issuer.hr_mail.empty() && !delivery::Address::parse(settings.issuer.hr_mail)) {
    take.wrong("hr.mail", "is not an e-mail address");
  }
}

void take_notices(Taker& take, Settings& settings) {
  desk::NoticeRules& rules = settings.issuer.notices;
  for (std::size_t kind = 0; kind < desk::kNoticeKinds; ++kind) {
    const std::string key =
        std::string("notices.") + desk::name_of(static_cast<desk::NoticeKind>(kind));
    const auto time = desk::notice_time_named(take.text(key, desk::name_of(rules.times.at(kind))));
    if (!time) take.wrong(key, "is none of daily, at-once, off");
    rules.times.at(kind) = time.value_or(rules.times.at(kind));
  }
  rules.hour = take.number("notices.hour", rules.hour, 0, 23);
}

// HR's web application: on this machine alone, or with TLS.
void take_desk_web(Taker& take, Settings& settings) {
  const std::string url = take.text("desk.web.url", "");
  if (const Result<std::string> base = format::parse_base(url)) {
    settings.desk_web_url = *base;
  } else if (!url.empty()) {
    take.wrong("desk.web.url", "is not https://HOST, without a path");
  }
  const std::string listen = take.text("desk.web", "");
  if (listen.empty()) return;
  settings.desk_web = take.endpoint_in("desk.web", listen);
  if (is_loopback(settings.desk_web->address)) return;
  if (!settings.desk_tls) take.wrong("desk.web", "needs desk.tls, or an address like 127.0.0.1");
  if (settings.desk_web_url.empty()) take.wrong("desk.web.url", "is missing");
}

// "HH:MM", or nothing: at once.
void take_publishing(Taker& take, Settings& settings) {
  const std::string at = take.text("publish.daily", "");
  if (at.empty()) return;
  const auto digits = [&](std::size_t from, int below) {
    const bool two = at.size() == 5 && at[2] == ':' && at[from] >= '0' && at[from] <= '9' &&
                     at[from + 1] >= '0' && at[from + 1] <= '9';
    const int number = two ? (at[from] - '0') * 10 + (at[from + 1] - '0') : below;
    return number < below ? number : -1;
  };
  const int hour = digits(0, 24);
  const int minute = hour < 0 ? -1 : digits(3, 60);
  if (minute < 0) return take.wrong("publish.daily", "is no time of day, 00:00 to 23:59");
  settings.issuer.publish_at = std::chrono::minutes{hour * 60 + minute};
}

// "CH.full_final | full_interim", or "all".
void take_policy(Taker& take, Settings& settings) {
  desk::CasePolicy& policy = settings.issuer.policy;
  for (const std::string& type : take.lines("cases.four_eyes")) {
    policy.four_eyes.insert(type == "all" ? "*" : type);
  }
  const std::string signing = take.text("cases.signing", letter::name_of(policy.signing));
  if (const auto mode = letter::parse_signing_mode(signing)) {
    policy.signing = *mode;
  } else {
    take.wrong("cases.signing", "is none of company-seal, qualified, by-hand");
  }
  policy.due_days = take.number("cases.due_days", policy.due_days, 0, 365);
  policy.interim_days = take.number("cases.interim_days", policy.interim_days, 0, 365);
}

// "text.closing.de", "text.closing.de.CH.full_final".
void take_blocks(Taker& take, Settings& settings) {
  for (const auto& [key, value] : take.below("text")) {
    if (key == "text") return take.wrong(key, "is not a known setting");
    const std::string name = key.substr(5);
    std::string lines = value;
    std::replace(lines.begin(), lines.end(), '|', '\n');
    Result<std::string> text = desk::clean_block(name, lines);
    if (!text) return take.wrong(key, text.error().detail);
    settings.issuer.blocks[name] = *std::move(text);
  }
}

void take_desk(Taker& take, Settings& settings) {
  const std::string url = take.text("desk.url", "");
  if (const Result<std::string> base = format::parse_base(url)) {
    settings.desk_url = *base;
  } else if (!url.empty()) {
    take.wrong("desk.url", "is not https://HOST, without a path");
  }
  if (const std::string listen = take.text("desk.listen", ""); !listen.empty()) {
    settings.desk_listen = take.endpoint_in("desk.listen", listen);
  }
  const std::filesystem::path certificate = take.path("desk.tls.certificate", "");
  const std::filesystem::path key = take.path("desk.tls.key", "");
  if (certificate.empty() != key.empty()) take.wrong("desk.tls", "needs certificate and key");
  if (!certificate.empty()) settings.desk_tls = http::Tls{certificate, key};
  take_desk_web(take, settings);
}

void take_witness(Taker& take, Settings& settings) {
  settings.log_epoch = take.number("log.epoch", 1, 1, format::kMaxEpoch);
  settings.witness_policy = take.path("witness.policy", "");
  settings.witness_name = take.text("witness.name", "");
  if (!settings.witness_name.empty() && !format::is_key_name(settings.witness_name)) {
    take.wrong("witness.name", "is no key's name: no blank and no +, at most 255 bytes");
  }
  settings.witness_logs = take.path("witness.logs", "");
  if (const std::string listen = take.text("witness.listen", ""); !listen.empty()) {
    settings.witness_listen = take.endpoint_in("witness.listen", listen);
  }
}

void take_mail(Taker& take, Settings& settings) {
  settings.maildir = take.path("mail.maildir", "");
  const std::string host = take.text("mail.smtp.host", "");
  if (host.empty()) {
    if (settings.maildir.empty()) take.lacks("mail", "needs mail.smtp.host or mail.maildir");
    return;
  }
  delivery::SmtpSettings smtp;
  smtp.host = host;
  smtp.port = static_cast<std::uint16_t>(take.number("mail.smtp.port", 587, 1, 65535));
  smtp.user = take.text("mail.smtp.user", "");
  smtp.helo = take.text("mail.smtp.helo", smtp.helo);
  const std::string security = take.text("mail.smtp.security", "starttls");
  using Security = delivery::SmtpSettings::Security;
  if (security == "tls") {
    smtp.security = Security::tls;
  } else if (security == "none-loopback-only") {
    smtp.security = Security::none_loopback_only;
  } else if (security != "starttls") {
    take.wrong("mail.smtp.security", "is none of starttls, tls, none-loopback-only");
  }
  settings.smtp = smtp;
}

void take_seal(Taker& take, Settings& settings) {
  TokenSettings token{take.text("seal.key", ""), take.path("seal.chain", ""),
                      take.path("seal.pin_file", "")};
  if (token.address.empty() != token.chain.empty() ||
      token.address.empty() != token.pin_file.empty()) {
    take.wrong("seal", "needs seal.key, seal.chain and seal.pin_file");
  }
  if (token.address.find("pin-value") != std::string::npos) {
    take.wrong("seal.key", "holds a PIN, which belongs into seal.pin_file");
  }
  if (!token.address.empty()) settings.seal_key = std::move(token);
}

// The name of a file, or what would stand in it: so it comes from the browser.
Result<Bytes> certificates_in(const Taker& take, const std::string& said) {
  constexpr std::size_t kMaxCertificates = 256 * 1024;
  if (!said.starts_with("-----BEGIN ")) return read_file(take.in_folder(said), kMaxCertificates);
  return copy_of(bytes_of(said));
}

void take_timestamp(Taker& take, Settings& settings) {
  const std::string url = take.text("timestamp.url", "");
  const std::string authority = take.text("timestamp.authority", "");
  const std::string policy = take.text("timestamp.policy", "");
  if (url.empty() != authority.empty()) {
    take.wrong("timestamp", "needs timestamp.url and timestamp.authority");
  }
  if (url.empty() || authority.empty()) return;
  const Result<Bytes> pem = certificates_in(take, authority);
  if (!pem) take.wrong("timestamp.authority", "cannot be read: " + pem.error().detail);
  seal::Rfc3161Settings timestamp;
  timestamp.url = url;
  timestamp.authorities = pem ? text_of(*pem) : std::string_view();
  timestamp.policy = policy;
  settings.timestamp = std::move(timestamp);
}

// What is asked of documents whose date allows it.
void take_level(Taker& take, Settings& settings) {
  using Level = Settings::SealLevel;
  const std::map<std::string, Level> levels{
      {"B-B", Level::b_b}, {"B-T", Level::b_t}, {"B-LT", Level::b_lt}, {"B-LTA", Level::b_lta}};
  const std::string name = take.text("seal.level", settings.timestamp ? "B-T" : "B-B");
  const auto found = levels.find(name);
  if (found == levels.end()) {
    take.wrong("seal.level", "is none of B-B, B-T, B-LT, B-LTA");
    return;
  }
  settings.seal_level = found->second;
  if (settings.seal_level != Level::b_b && !settings.timestamp) {
    take.wrong("seal.level", "needs timestamp.url and timestamp.authority");
  }
}

}  // namespace

std::vector<std::string> Settings::desk_web_origins() const {
  if (!desk_web_url.empty()) return {desk_web_url};
  if (!desk_web) return {};
  const std::string scheme = desk_tls ? "https://" : "http://";
  const std::string& address = desk_web->address;
  const std::string host = address.find(':') == std::string::npos ? address : "[" + address + "]";
  const std::string end = ":" + std::to_string(desk_web->port);
  return {scheme + host + end, scheme + "localhost" + end};
}

std::string Settings::origin() const {
  return format::origin_of_epoch(public_url.substr(public_url.find("://") + 3) + "/log", log_epoch);
}

namespace {

constexpr std::string_view kPublicUrl = "public.url";

// What was chosen at the first start, where the file does not say it.
void take_chosen_url(Taker& take, const std::filesystem::path& data) {
  if (take.has(std::string(kPublicUrl)) || data.empty()) return;
  const Result<Bytes> chosen = read_file(data / kPublicUrl, 1024);
  if (chosen) take.put(std::string(kPublicUrl), std::string(text_of(*chosen)));
}

Result<Settings> settings_from(Values values, const std::filesystem::path& file,
                               std::vector<std::string>* missing) {
  const std::filesystem::path whole = std::filesystem::absolute(file);
  Taker take(std::move(values), whole.parent_path(), missing);
  Settings settings;
  settings.file = whole;
  settings.data = take.path("data");
  take_chosen_url(take, settings.data);
  settings.master_key_file = take.path("master.key_file");
  take_public(take, settings);
  take_issuer(take, settings);
  take_letterhead_sources(take, settings);
  take_source(take, settings);
  take_automatic(take, settings);
  take_policy(take, settings);
  take_blocks(take, settings);
  take_notices(take, settings);
  take_publishing(take, settings);
  take_desk(take, settings);
  if (const auto pages = settings.desk_web_origins(); !pages.empty()) {
    settings.issuer.notices.desk_url = pages.front();
  }
  take_witness(take, settings);
  take_mail(take, settings);
  take_seal(take, settings);
  take_timestamp(take, settings);
  take_level(take, settings);
  settings.rules = take.path("rules", settings.rules.string());
  settings.fonts.regular = take.path("fonts.regular", settings.fonts.regular.string());
  settings.fonts.bold = take.path("fonts.bold", settings.fonts.bold.string());
  settings.fonts.mono = take.path("fonts.mono", settings.fonts.mono.string());
  settings.fonts.colour_profile =
      take.path("fonts.colour_profile", settings.fonts.colour_profile.string());
  settings.fonts.hyphenation = take.path("fonts.hyphenation", settings.fonts.hyphenation.string());
  if (Result<void> done = take.finish(); !done) {
    return Error{done.error().fault, file.string() + ": " + done.error().detail};
  }
  return settings;
}

}  // namespace

Result<Settings> read_settings(const std::filesystem::path& file) {
  Result<Values> values = read_values(file);
  if (!values) return values.error();
  return settings_from(*std::move(values), file, nullptr);
}

Result<Settings> read_settings_so_far(const std::filesystem::path& file, const Values& over) {
  Result<Values> values = read_values(file);
  if (!values) return values.error();
  for (const auto& [key, value] : over) (*values)[key] = value;
  std::vector<std::string> missing;
  Result<Settings> settings = settings_from(*std::move(values), file, &missing);
  if (!settings) return settings;
  settings->missing = std::move(missing);
  return settings;
}

Result<Values> values_of_file(const std::filesystem::path& file) { return read_values(file); }

}  // namespace refledger::tools
