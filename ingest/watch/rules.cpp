#include "ingest/watch/rules.h"

#include <algorithm>
#include <cstdlib>

namespace refledger::ingest {
namespace {

void lay_over(AutomaticRule& rule, const RuleLayer& layer) {
  rule.mode = layer.mode.value_or(rule.mode);
  rule.days_ahead = layer.days_ahead.value_or(rule.days_ahead);
  rule.hold = layer.hold.value_or(rule.hold);
  rule.fixed_term_ends = layer.fixed_term_ends.value_or(rule.fixed_term_ends);
}

// The more that happens by itself, the higher.
AutomaticMode busier(AutomaticMode a, AutomaticMode b) { return std::max(a, b); }

}  // namespace

const char* name_of(AutomaticMode mode) {
  switch (mode) {
    case AutomaticMode::off:
      return "off";
    case AutomaticMode::draft:
      return "draft";
    case AutomaticMode::issue:
      return "issue";
  }
  std::abort();
}

std::optional<AutomaticMode> mode_named(std::string_view name) {
  for (const auto mode : {AutomaticMode::off, AutomaticMode::draft, AutomaticMode::issue}) {
    if (name == name_of(mode)) return mode;
  }
  return std::nullopt;
}

void AutomaticRules::set(const std::string& country, const std::string& type,
                         const RuleLayer& layer) {
  layers_[{country, type}] = layer;
}

AutomaticRule AutomaticRules::of(std::string_view country, std::string_view type) const {
  AutomaticRule rule;
  using Key = std::pair<std::string, std::string>;
  for (const Key& key : {Key{}, Key{country, ""}, Key{country, type}}) {
    const auto found = layers_.find(key);
    if (found != layers_.end()) lay_over(rule, found->second);
  }
  return rule;
}

AutomaticRule AutomaticRules::of_any(std::string_view country) const {
  AutomaticRule whole = of(country, "");
  for (const auto& [key, layer] : layers_) {
    if (key.first != country || key.second.empty()) continue;
    const AutomaticRule one = of(country, key.second);
    whole.mode = busier(whole.mode, one.mode);
    whole.days_ahead = std::max(whole.days_ahead, one.days_ahead);
    whole.fixed_term_ends = false;  // decided once the type is known
  }
  return whole;
}

std::string AutomaticRules::text() const {
  std::string all;
  for (const auto& [key, layer] : layers_) {
    all += key.first + "." + key.second + ":";
    all += layer.mode ? name_of(*layer.mode) : "";
    all += "," + (layer.days_ahead ? std::to_string(*layer.days_ahead) : "");
    all += "," + (layer.hold ? std::to_string(layer.hold->count()) : "");
    all += "," + (layer.fixed_term_ends ? std::to_string(*layer.fixed_term_ends) : "") + ";";
  }
  return all;
}

}  // namespace refledger::ingest
