// How often the API may be asked, in the numbers that are documented or were measured.
//
// Order    A request that is refused counts for nothing, except towards /auth's cool-down.
// Units    Requests; seconds of the company's clock, or faster by `speed`.
// Source   developer.personio.de v1: 300 employees requests a minute in bursts of 15 a second, 2000
//          a minute over all, 60 authentications; v2: 150 tokens a minute; a live probe of v2 in
//          2026: a token bucket of 30 a second for persons, 10 for absence periods.  For the other
//          paths of v2 no figure is known: employments have 30 here, the rest 10.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/core/time.h"

namespace refledger::sandbox {

struct Pace {
  bool allowed = true;
  std::vector<std::pair<std::string, std::string>> headers = {};
};

class Limits {
 public:
  /// Without limits v2 still tells of a bucket, one that nobody can empty.
  explicit Limits(bool real = false, unsigned speed = 1) : real_(real), speed_(speed) {}
  Pace take(std::string_view path, UtcMillis now);

 private:
  using Time = std::chrono::milliseconds;  ///< since the first request
  struct Bucket {
    double tokens;
    Time filled;
  };
  /// So many within the seconds before now.
  struct Window {
    std::deque<Time> taken;
    bool has_room(Time now, Time span, std::size_t most);
  };

  Time scaled(UtcMillis now);
  bool take_v1(std::string_view path, Time now);
  bool take_auth(Time now, std::size_t most, bool trickle);
  Pace take_v2(std::string_view path, Time now);

  bool real_;
  unsigned speed_;
  UtcMillis started_{};
  Window employees_;
  Window all_v1_;
  Window auth_;
  Window trickle_;
  Time cooling_until_{0};
  std::map<std::string, Bucket, std::less<>> buckets_;
};

}  // namespace refledger::sandbox
