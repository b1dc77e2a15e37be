#include "tools/refledger/web_site.h"

#include "desk/access/access.h"
#include "desk/audit/audit.h"
#include "desk/web/account/area.h"
#include "desk/web/cases/area.h"
#include "desk/web/holder/area.h"
#include "desk/web/site.h"
#include "ingest/source/zone.h"
#include "ledger/core/encoding.h"
#include "tools/refledger/web_settings.h"

namespace refledger::tools {

struct WebSite::State {
  std::unique_ptr<access::Access> access;
  std::unique_ptr<audit::Audit> audit;
  std::string setup_token;
  std::string setup_link;
  std::unique_ptr<site::Site> site;
};

std::string draw_setup_token(Random& random) {
  std::array<std::uint8_t, 32> drawn{};
  random.fill(drawn);
  return to_base64url(drawn);
}

std::string setup_link_of(const Settings& settings, const std::string& token) {
  return token.empty() ? token : settings.desk_web_origins().front() + "/setup/" + token;
}

site::SiteSettings site_settings(const Settings& settings, std::function<void()> storage_failed) {
  site::SiteSettings made;
  made.origins = settings.desk_web_origins();
  made.company = [name = settings.issuer.name] { return name; };
  made.zone = [zone = settings.issuer.time_zone](UtcMillis now) {
    const Result<std::chrono::minutes> ahead = ingest::ahead_of_utc(now, zone);
    return ahead ? *ahead : std::chrono::minutes{0};
  };
  made.storage_failed = std::move(storage_failed);
  return made;
}

std::vector<site::Area> WebSite::areas_of(State& state, OpenHome& home, const WebHooks& hooks) {
  const Settings& settings = home.settings();
  site::AccountParts account;
  account.access = state.access.get();
  account.audit = state.audit.get();
  account.random = &home.random();
  account.setup_token = state.setup_token;
  account.start = [](const site::Context& context) {
    const bool manages = context.may(access::Role::administrator);
    return std::string(manages ? "/start" : "/leavers");
  };
  site::ConnectionParts connections;
  connections.accounts = &home.accounts();
  connections.people_account = settings.issuer.account;
  connections.addresses = settings.source_addresses;
  connections.syncs = [syncs = hooks.syncs] { return syncs->newest(); };
  connections.read_now = hooks.read_now;
  std::vector<site::Area> areas;
  areas.push_back(site::case_area({&home.desk(), &home.desk().issuer(), &home.random()}));
  areas.push_back(site::settings_area(settings_parts(home, hooks.start_anew)));
  areas.push_back(site::connection_area(std::move(connections)));
  areas.push_back(site::account_area(std::move(account)));
  areas.push_back(site::holder_area({&home.desk(), settings.public_url + "/"}));
  return areas;
}

void SyncLog::add(site::SyncNote note) {
  const std::lock_guard<std::mutex> alone(alone_);
  notes_.push_front(std::move(note));
  if (notes_.size() > 10) notes_.pop_back();
}

std::vector<site::SyncNote> SyncLog::newest() const {
  const std::lock_guard<std::mutex> alone(alone_);
  return {notes_.begin(), notes_.end()};
}

std::string WebSite::setup_link() const { return state_->setup_link; }

WebSite::WebSite(std::unique_ptr<State> state) : state_(std::move(state)) {}
WebSite::~WebSite() = default;

Result<std::unique_ptr<WebSite>> WebSite::make(OpenHome& home, WebHooks hooks) {
  const Settings& settings = home.settings();
  auto state = std::make_unique<State>();
  Result<std::unique_ptr<access::Access>> access =
      access::Access::open(home.vault(), home.random());
  if (!access) return access.error();
  state->access = *std::move(access);
  Result<std::unique_ptr<audit::Audit>> audit =
      audit::Audit::open(Home(settings.data).audit(), home.vault());
  if (!audit) return audit.error();
  state->audit = *std::move(audit);
  if (!state->access->has_administrator()) state->setup_token = draw_setup_token(home.random());
  state->setup_link = setup_link_of(settings, state->setup_token);
  state->site = std::make_unique<site::Site>(
      site_settings(settings, hooks.storage_failed),
      site::SiteParts{&home.vault(), state->access.get(), state->audit.get(), &home.random(),
                      &home.clock(), hooks.flashes},
      areas_of(*state, home, hooks));
  return std::unique_ptr<WebSite>(new WebSite(std::move(state)));
}

site::Site& WebSite::site() { return *state_->site; }

}  // namespace refledger::tools
