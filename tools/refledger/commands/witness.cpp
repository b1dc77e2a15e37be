// `refledger witness`: watches other logs, for those who want to be watched by somebody else.
#include <iostream>

#include "http/server.h"
#include "ledger/core/file.h"
#include "tools/refledger/commands/command.h"
#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/home.h"
#include "tools/refledger/journal.h"
#include "tools/refledger/serve.h"
#include "tools/refledger/stop.h"
#include "tools/refledger/witnessing.h"
#include "verify/witness/witness.h"

namespace refledger::tools {
namespace {

constexpr const char* kWitnessHelp = R"(refledger witness --config FILE
refledger witness vkey --config FILE

Runs a witness (c2sp.org/tlog-witness) until it is stopped: it cosigns the
checkpoints of the logs in `witness.logs`, each only after the log has proven that
it continues what was cosigned before. Its key is made at the first start. It needs
nothing of the desk and can run without one.

vkey        prints the witness's verifier key, for the policy of those it watches.

Settings: witness.name, witness.listen, witness.logs (docs/operations.md).

Exit: 0 stopped, 1 failed, 2 wrong use, 75 storage fault (start it again),
78 settings or data unusable.
)";

constexpr std::size_t kMaxRequest = std::size_t{1} << 16;
constexpr std::string_view kKeyPurpose = "key witness";

Result<std::unique_ptr<sign::Ed25519Key>> witness_key(const Settings& settings) {
  const Home home(settings.data);
  Result<sign::MasterKey> master = sign::MasterKey::read(settings.master_key_file);
  if (!master) return master.error();
  const std::filesystem::path file = home.key("witness");
  if (std::filesystem::exists(file)) {
    const Result<Bytes> sealed = read_file(file, 4096);
    if (!sealed) return sealed.error();
    return sign::Ed25519Key::open(*sealed, *master, kKeyPurpose);
  }
  SystemRandom random;
  std::unique_ptr<sign::Ed25519Key> key = sign::Ed25519Key::generate(random);
  if (Result<void> made = make_private_folder(file.parent_path()); !made) return made.error();
  if (Result<void> kept = write_file(file, key->seal(*master, kKeyPurpose, random)); !kept) {
    return kept.error();
  }
  return key;
}

http::Response to_response(const witness::Answer& answer) {
  http::Response response(answer.status, answer.media_type, answer.body);
  response.set("Cache-Control", "no-store");
  response.set("X-Content-Type-Options", "nosniff");
  return response;
}

http::Response answer(const http::Request& request, witness::Witness& witness) {
  constexpr std::string_view checkpoint = "/checkpoint";
  const std::string_view path = request.path;
  if (path == "/add-checkpoint") {
    if (request.method != "POST") return http::Response(405);
    return to_response(witness.add_checkpoint(request.body));
  }
  if (request.method != "GET" || !path.ends_with(checkpoint)) return http::Response(404);
  return to_response(witness.checkpoint(
      path.substr(1, path.size() - 1 - std::min(path.size() - 1, checkpoint.size()))));
}

int unusable(const Journal& journal, const Error& error) {
  journal.fault("start", error);
  return kExitUnusable;
}

int serve_witness(const Settings& settings, const sign::Ed25519Key& key) {
  const SystemClock clock;
  const Journal journal("witness", clock);
  const Result<format::Trust> logs = read_policy(settings.witness_logs);
  if (!logs) return unusable(journal, logs.error());
  Result<std::unique_ptr<witness::Witness>> witness = witness::Witness::open(
      settings.data / "witness", logs->logs, {settings.witness_name, &key}, clock);
  if (!witness) return unusable(journal, witness.error());
  http::Settings served;
  served.endpoint = *settings.witness_listen;
  served.limits.body_bytes = kMaxRequest;
  Result<std::unique_ptr<http::Server>> server = http::Server::start(
      served, [&witness](const http::Request& request) { return answer(request, **witness); });
  if (!server) return unusable(journal, server.error());
  journal.write("started", {{"logs", logs->logs.size()}});
  while (!stop_asked_within(std::chrono::milliseconds(200)) && !(*witness)->stopped()) {
  }
  (*server)->stop();
  journal.write("stopped", {{"stored", !(*witness)->stopped()}});
  return (*witness)->stopped() ? kExitFailStop : 0;
}

int run_witness(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(given, {"--config"}, {}, 1);
  if (!arguments) return wrong_use(arguments.error());
  const Result<Settings> settings = settings_of(*arguments);
  if (!settings) return failed(settings.error());
  const bool vkey_only = arguments->words == std::vector<std::string>{"vkey"};
  if (!arguments->words.empty() && !vkey_only) {
    return wrong_use({Fault::malformed, "witness what?"});
  }
  if (settings->witness_name.empty()) {
    return failed({Fault::malformed, "the settings name no witness.name"});
  }
  const Result<std::unique_ptr<sign::Ed25519Key>> key = witness_key(*settings);
  if (!key) return failed(key.error());
  if (vkey_only) {
    std::cout << format::format_vkey(
                     {settings->witness_name, format::kNoteCosignature, (*key)->public_key()})
              << "\n";
    return 0;
  }
  if (!settings->witness_listen || settings->witness_logs.empty()) {
    return failed({Fault::malformed, "a witness needs witness.listen and witness.logs"});
  }
  return serve_witness(*settings, **key);
}

}  // namespace

Command witness_command() {
  return {"witness", "watch other logs and cosign their checkpoints", kWitnessHelp, run_witness};
}

}  // namespace refledger::tools
