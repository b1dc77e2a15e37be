// HTML from the templates in templates/, escaped by default.
//
// Shape    Mustache.  `{{t.AREA.KEY}}` is a text; its blanks are taken from the page's values.
//          `{{> name}}` is templates/_name.html, put there as it is.  A page is set into
//          templates/layout.html.
// Errors   A template that is not there is an empty page; a test renders all of them.
// Threads  Any.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "desk/web/texts.h"
#include "ledger/core/json.h"

namespace refledger::site {

std::string escape_html(std::string_view text);

class Templates {
 public:
  Templates(std::span<const File> files, const Texts& texts);

  /// `name` without folder and ending.
  std::string render(Language language, const std::string& name, const Json& values) const;
  /// The keys that any template asks for.
  const std::set<std::string>& text_keys() const { return keys_; }
  std::set<std::string> names() const;

 private:
  std::string with_parts(std::string_view source, int depth) const;
  std::string with_texts(const std::string& source, Language language, const Texts& texts);

  std::map<std::string, std::string> sources_;
  std::map<std::pair<std::string, Language>, std::string> ready_;
  std::set<std::string> keys_;
};

}  // namespace refledger::site
