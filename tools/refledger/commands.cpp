#include "tools/refledger/commands.h"

#include <iostream>

#include "ledger/core/file.h"
#include "render/seal/seal.h"
#include "tools/refledger/arguments.h"
#include "tools/refledger/control.h"
#include "tools/refledger/init.h"
#include "tools/refledger/serve.h"
#include "tools/refledger/tables.h"
#include "tools/refledger/verify_command.h"

namespace refledger::tools {
namespace {

constexpr const char* kDefaultConfig = "/etc/refledger/refledger.conf";

int wrong_use(const Error& error) {
  std::cerr << "refledger: " << error.detail << "\nTry --help.\n";
  return kExitWrongUse;
}

int failed(const Error& error) {
  std::cerr << "refledger: " << error.detail << "\n";
  return error.fault == Fault::malformed ? kExitWrongUse : kExitFailed;
}

Result<Settings> settings_of(const Arguments& arguments) {
  return read_settings(arguments.value("--config", kDefaultConfig));
}

// ---- init ---------------------------------------------------------------------------------------

constexpr const char* kInitHelp = R"(refledger init --config FILE [options]

Makes the data folder, the keys and the first ledger entries of an installation.
Safe to repeat: what is there is kept.

  --config FILE            settings (default /etc/refledger/refledger.conf)
  --credentials FILE       JSON {"personio_client_id":…,"personio_client_secret":…,
                           "smtp_password":…}; they are encrypted into the vault.
                           Use - for standard input.
  --recovery-file FILE     where the recovery key is written, once, to be printed
                           (default: recovery-key.txt in the data folder)
  --document-key FILE      private key (PEM, ECDSA P-256) that seals the PDFs
  --document-chain FILE    its certificate chain (PEM); without these two a
                           demonstration certificate is made

Exit: 0 done, 1 failed, 2 wrong use.
)";

constexpr std::size_t kMaxCredentials = 16 * 1024;

// Not by opening /dev/stdin: that fails where standard input is a socket.
Bytes read_standard_input() {
  Bytes content(kMaxCredentials + 1);
  std::cin.read(reinterpret_cast<char*>(content.data()),
                static_cast<std::streamsize>(content.size()));
  content.resize(static_cast<std::size_t>(std::cin.gcount()));
  return content;
}

Result<Credentials> read_credentials_file(const std::string& name) {
  const Result<Bytes> content =
      name == "-" ? Result<Bytes>(read_standard_input()) : read_file(name, kMaxCredentials);
  if (!content) return content.error();
  const Result<Json> given = parse_json(text_of(*content), kMaxCredentials, "credentials");
  if (!given) return given.error();
  Credentials credentials;
  const Result<std::string> id = string_member(*given, "personio_client_id");
  if (!id) return id.error();
  const Result<std::string> secret = string_member(*given, "personio_client_secret");
  if (!secret) return secret.error();
  credentials.personio = {*id, *secret};
  if (given->contains("smtp_password")) {
    const Result<std::string> password = string_member(*given, "smtp_password");
    if (!password) return password.error();
    credentials.smtp_password = *password;
  }
  return credentials;
}

int run_init(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(
      given, {"--config", "--credentials", "--recovery-file", "--document-key", "--document-chain"},
      {}, 0);
  if (!arguments) return wrong_use(arguments.error());
  const Result<Settings> settings = settings_of(*arguments);
  if (!settings) return failed(settings.error());
  InitOptions options;
  options.recovery_file =
      arguments->value("--recovery-file", (settings->data / "recovery-key.txt").string());
  options.document_key = arguments->value("--document-key");
  options.document_chain = arguments->value("--document-chain");
  if (options.document_key.empty() != options.document_chain.empty()) {
    return wrong_use({Fault::malformed, "--document-key and --document-chain go together"});
  }
  if (const std::string file = arguments->value("--credentials"); !file.empty()) {
    Result<Credentials> credentials = read_credentials_file(file);
    if (!credentials) return failed(credentials.error());
    options.credentials = *std::move(credentials);
  }
  const Result<InitReport> report = initialise(*settings, options);
  if (!report) return failed(report.error());
  std::cout << "Ready: " << settings->data.string() << "\n";
  if (report->recovery_written) {
    std::cout << "Print " << options.recovery_file.string()
              << ", keep the page away from this machine, then delete the file.\n";
  }
  if (report->demonstration_certificate) {
    std::cout << "PDFs are sealed with a demonstration certificate; its root is "
              << Home(settings->data).document_root().string() << "\n";
  }
  return 0;
}

// ---- serve --------------------------------------------------------------------------------------

constexpr const char* kServeHelp = R"(refledger serve --config FILE [--only desk|verify]

Runs the service until it is stopped (SIGTERM): the desk, which reads the HR
system and issues references, and the public endpoint, which answers
verifications. They are two processes; the public one can read the ledger and
the sealed records and nothing else.

  --config FILE            settings (default /etc/refledger/refledger.conf)
  --only desk|verify       just one of the two

Exit: 0 stopped, 75 storage fault (start it again), 78 settings or data unusable.
)";

int run_serve(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(given, {"--config", "--only"}, {}, 0);
  if (!arguments) return wrong_use(arguments.error());
  const Result<Settings> settings = settings_of(*arguments);
  if (!settings) {
    failed(settings.error());
    return kExitUnusable;
  }
  const std::string only = arguments->value("--only");
  if (only.empty()) return serve_both(*settings);
  if (only == "desk") return serve_desk(*settings);
  if (only == "verify") return serve_public(*settings);
  return wrong_use({Fault::malformed, "--only takes desk or verify"});
}

// ---- sync, leavers, withdraw --------------------------------------------------------------------

constexpr const char* kSyncHelp = R"(refledger sync --config FILE [--json]

Reads the HR system now, opens cases for new leavers and carries every case as
far as it goes. A running desk is asked to do it.

Exit: 0 done, 1 failed, 2 wrong use.
)";

constexpr const char* kLeaversHelp = R"(refledger leavers --config FILE [--json]

Lists every case: who left when, how far the reference is, and what a case that
waits is waiting for.

Exit: 0 done, 1 failed, 2 wrong use.
)";

constexpr const char* kWithdrawHelp = R"(refledger withdraw ID --config FILE [--yes] [--json]

Withdraws the reference with this number (26 characters). From then on it is
"genuine but no longer valid". This cannot be undone: a corrected reference is
issued as a new one.

  --yes                    do not ask

Exit: 0 withdrawn, 1 failed, 2 wrong use.
)";

int ask_desk(const Arguments& arguments, const std::string& path, const Json& body,
             std::string (*to_table)(const Json&)) {
  const Result<Settings> settings = settings_of(arguments);
  if (!settings) return failed(settings.error());
  const Result<Json> answer = command(*settings, path, body);
  if (!answer) return failed(answer.error());
  std::cout << (arguments.has("--json") ? answer->dump(2) + "\n" : to_table(*answer));
  return 0;
}

int run_sync(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(given, {"--config"}, {"--json"}, 0);
  if (!arguments) return wrong_use(arguments.error());
  return ask_desk(*arguments, "/sync", {{"now", true}}, sync_table);
}

int run_leavers(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(given, {"--config"}, {"--json"}, 0);
  if (!arguments) return wrong_use(arguments.error());
  const int listed = ask_desk(*arguments, "/cases", Json::object(), cases_table);
  if (listed != 0 || arguments->has("--json")) return listed;
  return ask_desk(*arguments, "/reading", Json::object(), reading_table);
}

bool confirmed() {
  std::cerr << "This cannot be undone. Withdraw the reference? [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

int run_withdraw(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(given, {"--config"}, {"--json", "--yes"}, 1);
  if (!arguments) return wrong_use(arguments.error());
  if (arguments->words.size() != 1) return wrong_use({Fault::malformed, "which reference?"});
  if (!arguments->has("--yes") && !confirmed()) {
    std::cerr << "Nothing was withdrawn.\n";
    return kExitFailed;
  }
  return ask_desk(*arguments, "/withdraw", {{"id", arguments->words.front()}}, withdrawn_table);
}

// ---- verify -------------------------------------------------------------------------------------

constexpr const char* kVerifyHelp = R"(refledger verify FILE|LINK|- [options]

Checks a reference: a PDF file, or the link that its QR code holds. With - the
link is read from standard input, where no other user of this machine sees it.

  --proof FILE             the proof file (default: beside the PDF, ending .refproof)
  --trust FILE             whose word counts: log key, witnesses, issuers; without it the
                           log key is taken from the server that the link names
  --ca FILE                root certificate (PEM) for that server, e.g. a demonstration's
  --offline                ask no server
  --json                   the result as JSON

Exit: 0 genuine and valid, 1 not this document or unknown, 2 wrong use,
      3 cannot check now, 4 genuine but no longer valid.
)";

int run_verify(const std::vector<std::string>& given) {
  const Result<Arguments> arguments =
      parse_arguments(given, {"--proof", "--trust", "--ca"}, {"--offline", "--json"}, 1);
  if (!arguments) return wrong_use(arguments.error());
  if (arguments->words.size() != 1) return wrong_use({Fault::malformed, "check which file?"});
  VerifyOptions options;
  options.subject = arguments->words.front();
  if (options.subject == "-") std::getline(std::cin, options.subject);
  options.proof_file = arguments->value("--proof");
  options.trust_file = arguments->value("--trust");
  options.fetch.ca_file = arguments->value("--ca");
  options.offline = arguments->has("--offline");
  const Result<verify::Report> report = verify_subject(options, SystemClock().now());
  if (!report) return wrong_use(report.error());
  std::cout << (arguments->has("--json") ? to_json_text(*report) : to_text(*report));
  return verify::exit_code(report->verdict);
}

// ---- key ----------------------------------------------------------------------------------------

constexpr const char* kKeyHelp = R"(refledger key demo-tls --host NAME|ADDRESS --out FOLDER

Makes a TLS certificate for trying the service from another device: a root (to be
trusted there), a certificate for that host, and its key. For demonstrations only.

Exit: 0 done, 1 failed, 2 wrong use.
)";

int run_key(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(given, {"--host", "--out"}, {}, 1);
  if (!arguments) return wrong_use(arguments.error());
  const std::filesystem::path out = arguments->value("--out");
  if (arguments->words != std::vector<std::string>{"demo-tls"} || out.empty() ||
      arguments->value("--host").empty()) {
    return wrong_use({Fault::malformed, "key demo-tls needs --host and --out"});
  }
  const Result<seal::DemonstrationCa> made =
      seal::make_demonstration_tls(arguments->value("--host"), SystemClock().now());
  if (!made) return failed(made.error());
  if (Result<void> folder = make_private_folder(out); !folder) return failed(folder.error());
  for (const auto& [name, content] :
       {std::pair{"root.pem", &made->root_pem}, std::pair{"certificate.pem", &made->chain_pem},
        std::pair{"key.pem", &made->key_pem}}) {
    if (Result<void> written = write_file(out / name, bytes_of(*content)); !written) {
      return failed(written.error());
    }
  }
  std::cout << "Trust " << (out / "root.pem").string() << " on the other device.\n";
  return 0;
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      {"init", "make an installation: folders, keys, first ledger entries", kInitHelp, run_init},
      {"serve", "run the desk and the public endpoint", kServeHelp, run_serve},
      {"sync", "read the HR system now and issue what is due", kSyncHelp, run_sync},
      {"leavers", "list every case and what it waits for", kLeaversHelp, run_leavers},
      {"withdraw", "withdraw a reference for good", kWithdrawHelp, run_withdraw},
      {"verify", "check a PDF or a link", kVerifyHelp, run_verify},
      {"key", "make certificates for a demonstration", kKeyHelp, run_key}};
  return all;
}

}  // namespace refledger::tools
