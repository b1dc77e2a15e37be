#include <iostream>

#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/home.h"
#include "tools/refledger/verify_command.h"

namespace refledger::tools {
namespace {

constexpr const char* kVerifyHelp = R"(refledger verify FILE|LINK|- [options]

Checks a reference: a PDF file, or the link that its QR code holds. With - the
link is read from standard input, where no other user of this machine sees it.

  --proof FILE             the proof file (default: beside the PDF, ending .refproof)
  --trust FILE             whose word counts: log key, witnesses, issuers; without it the
                           log key is taken from the server that the link names
  --ca FILE                root certificate (PEM) for that server, e.g. a demonstration's
  --timestamp-authority FILE
                           certificates (PEM) whose word on the time of signing counts
  --offline                ask no server: neither about a withdrawal since, nor the
                           issuer's domain whether it is this issuer's
  --json                   the result as JSON

Exit: 0 genuine and valid, 1 not this document or unknown, 2 wrong use,
      3 cannot check now, 4 genuine but no longer valid.
)";

int run_verify(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(
      given, {"--proof", "--trust", "--ca", "--timestamp-authority"}, {"--offline", "--json"}, 1);
  if (!arguments) return wrong_use(arguments.error());
  if (arguments->words.size() != 1) return wrong_use({Fault::malformed, "check which file?"});
  VerifyOptions options;
  options.subject = arguments->words.front();
  if (options.subject == "-") std::getline(std::cin, options.subject);
  options.proof_file = arguments->value("--proof");
  options.trust_file = arguments->value("--trust");
  options.timestamp_authority = arguments->value("--timestamp-authority");
  options.fetch.ca_file = arguments->value("--ca");
  options.offline = arguments->has("--offline");
  const Result<verify::Report> report = verify_subject(options, SystemClock().now());
  if (!report) return wrong_use(report.error());
  std::cout << (arguments->has("--json") ? to_json_text(*report) : to_text(*report));
  return verify::exit_code(report->verdict);
}

}  // namespace

Command verify_command() { return {"verify", "check a PDF or a link", kVerifyHelp, run_verify}; }

}  // namespace refledger::tools
