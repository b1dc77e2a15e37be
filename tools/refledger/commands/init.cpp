#include <iostream>

#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/init.h"
#include "tools/refledger/secret_input.h"

namespace refledger::tools {
namespace {

constexpr const char* kInitHelp = R"(refledger init --config FILE [options]

Makes the data folder, the keys and the first ledger entries of an installation.
Safe to repeat: what is there is kept. `refledger source add` connects the HR
system afterwards.

  --config FILE            settings (default /etc/refledger/refledger.conf)
  --mail-password FILE     whose first line is the mail server's password; it is
                           encrypted into the vault. Use - for standard input.
  --recovery-file FILE     where the recovery key is written, once, to be printed
                           (default: recovery-key.txt in the data folder)
  --document-key FILE      private key (PEM; ECDSA P-256, or RSA of 3072 to
                           4096 bits) that seals the PDFs
  --document-chain FILE    its certificate chain (PEM)
  --document-p12 FILE      both in one PKCS#12 file, in place of these two; with none
                           of them a demonstration certificate is made
  --document-passphrase-file FILE
                           whose first line opens the PKCS#12 file

Exit: 0 done, 1 failed, 2 wrong use.
)";

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
                      {"--config", "--mail-password", "--recovery-file", "--document-key",
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
  if (const std::string file = arguments->value("--mail-password"); !file.empty()) {
    Result<std::string> password = read_secret(file);
    if (!password) return failed(password.error());
    options.mail_password = password->substr(0, password->find_first_of("\r\n"));
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
