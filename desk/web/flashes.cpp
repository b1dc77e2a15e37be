#include "desk/web/flashes.h"

namespace refledger::site {
namespace {

constexpr std::size_t kMaxSessions = 1000;
constexpr std::size_t kMaxOfOne = 20;

}  // namespace

void Flashes::add(const std::string& session, Flash flash) {
  const std::lock_guard<std::mutex> alone(alone_);
  if (by_session_.size() >= kMaxSessions && !by_session_.contains(session)) {
    by_session_.erase(by_session_.begin());
  }
  std::vector<Flash>& said = by_session_[session];
  if (said.size() < kMaxOfOne) said.push_back(std::move(flash));
}

std::vector<Flash> Flashes::take(const std::string& session) {
  const std::lock_guard<std::mutex> alone(alone_);
  auto found = by_session_.extract(session);
  return found ? std::move(found.mapped()) : std::vector<Flash>();
}

}  // namespace refledger::site
