#include "tools/refledger/web_site.h"

namespace refledger::tools {
namespace {

constexpr std::size_t kMaxBody = std::size_t{3} << 20;
constexpr std::chrono::seconds kPatience{25};

http::Response starting() {
  http::Response response(503, "text/plain; charset=utf-8", "Starting; try again in a moment.\n");
  response.set("Retry-After", "3");
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace

Result<std::unique_ptr<Front>> Front::start(const Settings& settings) {
  if (!settings.desk_web) return std::unique_ptr<Front>();
  std::unique_ptr<Front> front(new Front());
  http::Settings served;
  served.endpoint = *settings.desk_web;
  served.tls = settings.desk_tls;
  served.limits.body_bytes = kMaxBody;
  served.limits.connections = 512;
  Result<std::unique_ptr<http::Server>> server = http::Server::start(
      served, [held = front.get()](const http::Request& request) { return held->answer(request); });
  if (!server) return server.error();
  front->server_ = *std::move(server);
  return front;
}

Front::~Front() {
  {
    const std::lock_guard<std::mutex> alone(alone_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (server_) server_->stop();
}

void Front::show(site::Site& site) {
  {
    const std::lock_guard<std::mutex> alone(alone_);
    site_ = &site;
  }
  changed_.notify_all();
}

void Front::leave() {
  const std::lock_guard<std::mutex> alone(alone_);
  site_ = nullptr;
}

void Front::hide() {
  leave();
  const std::unique_lock<std::shared_timed_mutex> nobody(using_);
}

http::Response Front::answer(const http::Request& request) {
  std::unique_lock<std::mutex> alone(alone_);
  changed_.wait_for(alone, kPatience, [this] { return site_ != nullptr || stopping_; });
  if (site_ == nullptr || stopping_) return starting();
  // Taken before it is let go of: hide() waits for it.
  const std::shared_lock<std::shared_timed_mutex> in_use(using_);
  site::Site& site = *site_;
  alone.unlock();
  return site.answer(request);
}

}  // namespace refledger::tools
