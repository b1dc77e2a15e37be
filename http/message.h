// A request as the server hands it to a handler, and the answer.
//
// Errors   A Response can carry no header name or value with a byte below 0x20 or 0x7f: set() drops
//          the value's whole header and answers false.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/bytes.h"

namespace refledger::http {

struct Request {
  std::string method;                          ///< upper case
  std::string path;                            ///< as sent, without the query; not decoded
  std::string query;                           ///< as sent, without '?'
  std::map<std::string, std::string> headers;  ///< names in lower case; a repeated one is refused
  std::string body;
  std::string peer;  ///< the peer's address; empty on a Unix socket

  /// Empty if there is none.
  std::string_view header(std::string_view lower_case_name) const;
};

class Response {
 public:
  explicit Response(unsigned status) : status_(status) {}
  Response(unsigned status, std::string_view content_type, std::string body);
  /// Shares an answer that is kept elsewhere, e.g. in a cache.
  Response(unsigned status, std::string_view content_type, std::shared_ptr<const std::string> body);

  bool set(std::string_view name, std::string_view value);

  unsigned status() const { return status_; }
  const std::vector<std::pair<std::string, std::string>>& headers() const { return headers_; }
  const std::string& body() const;

 private:
  unsigned status_;
  std::vector<std::pair<std::string, std::string>> headers_;
  std::shared_ptr<const std::string> body_;
};

/// Percent-decodes; malformed escapes, NUL and invalid UTF-8 are nothing.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank = false);

/// The value of `name` in `a=b&c=d`; nothing if absent, twice there or malformed.
std::optional<std::string> form_value(std::string_view form, std::string_view name);

}  // namespace refledger::http
