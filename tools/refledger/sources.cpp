#include "tools/refledger/sources.h"

#include "tools/refledger/letterhead.h"

namespace refledger::tools {
namespace {

using accounts::Account;
using accounts::Care;
using ingest::Sentences;

Json to_json(const Sentences& text) {
  return {{"de", text.de}, {"en", text.en}, {"fr", text.fr}, {"it", text.it}};
}

Json to_json(const ingest::ConnectionReport& report) {
  Json items = Json::array();
  for (const ingest::CheckItem& item : report.items) {
    const char* state = item.state == ingest::CheckState::ok        ? "ok"
                        : item.state == ingest::CheckState::warning ? "warning"
                                                                    : "missing";
    items.push_back({{"id", item.id},
                     {"subject", item.subject},
                     {"state", state},
                     {"text", to_json(item.text)}});
  }
  return {{"passed", report.passed()},
          {"api", report.api},
          {"apis", report.apis},
          {"items", std::move(items)}};
}

Json to_json(const accounts::Outcome& outcome) {
  Json told = to_json(outcome.report);
  told["stored"] = outcome.stored;
  told["tested"] = !outcome.report.items.empty();
  return told;
}

Json to_json(const Account& account) {
  Json told{{"name", account.name},
            {"kind", account.kind},
            {"url", account.base_url},
            {"api", name_of(account.api)},
            {"mapping", Json(account.mapping)},
            {"active", account.active()},
            {"client_id_ends", account.last4},
            {"credentials_set_at", nullptr},
            {"tested_at", nullptr},
            {"api_in_use", ""},
            {"failing", nullptr}};
  if (account.set_at) told["credentials_set_at"] = format_time(*account.set_at);
  if (account.passed) {
    told["tested_at"] = format_time(account.passed->at);
    told["api_in_use"] = account.passed->api;
  }
  if (account.failing) {
    told["failing"] = {{"since", format_time(account.failing->since)},
                       {"why", account.failing->why}};
  }
  return told;
}

Json to_json(const ingest::Attribute& attribute) {
  return {{"key", attribute.key},         {"label", attribute.label},
          {"type", attribute.type},       {"universal_id", attribute.universal_id},
          {"options", attribute.options}, {"sample_shape", attribute.sample_shape}};
}

Json to_json(const ingest::Told& told) {
  return {{"account", told.account},
          {"source", told.value.from.source},
          {"field", told.value.from.field},
          {"read_at", told.account == kSettingsSource ? Json(nullptr)
                                                      : Json(format_time(told.value.from.read_at))},
          {"value", told.value.value}};
}

Json to_json(const Letterhead& letterhead) {
  Json fields = Json::array();
  for (const std::string_view field : letterhead_fields()) {
    const auto said = letterhead.candidates.find(field);
    if (said == letterhead.candidates.end()) continue;
    const auto chosen = letterhead.chosen.find(field);
    Json values = Json::array();
    for (const ingest::Told& told : said->second) {
      Json value = to_json(told);
      value["printed"] = chosen != letterhead.chosen.end() && chosen->second.told == told;
      values.push_back(std::move(value));
    }
    fields.push_back({{"field", field}, {"values", std::move(values)}});
  }
  return {{"fields", std::move(fields)}, {"remarks", letterhead.remarks}};
}

Result<accounts::Change> change_in(const Json& body) {
  accounts::Change change;
  if (body.contains("url")) {
    Result<std::string> url = string_member(body, "url");
    if (!url) return url.error();
    change.base_url = *std::move(url);
  }
  if (body.contains("api")) {
    const Result<std::string> name = string_member(body, "api");
    if (!name) return name.error();
    const Result<accounts::Api> api = accounts::api_named(*name);
    if (!api) return api.error();
    change.api = *api;
  }
  if (body.contains("ca_file")) {
    const Result<std::string> file = string_member(body, "ca_file");
    if (!file) return file.error();
    change.ca_file = *file;
  }
  if (body.contains("credentials")) {
    Result<accounts::Credentials> credentials =
        accounts::credentials_from_json(body["credentials"].dump());
    if (!credentials) return credentials.error();
    change.credentials = *std::move(credentials);
  }
  return change;
}

bool is_set(const Json& body, const char* flag) {
  const auto found = body.find(flag);
  return found != body.end() && *found == true;
}

Care care_in(const Json& body) { return is_set(body, "untested") ? Care::untested : Care::tested; }

Result<std::string> name_in(const Json& body) { return string_member(body, "name"); }

}  // namespace

Result<Json> Sources::answer(std::string_view path, const Json& body) {
  if (!body.is_object()) return Error{Fault::malformed, "an order is an object"};
  if (path == "/source/list") return list();
  if (path == "/source/add") return add(body);
  if (path == "/source/set") return set(body);
  if (path == "/source/test") return test(body);
  if (path == "/source/attributes") return attributes(body);
  if (path == "/source/map") return map(body);
  if (path == "/source/remove") return remove(body);
  if (path == "/source/what") return what(body);
  if (path == "/source/company") return company(body);
  return Error{Fault::not_found, "no such command"};
}

Result<Json> Sources::list() const {
  const Result<std::vector<Account>> all = accounts_->list();
  if (!all) return all.error();
  Json told = Json::array();
  for (const Account& account : *all) {
    told.push_back(to_json(account));
    told.back()["read_for_leavers"] = account.name == settings_->issuer.account;
  }
  return told;
}

Result<Json> Sources::add(const Json& body) {
  accounts::NewAccount fresh;
  const Result<std::string> name = name_in(body);
  if (!name) return name.error();
  const Result<std::string> kind = string_member(body, "kind");
  if (!kind) return kind.error();
  Result<accounts::Change> connection = change_in(body);
  if (!connection) return connection.error();
  fresh.name = *name;
  fresh.kind = *kind;
  fresh.connection = *std::move(connection);
  const Json mapping = body.value("mapping", Json::object());
  if (!mapping.is_object()) return Error{Fault::malformed, "mapping: not an object"};
  for (const auto& [field, key] : mapping.items()) {
    if (!key.is_string()) return Error{Fault::malformed, "mapping: not a key"};
    fresh.mapping[field] = key.get<std::string>();
  }
  const Result<accounts::Outcome> outcome = accounts_->add(fresh, care_in(body));
  if (!outcome) return outcome.error();
  return to_json(*outcome);
}

Result<Json> Sources::set(const Json& body) {
  const Result<std::string> name = name_in(body);
  if (!name) return name.error();
  const Result<accounts::Change> change = change_in(body);
  if (!change) return change.error();
  const Result<accounts::Outcome> outcome = accounts_->change(*name, *change, care_in(body));
  if (!outcome) return outcome.error();
  return to_json(*outcome);
}

Result<Json> Sources::test(const Json& body) {
  const Result<std::string> name = name_in(body);
  if (!name) return name.error();
  const Result<ingest::ConnectionReport> report = accounts_->test(*name);
  if (!report) return report.error();
  return to_json(*report);
}

Result<Json> Sources::attributes(const Json& body) {
  const Result<std::string> name = name_in(body);
  if (!name) return name.error();
  const Result<std::vector<ingest::Attribute>> offered = accounts_->attributes(*name);
  if (!offered) return offered.error();
  Json told = Json::array();
  for (const ingest::Attribute& attribute : *offered) told.push_back(to_json(attribute));
  return told;
}

Result<Json> Sources::map(const Json& body) {
  const Result<std::string> name = name_in(body);
  if (!name) return name.error();
  const Result<std::string> field = string_member(body, "field");
  if (!field) return field.error();
  const Result<std::string> key = string_member(body, "key");
  if (!key) return key.error();
  if (Result<void> mapped = accounts_->map(*name, *field, *key, care_in(body)); !mapped) {
    return mapped.error();
  }
  const Result<Account> account = accounts_->find(*name);
  if (!account) return account.error();
  return Json{{"name", *name}, {"mapping", Json(account->mapping)}};
}

Result<Json> Sources::remove(const Json& body) {
  const Result<std::string> name = name_in(body);
  if (!name) return name.error();
  if (Result<void> removed = accounts_->remove(*name); !removed) return removed.error();
  return Json{{"name", *name}, {"status", "removed"}};
}

Result<Json> Sources::what(const Json& body) const {
  const Result<std::string> name = name_in(body);
  if (!name) return name.error();
  const Result<std::vector<accounts::Asked>> asked = accounts_->asked(*name);
  if (!asked) return asked.error();
  Json told = Json::array();
  for (const accounts::Asked& each : *asked) {
    told.push_back(
        {{"request", each.request}, {"field", each.field}, {"purpose", to_json(each.purpose)}});
  }
  return told;
}

// Asks every account that can tell of the company; one that fails leaves what it told last.
Result<Json> Sources::company(const Json& body) {
  Json accounts_told = Json::array();
  const Result<std::vector<Account>> all = accounts_->list();
  if (!all) return all.error();
  for (const Account& account : *all) {
    if (!is_set(body, "offline") && account.active()) {
      const Result<ingest::Company> company = accounts_->read_company(account.name);
      if (!company && company.error().fault == Fault::storage) return company.error();
    }
    const Result<std::optional<ingest::Company>> last = accounts_->last_company(account.name);
    if (!last) return last.error();
    if (!*last) continue;
    const Result<Account> now = accounts_->find(account.name);
    if (!now) return now.error();
    Json told = to_json(*now);
    told["read_at"] = format_time((*last)->read_at);
    told["unusable"] = (*last)->unusable;
    accounts_told.push_back(std::move(told));
  }
  const Result<Letterhead> letterhead = letterhead_of(*settings_, *accounts_);
  if (!letterhead) return letterhead.error();
  Json told = to_json(*letterhead);
  told["accounts"] = std::move(accounts_told);
  return told;
}

}  // namespace refledger::tools
