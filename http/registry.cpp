// Which connections there are.
#include "http/registry.h"

namespace refledger::http {

bool Registry::may_enter(const std::string& peer) {
  Held held;
  const std::scoped_lock lock(mutex_);
  const auto count = of_peer_.find(peer);
  if (!peer.empty() && count != of_peer_.end() && count->second >= limits_.connections_per_peer) {
    return false;
  }
  return entries_.size() - leaving_ < limits_.connections || send_oldest_away(held);
}

std::uint64_t Registry::enter(const std::string& peer, const std::shared_ptr<Member>& member) {
  const std::scoped_lock lock(mutex_);
  entries_.emplace(next_ticket_, Entry{peer, member});
  ++of_peer_[peer];
  return next_ticket_++;
}

void Registry::leave(std::uint64_t ticket) {
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(ticket);
  if (found == entries_.end()) return;
  if (found->second.leaving) --leaving_;
  const auto count = of_peer_.find(found->second.peer);
  if (--count->second == 0) of_peer_.erase(count);
  entries_.erase(found);
  changed_.notify_all();
}

void Registry::make_room() {
  Held held;
  const std::scoped_lock lock(mutex_);
  send_oldest_away(held);
}

bool Registry::send_oldest_away(Held& held) {
  return send_away(Phase::waiting, held) || send_away(Phase::writing, held);
}

bool Registry::send_away(Phase phase, Held& held) {
  for (auto& [ticket, entry] : entries_) {
    if (entry.leaving) continue;
    const std::shared_ptr<Member>& member = held.emplace_back(entry.member.lock());
    if (!member || member->phase() != phase) continue;
    phase == Phase::waiting ? member->finish() : member->drop();
    entry.leaving = true;
    ++leaving_;
    return true;
  }
  return false;
}

void Registry::finish_all() {
  Held held;
  const std::scoped_lock lock(mutex_);
  for (auto& [ticket, entry] : entries_) {
    if (held.emplace_back(entry.member.lock())) held.back()->finish();
  }
}

bool Registry::wait_until_empty(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, time, [this] { return entries_.empty(); });
}

}  // namespace refledger::http
