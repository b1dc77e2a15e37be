#include "desk/web/connections/state.h"

namespace refledger::site {
namespace {

Json accounts_of(const Context& context, const std::vector<accounts::Account>& all,
                 std::string_view kind) {
  Json shown = Json::array();
  for (const accounts::Account& account : all) {
    if (account.kind != kind) continue;
    shown.push_back({{"account", account.name},
                     {"ends", account.last4},
                     {"state", state_of(context, account)},
                     {"tested", account.passed ? context.time(account.passed->at) : ""}});
  }
  return shown;
}

http::Response overview(Context& context, const ConnectionState& state) {
  const Result<std::vector<accounts::Account>> all = state.parts.accounts->list();
  if (!all) return context.failed(all.error());
  Json kinds = Json::array();
  for (const accounts::Kind& kind : accounts::kinds()) {
    Json own = accounts_of(context, *all, kind.name);
    kinds.push_back({{"kind", kind.name},
                     {"label", kind.label},
                     {"what", context.text("connections.what_" + std::string(kind.name))},
                     {"none", own.empty()},
                     {"accounts", std::move(own)}});
  }
  return context.page("connections",
                      {{"title", context.text("connections.title")}, {"kinds", std::move(kinds)}});
}

}  // namespace

void add_overview(Area& area, const SharedConnections& state) {
  for (const char* path : {"/admin/integrationen", "/admin/integrations"}) {
    area.routes.push_back({Method::get, path,
                           Who::with(access::Role::administrator | access::Role::auditor), "",
                           [state](Context& context) { return overview(context, *state); }});
  }
}

}  // namespace refledger::site
