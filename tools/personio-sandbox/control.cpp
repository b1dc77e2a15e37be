// The control path: which order is whose, and those that are not about people.
#include "tools/personio-sandbox/control.h"

#include <array>

#include "tools/personio-sandbox/bexio.h"
#include "tools/personio-sandbox/draw.h"

namespace refledger::sandbox {
namespace control {
namespace {

using http::Request;
using http::Response;

constexpr std::size_t kMaxBody = std::size_t{64} * 1024;

unsigned status_for(Fault fault) {
  switch (fault) {
    case Fault::not_found:
      return 404;
    case Fault::conflict:
      return 409;
    case Fault::malformed:
    case Fault::out_of_range:
    case Fault::refused:
      return 400;
    case Fault::storage:
    case Fault::upstream:
      return 500;
  }
  return 500;
}

/// The number `name`, `otherwise` where the order has none; malformed beyond `most`.
Result<std::uint64_t> number_or(const Json& order, const char* name, std::uint64_t otherwise,
                                std::uint64_t most) {
  if (!order.contains(name)) return otherwise;
  const Result<std::uint64_t> number = number_member(order, name);
  if (!number || *number > most) return Error{Fault::malformed, name};
  return number;
}

std::string text_or(const Json& order, const char* name, const char* otherwise) {
  const Result<std::string> text = string_member(order, name);
  return text ? *text : otherwise;
}

/// The texts of the list `name`, each of which `known` must accept.
template <class Known>
Result<std::set<std::string>> texts(const Json& order, const char* name, Known known) {
  std::set<std::string> found;
  for (const Json& one : order.at(name)) {
    if (!one.is_string() || !known(one.get<std::string>())) {
      return Error{Fault::malformed, std::string(name) + ": there is no such one"};
    }
    found.insert(key_of(one));
  }
  return found;
}

Response revoke_tokens(World& world, const Json& order) {
  if (order.contains("lifetime_seconds")) {
    const Result<std::uint64_t> lifetime = number_or(order, "lifetime_seconds", 0, 86400);
    if (!lifetime) return failed(lifetime.error());
    world.tokens_v1.set_lifetime(std::chrono::seconds(*lifetime));
    world.tokens_v2.set_lifetime(std::chrono::seconds(*lifetime));
  }
  world.tokens_v1.revoke();
  world.tokens_v2.revoke();
  return done();
}

Response plan_fault(World& world, const Json& order) {
  const std::string name = text_or(order, "kind", "");
  if (name == "none") {
    world.faults.clear();
    return done();
  }
  Result<PlannedFault> fault = parse_fault(name);
  if (!fault) return failed(fault.error());
  const Result<std::uint64_t> at = number_or(order, "at", 1, 1000000);
  const Result<std::uint64_t> times = number_or(order, "times", 1, 1000000);
  const Result<std::uint64_t> late = number_or(order, "ms", 1000, 600000);
  if (!at || !times || !late || *at == 0 || *times == 0) {
    return failed({Fault::malformed, "at, times, ms"});
  }
  fault->at = *at;
  fault->times = *times;
  fault->late = std::chrono::milliseconds(*late);
  fault->path = text_or(order, "path", "");
  fault->attribute = key_of(text_or(order, "attribute", ""));
  world.faults.plan(*fault);
  return done();
}

/// What is ticked on the API credential from now on.
Response permit(World& world, const Json& order) {
  for (const char* name : {"attributes", "scopes"}) {
    if (order.contains(name) && !order[name].is_array()) return failed({Fault::malformed, name});
  }
  if (!order.contains("attributes") && !order.contains("scopes")) {
    return failed({Fault::malformed, "attributes or scopes"});
  }
  std::set<std::string> attributes = world.permitted;
  if (order.contains("attributes")) {
    const auto read = texts(order, "attributes", [](const std::string& one) {
      return find_attribute(key_of(one)) != nullptr;
    });
    if (!read) return failed(read.error());
    attributes = *read;
  }
  if (order.contains("scopes")) {
    const auto read = texts(order, "scopes", [](const std::string& one) {
      return std::find(kScopes.begin(), kScopes.end(), one) != kScopes.end();
    });
    if (!read) return failed(read.error());
    world.scopes = *read;
  }
  world.permitted = std::move(attributes);
  return done();
}

/// What Personio leaves open: how links are written, and what a change of an employment moves.
Response behave(World& world, const Json& order) {
  const std::string links = text_or(order, "links", "");
  if (links == "absolute") world.links = Links::absolute;
  if (links == "relative") world.links = Links::relative;
  const auto touches = order.find("employment_touches_person");
  if (touches != order.end() && !touches->is_boolean()) {
    return failed({Fault::malformed, "employment_touches_person"});
  }
  if (touches != order.end()) world.employment_touches_person = touches->get<bool>();
  return done();
}

Response register_webhook(World& world, const Json& order) {
  Result<Subscription> made = parse_hook_url(text_or(order, "url", ""));
  if (!made) return failed(made.error());
  made->token = text_or(order, "token", "");
  for (const char c : made->token) {
    if (c < ' ' || c > '~') return failed({Fault::malformed, "token"});
  }
  if (order.contains("events")) {
    if (!order["events"].is_array()) return failed({Fault::malformed, "events"});
    const auto events = texts(order, "events", [](const std::string&) { return true; });
    if (!events) return failed(events.error());
    made->events = *events;
  }
  made->id = uuid_of(IdOf::webhook, 0, world.webhooks.subscriptions().size());
  const Json shown = {{"id", made->id}, {"url", made->url()}};
  world.webhooks.subscribe(std::move(*made));
  return done(shown);
}

Response change_bexio(World& world, const Json& order) {
  if (order.contains("sparse")) world.bexio_profile = bexio_profile(order["sparse"] == true);
  if (!order.contains("set")) return done();
  if (!order["set"].is_object()) return failed({Fault::malformed, "set"});
  for (const auto& [name, value] : order["set"].items()) {
    if (!world.bexio_profile.contains(name))
      return failed({Fault::malformed, "set: no such field"});
  }
  world.bexio_profile.update(order["set"]);
  return done();
}

Response list_deliveries(const World& world) {
  Json list = Json::array();
  for (const Delivery& one : world.webhooks.deliveries()) {
    list.push_back({{"n", one.number},
                    {"url", one.to.url()},
                    {"event", one.event},
                    {"attempts", one.attempts},
                    {"answers", one.answers},
                    {"done", one.done}});
  }
  return done(std::move(list));
}

Response show_log(const World& world, const Request& request) {
  const auto from = http::form_value(request.query, "from");
  const bool number = from && from->size() < 10 && !from->empty() &&
                      from->find_first_not_of("0123456789") == std::string::npos;
  if (from && !number) return failed({Fault::malformed, "from"});
  return done(world.log.entries(from ? std::stoull(*from) : 0));
}

struct Order {
  std::string_view path;
  Response (*carry_out)(World&, const Json&);
};

constexpr auto kOrders = std::to_array<Order>({{"/control/hire", hire},
                                               {"/control/terminate", terminate},
                                               {"/control/extend", withdraw},
                                               {"/control/withdraw", withdraw},
                                               {"/control/rename", set},
                                               {"/control/set", set},
                                               {"/control/rehire", rehire},
                                               {"/control/move", move},
                                               {"/control/delete", remove},
                                               {"/control/absence", absence},
                                               {"/control/permit", permit},
                                               {"/control/behave", behave},
                                               {"/control/revoke-tokens", revoke_tokens},
                                               {"/control/fault", plan_fault},
                                               {"/control/webhook", register_webhook},
                                               {"/control/bexio", change_bexio}});

Response carry_out(World& world, const Request& request) {
  const Result<Json> order =
      request.body.empty() ? Json::object() : parse_json(request.body, kMaxBody, "order");
  if (!order) return failed(order.error());
  if (!order->is_object()) return failed({Fault::malformed, "order: not an object"});
  for (const Order& known : kOrders) {
    if (known.path == request.path) return known.carry_out(world, *order);
  }
  return failed({Fault::not_found, "no such order; see docs/personio-sandbox.md"});
}

Response forget(World& world, const Request& request) {
  if (request.path == "/control/log") world.log.clear();
  if (request.path == "/control/webhooks") world.webhooks.unsubscribe_all();
  return done();
}

Response show(const World& world, const Request& request) {
  if (request.path == "/control/people") return list_people(world);
  if (request.path == "/control/log") return show_log(world, request);
  if (request.path == "/control/counts") return done(world.log.counts());
  if (request.path == "/control/webhooks") return list_deliveries(world);
  if (request.path == "/control/faults") return done(fault_names());
  return failed({Fault::not_found, "people, log, counts, webhooks or faults"});
}

}  // namespace

Response failed(const Error& error) {
  return json_answer(status_for(error.fault), {{"error", error.detail}});
}

Response done(Json body) { return json_answer(200, body); }

}  // namespace control

http::Response answer_control(World& world, const http::Request& request) {
  if (request.method == "POST") return control::carry_out(world, request);
  if (request.method == "DELETE") return control::forget(world, request);
  if (request.method == "GET") return control::show(world, request);
  return json_answer(405, {{"error", "GET, POST, DELETE"}});
}

}  // namespace refledger::sandbox
