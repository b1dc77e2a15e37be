// How fast an account may be asked: what Personio documents or tells, kept for all its readers.
//
// Shape    Requests are of a kind ("v1/employees", "v2/persons"); each kind has its own limits.
//          v1 tells nothing: at most 300 requests a minute and 15 a second for employees, 2000 a
//          minute over all, known in advance or learned at the first 429.  v2 tells of a bucket
//          with every answer.
// Units    Requests; milliseconds of the clock whose time is handed in.
// Threads  Any number.
// Source   developer.personio.de, changelogs of 2024; the x-ratelimit headers of API v2
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/client/exchange.h"
#include "ledger/core/time.h"

namespace refledger::ingest::personio {

/// What an answer told about its limit.
struct Told {
  double rate = 0;  ///< a second
  double burst = 0;
  double remaining = 0;
};
/// Nothing where the headers are missing or make no sense.
std::optional<Told> told_limit(const client::Answer& answer);

class Pace {
 public:
  using Millis = std::chrono::milliseconds;

  /// `documented`: v1's limits hold from the first request.
  explicit Pace(bool documented) : documented_(documented) {}

  /// How long to wait before the next request of `kind`, which is then counted as sent.
  Millis reserve(std::string_view kind, UtcMillis now);
  /// The answer to a request of `kind` that was sent at `sent` has come.
  void learn(std::string_view kind, const client::Answer& answer, UtcMillis sent, UtcMillis now);

 private:
  /// At most `most` within `span`.
  struct Window {
    std::size_t most;
    Millis span;
    std::deque<UtcMillis> taken = {};
  };
  struct Bucket {
    double rate;
    double burst;
    double tokens;
    UtcMillis at;
    void fill(UtcMillis now);
  };

  std::vector<Window*> windows_of(std::string_view kind);

  std::mutex mutex_;
  bool documented_;
  // Of v1; a little longer than documented, for two clocks never quite agree.  What a request
  // counts from is its answer, so that its way there does not matter.
  Window second_{15, Millis{1005}};
  Window minute_{300, Millis{60100}};
  Window all_{2000, Millis{60100}};
  std::map<std::string, Bucket, std::less<>> buckets_;
};

}  // namespace refledger::ingest::personio
