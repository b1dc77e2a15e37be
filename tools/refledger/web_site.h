// HR's web application, as `serve` runs it in the desk's process.
//
// Order    Without an administrator, a link that makes the first one is printed once a start; it
//          works until there is one.
#pragma once

#include <functional>
#include <memory>

#include "desk/web/site.h"
#include "http/server.h"
#include "tools/refledger/home.h"

namespace refledger::tools {

class WebSite {
 public:
  /// Nothing where the settings name no address for it.
  static Result<std::unique_ptr<WebSite>> start(const Settings& settings, OpenHome& home,
                                                std::function<void()> storage_failed);
  /// The link for the first administrator; empty if there is one already.
  std::string setup_link() const;
  void stop();
  ~WebSite();

 private:
  struct State;
  static std::vector<site::Area> areas_of(State& state, OpenHome& home);
  explicit WebSite(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace refledger::tools
