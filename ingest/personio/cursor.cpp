#include "ingest/personio/cursor.h"

#include <algorithm>

#include "ingest/personio/value.h"

namespace refledger::ingest::personio {
namespace {

constexpr std::size_t kMaxCursor = 4096;

// What may stand in a query's value as it came: unreserved, percent-encoded, and the marks of
// base64.
bool is_query_value(std::string_view text) {
  return !text.empty() && text.size() <= kMaxCursor &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  std::string_view("-._~%=+/:").find(c) != std::string_view::npos;
         });
}

std::string_view cursor_in(std::string_view href) {
  href = href.substr(0, href.find('#'));
  const std::size_t query = href.find('?');
  if (query == std::string_view::npos) return {};
  std::string_view rest = href.substr(query + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    if (pair.starts_with("cursor=")) return pair.substr(7);
  }
  return {};
}

}  // namespace

Result<std::optional<std::string>> next_cursor(const Json& body) {
  const Json& next = member(member(member(body, "_meta"), "links"), "next");
  const Json& href = next.is_string() ? next : member(next, "href");
  if (href.is_null() || href == "") return std::optional<std::string>();
  if (href.is_string()) {
    const std::string_view cursor = cursor_in(href.get_ref<const std::string&>());
    if (is_query_value(cursor)) return std::optional(std::string(cursor));
  }
  return Error{Fault::malformed, "the next page's link has no usable cursor"};
}

}  // namespace refledger::ingest::personio
