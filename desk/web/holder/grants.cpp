#include "desk/web/holder/grants.h"

#include <algorithm>

namespace refledger::site {
namespace {

constexpr std::chrono::minutes kGrant{30};
constexpr std::chrono::minutes kGuessing{15};
constexpr int kMostGuesses = 20;

}  // namespace

void Grants::give(const std::string& browser, Opened opened, UtcMillis now) {
  const std::lock_guard<std::mutex> alone(alone_);
  std::erase_if(grants_, [now](const auto& one) { return one.second.until <= now; });
  if (grants_.size() >= kMostGrants) {
    grants_.erase(std::min_element(
        grants_.begin(), grants_.end(),
        [](const auto& a, const auto& b) { return a.second.until < b.second.until; }));
  }
  grants_[browser] = {std::move(opened), now + kGrant};
}

std::optional<Opened> Grants::of(const std::string& browser, UtcMillis now) {
  const std::lock_guard<std::mutex> alone(alone_);
  const auto found = grants_.find(browser);
  if (found == grants_.end() || found->second.until <= now) return std::nullopt;
  return found->second.opened;
}

void Grants::end(const std::string& browser) {
  const std::lock_guard<std::mutex> alone(alone_);
  grants_.erase(browser);
}

bool Guesses::may_try(const std::string& peer, UtcMillis now) {
  const std::lock_guard<std::mutex> alone(alone_);
  std::erase_if(counts_, [now](const auto& one) { return one.second.since + kGuessing <= now; });
  const auto found = counts_.find(peer);
  return found == counts_.end() || found->second.wrong < kMostGuesses;
}

void Guesses::wrong(const std::string& peer, UtcMillis now) {
  const std::lock_guard<std::mutex> alone(alone_);
  Count& count = counts_[peer];
  if (count.wrong++ == 0) count.since = now;
}

}  // namespace refledger::site
