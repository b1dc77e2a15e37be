// Absences as Personio's API v1 lists them: whole days under time-offs, hours under
// absence-periods.  Both count pages from 1.
//
// Source   developer.personio.de v1: time-off-types, time-offs, absence-periods
#include <algorithm>

#include "tools/personio-sandbox/draw.h"
#include "tools/personio-sandbox/v1.h"

namespace refledger::sandbox::v1 {
namespace {

using http::Request;
using std::chrono::sys_days;

constexpr std::uint64_t kMostAPage = 200;

struct ListQuery {
  std::uint64_t limit = kMostAPage;
  std::uint64_t page = 1;
  std::optional<Date> start;
  std::optional<Date> end;
  std::optional<Date> updated_from;
  std::vector<PersonId> employees;
};

Result<void> read_date(const std::string& value, std::optional<Date>& into) {
  const Result<Date> date = parse_date(std::string_view(value).substr(0, 10), "date");
  if (!date) return date.error();
  into = *date;
  return {};
}

Result<void> read_number(const std::string& value, std::uint64_t& into) {
  const auto read = number(value);
  if (!read) return Error{Fault::malformed, "not a number"};
  into = *read;
  return {};
}

Result<void> read_parameter(const std::string& name, const std::string& value, ListQuery& query) {
  if (name == "start_date") return read_date(value, query.start);
  if (name == "end_date") return read_date(value, query.end);
  if (name == "updated_from") return read_date(value, query.updated_from);
  if (name == "limit") return read_number(value, query.limit);
  if (name == "offset") return read_number(value, query.page);
  if (name != "employees[]") return {};
  query.employees.push_back(0);
  return read_number(value, query.employees.back());
}

Result<ListQuery> parse_query(const Request& request) {
  const auto pairs = http::form_pairs(request.query);
  if (!pairs) return Error{Fault::malformed, "query"};
  ListQuery query;
  for (const auto& [name, value] : *pairs) {
    if (Result<void> read = read_parameter(name, value, query); !read) return read.error();
  }
  if (query.limit == 0) return Error{Fault::out_of_range, "limit"};
  query.limit = std::min(query.limit, kMostAPage);
  query.page = std::max<std::uint64_t>(query.page, 1);  // 0 is silently taken for 1
  return query;
}

bool selected(const World& world, const ListQuery& query, const Absence& absence, bool by_hours) {
  if (absence.type->by_hours != by_hours) return false;
  if (query.start && absence.to && *absence.to < *query.start) return false;
  if (query.end && absence.from > *query.end) return false;
  return !query.updated_from || world.local.date_of(absence.changed) >= *query.updated_from;
}

std::vector<Absence> select(const World& world, const ListQuery& query, bool by_hours) {
  std::vector<Absence> found;
  const auto take = [&](PersonId person) {
    for (Absence& absence : world.absences.of(world.company, person)) {
      if (selected(world, query, absence, by_hours)) found.push_back(absence);
    }
  };
  for (const PersonId person : query.employees) {
    if (world.company.find(person)) take(person);
  }
  if (!query.employees.empty()) return found;
  for (auto id = world.company.after(0); id; id = world.company.after(*id)) take(*id);
  return found;
}

int minutes_of(const World& world, const Absence& absence) {
  int sum = 0;
  for (const WorkedDay& day : days_of(absence, world.utc_today())) sum += day.minutes;
  return sum;
}

Json day_based(const World& world, const Absence& absence) {
  const Date end = absence.to.value_or(world.utc_today());
  const double days = minutes_of(world, absence) / double(kMinutesADay);
  return {{"id", absence.id},
          {"status", absence.approved ? "approved" : "pending"},
          {"start_date", world.local.midnight(absence.from)},
          {"end_date", world.local.midnight(end)},
          {"days_count", days},
          {"half_day_start", absence.half_day_start},
          {"half_day_end", absence.half_day_end},
          {"time_off_type",
           {{"type", "TimeOffType"},
            {"attributes",
             {{"id", absence.type->id},
              {"name", absence.type->name},
              {"category", absence.type->category}}}}},
          {"employee", short_employee(world.company, absence.person)},
          {"certificate", {{"status", "not-required"}}},
          {"created_by", "API"},
          {"created_at", world.local.instant(absence.changed)},
          {"updated_at", world.local.instant(absence.changed)}};
}

/// The local day's first moment in UTC, so often on the day before.
std::string start_in_utc(const World& world, Date day) {
  return format_time(*world.local.parse(format_date(day)));
}

Json hour_based(const World& world, const Absence& absence) {
  Json breakdowns = Json::array();
  for (const WorkedDay& day : days_of(absence, world.utc_today())) {
    breakdowns.push_back({{"date", format_date(day.date)}, {"effective_duration", day.minutes}});
  }
  const Json end = absence.to ? Json(start_in_utc(world, *absence.to)) : Json();
  return {{"id", uuid_of(IdOf::absence, absence.person, absence.id)},
          {"measurement_unit", "hour"},
          {"effective_duration", minutes_of(world, absence)},
          {"employee", short_employee(world.company, absence.person)},
          {"absence_type",
           {{"type", "AbsenceType"},
            {"attributes",
             {{"id", uuid_of(IdOf::absence_type, 0, absence.type->id)},
              {"name", absence.type->name},
              {"time_off_type_id", absence.type->id}}}}},
          {"certificate", {{"status", "not-required"}}},
          {"start", start_in_utc(world, absence.from)},
          {"end", end},
          {"half_day_start", absence.half_day_start},
          {"half_day_end", absence.half_day_end},
          {"comment", ""},
          {"origin", "web"},
          {"status", absence.approved ? "approved" : "pending"},
          {"created_by", absence.person},
          {"created_at", format_time(absence.changed)},
          {"updated_at", format_time(absence.changed)},
          {"approved_at", nullptr},
          {"breakdowns", std::move(breakdowns)}};
}

Reply list(const World& world, const Request& request, bool by_hours) {
  const Result<ListQuery> query = parse_query(request);
  if (!query) return failure(422, query.error().detail, 422);
  const std::vector<Absence> found = select(world, *query, by_hours);
  Json data = Json::array();
  const std::uint64_t first = (query->page - 1) * query->limit;
  const std::uint64_t end = std::min<std::uint64_t>(found.size(), first + query->limit);
  for (std::uint64_t at = first; at < end; ++at) {
    const Absence& one = found.at(at);
    data.push_back({{"type", by_hours ? "AbsencePeriod" : "TimeOffPeriod"},
                    {"attributes", by_hours ? hour_based(world, one) : day_based(world, one)}});
  }
  Reply made = success(std::move(data));
  made.body["metadata"] = {{"total_elements", found.size()},
                           {"current_page", query->page},
                           {"total_pages", (found.size() + query->limit - 1) / query->limit}};
  made.body["offset"] = query->page;
  made.body["limit"] = query->limit;
  return made;
}

}  // namespace

Reply list_time_off_types(const World&) {
  Json data = Json::array();
  for (const AbsenceType& type : kAbsenceTypes) {
    data.push_back({{"type", "TimeOffType"},
                    {"attributes",
                     {{"id", type.id},
                      {"id_v2", uuid_of(IdOf::absence_type, 0, type.id)},
                      {"name", type.name},
                      {"category", type.category},
                      {"unit", type.by_hours ? "hour" : "day"},
                      {"approval_required", type.approval_required}}}});
  }
  return success(std::move(data));
}

Reply list_time_offs(const World& world, const Request& request) {
  return list(world, request, false);
}

Reply list_absence_periods(const World& world, const Request& request) {
  return list(world, request, true);
}

}  // namespace refledger::sandbox::v1
