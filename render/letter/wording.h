// The sentences of one language, read from wording-de.json and its like.
//
// Shape    Keys are looked up from the most special to the most general:
//          key/type@country, key/type, key@country, key.
// Errors   malformed, naming the file and the place: a key that is missing or unknown, a template
//          that does not parse, a slot that its sentence does not know
// Source   docs/rule-packs.md, "Wording"
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "render/letter/template.h"

namespace refledger::letter {

/// What to say of a name, by how the name begins or ends: "AG" is "der ... AG".
struct Phrase {
  std::vector<std::string> starts;
  std::vector<std::string> ends;
  Template say;  ///< with the slot {value}
};

struct Wording {
  static Result<Wording> parse(std::string_view json, const std::string& file);

  std::string language;
  /// By country, or "*".
  std::map<std::string, std::string> locales;
  std::map<std::string, Slots> spelling;
  std::map<std::string, std::vector<std::string>> months;
  std::map<std::string, std::array<std::string, 2>> quotes;

  std::string decimal;              ///< "," or "."
  std::string first_day;            ///< "1", "1er", "1°"
  std::array<std::string, 2> list;  ///< between items, before the last one

  std::vector<std::string> titles_before;  ///< words of titles that stand before the name
  std::vector<std::string> titles_kept;    ///< words of titles that stay with the family name
  std::vector<Join> joins;
  std::vector<Phrase> employers;
  std::vector<Phrase> departments;

  std::map<std::string, Template> mentions;
  std::map<std::string, Template> sentences;
  std::map<std::string, std::array<Template, 5>> ratings;  ///< by criterion; grade 1 first
  std::map<std::string, std::string> groups;               ///< those whom conduct is towards

  /// `key` must be one of the sentences that every wording has.
  const Template& sentence(const std::string& key, const std::string& type,
                           const std::string& country) const;

  /// The entry for `country`, else that for "*".
  template <class T>
  static const T& for_country(const std::map<std::string, T>& entries, const std::string& country) {
    const auto found = entries.find(country);
    return found != entries.end() ? found->second : entries.at("*");
  }
};

/// The criterion under which a rating is worded: conduct is one sentence for several groups.
std::string_view wording_of(std::string_view criterion);

}  // namespace refledger::letter
