// What people read, in four languages, from the table that the page's scripts read too.
//
// Shape    page/texts.js: `export const texts = ` and a JSON object, KEY to {de, en, fr, it}
// Errors   A key that is not in the table shows as the key itself; a test holds them all to it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "http/language.h"
#include "ledger/core/json.h"

namespace refledger::web {

using http::code_of;
using http::Language;
using http::pick_language;

using Blanks = std::map<std::string, std::string>;  ///< {name} in a text to what stands there

class Texts {
 public:
  /// `table` as in page/texts.js.
  explicit Texts(std::string_view table);

  std::string get(Language language, const std::string& key, const Blanks& blanks = {}) const;
  const Json& table() const { return table_; }

 private:
  Json table_;
};

}  // namespace refledger::web
