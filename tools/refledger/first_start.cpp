#include "tools/refledger/first_start.h"

#include <atomic>
#include <cstdio>

#include "desk/web/settings/setup.h"
#include "ledger/core/file.h"
#include "tools/refledger/init.h"
#include "tools/refledger/kept_settings.h"
#include "tools/refledger/stop.h"

namespace refledger::tools {
namespace {

const std::string kPublicUrl = "public.url";

// The vault alone: nothing else is there yet.
struct Rooms {
  SystemRandom random;
  SystemClock clock;
  std::optional<sign::MasterKey> master;
  std::unique_ptr<store::Store> store;
  std::optional<vault::Vault> vault;
  std::unique_ptr<access::Access> access;
  std::unique_ptr<audit::Audit> audit;

  Result<void> open(const Settings& settings) {
    const Home home(settings.data);
    if (Result<void> made = make_private_folder(home.data); !made) return made;
    if (!std::filesystem::exists(settings.master_key_file)) {
      Result<void> created = sign::MasterKey::create(settings.master_key_file, random);
      if (!created) return created;
    }
    Result<sign::MasterKey> key = sign::MasterKey::read(settings.master_key_file);
    if (!key) return key.error();
    master.emplace(*std::move(key));
    Result<std::unique_ptr<store::Store>> opened =
        store::open_rocksdb(home.vault(), vault::kSpaces);
    if (!opened) return opened.error();
    store = *std::move(opened);
    vault.emplace(*store, *master, random);
    Result<std::unique_ptr<access::Access>> accounts = access::Access::open(*vault, random);
    if (!accounts) return accounts.error();
    access = *std::move(accounts);
    Result<std::unique_ptr<audit::Audit>> log = audit::Audit::open(home.audit(), *vault);
    if (!log) return log.error();
    audit = *std::move(log);
    return {};
  }
};

// "FILE: KEY is ..." without the file.
Error about_key(const Error& error) {
  const std::size_t colon = error.detail.rfind(": ");
  return {error.fault, colon == std::string::npos ? error.detail : error.detail.substr(colon + 2)};
}

// Mails are kept in a folder until there is a mail server.
Result<void> keep(const Settings& settings, vault::Vault& vault, SettingsValues values) {
  values["mail.maildir"] = std::filesystem::absolute(settings.data / "outbox").string();
  const Result<Settings> tried = read_settings_so_far(settings.file, values);
  if (!tried) return about_key(tried.error());
  if (!tried->missing.empty()) {
    return Error{Fault::malformed, tried->missing.front() + " is missing"};
  }
  if (Result<void> sound = check_issuer(*tried); !sound) return sound;
  const std::string url = tried->public_url;
  values.erase(kPublicUrl);
  if (Result<void> kept = keep_settings(vault, values); !kept) return kept;
  return write_file(Home(settings.data).public_url(), bytes_of(url), 0644);
}

std::string proposed_address(const Settings& settings) {
  if (!settings.public_url.empty()) return settings.public_url;
  const std::string& address = settings.public_listen.address;
  const bool loopback = address.starts_with("127.");
  if (!loopback) return {};
  return "http://" + address + ":" + std::to_string(settings.public_listen.port);
}

Result<bool> ask(const Settings& settings, Front& front) {
  Rooms rooms;
  if (Result<void> opened = rooms.open(settings); !opened) return opened.error();
  if (rooms.access->has_administrator()) return true;  // only the rest is still to be done
  std::atomic<bool> done = false;
  std::atomic<bool> failed = false;
  site::SetupParts parts;
  parts.access = rooms.access.get();
  parts.token = draw_setup_token(rooms.random);
  parts.keep = [&](const std::map<std::string, std::string>& values) {
    return keep(settings, *rooms.vault, values);
  };
  parts.public_address = proposed_address(settings);
  parts.done = [&done, &front] {
    front.leave();
    done = true;
  };
  const std::string link = setup_link_of(settings, parts.token);
  site::SiteSettings about = site_settings(settings, [&failed] { failed = true; });
  about.company = [] { return std::string(); };
  site::Site site(about,
                  site::SiteParts{&*rooms.vault, rooms.access.get(), rooms.audit.get(),
                                  &rooms.random, &rooms.clock, &front.flashes()},
                  {site::setup_area(std::move(parts))});
  front.show(site);
  say_setup_link(link);
  bool stop = false;
  while (!done && !failed && !stop) stop = stop_asked_within(std::chrono::milliseconds{100});
  front.hide();
  if (failed) return Error{Fault::storage, "the first start could not be written"};
  return !stop;
}

}  // namespace

bool is_set_up(const Settings& settings) {
  return std::filesystem::exists(Home(settings.data).log_vkey());
}

void say_setup_link(const std::string& link) {
  if (link.empty()) return;
  std::printf("Nobody can sign in yet.  Set it up at\n  %s\n", link.c_str());
  std::fflush(stdout);
}

Result<bool> set_up_in_browser(const Settings& settings, Front& front) {
  const Result<bool> answered = ask(settings, front);
  if (!answered || !*answered) return answered;
  Result<Settings> effective = Error{Fault::not_found, "settings"};
  {
    Rooms rooms;
    if (Result<void> opened = rooms.open(settings); !opened) return opened.error();
    const Result<Settings> file = read_settings_so_far(settings.file, {});
    if (!file) return file.error();
    effective = effective_settings(*file, *rooms.vault);
  }
  if (!effective) return effective.error();
  InitOptions options;
  options.recovery_file = effective->data / "recovery-key.txt";
  const Result<InitReport> made = initialise(*effective, options);
  if (!made) return made.error();
  return true;
}

}  // namespace refledger::tools
