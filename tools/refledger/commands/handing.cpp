// How a reference reaches its holder, and what becomes of it: bounced, send, claim, correct, erase,
// export.
#include <pwd.h>
#include <unistd.h>

#include <iostream>

#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/tables.h"

namespace refledger::tools {
namespace {

constexpr const char* kBouncedHelp = R"(refledger bounced CASE --config FILE [--json]

Says that the message came back. The document then waits for another address
(`refledger send`) or a claim code (`refledger claim`).

Exit: 0 noted, 1 failed, 2 wrong use.
)";

constexpr const char* kSendHelp =
    R"(refledger send CASE --to ADDRESS --config FILE [--by NAME] [--json]

Sends a document that did not arrive, or had no address, to this one.

  --to ADDRESS             e-mail address of the holder
  --by NAME                who says so (default: your login name)

Exit: 0 on its way, 1 failed, 2 wrong use.
)";

constexpr const char* kClaimHelp = R"(refledger claim CASE --config FILE [--json]

Makes a code and a PIN with which the holder fetches the document on the
holders' page. Both are told once, here; making another code ends this one.

Exit: 0 made, 1 failed, 2 wrong use.
)";

constexpr const char* kCorrectHelp =
    R"(refledger correct CASE --config FILE [--urgent] [--json]

Opens a case for a reference that replaces this one. The new one shows no trace
of the old. Once it is issued, the old one is withdrawn, after one to seven days
unless it is urgent.

  --urgent                 withdraw the old one at once

Exit: 0 opened, 1 failed, 2 wrong use.
)";

constexpr const char* kEraseHelp = R"(refledger erase CASE --config FILE [--yes] [--json]

Destroys everything personal of the case, for good: facts, texts, files and the
record behind the QR code. The reference can then no longer be opened by its
link; a PDF and a proof file that the holder has still verify. Write out what
is kept first: `refledger export CASE`.

  --yes                    do not ask

Exit: 0 erased, 1 failed, 2 wrong use.
)";

constexpr const char* kExportHelp = R"(refledger export CASE --config FILE

Prints everything that is kept about the person of this case, as JSON.

Exit: 0 printed, 1 failed, 2 wrong use.
)";

std::string login_name() {
  const passwd* const entry = ::getpwuid(::getuid());
  return entry != nullptr ? entry->pw_name : "";
}

Result<Arguments> one_case(const std::vector<std::string>& given,
                           const std::set<std::string>& values,
                           const std::set<std::string>& flags) {
  Result<Arguments> arguments = parse_arguments(given, values, flags, 1);
  if (arguments && arguments->words.size() != 1) return Error{Fault::malformed, "which case?"};
  return arguments;
}

int run_bounced(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = one_case(given, {"--config"}, {"--json"});
  if (!arguments) return wrong_use(arguments.error());
  return ask_desk(*arguments, "/order", {{"case", arguments->words.front()}, {"order", "bounced"}},
                  ordered_table);
}

int run_send(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = one_case(given, {"--config", "--to", "--by"}, {"--json"});
  if (!arguments) return wrong_use(arguments.error());
  return ask_desk(*arguments, "/order",
                  {{"case", arguments->words.front()},
                   {"order", "send"},
                   {"by", arguments->value("--by", login_name())},
                   {"to", arguments->value("--to")}},
                  ordered_table);
}

std::string claim_table(const Json& ticket) {
  return "Code        " + ticket.value("code", "") + "\nPIN         " + ticket.value("pin", "") +
         "\nGood until  " + ticket.value("good_until", "") +
         "\n\nGive both to the holder, on paper or by telephone. They are not shown again.\n";
}

int run_claim(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = one_case(given, {"--config"}, {"--json"});
  if (!arguments) return wrong_use(arguments.error());
  return ask_desk(*arguments, "/claim", {{"case", arguments->words.front()}}, claim_table);
}

int run_correct(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = one_case(given, {"--config"}, {"--json", "--urgent"});
  if (!arguments) return wrong_use(arguments.error());
  return ask_desk(*arguments, "/correct",
                  {{"case", arguments->words.front()}, {"urgent", arguments->has("--urgent")}},
                  ordered_table);
}

bool confirmed() {
  std::cerr << "This cannot be undone. Destroy everything personal of this case? [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

int run_erase(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = one_case(given, {"--config"}, {"--json", "--yes"});
  if (!arguments) return wrong_use(arguments.error());
  if (!arguments->has("--yes") && !confirmed()) {
    std::cerr << "Nothing was erased.\n";
    return kExitFailed;
  }
  return ask_desk(*arguments, "/order", {{"case", arguments->words.front()}, {"order", "erase"}},
                  ordered_table);
}

std::string as_it_is(const Json& answer) { return answer.dump(2) + "\n"; }

int run_export(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = one_case(given, {"--config"}, {"--json"});
  if (!arguments) return wrong_use(arguments.error());
  return ask_desk(*arguments, "/all-about", {{"case", arguments->words.front()}}, as_it_is);
}

}  // namespace

Command bounced_command() {
  return {"bounced", "say that a message came back", kBouncedHelp, run_bounced};
}
Command send_command() {
  return {"send", "send a document that did not arrive", kSendHelp, run_send};
}
Command claim_command() {
  return {"claim", "make a code with which the holder fetches it", kClaimHelp, run_claim};
}
Command correct_command() {
  return {"correct", "replace a reference by a new one", kCorrectHelp, run_correct};
}
Command erase_command() {
  return {"erase", "destroy everything personal of a case", kEraseHelp, run_erase};
}
Command export_command() {
  return {"export", "print everything kept about a person", kExportHelp, run_export};
}

}  // namespace refledger::tools
