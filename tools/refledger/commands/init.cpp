#include <iostream>

#include "ledger/core/file.h"
#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/init.h"

namespace refledger::tools {
namespace {

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
  --document-chain FILE    its certificate chain (PEM)
  --document-p12 FILE      both in one PKCS#12 file, in place of these two; with none
                           of them a demonstration certificate is made
  --document-passphrase-file FILE
                           whose first line opens the PKCS#12 file

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

Result<void> take_document_key(const Arguments& arguments, InitOptions& options) {
  options.document_key = arguments.value("--document-key");
  options.document_chain = arguments.value("--document-chain");
  options.document_p12 = arguments.value("--document-p12");
  options.document_passphrase = arguments.value("--document-passphrase-file");
  if (options.document_key.empty() != options.document_chain.empty()) {
    return Error{Fault::malformed, "--document-key and --document-chain go together"};
  }
  if (options.document_p12.empty() != options.document_passphrase.empty()) {
    return Error{Fault::malformed, "--document-p12 and --document-passphrase-file go together"};
  }
  if (!options.document_key.empty() && !options.document_p12.empty()) {
    return Error{Fault::malformed, "--document-key or --document-p12, not both"};
  }
  return {};
}

int run_init(const std::vector<std::string>& given) {
  const Result<Arguments> arguments =
      parse_arguments(given,
                      {"--config", "--credentials", "--recovery-file", "--document-key",
                       "--document-chain", "--document-p12", "--document-passphrase-file"},
                      {}, 0);
  if (!arguments) return wrong_use(arguments.error());
  const Result<Settings> settings = settings_of(*arguments);
  if (!settings) return failed(settings.error());
  InitOptions options;
  options.recovery_file =
      arguments->value("--recovery-file", (settings->data / "recovery-key.txt").string());
  if (const Result<void> taken = take_document_key(*arguments, options); !taken) {
    return wrong_use(taken.error());
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

}  // namespace

Command init_command() {
  return {"init", "make an installation: folders, keys, first ledger entries", kInitHelp, run_init};
}

}  // namespace refledger::tools
