// What was asked of the sandbox, for tests to read: never a credential, never a token.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>

#include "http/message.h"
#include "ledger/core/json.h"
#include "ledger/core/time.h"

namespace refledger::sandbox {

class RequestLog {
 public:
  void add(const http::Request& request, unsigned status, UtcMillis now);
  /// The entries from number `from` on, oldest first; the oldest are dropped in time.
  Json entries(std::uint64_t from) const;
  /// How often each method and path was asked since the last clear(), with `*` for ids.
  Json counts() const { return counts_; }
  void clear();

 private:
  std::deque<Json> entries_;
  std::uint64_t next_ = 1;
  std::map<std::string, std::uint64_t> counts_;
};

/// What `attributes[]` asks for.
std::set<std::string> asked_attributes(const http::Request& request);

}  // namespace refledger::sandbox
