// Whom a webhook said something about: ids to read anew, in memory only.  A hint that is lost costs
// nothing but time, because the HR system is read on a schedule anyway.
//
// Shape    At most `most` ids; beyond that only that something changed is remembered.
// Threads  Any.
#pragma once

#include <cstddef>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace refledger::web {

class Hints {
 public:
  explicit Hints(std::size_t most = 1000) : most_(most) {}

  /// No id: something changed, nobody knows with whom.
  void add(const std::vector<std::string>& people);

  struct Taken {
    bool any = false;
    std::vector<std::string> people;
  };
  /// And forgets them.
  Taken take();

 private:
  std::size_t most_;
  std::mutex alone_;
  bool any_ = false;
  std::set<std::string> people_;
};

}  // namespace refledger::web
