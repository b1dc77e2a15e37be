// Slows down guessing: who fails too often waits.
//
// Shape    In memory, at most `most` names; beyond that the oldest are forgotten.
// Threads  Any.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "ledger/core/time.h"

namespace refledger::access {

class Throttle {
 public:
  struct Rule {
    std::size_t failures;  ///< within `window`
    std::chrono::seconds window;
    std::chrono::seconds pause;
  };
  explicit Throttle(Rule rule, std::size_t most = 10'000) : rule_(rule), most_(most) {}

  bool must_wait(const std::string& name, UtcMillis now);
  void failed(const std::string& name, UtcMillis now);
  void succeeded(const std::string& name);

 private:
  struct Record {
    std::deque<UtcMillis> failures;
    UtcMillis until{};
  };
  void make_room(UtcMillis now);

  Rule rule_;
  std::size_t most_;
  std::mutex alone_;
  std::map<std::string, Record> records_;
};

}  // namespace refledger::access
