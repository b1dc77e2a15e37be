#include "desk/web/connections/state.h"

namespace refledger::site {
namespace {

Json options_of(const std::vector<ingest::Attribute>& offered, const ingest::ReferenceField& field,
                const std::string& chosen) {
  Json options = Json::array();
  for (const ingest::Attribute& attribute : offered) {
    const bool now = attribute.key == chosen;
    if (!now && !ingest::fits(field.type, attribute.type)) continue;
    std::string label = attribute.label.empty() ? attribute.key : attribute.label;
    if (!attribute.sample_shape.empty()) label += " (" + attribute.sample_shape + ")";
    options.push_back({{"key", attribute.key}, {"label", label}, {"chosen", now}});
  }
  return options;
}

std::string chosen_key(const accounts::Account& account, std::string_view field) {
  const auto found = account.mapping.find(field);
  return found == account.mapping.end() ? std::string() : found->second;
}

http::Response show(Context& context, const ConnectionState& state) {
  const std::string& name = context.path.at("id");
  const Result<accounts::Account> account = state.parts.accounts->find(name);
  if (!account) return context.failed(account.error());
  const Result<std::vector<ingest::Attribute>> offered = state.parts.accounts->attributes(name);
  if (!offered) return context.failed(offered.error());
  const accounts::Kind* kind = kind_named(account->kind);
  Json fields = Json::array();
  for (const ingest::ReferenceField& field : ingest::reference_fields()) {
    fields.push_back({{"field", std::string(field.name)},
                      {"label", wording(field.label, context.language)},
                      {"purpose", wording(field.purpose, context.language)},
                      {"options", options_of(*offered, field, chosen_key(*account, field.name))}});
  }
  return context.page("connection_fields", {{"title", context.text("connections.mapping")},
                                            {"account", name},
                                            {"system", kind == nullptr ? name : kind->label},
                                            {"fields", std::move(fields)}});
}

http::Response change(Context& context, const ConnectionState& state) {
  const std::string& name = context.path.at("id");
  const Result<accounts::Account> account = state.parts.accounts->find(name);
  if (!account) return context.failed(account.error());
  bool all = true;
  for (const ingest::ReferenceField& field : ingest::reference_fields()) {
    const std::string sent = "field." + std::string(field.name);
    const std::string key = context.form.get(sent);
    if (!context.form.has(sent) || key == chosen_key(*account, field.name)) continue;
    const Result<void> mapped =
        state.parts.accounts->map(name, std::string(field.name), key,
                                  key.empty() ? accounts::Care::untested : accounts::Care::tested);
    if (!mapped && mapped.error().fault == Fault::storage) return context.failed(mapped.error());
    all = all && mapped.has_value();
  }
  context.flash(all ? "good" : "bad",
                context.text(all ? "connections.mapped_all" : "connections.mapped_some"));
  state.parts.read_now();
  return context.redirect(kConnections + "/" + name + "/fields");
}

}  // namespace

void add_mapping(Area& area, const SharedConnections& state) {
  const std::string path = kConnections + "/{id}/fields";
  const Who who = Who::with(access::Role::administrator);
  area.routes.push_back(
      {Method::get, path, who, "", [state](Context& context) { return show(context, *state); }});
  area.routes.push_back({Method::post, path, who, "connection.map",
                         [state](Context& context) { return change(context, *state); }});
}

}  // namespace refledger::site
