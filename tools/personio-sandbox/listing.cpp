// The lists of v2.
#include "tools/personio-sandbox/listing.h"

#include <algorithm>

#include "ledger/core/encoding.h"

namespace refledger::sandbox::v2 {
namespace {

constexpr std::string_view kCursor = "cur_";
constexpr const char* kWrongParameter = "Provided request parameters are invalid.";
constexpr const char* kWrongFilter = "Provided filter encoding is invalid.";

using Filters = std::map<std::string, std::string, std::less<>>;

std::string encode(const Listing& listing, std::uint64_t after) {
  const Json inside = {{"a", after}, {"f", listing.filters}, {"l", listing.limit}};
  return std::string(kCursor) + to_base64url(bytes_of(inside.dump()));
}

Result<void> decode(std::string_view cursor, Listing& listing) {
  const Error wrong{Fault::malformed, "Provided cursor is invalid."};
  if (!cursor.starts_with(kCursor)) return wrong;
  const Result<Bytes> bytes = from_base64url(cursor.substr(kCursor.size()), "cursor");
  if (!bytes) return wrong;
  const Result<Json> inside = parse_json(text_of(*bytes), 8192, "cursor");
  const bool whole = inside && has_exactly(*inside, {"a", "f", "l"}) && (*inside)["f"].is_object();
  if (!whole) return wrong;
  const Result<std::uint64_t> after = number_member(*inside, "a");
  const Result<std::uint64_t> limit = number_member(*inside, "l");
  if (!after || !limit) return wrong;
  listing.after = *after;
  listing.limit = *limit;
  for (const auto& [name, value] : (*inside)["f"].items()) {
    if (!value.is_string()) return wrong;
    listing.filters[name] = value;
  }
  return {};
}

std::vector<std::string_view> parts_of(std::string_view list) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t comma = list.find(',');
    parts.push_back(list.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    list.remove_prefix(comma + 1);
  }
}

bool names_time(std::string_view filter) {
  return filter.ends_with("_at") || filter.ends_with(".gt") || filter.ends_with(".lt") ||
         filter.ends_with("date_time.gte") || filter.ends_with("date_time.lte");
}

Result<std::uint64_t> read_limit(const std::string& value, const ListRules& rules) {
  const std::uint64_t limit = whole_number(value).value_or(0);
  if (limit < 1 || limit > rules.max_limit) return Error{Fault::out_of_range, kWrongParameter};
  return limit;
}

Result<void> read_filter(const std::string& name, const std::string& value, const ListRules& rules,
                         Filters& filters) {
  if (!rules.filters.contains(name)) {
    const bool known = rules.filters.contains(name.substr(0, name.rfind('.')));
    return Error{Fault::malformed, known ? kWrongFilter : "Parameter [" + name + "] is invalid."};
  }
  if (names_time(name) && !parse_rfc3339(value)) return Error{Fault::malformed, kWrongParameter};
  if (!filters.try_emplace(name, value).second) return Error{Fault::malformed, kWrongFilter};
  return {};
}

}  // namespace

std::optional<std::uint64_t> whole_number(std::string_view text) {
  const bool digits = !text.empty() && text.size() < 10 &&
                      text.find_first_not_of("0123456789") == std::string_view::npos;
  if (!digits) return std::nullopt;
  return std::stoull(std::string(text));
}

Result<UtcMillis> parse_rfc3339(std::string_view text) {
  std::string whole(text);
  if (whole.size() == 20 && whole.back() == 'Z') whole.replace(19, 1, ".000Z");
  return parse_time(whole, "time");
}

bool Listing::allows(std::string_view filter, std::string_view value) const {
  const auto found = filters.find(filter);
  if (found == filters.end()) return true;
  const std::vector<std::string_view> values = parts_of(found->second);
  return std::find(values.begin(), values.end(), value) != values.end();
}

std::optional<std::set<std::uint64_t>> Listing::numbers(std::string_view filter) const {
  const auto found = filters.find(filter);
  if (found == filters.end()) return std::nullopt;
  std::set<std::uint64_t> made;
  for (const std::string_view value : parts_of(found->second)) {
    if (const auto number = whole_number(value)) made.insert(*number);
  }
  return made;
}

std::optional<UtcMillis> Listing::time(std::string_view filter) const {
  const auto found = filters.find(filter);
  if (found == filters.end()) return std::nullopt;
  return *parse_rfc3339(found->second);
}

bool Listing::allows_time(const std::string& name, UtcMillis at) const {
  const auto exactly = time(name);
  const auto above = time(name + ".gt");
  const auto below = time(name + ".lt");
  // Times are told to the second, so they are compared to the second.
  const auto told = std::chrono::floor<std::chrono::seconds>(at);
  return (!exactly || told == *exactly) && (!above || told > *above) && (!below || told < *below);
}

Result<Listing> parse_listing(const http::Request& request, const ListRules& rules) {
  const auto pairs = http::form_pairs(request.query);
  if (!pairs) return Error{Fault::malformed, kWrongFilter};
  Listing listing;
  listing.limit = rules.default_limit;
  listing.self = request.path + (request.query.empty() ? "" : "?" + request.query);
  std::optional<std::uint64_t> limit;
  Filters given;
  bool continued = false;
  for (const auto& [name, value] : *pairs) {
    if (name == "limit") {
      const Result<std::uint64_t> read = read_limit(value, rules);
      if (!read) return read.error();
      limit = *read;
    } else if (name == "cursor") {
      if (Result<void> read = decode(value, listing); !read) return read.error();
      continued = true;
    } else if (Result<void> read = read_filter(name, value, rules, given); !read) {
      return read.error();
    }
  }
  if (continued && !given.empty() && given != listing.filters) {
    return Error{Fault::malformed, kWrongParameter};
  }
  if (!continued) listing.filters = given;
  if (limit) listing.limit = *limit;
  return listing;
}

std::string link(const World& world, std::string_view path_and_query) {
  const char* host = world.links == Links::absolute ? "https://api.personio.de" : "";
  return host + std::string(path_and_query);
}

Reply page(const World& world, const Listing& listing, Json rows, std::string_view next_path,
           std::optional<std::uint64_t> more_after) {
  Json links = {{"self", {{"href", link(world, listing.self)}}}};
  if (more_after) {
    const std::string next = std::string(next_path) + "?cursor=" + encode(listing, *more_after);
    links["next"] = {{"href", link(world, next)}};
  }
  return {200, {{"_data", std::move(rows)}, {"_meta", {{"links", std::move(links)}}}}};
}

Reply page_of_all(const World& world, const http::Request& request, const Listing& listing,
                  std::vector<Json> rows) {
  Json taken = Json::array();
  const std::uint64_t end = std::min<std::uint64_t>(rows.size(), listing.after + listing.limit);
  for (std::uint64_t at = listing.after; at < end; ++at) taken.push_back(std::move(rows[at]));
  const bool more = end < rows.size();
  return page(world, listing, std::move(taken), request.path,
              more ? std::optional(end) : std::nullopt);
}

}  // namespace refledger::sandbox::v2
