// Which connections there are: room for a bounded number, and none of them for ever.
//
// Order    When there is no room, the oldest connection that has no request being handled makes
//          place; one that is only being written to goes when there is none of the others.
// Threads  Any.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/limits.h"

namespace refledger::http {

enum class Phase { waiting, handling, writing };

/// A connection as the registry sees it.  Both calls return at once and may come from any thread.
class Member {
 public:
  virtual ~Member() = default;
  virtual Phase phase() const = 0;
  virtual void finish() = 0;  ///< close now, or after the answer that is under way
  virtual void drop() = 0;    ///< close now
};

class Registry {
 public:
  explicit Registry(const Limits& limits) : limits_(limits) {}

  /// Makes room if it must.  False: this peer has as many connections as one may have, or all
  /// connections have a request being handled.
  bool may_enter(const std::string& peer);

  /// A ticket for leave().
  std::uint64_t enter(const std::string& peer, const std::shared_ptr<Member>& member);
  void leave(std::uint64_t ticket);

  void make_room();   ///< sends the oldest away
  void finish_all();  ///< asks all to finish
  /// Whether all have left within `time`.
  bool wait_until_empty(std::chrono::milliseconds time);

 private:
  struct Entry {
    std::string peer;
    std::weak_ptr<Member> member;
    bool leaving = false;
  };
  // A member that is let go of may be the last to go and call leave(): never under the mutex.
  using Held = std::vector<std::shared_ptr<Member>>;
  bool send_away(Phase phase, Held& held);
  bool send_oldest_away(Held& held);

  const Limits limits_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::uint64_t, Entry> entries_;  // by ticket: the oldest first
  std::map<std::string, std::size_t> of_peer_;
  std::size_t leaving_ = 0;
  std::uint64_t next_ticket_ = 1;
};

}  // namespace refledger::http
