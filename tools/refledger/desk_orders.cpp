#include "tools/refledger/desk_orders.h"

#include <algorithm>
#include <array>
#include <map>

#include "ledger/format/link.h"
#include "tools/refledger/issue_control.h"

namespace refledger::tools {
namespace {

Json to_json(const std::vector<desk::CaseSummary>& cases) {
  Json list = Json::array();
  for (const desk::CaseSummary& each : cases) {
    Json one{{"case", each.case_id},
             {"stage", desk::name_of(each.stage)},
             {"name", each.name},
             {"position", each.position},
             {"employed_from", each.employed_from},
             {"employed_to", each.employed_to},
             {"country", each.country},
             {"waiting_for", each.waiting_for},
             {"reference", each.reference_id},
             {"note", each.note},
             {"planned", each.planned},
             {"deleted_in_source", each.gone}};
    if (each.absences) {
      one["absent_days"] = each.absences->absent_days;
      one["employed_days"] = each.absences->employed_days;
      one["net_days"] = each.absences->net_days();
      one["long_absence_share"] = each.absences->long_share();
    }
    list.push_back(std::move(one));
  }
  return list;
}

Json to_json(const std::vector<desk::Former>& people) {
  Json list = Json::array();
  for (const desk::Former& each : people) {
    list.push_back({{"person", each.person},
                    {"employed_from", format_date(each.start)},
                    {"employed_to", each.end ? format_date(*each.end) : ""},
                    {"deleted_in_source", each.deleted},
                    {"has_case", each.has_case}});
  }
  return list;
}

Json to_json(const std::vector<desk::Word>& words) {
  Json list = Json::array();
  for (const desk::Word& each : words) {
    list.push_back({{"field", each.field},
                    {"account", each.account},
                    {"counts", each.counts},
                    {"chosen", each.chosen},
                    {"disputed", each.disputed},
                    {"value", each.value},
                    {"source", each.source},
                    {"key", each.key},
                    {"read_at", format_time(each.read_at)},
                    {"reason", each.reason}});
  }
  return list;
}

std::string day_text(const std::optional<Date>& day) { return day ? format_date(*day) : ""; }

bool flag(const Json& body, const char* name) {
  const auto found = body.find(name);
  return found != body.end() && found->is_boolean() && found->get<bool>();
}

Result<Json> sync(desk::Desk& desk, const Json& body) {
  desk::SyncOptions options;
  options.full = flag(body, "full");
  options.dry_run = flag(body, "dry_run");
  const Result<desk::SyncReport> report = desk.sync(options);
  if (!report) return report.error();
  return tools::to_json(*report);
}

Result<Json> withdraw(desk::Desk& desk, const Json& body) {
  const Result<std::string> text = string_member(body, "id");
  if (!text) return text.error();
  const Result<ReferenceId> id = format::parse_id(*text);
  if (!id) return id.error();
  if (Result<void> withdrawn = desk.withdraw(*id); !withdrawn) return withdrawn.error();
  return Json{{"id", *text}, {"status", "withdrawn"}};
}

Result<void> confirm_end(desk::Desk& desk, const std::string& case_id, const Json& body) {
  const Result<std::string> by = string_member(body, "by");
  if (!by) return by.error();
  const Result<std::string> text = string_member(body, "end");
  if (!text) return text.error();
  if (text->empty()) return desk.confirm_end(case_id, std::nullopt, *by);
  const Result<Date> end = parse_date(*text, "end");
  return end ? desk.confirm_end(case_id, *end, *by) : end.error();
}

Result<void> choose(desk::Desk& desk, const std::string& case_id, const Json& body) {
  const Result<std::string> field = string_member(body, "field");
  if (!field) return field.error();
  const Result<std::string> from = string_member(body, "from");
  return from ? desk.choose(case_id, *field, *from) : from.error();
}

Result<void> type(desk::Desk& desk, const std::string& case_id, const Json& body) {
  std::map<std::string, std::string> given;
  for (const char* name : {"field", "value", "by", "reason"}) {
    const Result<std::string> text = string_member(body, name);
    if (!text) return text.error();
    given[name] = *text;
  }
  return desk.type(case_id, given["field"], given["value"], given["by"], given["reason"]);
}

Result<void> send_to(desk::Desk& desk, const std::string& case_id, const Json& body) {
  const Result<std::string> by = string_member(body, "by");
  if (!by) return by.error();
  const Result<std::string> to = string_member(body, "to");
  return to ? desk.send_to(case_id, *to, *by) : to.error();
}

Result<Json> claim(desk::Desk& desk, const Json& body) {
  const Result<std::string> case_id = string_member(body, "case");
  if (!case_id) return case_id.error();
  const Result<desk::ClaimTicket> ticket = desk.make_claim(*case_id);
  if (!ticket) return ticket.error();
  return Json{{"case", *case_id},
              {"code", ticket->code},
              {"good_until", format_time(ticket->good_until)},
              {"pin", ticket->pin}};
}

Result<Json> correct(desk::Desk& desk, const Json& body) {
  const Result<std::string> case_id = string_member(body, "case");
  if (!case_id) return case_id.error();
  const Result<std::string> opened = desk.correct(*case_id, flag(body, "urgent"));
  return opened ? Result<Json>(Json{{"case", *opened}}) : opened.error();
}

Result<Json> order(desk::Desk& desk, const Json& body) {
  const Result<std::string> case_id = string_member(body, "case");
  if (!case_id) return case_id.error();
  const Result<std::string> what = string_member(body, "order");
  if (!what) return what.error();
  Result<void> done = Error{Fault::not_found, "no such order"};
  if (*what == "hold") done = desk.hold(*case_id);
  if (*what == "release") done = desk.release(*case_id);
  if (*what == "arrived") done = desk.arrived(*case_id);
  if (*what == "done") done = desk.settle(*case_id);
  if (*what == "bounced") done = desk.bounced(*case_id);
  if (*what == "send") done = send_to(desk, *case_id, body);
  if (*what == "erase") done = desk.erase(*case_id);
  if (*what == "confirm-end") done = confirm_end(desk, *case_id, body);
  if (*what == "choose") done = choose(desk, *case_id, body);
  if (*what == "type") done = type(desk, *case_id, body);
  if (!done) return done.error();
  return Json{{"case", *case_id}, {"order", *what}};
}

Result<Json> look(desk::Desk& desk, const std::string& path) {
  if (path == "/cases") {
    const Result<std::vector<desk::CaseSummary>> cases = desk.cases();
    return cases ? Result<Json>(to_json(*cases)) : cases.error();
  }
  if (path == "/former") {
    const Result<std::vector<desk::Former>> people = desk.former();
    return people ? Result<Json>(to_json(*people)) : people.error();
  }
  if (path == "/progress") {
    const desk::SyncProgress progress = desk.progress();
    return Json{{"people", progress.people}, {"reading", progress.reading}};
  }
  const Result<desk::HrReading> reading = desk.reading();
  if (!reading) return reading.error();
  return Json{{"unusable", reading->unusable}, {"not_delivered", reading->not_delivered}};
}

}  // namespace

bool only_looks(const std::string& path) {
  static constexpr std::array<std::string_view, 4> kLooking{"/cases", "/reading", "/former",
                                                            "/progress"};
  return std::find(kLooking.begin(), kLooking.end(), path) != kLooking.end();
}

Result<Json> ask(desk::Desk& desk, const std::string& path, const Json& body) {
  if (only_looks(path)) return look(desk, path);
  if (path == "/sync") return sync(desk, body);
  if (path == "/withdraw") return withdraw(desk, body);
  if (path == "/order") return order(desk, body);
  if (path.rfind("/issue", 0) == 0) return issue_by(desk, path, body);
  if (path == "/claim") return claim(desk, body);
  if (path == "/correct") return correct(desk, body);
  if (path == "/all-about") {
    const Result<std::string> case_id = string_member(body, "case");
    return case_id ? desk.all_about(*case_id) : case_id.error();
  }
  if (path == "/words") {
    const Result<std::string> case_id = string_member(body, "case");
    if (!case_id) return case_id.error();
    const Result<std::vector<desk::Word>> words = desk.words(*case_id);
    return words ? Result<Json>(to_json(*words)) : words.error();
  }
  if (path == "/open") {
    const Result<std::string> person = string_member(body, "person");
    if (!person) return person.error();
    const Result<std::string> opened = desk.open_former(*person);
    return opened ? Result<Json>(Json{{"case", *opened}}) : opened.error();
  }
  return Error{Fault::not_found, "no such command"};
}

Json to_json(const desk::SyncReport& report) {
  Json findings = Json::array();
  for (const ingest::Finding& each : report.findings) {
    findings.push_back({{"person", each.id},
                        {"event", ingest::name_of(each.event)},
                        {"day", day_text(each.day)},
                        {"was", day_text(each.was)}});
  }
  Json acts = Json::array();
  for (const desk::PlannedAct& each : report.acts) {
    acts.push_back({{"act", desk::name_of(each.act)},
                    {"person", each.person},
                    {"case", each.case_id},
                    {"waiting", desk::name_of(each.waiting)},
                    {"issue", each.issue}});
  }
  return {{"people", report.people},
          {"leavers", report.leavers},
          {"opened", report.opened},
          {"issued", report.issued},
          {"delivered", report.delivered},
          {"waiting", report.waiting},
          {"noticed", report.noticed},
          {"entered_again", report.entered_again},
          {"complete", report.complete},
          {"requests", report.requests},
          {"api", report.api},
          {"dry_run", report.dry_run},
          {"findings", std::move(findings)},
          {"acts", std::move(acts)},
          {"unusable", report.unusable},
          {"not_delivered", report.not_delivered},
          {"lost", report.lost},
          {"problems", report.problems}};
}

}  // namespace refledger::tools
