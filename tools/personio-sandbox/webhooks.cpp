// Whom the sandbox tells what happened.
#include "tools/personio-sandbox/webhooks.h"

#include <algorithm>
#include <array>

namespace refledger::sandbox {
namespace {

constexpr std::size_t kKept = 1000;
constexpr const char* kCompanyId = "4242";

std::string text_of_event(const std::string& event, const Json& ids, UtcMillis when) {
  return Json{{"company_id", kCompanyId},
              {"event_name", event},
              {"occurred_at", format_time(when).substr(0, 19) + "Z"},
              {"payload", ids},
              {"meta", Json::object()}}
      .dump();
}

Result<std::uint16_t> parse_port(std::string_view text) {
  const bool digits = !text.empty() && text.size() <= 5 &&
                      text.find_first_not_of("0123456789") == std::string_view::npos;
  const unsigned long port = digits ? std::stoul(std::string(text)) : 0;
  if (port == 0 || port > 65535) return Error{Fault::malformed, "url: no port"};
  return static_cast<std::uint16_t>(port);
}

}  // namespace

Result<Subscription> parse_hook_url(std::string_view url) {
  static constexpr std::array<std::string_view, 2> kHosts = {"http://127.0.0.1:",
                                                             "http://localhost:"};
  const auto host = std::find_if(kHosts.begin(), kHosts.end(),
                                 [&](std::string_view one) { return url.starts_with(one); });
  if (host == kHosts.end()) return Error{Fault::refused, "url: only http to this machine"};
  const std::string_view rest = url.substr(host->size());
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const Result<std::uint16_t> port = parse_port(rest.substr(0, slash));
  if (!port) return port.error();
  const std::string path(slash == rest.size() ? "/" : rest.substr(slash));
  const bool plain =
      std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c < 127; });
  if (!plain) return Error{Fault::malformed, "url: path"};
  Subscription made;
  made.port = *port;
  made.path = path;
  return made;
}

void Webhooks::subscribe(Subscription subscription) {
  subscriptions_.push_back(std::move(subscription));
}

void Webhooks::tell(const std::string& event, const Json& ids, UtcMillis now) {
  for (const Subscription& one : subscriptions_) {
    if (!one.enabled || (!one.events.empty() && !one.events.contains(event))) continue;
    if (deliveries_.size() == kKept) deliveries_.pop_front();
    deliveries_.push_back({next_number_++, one, event, text_of_event(event, ids, now)});
  }
}

void Webhooks::tell_on(const std::string& event, const Json& ids, std::optional<UtcMillis> when,
                       UtcMillis now) {
  const std::pair<std::string, std::string> key(event, ids.dump());
  later_.erase(key);
  if (when) later_.emplace(key, Later{*when, ids});
  come_due(now);
}

void Webhooks::come_due(UtcMillis now) {
  for (auto one = later_.begin(); one != later_.end();) {
    if (one->second.when > now) {
      ++one;
      continue;
    }
    tell(one->first.first, one->second.ids, one->second.when);
    one = later_.erase(one);
  }
}

std::optional<Delivery> Webhooks::next() {
  const auto found = std::find_if(deliveries_.begin(), deliveries_.end(),
                                  [](const Delivery& one) { return !one.done; });
  if (found == deliveries_.end()) return std::nullopt;
  return *found;
}

void Webhooks::sent(const Delivery& delivery) {
  for (Delivery& one : deliveries_) {
    if (one.number == delivery.number) one = delivery;
  }
}

}  // namespace refledger::sandbox
