// What was asked of the sandbox.
#include "tools/personio-sandbox/request_log.h"

#include <algorithm>
#include <array>

namespace refledger::sandbox {
namespace {

constexpr std::size_t kKept = 10000;

// Anything else that stands in a query may be a secret in the wrong place.
constexpr std::array<std::string_view, 4> kHarmless = {"limit", "offset", "updated_since",
                                                       "attributes[]"};

std::string harmless_query(const std::string& query) {
  const auto pairs = http::form_pairs(query);
  if (!pairs) return query.empty() ? "" : "(malformed)";
  std::string shown;
  for (const auto& [name, value] : *pairs) {
    const bool harmless = std::find(kHarmless.begin(), kHarmless.end(), name) != kHarmless.end();
    shown.append(shown.empty() ? "" : "&")
        .append(name)
        .append("=")
        .append(harmless ? value : "(hidden)");
  }
  return shown;
}

}  // namespace

std::set<std::string> asked_attributes(const http::Request& request) {
  std::set<std::string> asked;
  const auto pairs = http::form_pairs(request.query);
  if (!pairs) return asked;
  for (const auto& [name, value] : *pairs) {
    if (name == "attributes[]") asked.insert(value);
  }
  return asked;
}

void RequestLog::add(const http::Request& request, unsigned status, UtcMillis now) {
  if (entries_.size() == kKept) entries_.pop_front();
  entries_.push_back({{"n", next_++},
                      {"at", format_time(now)},
                      {"method", request.method},
                      {"path", request.path},
                      {"query", harmless_query(request.query)},
                      {"attributes", asked_attributes(request)},
                      {"status", status}});
}

Json RequestLog::entries(std::uint64_t from) const {
  Json shown = Json::array();
  for (const Json& entry : entries_) {
    if (entry["n"].get<std::uint64_t>() >= from) shown.push_back(entry);
  }
  return shown;
}

}  // namespace refledger::sandbox
