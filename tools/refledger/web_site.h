// HR's web application, as `serve` runs it in the desk's process.
//
// Order    Where something that the desk is built with changes, the desk starts anew in the same
//          process, and browsers wait those seconds.  Without an administrator, a link that makes
//          the first one is printed once a start; it works until there is one.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "desk/web/connections/area.h"
#include "desk/web/site.h"
#include "http/server.h"
#include "tools/refledger/home.h"

namespace refledger::tools {

/// The last readings of the HR system, for HR to see.
class SyncLog {
 public:
  void add(site::SyncNote note);
  std::vector<site::SyncNote> newest() const;  ///< at most ten, the newest first

 private:
  mutable std::mutex alone_;
  std::deque<site::SyncNote> notes_;
};

/// What the application sets off in the desk.
struct WebHooks {
  std::function<void()> storage_failed;
  std::function<void()> read_now;
  std::function<void()> start_anew;  ///< what counts has changed
  const SyncLog* syncs;
  site::Flashes* flashes;
};

/// Listens for browsers as long as the desk's process runs; while the desk starts anew, they wait.
class Front {
 public:
  /// Nothing where the settings name no address for it.
  static Result<std::unique_ptr<Front>> start(const Settings& settings);
  void show(site::Site& site);
  void leave();  ///< whoever asks from now on waits for the next show()
  void hide();   ///< the same, and returns when nothing is being answered any more
  site::Flashes& flashes() { return flashes_; }
  ~Front();

 private:
  Front() = default;
  http::Response answer(const http::Request& request);

  std::shared_timed_mutex using_;
  std::mutex alone_;
  std::condition_variable changed_;
  site::Site* site_ = nullptr;
  bool stopping_ = false;
  site::Flashes flashes_;
  std::unique_ptr<http::Server> server_;
};

/// Accounts, audit log and pages of a desk that is open.
class WebSite {
 public:
  static Result<std::unique_ptr<WebSite>> make(OpenHome& home, WebHooks hooks);
  site::Site& site();
  /// The link for the first administrator; empty if there is one already.
  std::string setup_link() const;
  ~WebSite();

 private:
  struct State;
  static std::vector<site::Area> areas_of(State& state, OpenHome& home, const WebHooks& hooks);
  explicit WebSite(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// How the site is reached and what it says of itself.
site::SiteSettings site_settings(const Settings& settings, std::function<void()> storage_failed);
std::string draw_setup_token(Random& random);
std::string setup_link_of(const Settings& settings, const std::string& token);

}  // namespace refledger::tools
