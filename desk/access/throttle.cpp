#include "desk/access/throttle.h"

#include <algorithm>

namespace refledger::access {

bool Throttle::must_wait(const std::string& name, UtcMillis now) {
  const std::lock_guard<std::mutex> alone(alone_);
  const auto found = records_.find(name);
  return found != records_.end() && now < found->second.until;
}

void Throttle::failed(const std::string& name, UtcMillis now) {
  const std::lock_guard<std::mutex> alone(alone_);
  if (records_.size() >= most_ && !records_.contains(name)) make_room(now);
  Record& record = records_[name];
  std::erase_if(record.failures, [&](UtcMillis at) { return at + rule_.window <= now; });
  record.failures.push_back(now);
  if (record.failures.size() < rule_.failures) return;
  record.failures.clear();
  record.until = now + rule_.pause;
}

void Throttle::succeeded(const std::string& name) {
  const std::lock_guard<std::mutex> alone(alone_);
  records_.erase(name);
}

void Throttle::make_room(UtcMillis now) {
  std::erase_if(records_, [&](const auto& entry) {
    const Record& record = entry.second;
    const bool recent = !record.failures.empty() && record.failures.back() + rule_.window > now;
    return !recent && record.until <= now;
  });
  if (records_.size() < most_) return;
  const auto oldest =
      std::ranges::min_element(records_, {}, [](const auto& entry) { return entry.second.until; });
  records_.erase(oldest);
}

}  // namespace refledger::access
