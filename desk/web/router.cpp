#include "desk/web/router.h"

#include <algorithm>
#include <cstdlib>

#include "http/message.h"

namespace refledger::site {
namespace {

constexpr std::size_t kMaxSegment = 200;

std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  while (path.starts_with('/')) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.emplace_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

bool is_any(const std::string& segment) { return segment.starts_with('{'); }

// Whether they fit, and what stands for {name}.
std::optional<std::map<std::string, std::string>> match(const std::vector<std::string>& pattern,
                                                        const std::vector<std::string>& path) {
  if (pattern.size() != path.size()) return std::nullopt;
  std::map<std::string, std::string> found;
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (!is_any(pattern[at])) {
      if (pattern[at] != path[at]) return std::nullopt;
      continue;
    }
    const std::optional<std::string> value = http::percent_decode(path[at]);
    if (!value || value->empty() || value->size() > kMaxSegment) return std::nullopt;
    found[pattern[at].substr(1, pattern[at].size() - 2)] = *value;
  }
  return found;
}

}  // namespace

Router::Router(const std::vector<Route>& routes) {
  for (const Route& route : routes) {
    for (const Entry& entry : entries_) {
      const bool same =
          entry.route->pattern == route.pattern && entry.route->method == route.method;
      if (same) std::abort();
    }
    entries_.push_back({&route, segments_of(route.pattern)});
  }
  // Fixed segments first, the earlier the better.
  std::ranges::stable_sort(entries_, {}, [](const Entry& entry) {
    std::vector<bool> any;
    for (const std::string& segment : entry.segments) any.push_back(is_any(segment));
    return any;
  });
}

Router::Found Router::find(std::string_view method, std::string_view path) const {
  const Method wanted = method == "POST" ? Method::post : Method::get;
  const bool known = method == "POST" || method == "GET" || method == "HEAD";
  const std::vector<std::string> segments = segments_of(path);
  Found found;
  for (const Entry& entry : entries_) {
    auto values = match(entry.segments, segments);
    if (!values) continue;
    if (known && entry.route->method == wanted) return {entry.route, *std::move(values), false};
    found.other_method = true;
  }
  return found;
}

}  // namespace refledger::site
