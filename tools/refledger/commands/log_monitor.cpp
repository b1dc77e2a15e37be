// `refledger log monitor`: follows somebody's log from outside.
#include <iostream>

#include "http/client/exchange.h"
#include "ledger/core/file.h"
#include "ledger/core/json.h"
#include "tools/refledger/commands/command.h"
#include "tools/refledger/commands/log_parts.h"
#include "tools/refledger/ledger_reader.h"
#include "tools/refledger/stop.h"
#include "verify/monitor/monitor.h"

namespace refledger::tools {
namespace {

constexpr int kExitCannotRead = 3;
constexpr std::size_t kMaxBody = std::size_t{32} << 20;
constexpr std::size_t kMaxMemory = std::size_t{64} << 20;

// Every answer is checked against a signature, so plain http will do.
Result<monitor::Get> reader_of(const std::string& url, const std::string& ca_file) {
  Result<client::Endpoint> endpoint = client::parse_base_url(url);
  if (!endpoint) return endpoint.error();
  endpoint->signed_content = true;
  endpoint->ca_file = ca_file;
  return monitor::Get([endpoint = *endpoint](const std::string& path) -> Result<std::string> {
    client::Request request;
    request.target = "/" + path;
    request.answer_type = "*/*";
    Result<client::Answer> answer = client::exchange(endpoint, request, kMaxBody);
    if (!answer) return answer.error();
    if (answer->status == 404) return Error{Fault::not_found, path + ": not there"};
    if (answer->status != 200) {
      return Error{Fault::upstream, path + ": the log answered " + std::to_string(answer->status)};
    }
    return std::move(answer->body);
  });
}

Result<monitor::Memory> recall(const std::filesystem::path& file) {
  const Result<Bytes> text = read_file(file, kMaxMemory);
  if (!text && text.error().fault == Fault::not_found) return monitor::Memory{};
  if (!text) return text.error();
  return monitor::parse_memory(text_of(*text));
}

Json closed_json(const std::optional<format::Closing>& closed) {
  if (!closed) return nullptr;
  return {{"size", closed->last.size.leaves},
          {"key_stolen", closed->key_stolen},
          {"next", closed->next ? Json(format::format_vkey(*closed->next)) : Json()}};
}

void print(const monitor::Report& report, bool as_json) {
  if (as_json) {
    Json entries = Json::array();
    for (const monitor::Seen& seen : report.entries) {
      entries.push_back(
          {{"index", seen.index}, {"act", seen.act}, {"iss", seen.iss}, {"kid", seen.kid}});
    }
    std::cout << Json{{"before", report.before.leaves},
                      {"now", report.now.leaves},
                      {"entries", entries},
                      {"alarms", report.alarms},
                      {"evidence", report.evidence},
                      {"closed", closed_json(report.closed)}}
                     .dump()
              << std::endl;
    return;
  }
  for (const monitor::Seen& seen : report.entries) {
    std::cout << seen.index << "  " << seen.act << "  " << seen.iss << "  " << seen.kid << "\n";
  }
  for (const std::string& alarm : report.alarms) std::cout << "ALARM  " << alarm << "\n";
  if (!report.evidence.empty()) std::cout << "Shown now:\n" << report.evidence;
  if (report.closed) {
    std::cout << report.closed->last.origin << " was closed at " << report.closed->last.size.leaves
              << " entries";
    if (report.closed->next) {
      std::cout << " and goes on as\n" << format::format_vkey(*report.closed->next);
    }
    std::cout << "\n";
  }
  std::cout << report.now.leaves << " entries, " << report.before.leaves << " were known before"
            << std::endl;
}

struct Watch {
  monitor::Get get;
  format::NoteKey key;
  std::vector<format::NoteKey> roots;
  std::filesystem::path memory;
  std::string iss;
  bool as_json = false;
};

int look_once(const Watch& watch) {
  Result<monitor::Memory> memory = recall(watch.memory);
  if (!memory) return failed(memory.error());
  const Result<monitor::Report> report =
      monitor::follow(watch.get, watch.key, watch.iss, *memory, watch.roots);
  if (!report) {
    failed(report.error());
    return report.error().fault == Fault::malformed ? kExitFailed : kExitCannotRead;
  }
  print(*report, watch.as_json);
  const Result<void> kept = write_file(watch.memory, bytes_of(monitor::format_memory(*memory)));
  if (!kept) return failed(kept.error());
  return report->alarms.empty() ? 0 : kExitFailed;
}

}  // namespace

int log_monitor(const Arguments& arguments) {
  const std::string given = arguments.value("--vkey");
  const std::string state = arguments.value("--state");
  if (arguments.words.size() != 2 || given.empty() || state.empty()) {
    return wrong_use({Fault::malformed, "log monitor needs a URL, --vkey and --state"});
  }
  const Result<format::NoteKey> key = vkey_given(given);
  if (!key) return wrong_use(key.error());
  std::vector<format::NoteKey> roots;
  if (const std::string root = arguments.value("--root"); !root.empty()) {
    const Result<format::NoteKey> known = vkey_given(root);
    if (!known) return wrong_use(known.error());
    roots.push_back(*known);
  }
  const Result<monitor::Get> get = reader_of(arguments.words[1], arguments.value("--ca-file"));
  if (!get) return wrong_use(get.error());
  const Watch watch{*get, *key, roots, state, arguments.value("--issuer"), arguments.has("--json")};
  const std::string every = arguments.value("--every");
  if (every.empty()) return look_once(watch);
  if (every.size() > 6 || every.find_first_not_of("0123456789") != std::string::npos) {
    return wrong_use({Fault::malformed, "--every takes seconds"});
  }
  int code = 0;
  do {
    const int now = look_once(watch);
    if (now == kExitFailed) return now;  // an alarm is not to be talked over by what comes after
    code = now;
  } while (!stop_asked_within(std::chrono::seconds(std::stoul(every))));
  return code;
}

}  // namespace refledger::tools
