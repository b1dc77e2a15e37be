// A request as the server hands it to a handler, and the answer.
//
// Errors   A Response can carry no header name or value with a byte below 0x20 or 0x7f, and none of
//          the headers that are the server's own (Connection, Content-Length, Date,
//          Transfer-Encoding and the like): set() and add() then change nothing and answer false.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/core/bytes.h"

namespace refledger::http {

struct Request {
  std::string method;  ///< upper case
  std::string path;    ///< as sent, without the query; not decoded
  std::string query;   ///< as sent, without '?'
  /// Names in lower case.  A repeated header is joined with ", " where it is a list by its
  /// definition (Accept, Cache-Control, Via, ...); any other makes the request be refused.
  std::map<std::string, std::string> headers;
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

  bool set(std::string_view name, std::string_view value);  ///< replaces one of the same name
  bool add(std::string_view name, std::string_view value);  ///< beside others (Set-Cookie)

  /// For stand-ins that play a failing server: the head promises the whole body, `bytes` of it are
  /// sent, then the connection breaks.
  void break_off_after(std::size_t bytes) { break_off_after_ = bytes; }

  unsigned status() const { return status_; }
  const std::vector<std::pair<std::string, std::string>>& headers() const { return headers_; }
  const std::string& body() const;
  std::optional<std::size_t> break_off_after() const { return break_off_after_; }

 private:
  unsigned status_;
  std::vector<std::pair<std::string, std::string>> headers_;
  std::shared_ptr<const std::string> body_;
  std::optional<std::size_t> break_off_after_;
};

/// Percent-decodes; malformed escapes, NUL and invalid UTF-8 are nothing.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank = false);

/// The value of `name` in `a=b&c=d`; nothing if absent, twice there or malformed.
std::optional<std::string> form_value(std::string_view form, std::string_view name);

/// Every pair of `a=b&a=c`, decoded, in its order; nothing if any of them is malformed.
std::optional<std::vector<std::pair<std::string, std::string>>> form_pairs(std::string_view form);

}  // namespace refledger::http
