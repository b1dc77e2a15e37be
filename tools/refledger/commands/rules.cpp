#include <iostream>

#include "desk/case/letter_rules.h"
#include "tools/refledger/commands/common.h"
#include "tools/refledger/commands/each.h"
#include "tools/refledger/rules_json.h"

namespace refledger::tools {
namespace {

constexpr const char* kRulesHelp =
    R"(refledger rules [COUNTRY] [--config FILE | --rules FOLDER] [--json]

Shows every rule of the packs with its source: what each type of reference must,
may and must not state, its date, signature, trigger and retention. A pack that
no lawyer has read says so.

  --rules FOLDER     another folder than the one in the settings

Exit: 0 shown, 1 no such country or an unreadable pack, 2 wrong use.
)";

Result<std::filesystem::path> folder_of(const Arguments& arguments) {
  const std::string named = arguments.value("--rules");
  if (!named.empty()) return std::filesystem::path(named);
  const Result<Settings> settings = settings_of(arguments);
  if (!settings) return settings.error();
  return settings->rules;
}

int run_rules(const std::vector<std::string>& given) {
  const Result<Arguments> arguments =
      parse_arguments(given, {"--config", "--rules"}, {"--json"}, 1);
  if (!arguments) return wrong_use(arguments.error());
  const Result<std::filesystem::path> folder = folder_of(*arguments);
  if (!folder) return failed(folder.error());
  const Result<desk::LetterRules> rules = desk::LetterRules::load(*folder);
  if (!rules) {
    std::cerr << "refledger: " << rules.error().detail << "\n";
    return kExitFailed;
  }
  const std::string country = arguments->words.empty() ? "" : arguments->words.front();
  Json shown = Json::array();
  for (const letter::Pack& pack : rules->packs.all()) {
    if (country.empty() || pack.country == country) shown.push_back(to_json(pack));
  }
  if (shown.empty()) return failed({Fault::not_found, "no rules for this country"});
  std::cout << (arguments->has("--json") ? shown.dump(2) + "\n" : rules_text(shown));
  return 0;
}

}  // namespace

Command rules_command() {
  return {"rules", "show every rule with its source", kRulesHelp, run_rules};
}

}  // namespace refledger::tools
