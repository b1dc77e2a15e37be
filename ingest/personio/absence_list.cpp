#include "ingest/personio/absence_list.h"

#include <algorithm>

#include "ingest/personio/cursor.h"
#include "ingest/personio/value.h"
#include "ingest/source/absences.h"
#include "ingest/source/calendar.h"

namespace refledger::ingest::personio {
namespace {

Error bad(const char* what) { return {Fault::malformed, std::string("absences: ") + what}; }

bool yes(const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  return value == 1 || value == "1" || value == "true";
}

// A category is one word of the API's; anything else is as good as none.
std::string word_of(const Json& value) {
  if (!value.is_string()) return {};
  const std::string text = value.get<std::string>();
  return is_id(text) ? *to_lower(text) : std::string();
}

Result<Date> day_of(const Json& value) {
  if (!value.is_string()) return bad("a day is missing");
  const Result<Date> day = to_day(value.get_ref<const std::string&>());
  if (!day) return bad("not a date");
  return day;
}

// v1 wraps things in {"type":…,"attributes":{…}}.
const Json& inside(const Json& item) {
  const Json& attributes = member(item, "attributes");
  return attributes.is_object() ? attributes : item;
}

std::string v1_person(const Json& absence) {
  const Json& id = member(inside(member(absence, "employee")), "id");
  const std::optional<std::uint64_t> number =
      lenient_number(id.is_object() ? member(id, "value") : id);
  return number ? std::to_string(*number) : std::string();
}

// Whole days: local midnights.
Result<void> read_days(const Json& item, Absence& absence) {
  const Result<Date> from = day_of(member(item, "start_date"));
  if (!from) return from.error();
  absence.from = *from;
  if (member(item, "end_date").is_null()) return {};
  const Result<Date> to = day_of(member(item, "end_date"));
  if (!to) return to.error();
  absence.to = *to;
  return {};
}

// Hours: "start" is an instant in UTC, so often on the day before; the breakdowns name the days.
Result<void> read_hours(const Json& item, Absence& absence) {
  bool first = true;
  for (const Json& part : member(item, "breakdowns")) {
    const Result<Date> day = day_of(member(part, "date"));
    if (!day) return day.error();
    absence.from = first ? *day : std::min(absence.from, *day);
    absence.to = first ? *day : std::max(*absence.to, *day);
    first = false;
  }
  if (first) return bad("hours without days");
  return {};
}

Result<Absence> v1_absence(const Json& item) {
  const Json& told = inside(item);
  Absence absence;
  const std::optional<std::string> id = id_in(told);
  if (!id) return bad("one without an id");
  absence.id = *id;
  absence.person_id = v1_person(told);
  const bool hours = told.contains("absence_type");
  const Json& type = inside(member(told, hours ? "absence_type" : "time_off_type"));
  absence.type_id = id_in(type).value_or("");
  if (hours) {
    const auto number = lenient_number(member(type, "time_off_type_id"));
    if (number) absence.type_id = std::to_string(*number);
  }
  absence.category = word_of(member(type, "category"));
  const Json& status = member(told, "status");
  absence.approved = status.is_null() || status == "approved";
  absence.half_day_start = yes(member(told, "half_day_start"));
  absence.half_day_end = yes(member(told, "half_day_end"));
  const Result<void> days = hours ? read_hours(told, absence) : read_days(told, absence);
  if (!days) return days.error();
  return absence;
}

Result<Absence> v2_absence(const Json& item) {
  Absence absence;
  const std::optional<std::string> id = id_in(item);
  if (!id) return bad("one without an id");
  absence.id = *id;
  absence.person_id = id_in(member(item, "person")).value_or("");
  absence.type_id = id_in(member(item, "absence_type")).value_or("");
  const std::string status = word_of(member(member(item, "approval"), "status"));
  absence.approved = status.empty() || status == "approved";
  const Json& start = member(item, "starts_from");
  const Result<Date> from = day_of(member(start, "date_time"));
  if (!from) return from.error();
  absence.from = *from;
  absence.half_day_start = word_of(member(start, "type")) == "second_half";
  const Json& end = member(item, "ends_at");
  if (!end.is_object()) return absence;  // it goes on
  const Result<Date> to = day_of(member(end, "date_time"));
  if (!to) return to.error();
  absence.to = *to;
  absence.half_day_end = word_of(member(end, "type")) == "first_half";
  return absence;
}

Result<AbsencePage> page_of(const Json& list, Result<Absence> (*read)(const Json&)) {
  if (!list.is_array()) return bad("a list is expected");
  AbsencePage page;
  for (const Json& item : list) {
    if (!item.is_object()) return bad("object expected");
    Result<Absence> one = read(item);
    if (!one) return one.error();
    page.absences.push_back(std::move(*one));
  }
  return page;
}

}  // namespace

Result<Categories> parse_categories(std::string_view body) {
  const Result<Json> parsed = parse_json(body, kMaxAbsenceBytes, "absence types");
  if (!parsed) return parsed.error();
  const Json& v1 = member(*parsed, "data");
  const Json& list = v1.is_array() ? v1 : member(*parsed, "_data");
  if (!list.is_array()) return Error{Fault::malformed, "absence types: a list is expected"};
  Categories categories;
  for (const Json& item : list) {
    const Json& told = inside(item);
    const std::string category = word_of(member(told, "category"));
    if (const auto id = id_in(told)) categories[*id] = category;
    const Json& second = member(told, "id_v2");
    if (second.is_string()) categories[second.get<std::string>()] = category;
  }
  return categories;
}

Result<AbsencePage> parse_v1_absences(std::string_view body) {
  const Result<Json> parsed = parse_json(body, kMaxAbsenceBytes, "absences");
  if (!parsed) return parsed.error();
  Result<AbsencePage> page = page_of(member(*parsed, "data"), v1_absence);
  if (page) page->total = lenient_number(member(member(*parsed, "metadata"), "total_elements"));
  return page;
}

Result<AbsencePage> parse_v2_absences(std::string_view body) {
  const Result<Json> parsed = parse_json(body, kMaxAbsenceBytes, "absences");
  if (!parsed) return parsed.error();
  Result<AbsencePage> page = page_of(member(*parsed, "_data"), v2_absence);
  if (!page) return page;
  Result<std::optional<std::string>> cursor = next_cursor(*parsed);
  if (!cursor) return cursor.error();
  page->cursor = std::move(*cursor);
  return page;
}

std::vector<AbsencePeriod> to_periods(const std::vector<Absence>& absences,
                                      const Categories& categories, std::string_view person_id,
                                      Date from, Date to) {
  std::vector<AbsencePeriod> periods;
  for (const Absence& one : absences) {
    const bool others = !one.person_id.empty() && one.person_id != person_id;
    const Date end = std::min(one.to.value_or(to), to);
    const Date start = std::max(one.from, from);
    if (others || !one.approved || start > end) continue;
    const auto found = categories.find(one.type_id);
    std::string category = one.category;
    if (category.empty() && found != categories.end()) category = found->second;
    if (category.empty()) category = "undefined";
    periods.push_back({category, start, end, one.half_day_start && start == one.from,
                       one.half_day_end && one.to == end});
  }
  return merged(std::move(periods));
}

}  // namespace refledger::ingest::personio
