// Which browser may fetch whose files, for half an hour after the right code and PIN.
//
// Order    In memory alone; at most kMostGrants at a time, the oldest goes first.
// Threads  Any.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "ledger/core/time.h"

namespace refledger::site {

constexpr std::size_t kMostGrants = 1000;

struct Opened {
  std::string code;
  std::string pin;
};

class Grants {
 public:
  void give(const std::string& browser, Opened opened, UtcMillis now);
  std::optional<Opened> of(const std::string& browser, UtcMillis now);
  void end(const std::string& browser);

 private:
  struct Grant {
    Opened opened;
    UtcMillis until{};
  };
  std::mutex alone_;
  std::map<std::string, Grant> grants_;
};

/// Wrong codes, counted together: guessing one needs more tries than anybody gets.
class Guesses {
 public:
  /// Whether another try may be made; a wrong one is noted with wrong().
  bool may_try(const std::string& peer, UtcMillis now);
  void wrong(const std::string& peer, UtcMillis now);

 private:
  struct Count {
    int wrong = 0;
    UtcMillis since{};
  };
  std::mutex alone_;
  std::map<std::string, Count> counts_;
};

}  // namespace refledger::site
