// What people read, in four languages, from texts/AREA.LANGUAGE.json.
//
// Shape    An object of KEY to text; it is asked for as "AREA.KEY".  `{name}` in a text is a blank.
// Errors   A key that is not there shows as the key itself; a test holds all four to the same keys
//          and every template to the keys that there are.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "desk/web/files.h"
#include "http/language.h"
#include "ledger/core/time.h"

namespace refledger::site {

using http::Language;
using Blanks = std::map<std::string, std::string>;

class Texts {
 public:
  explicit Texts(std::span<const File> files);

  const std::string& get(Language language, const std::string& key) const;
  /// Plain text, the blanks filled.
  std::string get(Language language, const std::string& key, const Blanks& blanks) const;
  const std::map<std::string, std::string>& all(Language language) const {
    return texts_.at(language);
  }

 private:
  std::map<Language, std::map<std::string, std::string>> texts_;
};

/// `30.09.2026`, `30 Sep 2026`, ... as the language has it.
std::string shown(Date date, Language language);
/// With hours and minutes, in the zone that `offset` is of.
std::string shown(UtcMillis time, Language language, std::chrono::minutes offset);

}  // namespace refledger::site
