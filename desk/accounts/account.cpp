#include "desk/accounts/account.h"

#include <algorithm>
#include <cstdlib>

#include "ledger/core/json.h"
#include "ledger/core/text.h"

namespace refledger::accounts {
namespace {

constexpr std::size_t kMaxGiven = 16 * 1024;
constexpr std::size_t kMaxSecret = 4096;

Error broken(const char* what) {
  return {Fault::malformed, std::string(what) + ": not as it was written"};
}

Json to_json(const std::optional<Passed>& passed) {
  if (!passed) return nullptr;
  return {{"api", passed->api}, {"at", format_time(passed->at)}};
}

Json to_json(const std::optional<Failing>& failing) {
  if (!failing) return nullptr;
  return {{"since", format_time(failing->since)}, {"why", failing->why}};
}

Result<UtcMillis> time_member(const Json& object, const char* name) {
  const Result<std::string> text = string_member(object, name);
  if (!text) return text.error();
  return parse_time(*text, name);
}

Result<std::optional<Passed>> passed_from(const Json& object) {
  if (object.is_null()) return std::optional<Passed>();
  if (!has_exactly(object, {"api", "at"})) return broken("credentials");
  const Result<std::string> api = string_member(object, "api");
  if (!api) return api.error();
  const Result<UtcMillis> at = time_member(object, "at");
  if (!at) return at.error();
  return std::optional<Passed>(Passed{*at, *api});
}

Result<std::optional<Failing>> failing_from(const Json& object) {
  if (object.is_null()) return std::optional<Failing>();
  if (!has_exactly(object, {"since", "why"})) return broken("account");
  const Result<std::string> why = string_member(object, "why");
  if (!why) return why.error();
  const Result<UtcMillis> since = time_member(object, "since");
  if (!since) return since.error();
  return std::optional<Failing>(Failing{*since, *why});
}

Result<Mapping> mapping_from(const Json& object) {
  if (!object.is_object()) return broken("account");
  Mapping mapping;
  for (const auto& [field, key] : object.items()) {
    if (!key.is_string()) return broken("account");
    mapping[field] = key.get<std::string>();
  }
  return mapping;
}

Result<std::string> secret_member(const Json& object, const char* name) {
  Result<std::string> text = string_member(object, name);
  if (!text) return Error{Fault::malformed, std::string("credentials: ") + name + " is missing"};
  if (text->empty() || text->size() > kMaxSecret || !is_one_line(*text)) {
    return Error{Fault::malformed,
                 std::string("credentials: ") + name + " is not one line of up to 4096 bytes"};
  }
  return text;
}

}  // namespace

const char* name_of(Api api) {
  switch (api) {
    case Api::automatic:
      return "auto";
    case Api::v1:
      return "v1";
    case Api::v2:
      return "v2";
  }
  std::abort();
}

Result<Api> api_named(std::string_view name) {
  for (const Api api : {Api::automatic, Api::v1, Api::v2}) {
    if (name == name_of(api)) return api;
  }
  return Error{Fault::malformed, "api is none of auto, v1, v2"};
}

Result<Credentials> credentials_from_json(std::string_view text) {
  const Result<Json> given = parse_json(text, kMaxGiven, "credentials");
  // What the parser says about a place in the text stays out: it is a secret that was misspelt.
  if (!given || !given->is_object()) {
    return Error{Fault::malformed, "credentials: not one JSON object"};
  }
  const bool token = given->contains("token");
  if (!has_exactly(*given, {"token"}) && !has_exactly(*given, {"client_id", "client_secret"})) {
    return Error{Fault::malformed,
                 "credentials: neither {\"client_id\", \"client_secret\"} nor {\"token\"}"};
  }
  Result<std::string> secret = secret_member(*given, token ? "token" : "client_secret");
  if (!secret) return secret.error();
  if (token) return Credentials{"", *std::move(secret)};
  Result<std::string> id = secret_member(*given, "client_id");
  if (!id) return id.error();
  return Credentials{*std::move(id), *std::move(secret)};
}

bool is_account_name(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !name.empty() && name.size() <= 32 && name != "typed" && name != "settings" &&
         std::all_of(name.begin(), name.end(), allowed);
}

Result<std::string> to_text(const StoredAccount& stored) {
  return to_canonical_json({{"failing", to_json(stored.failing)},
                            {"kind", stored.kind},
                            {"mapping", Json(stored.mapping)},
                            {"name", stored.name},
                            {"v", 1}});
}

Result<StoredAccount> stored_account_from(std::string_view text) {
  const Result<Json> object = from_canonical_json(text, "account");
  if (!object) return object.error();
  if (!has_exactly(*object, {"failing", "kind", "mapping", "name", "v"}) || (*object)["v"] != 1) {
    return broken("account");
  }
  const Result<std::string> name = string_member(*object, "name");
  if (!name) return name.error();
  if (!is_account_name(*name)) return broken("account");
  const Result<std::string> kind = string_member(*object, "kind");
  if (!kind) return kind.error();
  const Result<Mapping> mapping = mapping_from((*object)["mapping"]);
  if (!mapping) return mapping.error();
  const Result<std::optional<Failing>> failing = failing_from((*object)["failing"]);
  if (!failing) return failing.error();
  return StoredAccount{*name, *kind, *mapping, *failing};
}

Result<std::string> to_text(const StoredConnection& stored) {
  const Connection& connection = stored.connection;
  return to_canonical_json({{"account", stored.account},
                            {"api", name_of(connection.api)},
                            {"base_url", connection.base_url},
                            {"ca_file", connection.ca_file.string()},
                            {"id", connection.credentials.id},
                            {"passed", to_json(stored.passed)},
                            {"secret", connection.credentials.secret},
                            {"set_at", format_time(stored.set_at)},
                            {"v", 1}});
}

Result<StoredConnection> stored_connection_from(std::string_view text) {
  const Result<Json> object = from_canonical_json(text, "credentials");
  if (!object) return object.error();
  if (!has_exactly(*object, {"account", "api", "base_url", "ca_file", "id", "passed", "secret",
                             "set_at", "v"}) ||
      (*object)["v"] != 1) {
    return broken("credentials");
  }
  StoredConnection stored;
  std::string api;
  std::string ca_file;
  for (const auto& [name, target] :
       {std::pair{"account", &stored.account}, std::pair{"api", &api},
        std::pair{"base_url", &stored.connection.base_url}, std::pair{"ca_file", &ca_file},
        std::pair{"id", &stored.connection.credentials.id},
        std::pair{"secret", &stored.connection.credentials.secret}}) {
    Result<std::string> member = string_member(*object, name);
    if (!member) return member.error();
    *target = *std::move(member);
  }
  const Result<Api> named = api_named(api);
  if (!named) return named.error();
  stored.connection.api = *named;
  stored.connection.ca_file = ca_file;
  const Result<UtcMillis> set_at = time_member(*object, "set_at");
  if (!set_at) return set_at.error();
  stored.set_at = *set_at;
  Result<std::optional<Passed>> passed = passed_from((*object)["passed"]);
  if (!passed) return passed.error();
  stored.passed = *std::move(passed);
  return stored;
}

std::string last4_of(std::string_view id) {
  return id.size() < 8 ? std::string() : std::string(id.substr(id.size() - 4));
}

}  // namespace refledger::accounts
