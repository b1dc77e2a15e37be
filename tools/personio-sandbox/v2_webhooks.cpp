// The list of webhooks; they are registered by HR, which here is the control path.
//
// Source   developer.personio.de v2: webhooks
#include "tools/personio-sandbox/listing.h"
#include "tools/personio-sandbox/v2.h"

namespace refledger::sandbox::v2 {

Reply list_webhooks(const World& world, const http::Request& request) {
  const Result<Listing> listing = parse_listing(request, {20, 100, {}});
  if (!listing) return bad_request(world, listing.error().detail);
  std::vector<Json> rows;
  for (const Subscription& one : world.webhooks.subscriptions()) {
    rows.push_back({{"id", one.id},
                    {"url", one.url()},
                    {"description", "registered by HR"},
                    {"enabled_events", one.events},
                    {"status", one.enabled ? "ENABLED" : "DISABLED"},
                    {"auth_type", one.token.empty() ? "NONE" : "TOKEN"}});
  }
  return page_of_all(world, request, *listing, std::move(rows));
}

}  // namespace refledger::sandbox::v2
