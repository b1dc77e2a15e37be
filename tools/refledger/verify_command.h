// `refledger verify FILE|LINK`: gathers the evidence, has it checked, tells the result.
//
// Order    A proof file beside the PDF decides; the server is then asked only whether there was a
//          withdrawal since, and the issuer's domain whether the issuer is who it says.  Where they
//          do not answer, remarks say so.  With --offline nobody is asked.
#pragma once

#include <iosfwd>
#include <string>

#include "ledger/core/random.h"
#include "tools/refledger/fetch.h"
#include "verify/check/check.h"

namespace refledger::tools {

struct VerifyOptions {
  std::string subject;               ///< path of a PDF, or a link
  std::filesystem::path proof_file;  ///< empty: FILE with the ending .refproof
  std::filesystem::path trust_file;  ///< empty: the log key is taken from the link's server
  std::filesystem::path timestamp_authority;  ///< PEM; empty: no timestamp's time is believed
  bool offline = false;
  FetchOptions fetch;
};

/// Fails only on wrong use (no such file, unreadable trust file): exit code 2.
Result<verify::Report> verify_subject(const VerifyOptions& options, UtcMillis now);

std::string to_text(const verify::Report& report);
std::string to_json_text(const verify::Report& report);

}  // namespace refledger::tools
