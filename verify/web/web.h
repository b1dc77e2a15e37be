// The public endpoint: what anyone may ask, answered from ledger and records alone.
//
// Order    Every answer is pinned to one checkpoint.
// Errors   GET and HEAD only.  /v/ID/record answers alike for unknown, erased and malformed.
// Threads  answer() is called from several threads at once.
// Source   docs/public-endpoint.md
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "http/message.h"
#include "ledger/core/time.h"
#include "ledger/log/view.h"
#include "ledger/store/store.h"

namespace refledger::web {

struct Settings {
  std::string public_url;  ///< https://HOST
  std::string origin;      ///< HOST/log
  std::string log_vkey;
  std::filesystem::path shares;
};

class PublicEndpoint {
 public:
  PublicEndpoint(Settings settings, const store::Reader& ledger, const store::Reader& records,
                 const Clock& clock);
  ~PublicEndpoint();

  http::Response answer(const http::Request& request) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace refledger::web
