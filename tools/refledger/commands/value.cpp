// What is said about a case, and whose word counts: value.
#include <iostream>

#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/tables.h"

namespace refledger::tools {
namespace {

constexpr const char* kValueHelp = R"(refledger value CASE --config FILE [--json]
refledger value CASE FIELD --from SOURCE
refledger value CASE FIELD --type --reason WHY [--by NAME]
refledger value CASE FIELD --forget [--by NAME]

Shows what is said about a case: every field, who says it and when it was read;
a star marks the word that counts. Until the reference is issued, HR decides
field by field; the decision counts with the next reading.

  --from SOURCE            that source's word counts (SOURCE as in the list;
                           typed is what HR typed)
  --type                   takes another value from standard input, one line
  --reason WHY             why it is typed; kept with the value
  --by NAME                who says so (default: your login name)
  --forget                 what was typed no longer counts

Exit: 0 done, 1 failed, 2 wrong use.
)";

int show(const Arguments& arguments) {
  return ask_desk(arguments, "/words", {{"case", arguments.words.front()}}, words_table);
}

int choose(const Arguments& arguments) {
  return ask_desk(arguments, "/order",
                  {{"case", arguments.words[0]},
                   {"order", "choose"},
                   {"field", arguments.words[1]},
                   {"from", arguments.value("--from")}},
                  ordered_table);
}

// From standard input: what is typed about people stays out of the machine's list of processes.
int type(const Arguments& arguments) {
  std::string value;
  if (arguments.has("--type")) {
    std::cerr << "Value: " << std::flush;
    std::getline(std::cin, value);
    if (value.empty()) return wrong_use({Fault::malformed, "no value on standard input"});
  }
  const std::string reason = arguments.value("--reason", arguments.has("--type") ? "" : "forget");
  return ask_desk(arguments, "/order",
                  {{"case", arguments.words[0]},
                   {"order", "type"},
                   {"field", arguments.words[1]},
                   {"value", value},
                   {"by", arguments.value("--by", login_name())},
                   {"reason", reason}},
                  ordered_table);
}

int run_value(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(
      given, {"--config", "--from", "--reason", "--by"}, {"--json", "--type", "--forget"}, 2);
  if (!arguments) return wrong_use(arguments.error());
  const bool from = !arguments->value("--from").empty();
  const int decisions =
      (from ? 1 : 0) + (arguments->has("--type") ? 1 : 0) + (arguments->has("--forget") ? 1 : 0);
  if (arguments->words.empty()) return wrong_use({Fault::malformed, "which case?"});
  if (arguments->words.size() == 1 && decisions == 0) return show(*arguments);
  if (arguments->words.size() != 2 || decisions != 1) {
    return wrong_use({Fault::malformed, "one field, and one of --from, --type, --forget"});
  }
  return from ? choose(*arguments) : type(*arguments);
}

}  // namespace

Command value_command() {
  return {"value", "show what is said about a case; choose or type a value", kValueHelp, run_value};
}

}  // namespace refledger::tools
