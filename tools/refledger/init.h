// `refledger init`: makes the folders, keys and first ledger entries of an installation.
//
// Order    What is there already is kept, so that a run that was interrupted is simply repeated;
//          only the mail server's password is replaced when a new one is given.
#pragma once

#include "tools/refledger/home.h"

namespace refledger::tools {

struct InitOptions {
  std::optional<std::string> mail_password;
  std::filesystem::path recovery_file;   ///< where the recovery key is written, once, to be printed
  std::filesystem::path document_key;    ///< PEM
  std::filesystem::path document_chain;  ///< PEM, with the key
  std::filesystem::path document_p12;    ///< in place of these two; none: a demonstration CA
  std::filesystem::path document_passphrase;  ///< of the PKCS#12 file: a file's first line
};

struct InitReport {
  bool recovery_written = false;
  bool demonstration_certificate = false;
};

/// Whether an issuer can be entered under this name and address; its detail begins with the key.
Result<void> check_issuer(const Settings& settings);

/// DATA/log.vkey and DATA/trust.txt, for whoever checks offline.
Result<void> write_public_files(const Settings& settings);

Result<InitReport> initialise(const Settings& settings, const InitOptions& options);

}  // namespace refledger::tools
