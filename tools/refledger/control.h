// How the command line talks to a running desk: JSON over a Unix socket that only its owner can
// open, with a token from a file that the public process cannot open.  Without a running desk the
// same commands open the stores themselves.
//
// Shape    The paths of desk_orders.h, sources.h and issue_control.h; errors
//          {"fault":...,"detail":...}
#pragma once

#include <functional>

#include "http/message.h"
#include "tools/refledger/home.h"
#include "tools/refledger/sources.h"

namespace refledger::tools {

/// The longest order, escaped, and what stands beside it.
constexpr std::size_t kMaxQuestion = std::size_t{1} << 20;

class Control {
 public:
  /// Any number at once: the desk sees to the order.  After a storage
  /// fault nothing more may be written by this process; `on_storage_fault` is told.
  Control(OpenHome& home, Sources& sources, const Settings& settings, std::string token,
          std::function<void()> on_storage_fault)
      : home_(&home),
        sources_(&sources),
        settings_(&settings),
        token_(std::move(token)),
        on_storage_fault_(std::move(on_storage_fault)) {}
  http::Response answer(const http::Request& request);

 private:
  http::Response wrapped(const Result<Json>& done);

  OpenHome* home_;
  Sources* sources_;
  const Settings* settings_;
  std::string token_;
  std::function<void()> on_storage_fault_;
};

/// Asks the running desk, or opens the stores for this one call.
Result<Json> command(const Settings& settings, const std::string& path, const Json& body);

/// Asks the running desk and nobody else; for looking while another command works.
Result<Json> ask_running_desk(const Settings& settings, const std::string& path);

}  // namespace refledger::tools
