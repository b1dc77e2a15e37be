// What HR orders about one case: hold, release, confirm-end, arrived, done, open.
#include "tools/refledger/commands/command.h"
#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/tables.h"

namespace refledger::tools {
namespace {

constexpr const char* kHoldHelp = R"(refledger hold CASE --config FILE [--json]

Stops a case: nothing of it is issued until `refledger release`.

Exit: 0 stopped, 1 failed, 2 wrong use.
)";

constexpr const char* kReleaseHelp = R"(refledger release CASE --config FILE [--json]

Lets a complete draft be issued, or a stopped case go on. It is issued with the
next reading, once the last day is over, if the document is still the same.

Exit: 0 released, 1 failed, 2 wrong use.
)";

constexpr const char* kConfirmEndHelp =
    R"(refledger confirm-end CASE --config FILE [--date DATE] [--by NAME] [--json]

Says that a fixed term was not extended: the employment ends with it.

  --date DATE              the last day, where it is another than the term's (2026-11-30)
  --by NAME                who says so (default: your login name)

Exit: 0 confirmed, 1 failed, 2 wrong use.
)";

constexpr const char* kArrivedHelp = R"(refledger arrived CASE --config FILE [--json]

Says that a message whose fate nobody knew did arrive. It is not sent again.

Exit: 0 noted, 1 failed, 2 wrong use.
)";

constexpr const char* kDoneHelp = R"(refledger done CASE --config FILE [--json]

Says that what changed in the HR system after issuing has been dealt with.

Exit: 0 noted, 1 failed, 2 wrong use.
)";

constexpr const char* kOpenHelp = R"(refledger open PERSON --config FILE [--json]

Opens a case for somebody who left before (`refledger leavers --former` lists
them). The person is read anew; nothing is issued without `refledger release`.

Exit: 0 opened, 1 failed, 2 wrong use.
)";

int run_order(const std::vector<std::string>& given, const std::string& what) {
  const Result<Arguments> arguments = parse_arguments(given, {"--config"}, {"--json"}, 1);
  if (!arguments) return wrong_use(arguments.error());
  if (arguments->words.size() != 1) return wrong_use({Fault::malformed, "which case?"});
  return ask_desk(*arguments, "/order", {{"case", arguments->words.front()}, {"order", what}},
                  ordered_table);
}

int run_confirm_end(const std::vector<std::string>& given) {
  const Result<Arguments> arguments =
      parse_arguments(given, {"--config", "--date", "--by"}, {"--json"}, 1);
  if (!arguments) return wrong_use(arguments.error());
  if (arguments->words.size() != 1) return wrong_use({Fault::malformed, "which case?"});
  return ask_desk(*arguments, "/order",
                  {{"case", arguments->words.front()},
                   {"order", "confirm-end"},
                   {"by", arguments->value("--by", login_name())},
                   {"end", arguments->value("--date")}},
                  ordered_table);
}

int run_open(const std::vector<std::string>& given) {
  const Result<Arguments> arguments = parse_arguments(given, {"--config"}, {"--json"}, 1);
  if (!arguments) return wrong_use(arguments.error());
  if (arguments->words.size() != 1) return wrong_use({Fault::malformed, "whose case?"});
  return ask_desk(*arguments, "/open", {{"person", arguments->words.front()}}, ordered_table);
}

}  // namespace

Command hold_command() {
  return {"hold", "stop a case", kHoldHelp,
          [](const std::vector<std::string>& given) { return run_order(given, "hold"); }};
}
Command release_command() {
  return {"release", "let a draft be issued, or a stopped case go on", kReleaseHelp,
          [](const std::vector<std::string>& given) { return run_order(given, "release"); }};
}
Command confirm_end_command() {
  return {"confirm-end", "say that a fixed term ends as recorded", kConfirmEndHelp,
          run_confirm_end};
}
Command arrived_command() {
  return {"arrived", "say that a message did arrive", kArrivedHelp,
          [](const std::vector<std::string>& given) { return run_order(given, "arrived"); }};
}
Command done_command() {
  return {"done", "say that a change after issuing was dealt with", kDoneHelp,
          [](const std::vector<std::string>& given) { return run_order(given, "done"); }};
}
Command open_command() {
  return {"open", "open a case for somebody who left before", kOpenHelp, run_open};
}

}  // namespace refledger::tools
