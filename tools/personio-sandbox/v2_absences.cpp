// Absences as Personio's API v2 tells them: types, periods, and how much of each day they took.
//
// Source   developer.personio.de v2: absence-types, absence-periods
#include "tools/personio-sandbox/draw.h"
#include "tools/personio-sandbox/listing.h"
#include "tools/personio-sandbox/v2.h"

namespace refledger::sandbox::v2 {
namespace {

const ListRules kTypes = {100, 100, {"id"}};
const ListRules kPeriods = {
    100,
    100,
    {"id", "person.id", "absence_type.id", "updated_at", "updated_at.gt", "updated_at.lt",
     "starts_from.date_time.gte", "starts_from.date_time.lte", "ends_at.date_time.gte",
     "ends_at.date_time.lte"}};

std::string upper(std::string_view text) {
  std::string made(text);
  for (char& c : made) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return made;
}

std::string type_id(const AbsenceType& type) { return uuid_of(IdOf::absence_type, 0, type.id); }
std::string period_id(const Absence& absence) {
  return uuid_of(IdOf::absence, absence.person, absence.id);
}

/// Local time without an offset.
Json moment(Date day, bool half, const char* which) {
  return {{"date_time", format_date(day) + "T00:00:00"}, {"type", half ? Json(which) : Json()}};
}

Json period(const Absence& absence) {
  const Json end = absence.to ? moment(*absence.to, absence.half_day_end, "FIRST_HALF") : Json();
  return {{"id", period_id(absence)},
          {"person", {{"id", std::to_string(absence.person)}}},
          {"absence_type", {{"id", type_id(*absence.type)}}},
          {"starts_from", moment(absence.from, absence.half_day_start, "SECOND_HALF")},
          {"ends_at", end},
          {"timezone_id", "Europe/Zurich"},
          {"approval", {{"status", absence.approved ? "APPROVED" : "PENDING"}}},
          {"comment", nullptr},
          {"created_at", seconds_text(absence.changed)},
          {"updated_at", seconds_text(absence.changed)}};
}

bool selected(const Listing& listing, const Absence& absence) {
  const auto bound = [&](const char* filter) { return listing.time(filter); };
  const UtcMillis from = std::chrono::sys_days(absence.from);
  const UtcMillis to =
      absence.to ? UtcMillis(std::chrono::sys_days(*absence.to)) : UtcMillis::max();
  const auto not_before = [](std::optional<UtcMillis> limit, UtcMillis time) {
    return !limit || time >= *limit;
  };
  const auto not_behind = [](std::optional<UtcMillis> limit, UtcMillis time) {
    return !limit || time <= *limit;
  };
  return listing.allows("id", period_id(absence)) &&
         listing.allows("absence_type.id", type_id(*absence.type)) &&
         listing.allows_time("updated_at", absence.changed) &&
         not_before(bound("starts_from.date_time.gte"), from) &&
         not_behind(bound("starts_from.date_time.lte"), from) &&
         not_before(bound("ends_at.date_time.gte"), to) &&
         not_behind(bound("ends_at.date_time.lte"), to);
}

/// All periods that match, of the persons asked for or of everybody.
std::vector<Absence> select(const World& world, const Listing& listing) {
  std::vector<Absence> found;
  const auto take = [&](PersonId person) {
    for (Absence& absence : world.absences.of(world.company, person)) {
      if (selected(listing, absence)) found.push_back(absence);
    }
  };
  const auto asked = listing.numbers("person.id");
  if (asked) {
    for (const std::uint64_t person : *asked) take(person);
    return found;
  }
  for (auto id = world.company.after(0); id; id = world.company.after(*id)) take(*id);
  return found;
}

}  // namespace

Reply list_absence_types(const World& world, const http::Request& request) {
  const Result<Listing> listing = parse_listing(request, kTypes);
  if (!listing) return bad_request(world, listing.error().detail);
  std::vector<Json> rows;
  for (const AbsenceType& type : kAbsenceTypes) {
    if (!listing->allows("id", type_id(type))) continue;
    rows.push_back({{"id", type_id(type)},
                    {"name", type.name},
                    {"category", upper(type.category)},
                    {"unit", type.by_hours ? "HOUR" : "DAY"}});
  }
  return page_of_all(world, request, *listing, std::move(rows));
}

Reply list_absence_periods(const World& world, const http::Request& request) {
  const Result<Listing> listing = parse_listing(request, kPeriods);
  if (!listing) return bad_request(world, listing.error().detail);
  std::vector<Json> rows;
  for (const Absence& absence : select(world, *listing)) rows.push_back(period(absence));
  return page_of_all(world, request, *listing, std::move(rows));
}

Reply absence_breakdowns(const World& world, std::string_view id) {
  const PersonId person = absence_number(id) / kIdsOfAPerson;
  for (const Absence& absence : world.absences.of(world.company, person)) {
    if (period_id(absence) != id) continue;
    Json rows = Json::array();
    for (const WorkedDay& day : days_of(absence, world.utc_today())) {
      const bool hours = absence.type->by_hours;
      const double value = double(day.minutes) / (hours ? 60 : kMinutesADay);
      rows.push_back(
          {{"date", format_date(day.date)},
           {"effective_duration", {{"unit", hours ? "HOUR" : "DAY"}, {"value", value}}}});
    }
    return {200, {{"_data", std::move(rows)}, {"_meta", {{"links", Json::object()}}}}};
  }
  return not_found(world);
}

}  // namespace refledger::sandbox::v2
