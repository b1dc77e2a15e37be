#include "desk/web/connections/state.h"

namespace refledger::site {
namespace {

// What to do in the other system, one after the other; texts "connections.KIND_step1" and on.
Json steps_of(const Context& context, const std::string& kind) {
  Json steps = Json::array();
  for (int number = 1;; ++number) {
    const std::string key = "connections." + kind + "_step" + std::to_string(number);
    const std::string text = context.text(key);
    if (text == key) return steps;
    steps.push_back({{"step", text}});
  }
}

// What has to be ticked there, from the list of what will be asked.
Json ticks_of(const Context& context, const accounts::Kind& kind) {
  Json ticks = Json::array();
  std::string last;
  for (const accounts::Asked& asked : kind.asked("v1", {})) {
    if (asked.field.empty() || asked.field == last) continue;
    last = asked.field;
    ticks.push_back(
        {{"field", asked.field}, {"purpose", sentence(asked.purpose, context.language)}});
  }
  return ticks;
}

http::Response form(Context& context, const accounts::Kind& kind, const std::string& wrong,
                    unsigned status) {
  const std::string name(kind.name);
  return context.page(
      "connection_new",
      {{"title", context.text("connections.connect", {{"system", std::string(kind.label)}})},
       {"kind", name},
       {"label", kind.label},
       {"has_id", kind.has_client_id},
       {"steps", steps_of(context, name)},
       {"ticks", ticks_of(context, kind)},
       {"typed_id", context.form.get("client_id")},
       {"wrong", wrong}},
      status);
}

accounts::Credentials credentials_in(const Form& form, bool has_id) {
  return {has_id ? form.get("client_id") : std::string(), form.get("client_secret")};
}

http::Response add(Context& context, ConnectionState& state) {
  const accounts::Kind* kind = kind_named(context.path.at("kind"));
  if (kind == nullptr) return context.refuse(404, "frame.not_found");
  accounts::NewAccount fresh;
  fresh.name = kind->people != nullptr ? state.parts.people_account : std::string(kind->name);
  fresh.kind = kind->name;
  fresh.connection.credentials = credentials_in(context.form, kind->has_client_id);
  const auto address = state.parts.addresses.find(kind->name);
  if (address != state.parts.addresses.end()) fresh.connection.base_url = address->second;
  const accounts::Credentials& given = *fresh.connection.credentials;
  if (given.secret.empty() || (kind->has_client_id && given.id.empty())) {
    return form(context, *kind, context.text("connections.incomplete"), 400);
  }
  const Result<accounts::Outcome> outcome =
      state.parts.accounts->add(fresh, accounts::Care::untested);
  if (!outcome) {
    const Error& error = outcome.error();
    if (error.fault == Fault::storage) return context.failed(error);
    const bool taken = error.fault == Fault::conflict;
    return form(context, *kind,
                context.text(taken ? "connections.taken" : "connections.not_usable"), 400);
  }
  if (Result<void> tested = test_now(context, state, fresh.name); !tested) {
    return context.failed(tested.error());
  }
  return context.redirect(kConnections + "/" + fresh.name);
}

}  // namespace

void add_new(Area& area, const SharedConnections& state) {
  const std::string path = kConnections + "/new/{kind}";
  const Who who = Who::with(access::Role::administrator);
  area.routes.push_back({Method::get, path, who, "", [](Context& context) {
                           const accounts::Kind* kind = kind_named(context.path.at("kind"));
                           if (kind == nullptr) return context.refuse(404, "frame.not_found");
                           return form(context, *kind, "", 200);
                         }});
  area.routes.push_back({Method::post, path, who, "connection.add",
                         [state](Context& context) { return add(context, *state); }});
}

}  // namespace refledger::site
