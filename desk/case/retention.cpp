#include "desk/case/retention.h"

namespace refledger::desk {
namespace {

using namespace std::chrono;

std::optional<Date> date_of(const Facts& facts, const char* name) {
  Result<Date> date = parse_date(value_of(facts, name).value_or(""), name);
  return date ? std::optional(*date) : std::nullopt;
}

std::optional<Date> begins(const Facts& facts, letter::RetentionFrom from) {
  const std::optional<Date> end = date_of(facts, "employed_to");
  switch (from) {
    case letter::RetentionFrom::employment_end:
      return end;
    case letter::RetentionFrom::year_end:
      return end ? std::optional(end->year() / December / 31) : end;
    case letter::RetentionFrom::document_date:
      return date_of(facts, "document_date");
  }
  std::abort();
}

// 29 February and so many years: the first of March.
Date day_after(Date last, int after_years) {
  const Date same_day = last + years(after_years);
  const sys_days end = same_day.ok()
                           ? sys_days(same_day)
                           : sys_days(same_day.year() / same_day.month() / std::chrono::last);
  return Date(end + days(1));
}

}  // namespace

std::optional<Date> retention_end(const Facts& facts, const std::string& type,
                                  const letter::Packs& packs, std::optional<unsigned> years) {
  const std::optional<Date> end = date_of(facts, "employed_to");
  if (!end) return std::nullopt;
  const auto pack = packs.find(value_of(facts, "governing_law").value_or(""), *end);
  if (!pack) return std::nullopt;
  const auto found = (*pack)->type(type);
  if (!found) return std::nullopt;
  const letter::Retention& rule = (*found)->retention;
  const std::optional<Date> from = begins(facts, rule.from);
  if (!from) return std::nullopt;
  return day_after(*from, years ? static_cast<int>(*years) : rule.years);
}

}  // namespace refledger::desk
