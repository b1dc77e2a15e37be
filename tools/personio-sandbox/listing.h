// The lists of v2: limit, cursor, filters and links.
//
// Shape    A cursor is opaque, and holds filters, limit and place.  It is found only in the link to
//          the next page; the last page has none.  Filters that come along with a cursor must be
//          the ones it was made with.
// Errors   malformed, in the API's own words
// Source   developer.personio.de v2: persons, employments, org-units
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "tools/personio-sandbox/world.h"

namespace refledger::sandbox::v2 {

struct ListRules {
  std::uint64_t default_limit;
  std::uint64_t max_limit;
  std::set<std::string, std::less<>> filters;  ///< names; those of times end in "_at", ".gt", ".lt"
};

struct Listing {
  std::uint64_t limit = 0;
  std::uint64_t after = 0;  ///< the place behind which the page begins; 0: at the front
  std::map<std::string, std::string, std::less<>> filters;
  std::string self;  ///< path and query

  /// Whether `value` is one of the comma-separated values asked for, or nothing was asked.
  bool allows(std::string_view filter, std::string_view value) const;
  /// The filters NAME, NAME.gt and NAME.lt.
  bool allows_time(const std::string& name, UtcMillis time) const;
  std::optional<UtcMillis> time(std::string_view filter) const;
  /// The numbers among the values asked for; nothing: none were asked for.
  std::optional<std::set<std::uint64_t>> numbers(std::string_view filter) const;
};

Result<Listing> parse_listing(const http::Request& request, const ListRules& rules);

/// One page and its links.  `next_path` is where the link to the next page leads, which for
/// employments is not where the list is.  `more_after`: the place of the page's last row if others
/// follow.
Reply page(const World& world, const Listing& listing, Json rows, std::string_view next_path,
           std::optional<std::uint64_t> more_after);

/// For short lists: `rows` are all that match, of which the page takes its part.
Reply page_of_all(const World& world, const http::Request& request, const Listing& listing,
                  std::vector<Json> rows);

/// As the company's setting has it: with the real host, or from the slash on.
std::string link(const World& world, std::string_view path_and_query);

/// A whole number of at most nine digits.
std::optional<std::uint64_t> whole_number(std::string_view text);

/// RFC 3339 in UTC, to the second or the millisecond.
Result<UtcMillis> parse_rfc3339(std::string_view text);

}  // namespace refledger::sandbox::v2
