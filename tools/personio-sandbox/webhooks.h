// Whom the sandbox tells what happened, as HR has registered them; never a person's data.
//
// Shape    {"company_id":…,"event_name":"employment.terminated","occurred_at":…,"payload":{ids},
//          "meta":{}}
// Order    begins and ends of employments are told when their day comes.  A delivery is tried again
//          after no answer within 3 s or a 5xx other than 501: six times, two requests each.
// Threads  One at a time; Sandbox sees to it.  WebhookSender does the sending.
// Source   developer.personio.de v2 webhooks.  Which keys `payload` has is not documented.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/core/json.h"
#include "ledger/core/time.h"

namespace refledger::sandbox {

struct Subscription {
  std::string id;
  std::string path;  ///< at 127.0.0.1
  std::uint16_t port = 0;
  std::string token;             ///< sent verbatim as Authorization; empty: none is
  std::set<std::string> events;  ///< empty: every event
  bool enabled = true;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port) + path; }
};

/// "http://127.0.0.1:8481/hook", "http://localhost:8481/hook"; refused: any other place.
Result<Subscription> parse_hook_url(std::string_view url);

struct Delivery {
  std::uint64_t number = 0;
  Subscription to;
  std::string event;
  std::string body;
  unsigned attempts = 0;               ///< made so far
  std::vector<unsigned> answers = {};  ///< 0: none within the time
  bool done = false;
};

class Webhooks {
 public:
  void subscribe(Subscription subscription);
  void unsubscribe_all() { subscriptions_.clear(); }
  const std::vector<Subscription>& subscriptions() const { return subscriptions_; }

  /// `ids` are what the payload holds.
  void tell(const std::string& event, const Json& ids, UtcMillis now);
  /// The same, when `day` comes; replaces what was to be told of `event` for these ids.  Nothing:
  /// not at all any more.
  void tell_on(const std::string& event, const Json& ids, std::optional<UtcMillis> when,
               UtcMillis now);
  /// Makes deliveries of what was to be told by `now`.
  void come_due(UtcMillis now);

  /// The first delivery that waits, to be sent.
  std::optional<Delivery> next();
  void sent(const Delivery& delivery);
  const std::deque<Delivery>& deliveries() const { return deliveries_; }

 private:
  struct Later {
    UtcMillis when;
    Json ids;
  };
  std::vector<Subscription> subscriptions_;
  std::map<std::pair<std::string, std::string>, Later> later_;  ///< by event and ids
  std::deque<Delivery> deliveries_;
  std::uint64_t next_number_ = 1;
};

}  // namespace refledger::sandbox
