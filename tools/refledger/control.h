// How the command line talks to a running desk: JSON over a Unix socket that only its owner can
// open, with a token from a file that the public process cannot open.  Without a running desk the
// same commands open the stores themselves.
//
// Shape    GET /cases, GET /reading, POST /sync {"now":true}, POST /withdraw {"id":ID}, those of
//          sources.h; errors {"fault":...,"detail":...}
#pragma once

#include <functional>
#include <mutex>

#include "http/message.h"
#include "tools/refledger/home.h"
#include "tools/refledger/sources.h"

namespace refledger::tools {

class Control {
 public:
  /// `busy` is held while the desk works: one order at a time; looking needs none.  After a storage
  /// fault nothing more may be written by this process; `on_storage_fault` is told.
  Control(desk::Desk& desk, Sources& sources, std::mutex& busy, std::string token,
          std::function<void()> on_storage_fault)
      : desk_(&desk),
        sources_(&sources),
        busy_(&busy),
        token_(std::move(token)),
        on_storage_fault_(std::move(on_storage_fault)) {}
  http::Response answer(const http::Request& request);

 private:
  http::Response wrapped(const Result<Json>& done);

  desk::Desk* desk_;
  Sources* sources_;
  std::mutex* busy_;
  std::string token_;
  std::function<void()> on_storage_fault_;
};

Json to_json(const desk::SyncReport& report);
Json to_json(const std::vector<desk::CaseSummary>& cases);

/// Asks the running desk, or opens the stores for this one call.
Result<Json> command(const Settings& settings, const std::string& path, const Json& body);

}  // namespace refledger::tools
