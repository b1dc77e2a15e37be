#include <charconv>

#include "desk/web/account/pages.h"

namespace refledger::site {
namespace {

using access::Role;

constexpr std::size_t kPerPage = 50;
constexpr std::uint64_t kMostPages = 100'000;

std::uint64_t page_number(const std::string& text) {
  std::uint64_t number = 1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool good = error == std::errc{} && end == text.data() + text.size();
  return good && number > 0 && number < kMostPages ? number : 1;
}

std::string who(const Context& context, const AccountParts& parts, const std::string& id) {
  if (id == "nobody") return context.text("account.by_nobody");
  if (id == "desk") return context.text("account.by_desk");
  const auto user = parts.access->user(id);
  return user ? user->name : id;
}

// An act that has no sentence is shown as it stands in the log.
std::string what(const Context& context, const std::string& act) {
  std::string key = "act." + act;
  for (char& letter : key) {
    if (letter == '-') letter = '_';
  }
  const std::string text = context.text(key);
  return text == key ? act : text;
}

std::string address(const std::string& of, const std::string& by, std::uint64_t number) {
  return "/audit?of=" + of + "&by=" + by + "&page=" + std::to_string(number);
}

bool is_id(const std::string& text) {
  return text.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
         std::string::npos;
}

http::Response show(Context& context, const AccountParts& parts) {
  const std::uint64_t number = page_number(context.query.get("page"));
  const std::string of = is_id(context.query.get("of")) ? context.query.get("of") : "";
  const std::string by = is_id(context.query.get("by")) ? context.query.get("by") : "";
  const auto page =
      parts.audit->newest((number - 1) * kPerPage, kPerPage, [&](const audit::Event& event) {
        return (of.empty() || event.of == of) && (by.empty() || event.by == by);
      });
  if (!page) return context.failed(page.error());
  Json events = Json::array();
  for (const audit::Event& event : page->events) {
    events.push_back({{"number", event.number},
                      {"at", context.time(event.at)},
                      {"who", who(context, parts, event.by)},
                      {"what", what(context, event.did)},
                      {"subject", who(context, parts, event.of)}});
  }
  Json people = Json::array();
  for (const access::User& user : parts.access->users()) {
    people.push_back({{"user_id", user.id}, {"person", user.name}, {"chosen", user.id == by}});
  }
  const bool more = number * kPerPage < page->matching;
  return context.page("audit", {{"title", context.text("account.audit")},
                                {"events", std::move(events)},
                                {"people", std::move(people)},
                                {"of", of},
                                {"count", page->matching},
                                {"newer", number > 1 ? address(of, by, number - 1) : ""},
                                {"older", more ? address(of, by, number + 1) : ""}});
}

http::Response download(Context& context, const AccountParts& parts) {
  Result<std::string> lines = parts.audit->export_lines();
  if (!lines) return context.failed(lines.error());
  http::Response response(200, "application/x-ndjson", *std::move(lines));
  response.set("Content-Disposition", "attachment; filename=\"audit.jsonl\"");
  return response;
}

}  // namespace

void add_log(Area& area, const SharedAccountParts& parts) {
  const auto add = [&](const char* pattern, const char* act, auto function) {
    area.routes.push_back(
        {Method::get, pattern, Who::with(Role::administrator | Role::auditor), act,
         [parts, function](Context& context) { return function(context, *parts); }});
  };
  add("/audit", "audit.view", show);
  add("/audit/export", "audit.export", download);
  area.menu.push_back({"/audit", "account.audit", Role::administrator | Role::auditor});
}

}  // namespace refledger::site
