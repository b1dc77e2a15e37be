#include "tools/refledger/arguments.h"

namespace refledger::tools {

std::string Arguments::value(const std::string& name, const std::string& otherwise) const {
  const auto found = values.find(name);
  return found == values.end() ? otherwise : found->second;
}

Result<Arguments> parse_arguments(const std::vector<std::string>& given,
                                  const std::set<std::string>& value_names,
                                  const std::set<std::string>& flag_names, std::size_t max_words) {
  Arguments parsed;
  for (std::size_t at = 0; at < given.size(); ++at) {
    const std::string& each = given[at];
    if (flag_names.contains(each)) {
      parsed.flags.insert(each);
    } else if (value_names.contains(each)) {
      if (++at == given.size()) return Error{Fault::malformed, each + " needs a value"};
      parsed.values[each] = given[at];
    } else if (each.starts_with("--")) {
      return Error{Fault::malformed, "unknown option " + each};
    } else if (parsed.words.size() == max_words) {
      return Error{Fault::malformed, "one word too many: " + each};
    } else {
      parsed.words.push_back(each);
    }
  }
  return parsed;
}

}  // namespace refledger::tools
