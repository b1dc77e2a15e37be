// What was asked of the sandbox, for tests to read: never a credential, never a token.
#pragma once

#include <deque>
#include <set>
#include <string>

#include "http/message.h"
#include "ledger/core/json.h"
#include "ledger/core/time.h"

namespace refledger::sandbox {

class RequestLog {
 public:
  void add(const http::Request& request, unsigned status, UtcMillis now);
  /// The entries from number `from` on, oldest first.
  Json entries(std::uint64_t from) const;
  void clear() { entries_.clear(); }

 private:
  std::deque<Json> entries_;
  std::uint64_t next_ = 1;
};

/// What `attributes[]` asks for.
std::set<std::string> asked_attributes(const http::Request& request);

}  // namespace refledger::sandbox
