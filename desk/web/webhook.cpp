#include "desk/web/webhook.h"

#include <array>
#include <set>

#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "ledger/core/json.h"

namespace refledger::web {
namespace {

constexpr std::string_view kKind = "webhook-token";
constexpr std::size_t kMaxId = 64;
constexpr int kMaxDepth = 8;

Error malformed(const char* what) { return {Fault::malformed, std::string("webhook: ") + what}; }

// Ids of Personio are numbers; as text or not.
void take_id(const Json& value, std::set<std::string>& ids) {
  std::string id;
  if (value.is_number_unsigned()) id = std::to_string(value.get<std::uint64_t>());
  if (value.is_string()) id = value.get<std::string>();
  const bool usable =
      !id.empty() && id.size() <= kMaxId && id.find_first_not_of("0123456789") == std::string::npos;
  if (usable) ids.insert(std::move(id));
}

void take_member(const Json& object, const char* name, std::set<std::string>& ids) {
  const auto found = object.find(name);
  if (found != object.end()) take_id(*found, ids);
}

}  // namespace

Result<std::vector<std::string>> people_in_webhook(std::string_view body) {
  Result<Json> event = parse_json(body, kMaxWebhook, "webhook", kMaxDepth);
  if (!event) return malformed("not JSON");
  if (!event->is_object()) return malformed("not an object");
  const Result<std::string> name = string_member(*event, "event_name");
  if (!name) return malformed("event_name");
  if (!string_member(*event, "occurred_at")) return malformed("occurred_at");
  const auto payload = event->find("payload");
  if (payload == event->end() || !payload->is_object()) return malformed("payload");
  std::set<std::string> ids;
  for (const char* member : {"person_id", "employee_id"}) take_member(*payload, member, ids);
  const auto person = payload->find("person");
  if (person != payload->end() && person->is_object()) take_member(*person, "id", ids);
  if (name->starts_with("person.")) take_member(*payload, "id", ids);
  return std::vector<std::string>(ids.begin(), ids.end());
}

http::Response WebhookReceiver::answer(const http::Request& request) {
  if (request.path != path_) return http::Response(404);
  if (request.method != "POST") {
    http::Response wrong(405);
    wrong.set("Allow", "POST");
    return wrong;
  }
  if (!equal_secrets(bytes_of(request.header("authorization")), bytes_of(token_))) {
    return http::Response(401);
  }
  const Result<std::vector<std::string>> people = people_in_webhook(request.body);
  if (!people) return http::Response(400);
  hints_->add(*people);
  return http::Response(204);
}

Result<std::string> webhook_token(vault::Vault& vault, Random& random, std::string_view account) {
  const auto item = vault.find(kKind, account);
  if (!item) return item.error();
  if (*item) {
    const Result<Bytes> kept = vault.get(**item, kKind);
    return kept ? Result<std::string>(std::string(text_of(*kept))) : kept.error();
  }
  std::array<std::uint8_t, 32> drawn{};
  random.fill(drawn);
  std::string token = to_hex(drawn);
  const Result<vault::ItemId> added = vault.add(kKind, account, bytes_of(token));
  return added ? Result<std::string>(std::move(token)) : added.error();
}

}  // namespace refledger::web
