// What a form sends: fields, and files where it may have some.
//
// Shape    application/x-www-form-urlencoded or multipart/form-data, UTF-8, at most 500 fields; a
//          name may occur several times (check boxes).  Lines end with a line feed alone.
// Errors   malformed: anything else; out_of_range: more or longer than may be
// Source   RFC 7578; WHATWG HTML §4.10.22
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/core/result.h"

namespace refledger::site {

struct Upload {
  std::string field;
  std::string type;     ///< as the browser says: never believed
  std::string content;  ///< bytes; empty where no file was chosen
};

class Form {
 public:
  /// `content_type` as in the request's header.
  static Result<Form> parse(std::string_view content_type, std::string_view body);
  /// The query of an address.
  static Result<Form> parse_query(std::string_view query);

  /// The first of that name without blanks around it; empty if there is none.
  std::string get(std::string_view name) const;
  /// As it was sent: passwords, texts.
  std::string raw(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;
  bool has(std::string_view name) const;
  const Upload* upload(std::string_view field) const;
  const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
  std::vector<Upload> uploads_;
};

}  // namespace refledger::site
