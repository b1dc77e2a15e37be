#include "tools/refledger/web_site.h"

#include "desk/access/access.h"
#include "desk/audit/audit.h"
#include "desk/web/account/area.h"
#include "desk/web/site.h"
#include "ingest/source/zone.h"
#include "ledger/core/encoding.h"

namespace refledger::tools {
namespace {

constexpr std::size_t kMaxBody = std::size_t{3} << 20;

std::string draw_token(Random& random) {
  std::array<std::uint8_t, 32> drawn{};
  random.fill(drawn);
  return to_base64url(drawn);
}

// The address itself, and the name that browsers take for it; or the one that the settings name.
std::vector<std::string> origins_of(const Settings& settings) {
  if (!settings.desk_web_url.empty()) return {settings.desk_web_url};
  const std::string scheme = settings.desk_tls ? "https://" : "http://";
  const std::string& address = settings.desk_web->address;
  const std::string host = address.find(':') == std::string::npos ? address : "[" + address + "]";
  const std::string end = ":" + std::to_string(settings.desk_web->port);
  return {scheme + host + end, scheme + "localhost" + end};
}

}  // namespace

struct WebSite::State {
  std::unique_ptr<access::Access> access;
  std::unique_ptr<audit::Audit> audit;
  std::string setup_token;
  std::string base;
  std::unique_ptr<site::Site> site;
  std::unique_ptr<http::Server> server;
};

namespace {

site::SiteSettings site_settings(const Settings& settings, std::function<void()> storage_failed) {
  site::SiteSettings made;
  made.origins = origins_of(settings);
  made.company = [name = settings.issuer.name] { return name; };
  made.zone = [zone = settings.issuer.time_zone](UtcMillis now) {
    const Result<std::chrono::minutes> ahead = ingest::ahead_of_utc(now, zone);
    return ahead ? *ahead : std::chrono::minutes{0};
  };
  made.storage_failed = std::move(storage_failed);
  return made;
}

}  // namespace

std::vector<site::Area> WebSite::areas_of(State& state, OpenHome& home) {
  site::AccountParts account;
  account.access = state.access.get();
  account.audit = state.audit.get();
  account.random = &home.random();
  account.setup_token = state.setup_token;
  account.start = [](const site::Context&) { return std::string("/profile"); };
  std::vector<site::Area> areas;
  areas.push_back(site::account_area(std::move(account)));
  return areas;
}

std::string WebSite::setup_link() const {
  if (state_->setup_token.empty()) return {};
  return state_->base + "/setup/" + state_->setup_token;
}

void WebSite::stop() { state_->server->stop(); }

WebSite::WebSite(std::unique_ptr<State> state) : state_(std::move(state)) {}
WebSite::~WebSite() = default;

Result<std::unique_ptr<WebSite>> WebSite::start(const Settings& settings, OpenHome& home,
                                                std::function<void()> storage_failed) {
  if (!settings.desk_web) return std::unique_ptr<WebSite>();
  auto state = std::make_unique<State>();
  Result<std::unique_ptr<access::Access>> access =
      access::Access::open(home.vault(), home.random());
  if (!access) return access.error();
  state->access = *std::move(access);
  Result<std::unique_ptr<audit::Audit>> audit =
      audit::Audit::open(Home(settings.data).audit(), home.vault());
  if (!audit) return audit.error();
  state->audit = *std::move(audit);
  if (!state->access->has_administrator()) state->setup_token = draw_token(home.random());

  state->base = origins_of(settings).front();
  state->site = std::make_unique<site::Site>(
      site_settings(settings, std::move(storage_failed)),
      site::SiteParts{&home.vault(), state->access.get(), state->audit.get(), &home.random(),
                      &home.clock()},
      areas_of(*state, home));

  http::Settings served;
  served.endpoint = *settings.desk_web;
  served.tls = settings.desk_tls;
  served.limits.body_bytes = kMaxBody;
  served.limits.connections = 512;
  Result<std::unique_ptr<http::Server>> server = http::Server::start(
      served,
      [site = state->site.get()](const http::Request& request) { return site->answer(request); });
  if (!server) return server.error();
  state->server = *std::move(server);
  return std::unique_ptr<WebSite>(new WebSite(std::move(state)));
}

}  // namespace refledger::tools
