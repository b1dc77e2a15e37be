// Command-line arguments: `--name value`, `--flag`, and words.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/core/result.h"

namespace refledger::tools {

struct Arguments {
  std::vector<std::string> words;
  std::map<std::string, std::string> values;
  std::set<std::string> flags;

  std::string value(const std::string& name, const std::string& otherwise = "") const;
  bool has(const std::string& flag) const { return flags.contains(flag); }
};

/// malformed for anything that is neither a known option nor, up to `max_words`, a word.
Result<Arguments> parse_arguments(const std::vector<std::string>& given,
                                  const std::set<std::string>& value_names,
                                  const std::set<std::string>& flag_names, std::size_t max_words);

}  // namespace refledger::tools
