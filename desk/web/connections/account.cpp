#include "desk/web/connections/state.h"

namespace refledger::site {
namespace {

Json what_of(const Context& context, const std::vector<accounts::Asked>& asked) {
  Json rows = Json::array();
  for (const accounts::Asked& each : asked) {
    rows.push_back({{"request", each.request},
                    {"field", each.field},
                    {"purpose", sentence(each.purpose, context.language)}});
  }
  return rows;
}

std::string said_of(const Context& context, Fault fault) {
  if (fault == Fault::refused) return context.text("connections.why_refused");
  return context.text(fault == Fault::storage ? "connections.why_storage"
                                              : "connections.why_unreadable");
}

Json syncs_of(const Context& context, const ConnectionState& state, const std::string& account) {
  Json rows = Json::array();
  if (account != state.parts.people_account) return rows;
  for (const SyncNote& sync : state.parts.syncs()) {
    rows.push_back({{"at", context.time(sync.at)},
                    {"failed", sync.failed.has_value()},
                    {"why", sync.failed ? said_of(context, sync.failed->fault) : ""},
                    {"detail", sync.failed ? sync.failed->detail : ""},
                    {"people", sync.people},
                    {"leavers", sync.leavers},
                    {"opened", sync.opened},
                    {"unusable", sync.unusable}});
  }
  return rows;
}

Json company_of(const Context& context, const ConnectionState& state, const std::string& account) {
  Json rows = Json::array();
  const auto company = state.parts.accounts->last_company(account);
  if (!company || !*company) return rows;
  for (const ingest::CompanyField& field : ingest::company_fields()) {
    const auto* value = (*company)->field(field.name);
    if (value == nullptr) continue;
    rows.push_back({{"field", wording(field.label, context.language)},
                    {"value", value->value},
                    {"read", context.time(value->from.read_at)}});
  }
  return rows;
}

http::Response show(Context& context, const ConnectionState& state, const std::string& wrong,
                    unsigned status) {
  const std::string& name = context.path.at("id");
  const Result<accounts::Account> account = state.parts.accounts->find(name);
  if (!account) return context.failed(account.error());
  const accounts::Kind* kind = kind_named(account->kind);
  if (kind == nullptr) return context.refuse(404, "frame.not_found");
  const auto asked = state.parts.accounts->asked(name);
  if (!asked) return context.failed(asked.error());
  const auto made = state.tests.find(name);
  Json syncs = syncs_of(context, state, name);
  Json company = company_of(context, state, name);
  Json values{{"title", std::string(kind->label)},
              {"account", name},
              {"state", state_of(context, *account)},
              {"active", account->active()},
              {"replace_now", !account->active() || !wrong.empty()},
              {"has_id", kind->has_client_id},
              {"tells_people", kind->people != nullptr},
              {"tells_company", kind->company != nullptr},
              {"ends", account->last4},
              {"api", account->passed ? account->passed->api : ""},
              {"mapped", account->mapping.size()},
              {"set_at", account->set_at ? context.time(*account->set_at) : ""},
              {"tested", account->passed ? context.time(account->passed->at) : ""},
              {"what", what_of(context, *asked)},
              {"any_sync", !syncs.empty()},
              {"syncs", std::move(syncs)},
              {"any_company", !company.empty()},
              {"company_fields", std::move(company)},
              {"wrong", wrong}};
  if (account->failing && account->active()) {
    values["failing_since"] = context.time(account->failing->since);
    values["failing_why"] = account->failing->why;
  }
  if (made) {
    values["report"] = report_of(context, made->report);
    values["report_at"] = context.time(made->at);
  }
  return context.page("connection", std::move(values), status);
}

http::Response test(Context& context, ConnectionState& state) {
  const std::string& name = context.path.at("id");
  if (Result<void> tested = test_now(context, state, name); !tested) {
    return context.failed(tested.error());
  }
  return context.redirect(kConnections + "/" + name);
}

http::Response change(Context& context, ConnectionState& state) {
  const std::string& name = context.path.at("id");
  const Result<accounts::Account> account = state.parts.accounts->find(name);
  if (!account) return context.failed(account.error());
  const accounts::Kind* kind = kind_named(account->kind);
  const bool has_id = kind != nullptr && kind->has_client_id;
  accounts::Change change;
  change.credentials = accounts::Credentials{has_id ? context.form.get("client_id") : "",
                                             context.form.get("client_secret")};
  if (change.credentials->secret.empty() || (has_id && change.credentials->id.empty())) {
    return show(context, state, context.text("connections.incomplete"), 400);
  }
  // Tested first: what works stays until something better does.
  const Result<accounts::Outcome> outcome =
      state.parts.accounts->change(name, change, accounts::Care::tested);
  if (!outcome) return context.failed(outcome.error());
  state.tests.keep(name, {context.now, outcome->report});
  context.flash(outcome->stored ? "good" : "bad",
                context.text(outcome->stored ? "connections.changed" : "connections.not_changed"));
  return context.redirect(kConnections + "/" + name);
}

http::Response read_company(Context& context, const ConnectionState& state) {
  const std::string& name = context.path.at("id");
  const Result<ingest::Company> company = state.parts.accounts->read_company(name);
  if (!company) {
    if (company.error().fault == Fault::storage) return context.failed(company.error());
    context.flash("bad", context.text("connections.company_failed"));
  } else {
    context.flash("good", context.text("connections.company_read"));
  }
  return context.redirect(kConnections + "/" + name);
}

http::Response ask_removal(Context& context, const ConnectionState& state) {
  const Result<accounts::Account> account = state.parts.accounts->find(context.path.at("id"));
  if (!account) return context.failed(account.error());
  const accounts::Kind* kind = kind_named(account->kind);
  const std::string label = kind == nullptr ? account->kind : std::string(kind->label);
  return context.page("connection_remove",
                      {{"title", context.text("connections.remove_title", {{"system", label}})},
                       {"account", account->name}});
}

http::Response remove(Context& context, const ConnectionState& state) {
  if (Result<void> gone = state.parts.accounts->remove(context.path.at("id")); !gone) {
    return context.failed(gone.error());
  }
  context.flash("good", context.text("connections.removed"));
  return context.redirect(kConnections);
}

}  // namespace

void add_account(Area& area, const SharedConnections& state) {
  const std::string path = kConnections + "/{id}";
  const Who who = Who::with(access::Role::administrator);
  const auto add = [&](Method method, const std::string& pattern, const char* act, auto function) {
    area.routes.push_back({method, pattern, who, act, [state, function](Context& context) {
                             return function(context, *state);
                           }});
  };
  add(Method::get, path, "",
      [](Context& context, const ConnectionState& with) { return show(context, with, "", 200); });
  add(Method::post, path + "/test", "connection.test", test);
  add(Method::post, path + "/credentials", "connection.change", change);
  add(Method::post, path + "/company", "connection.test", read_company);
  add(Method::get, path + "/remove", "", ask_removal);
  add(Method::post, path + "/remove", "connection.remove", remove);
}

}  // namespace refledger::site
