// What was asked of the sandbox.
#include "tools/personio-sandbox/request_log.h"

#include <algorithm>
#include <array>

namespace refledger::sandbox {
namespace {

constexpr std::size_t kKept = 10000;
constexpr std::size_t kMostPaths = 200;

// Anything else that stands in a query may be a secret in the wrong place, or about a person.
constexpr std::array<std::string_view, 20> kHarmless = {"limit",         "offset",
                                                        "updated_since", "attributes[]",
                                                        "updated_at",    "updated_at.gt",
                                                        "updated_at.lt", "created_at",
                                                        "created_at.gt", "created_at.lt",
                                                        "status",        "id",
                                                        "type",          "include_parent_chain",
                                                        "sort",          "start_date",
                                                        "end_date",      "employees[]",
                                                        "person.id",     "absence_type.id"};

/// The path with `*` for every part that holds a digit, but for the API's version.
std::string without_ids(const std::string& path) {
  std::string shown;
  std::size_t at = std::min(path.find('/', 1), path.size());
  shown = path.substr(0, at);
  while (at < path.size()) {
    const std::size_t end = std::min(path.find('/', at + 1), path.size());
    const std::string part = path.substr(at + 1, end - at - 1);
    const bool id = part.find_first_of("0123456789") != std::string::npos;
    shown += "/" + (id ? "*" : part);
    at = end;
  }
  return shown;
}

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
  const std::string what = request.method + " " + without_ids(request.path);
  if (counts_.size() < kMostPaths || counts_.contains(what)) ++counts_[what];
}

void RequestLog::clear() {
  entries_.clear();
  counts_.clear();
}

Json RequestLog::entries(std::uint64_t from) const {
  Json shown = Json::array();
  for (const Json& entry : entries_) {
    if (entry["n"].get<std::uint64_t>() >= from) shown.push_back(entry);
  }
  return shown;
}

}  // namespace refledger::sandbox
