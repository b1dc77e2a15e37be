// The head of an answer as bytes.
#include "http/wire.h"

#include <array>
#include <boost/beast/http/status.hpp>
#include <cstdio>

namespace refledger::http {
namespace {

std::string reason_of(unsigned status) {
  const auto known = boost::beast::http::int_to_status(status);
  return std::string(boost::beast::http::obsolete_reason(known));
}

void add_line(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string http_date(std::chrono::sys_seconds time) {
  static constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                kDays.at(std::chrono::weekday(day).c_encoding()), static_cast<unsigned>(date.day()),
                kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

bool may_have_body(unsigned status) { return status >= 200 && status != 204 && status != 304; }

std::string response_head(const Response& response, Manner manner, std::chrono::sys_seconds now) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status()) + " ";
  head.append(reason_of(response.status())).append("\r\n");
  add_line(head, "Date", http_date(now));
  for (const auto& [name, value] : response.headers()) add_line(head, name, value);
  if (may_have_body(response.status())) {
    add_line(head, "Content-Length", std::to_string(response.body().size()));
  }
  if (manner.close) {
    add_line(head, "Connection", "close");
  } else if (manner.version_1_0) {
    add_line(head, "Connection", "keep-alive");
  }
  return head.append("\r\n");
}

Response plain_answer(unsigned status) {
  Response answer(status, "text/plain; charset=utf-8",
                  std::to_string(status) + " " + reason_of(status) + "\n");
  answer.set("Cache-Control", "no-store");
  return answer;
}

}  // namespace refledger::http
