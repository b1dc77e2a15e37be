#include "tools/refledger/control.h"

#include <thread>

#include "desk/audit/audit.h"
#include "ledger/core/file.h"
#include "ledger/core/hash.h"
#include "tools/refledger/desk_lock.h"
#include "tools/refledger/desk_orders.h"
#include "tools/refledger/fetch.h"

namespace refledger::tools {
namespace {

constexpr std::size_t kMaxAnswer = 64 * 1024 * 1024;
// A desk that starts reads its stores first, and a large log takes its time.
constexpr std::chrono::milliseconds kGlance{100};
constexpr int kGlances = 600;

// Where HR registers the webhook, and with which token.
Result<Json> webhook(OpenHome& home, const Settings& settings) {
  if (!settings.desk_listen || settings.desk_url.empty()) {
    return Error{Fault::refused, "webhooks need desk.listen and desk.url in the settings"};
  }
  const std::string& account = settings.issuer.account;
  const Result<std::string> token = home.webhook_token(account);
  if (!token) return token.error();
  return Json{{"token", *token}, {"url", settings.desk_url + "/hooks/personio/" + account}};
}

// Its vault is the only one that knows how long the audit log is.
Result<Json> check_audit(OpenHome& home, const Settings& settings) {
  const Result<audit::Head> head = audit::verify_log(Home(settings.data).audit(), home.vault());
  if (!head) return head.error();
  return Json{{"hash", head->hash}, {"lines", head->lines}};
}

Result<Json> ask_home(OpenHome& home, const Settings& settings, const std::string& path,
                      const Json& body) {
  if (path == "/webhook") return webhook(home, settings);
  if (path == "/audit") return check_audit(home, settings);
  return ask(home.desk(), path, body);
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
  const bool reads = only_looks(request.path) || request.path == "/webhook" ||
                     request.path == "/source/list" || request.path == "/audit";
  if (request.method != (reads ? "GET" : "POST")) return http::Response(405);
  if (!reads) {
    Result<Json> parsed = parse_json(request.body, kMaxQuestion, "body");
    if (!parsed) return http::Response(400);
    body = *std::move(parsed);
  }
  // They lock for themselves: a system that does not answer must not hold up the desk.
  if (Sources::serves(request.path)) return wrapped(sources_->answer(request.path, body));
  return wrapped(ask_home(*home_, *settings_, request.path, body));
}

http::Response Control::wrapped(const Result<Json>& done) {
  if (done) return http::Response(200, "application/json", done->dump());
  const Json fault{{"fault", name_of(done.error().fault)}, {"detail", done.error().detail}};
  if (done.error().fault == Fault::storage) on_storage_fault_();
  return http::Response(200, "application/json", fault.dump());
}

namespace {

// not_found: no desk answers.
Result<std::string> ask_desk(const Home& home, const std::string& path, const std::string& text) {
  const Result<Bytes> token = read_file(home.control_token(), 256);
  return ask_socket(home.control_socket(), token ? text_of(*token) : "", path, text);
}

// not_found: no desk is there, and none is on its way.
Result<std::string> ask_or_wait(const Home& home, const std::string& path,
                                const std::string& text) {
  for (int glances = 0;; ++glances) {
    Result<std::string> answer = ask_desk(home, path, text);
    if (answer || answer.error().fault != Fault::not_found) return answer;
    if (!DeskLock::is_taken(home.desk_lock())) return answer;
    if (glances == kGlances) return Error{Fault::conflict, "the desk is starting, try again later"};
    std::this_thread::sleep_for(kGlance);
  }
}

}  // namespace

Result<Json> ask_running_desk(const Settings& settings, const std::string& path) {
  const Result<std::string> answer = ask_desk(Home(settings.data), path, "");
  return answer ? unwrap(*answer) : Result<Json>(answer.error());
}

Result<Json> command(const Settings& settings, const std::string& path, const Json& body) {
  const std::string text = body.empty() ? "" : body.dump();
  const Result<std::string> answer = ask_or_wait(Home(settings.data), path, text);
  if (answer) return unwrap(*answer);
  if (answer.error().fault != Fault::not_found) return answer.error();

  Result<std::unique_ptr<OpenHome>> opened = OpenHome::open(settings);
  if (!opened) return opened.error();
  if (Sources::serves(path)) return Sources((*opened)->accounts(), settings).answer(path, body);
  return ask_home(**opened, settings, path, body);
}

}  // namespace refledger::tools
