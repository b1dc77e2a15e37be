#include "tools/refledger/automatic_settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace refledger::tools {
namespace {

using ingest::RuleLayer;

constexpr unsigned kMostDays = 36500;
constexpr unsigned kMostHours = 24 * 365;
constexpr std::string_view kRoot = "automatic";

constexpr std::array<std::string_view, 7> kTypes{"confirmation",   "full_final", "full_interim",
                                                 "apprenticeship", "simple",     "qualified",
                                                 "interim"};
constexpr std::array<std::string_view, 3> kLeaves{"days_ahead", "hold_hours", "fixed_term"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_country(std::string_view word) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return word.size() == 2 && capital(word[0]) && capital(word[1]);
}

Error wrong(const std::string& key, const std::string& why) {
  return {Fault::malformed, key + " " + why};
}

// "automatic.CH.confirmation.days_ahead", taken apart.
struct Key {
  std::string country;
  std::string type;
  std::string leaf;  ///< empty: the mode
};

Result<Key> take_apart(const std::string& key) {
  Key parts;
  std::string_view rest = std::string_view(key).substr(kRoot.size());
  while (!rest.empty()) {
    rest.remove_prefix(1);  // the dot
    const std::string_view word = rest.substr(0, rest.find('.'));
    rest.remove_prefix(word.size());
    if (!parts.leaf.empty()) return wrong(key, "is not a known setting");
    if (is_one_of(word, kLeaves)) {
      parts.leaf = word;
    } else if (parts.country.empty() && is_country(word)) {
      parts.country = word;
    } else if (!parts.country.empty() && parts.type.empty() && is_one_of(word, kTypes)) {
      parts.type = word;
    } else {
      return wrong(key, "is not a known setting");
    }
  }
  return parts;
}

Result<unsigned> number(const std::string& key, const std::string& value, unsigned most) {
  unsigned read = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), read);
  if (error != std::errc{} || end != value.data() + value.size() || read > most) {
    return wrong(key, "is not a number from 0 to " + std::to_string(most));
  }
  return read;
}

Result<void> put(RuleLayer& layer, const std::string& key, const std::string& leaf,
                 const std::string& value) {
  if (leaf.empty()) {
    layer.mode = ingest::mode_named(value);
    return layer.mode ? Result<void>() : wrong(key, "is none of off, draft, issue");
  }
  if (leaf == "fixed_term") {
    if (value != "ask" && value != "take") return wrong(key, "is neither ask nor take");
    layer.fixed_term_ends = value == "take";
    return {};
  }
  const Result<unsigned> read = number(key, value, leaf == "days_ahead" ? kMostDays : kMostHours);
  if (!read) return read.error();
  if (leaf == "days_ahead") {
    layer.days_ahead = *read;
  } else {
    layer.hold = std::chrono::hours{*read};
  }
  return {};
}

}  // namespace

Result<AutomaticSettings> parse_automatic(const std::map<std::string, std::string>& values) {
  AutomaticSettings settings;
  std::map<std::pair<std::string, std::string>, RuleLayer> layers;
  for (const auto& [key, value] : values) {
    if (key == "automatic.look_back_days") {
      const Result<unsigned> days = number(key, value, kMostDays);
      if (!days) return days.error();
      settings.look_back_days = *days;
      continue;
    }
    const Result<Key> parts = take_apart(key);
    if (!parts) return parts.error();
    RuleLayer& layer = layers[{parts->country, parts->type}];
    if (auto done = put(layer, key, parts->leaf, value); !done) return done.error();
  }
  for (const auto& [name, layer] : layers) settings.rules.set(name.first, name.second, layer);
  return settings;
}

}  // namespace refledger::tools
