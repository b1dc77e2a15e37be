#include "tools/refledger/control.h"

#include "ledger/core/file.h"
#include "ledger/core/hash.h"
#include "ledger/format/link.h"
#include "tools/refledger/fetch.h"

namespace refledger::tools {
namespace {

constexpr std::size_t kMaxAnswer = 64 * 1024 * 1024;
constexpr std::size_t kMaxOrder = 32 * 1024;

Result<Json> withdraw(desk::Desk& desk, const Json& body) {
  const Result<std::string> text = string_member(body, "id");
  if (!text) return text.error();
  const Result<ReferenceId> id = format::parse_id(*text);
  if (!id) return id.error();
  if (Result<void> withdrawn = desk.withdraw(*id); !withdrawn) return withdrawn.error();
  return Json{{"id", *text}, {"status", "withdrawn"}};
}

Result<Json> run(desk::Desk& desk, const std::string& path, const Json& body) {
  if (path == "/cases") {
    const Result<std::vector<desk::CaseSummary>> cases = desk.cases();
    if (!cases) return cases.error();
    return to_json(*cases);
  }
  if (path == "/reading") {
    const Result<desk::HrReading> reading = desk.reading();
    if (!reading) return reading.error();
    return Json{{"unusable", reading->unusable}, {"not_delivered", reading->not_delivered}};
  }
  if (path == "/sync") {
    const Result<desk::SyncReport> report = desk.sync();
    if (!report) return report.error();
    return to_json(*report);
  }
  if (path == "/withdraw") return withdraw(desk, body);
  return Error{Fault::not_found, "no such command"};
}

std::optional<Fault> fault_named(const std::string& name) {
  for (const Fault fault : {Fault::malformed, Fault::out_of_range, Fault::not_found,
                            Fault::conflict, Fault::refused, Fault::storage, Fault::upstream}) {
    if (name == name_of(fault)) return fault;
  }
  return std::nullopt;
}

// A fault travels inside a 200 answer, so that the client has it in the desk's own words.
Result<Json> unwrap(const std::string& answer) {
  Result<Json> told = parse_json(answer, kMaxAnswer, "the desk's answer");
  if (!told) return told;
  if (!told->is_object() || !told->contains("fault")) return told;
  const std::optional<Fault> fault = fault_named(told->value("fault", ""));
  return Error{fault.value_or(Fault::upstream), told->value("detail", "")};
}

}  // namespace

http::Response Control::answer(const http::Request& request) {
  const std::string expected = "Bearer " + token_;
  if (!equal_secrets(bytes_of(request.header("authorization")), bytes_of(expected))) {
    return http::Response(403);
  }
  Json body = Json::object();
  const bool reads =
      request.path == "/cases" || request.path == "/reading" || request.path == "/source/list";
  if (request.method != (reads ? "GET" : "POST")) return http::Response(405);
  if (!reads) {
    Result<Json> parsed = parse_json(request.body, kMaxOrder, "body");
    if (!parsed) return http::Response(400);
    body = *std::move(parsed);
  }
  // They lock for themselves: a system that does not answer must not hold up the desk.
  if (Sources::serves(request.path)) return wrapped(sources_->answer(request.path, body));
  // Looking is possible while the desk works: a mail server may take minutes to answer.
  const std::unique_lock<std::mutex> alone =
      reads ? std::unique_lock<std::mutex>() : std::unique_lock<std::mutex>(*busy_);
  return wrapped(run(*desk_, request.path, body));
}

http::Response Control::wrapped(const Result<Json>& done) {
  if (done) return http::Response(200, "application/json", done->dump());
  const Json fault{{"fault", name_of(done.error().fault)}, {"detail", done.error().detail}};
  if (done.error().fault == Fault::storage) on_storage_fault_();
  return http::Response(200, "application/json", fault.dump());
}

Json to_json(const desk::SyncReport& report) {
  return {{"people", report.people},       {"leavers", report.leavers},
          {"opened", report.opened},       {"issued", report.issued},
          {"delivered", report.delivered}, {"waiting", report.waiting},
          {"unusable", report.unusable},   {"problems", report.problems}};
}

Json to_json(const std::vector<desk::CaseSummary>& cases) {
  Json list = Json::array();
  for (const desk::CaseSummary& each : cases) {
    list.push_back({{"case", each.case_id},
                    {"stage", desk::name_of(each.stage)},
                    {"name", each.name},
                    {"position", each.position},
                    {"employed_from", each.employed_from},
                    {"employed_to", each.employed_to},
                    {"country", each.country},
                    {"waiting_for", each.waiting_for},
                    {"reference", each.reference_id},
                    {"note", each.note}});
  }
  return list;
}

Result<Json> command(const Settings& settings, const std::string& path, const Json& body) {
  const Home home(settings.data);
  const std::string text = body.empty() ? "" : body.dump();
  const Result<Bytes> token = read_file(home.control_token(), 256);
  const Result<std::string> answer =
      ask_socket(home.control_socket(), token ? text_of(*token) : "", path, text);
  if (answer) return unwrap(*answer);
  if (answer.error().fault != Fault::not_found) return answer.error();

  Result<std::unique_ptr<OpenHome>> opened = OpenHome::open(settings);
  if (!opened) return opened.error();
  if (Sources::serves(path)) return Sources((*opened)->accounts(), settings).answer(path, body);
  return run((*opened)->desk(), path, body);
}

}  // namespace refledger::tools
