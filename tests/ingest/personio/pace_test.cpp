// The pace: full speed where nothing limits, and never beyond a limit that is known.
#include "ingest/personio/pace.h"

#include <gtest/gtest.h>

#include "support/support.h"

namespace refledger::ingest::personio {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

client::Answer telling(double rate, double burst, double remaining, unsigned status = 200) {
  const auto text = [](double number) { return std::to_string(static_cast<long>(number)); };
  client::Answer answer;
  answer.status = status;
  answer.headers = {{"x-ratelimit-replenish-rate", text(rate)},
                    {"x-ratelimit-burst-capacity", text(burst)},
                    {"x-ratelimit-remaining", text(remaining)},
                    {"x-ratelimit-requested-tokens", "1"}};
  return answer;
}

/// Sends `count` requests of `kind`, each taking a millisecond; how long it took.
template <class Answering>
milliseconds send(Pace& pace, test::HandClock& clock, const char* kind, int count,
                  Answering answering) {
  const UtcMillis start = clock.now();
  for (int number = 0; number < count; ++number) {
    clock.advance(pace.reserve(kind, clock.now()));
    const UtcMillis sent = clock.now();
    clock.advance(milliseconds{1});
    pace.learn(kind, answering(sent), sent, clock.now());
  }
  return clock.now() - start;
}

client::Answer plain(UtcMillis) { return client::Answer{200, {}, {}}; }

TEST(Pace, HoldsNobodyBackWithoutALimit) {
  Pace pace(false);
  test::HandClock clock;
  EXPECT_EQ(send(pace, clock, "v1/employees", 5000, plain), milliseconds{5000});
  EXPECT_EQ(send(pace, clock, "v2/persons", 5000,
                 [](UtcMillis) { return telling(100000, 100000, 99999); }),
            milliseconds{5000});
}

/// So many within the seconds before, as v1 counts; fails the test where there are more.
class Counter {
 public:
  void take(UtcMillis now) {
    taken_.push_back(now);
    EXPECT_LE(within(now, seconds{1}), 15);
    EXPECT_LE(within(now, seconds{60}), 300);
  }

 private:
  int within(UtcMillis now, milliseconds span) const {
    int found = 0;
    for (const UtcMillis one : taken_) found += one > now - span;
    return found;
  }
  std::vector<UtcMillis> taken_;
};

TEST(Pace, StaysWithinTheLimitsOfV1AndWithinFivePercentOfTheirMinimum) {
  Pace pace(true);
  test::HandClock clock;
  Counter counter;
  const milliseconds took = send(pace, clock, "v1/employees", 1000, [&](UtcMillis sent) {
    counter.take(sent);
    return client::Answer{200, {}, {}};
  });
  // 300 at once take 20 s; three more minutes' shares follow, the last of them 100 requests.
  const milliseconds least = seconds{180 + 6};
  EXPECT_GE(took, least - seconds{1});
  EXPECT_LE(took, least * 105 / 100);
}

TEST(Pace, LearnsTheLimitsOfV1FromARefusal) {
  Pace pace(false);
  test::HandClock clock;
  pace.learn("v1/employees", client::Answer{429, {}, {}}, clock.now(), clock.now());
  EXPECT_GE(send(pace, clock, "v1/employees", 31, plain), seconds{2});
}

/// The bucket that v2 keeps; fails the test when it is empty.
class Server {
 public:
  Server(double rate, UtcMillis now) : rate_(rate), tokens_(rate), at_(now) {}
  client::Answer take(UtcMillis now) {
    tokens_ = std::min(rate_, tokens_ + rate_ * std::chrono::duration<double>(now - at_).count());
    at_ = now;
    const bool allowed = tokens_ >= 1;
    if (allowed) {
      tokens_ -= 1;
    } else {
      ++refused;
    }
    return telling(rate_, rate_, std::max(0.0, tokens_), allowed ? 200 : 429);
  }
  int refused = 0;

 private:
  double rate_;
  double tokens_;
  UtcMillis at_;
};

TEST(Pace, FollowsTheBucketOfV2WithinFivePercentOfItsMinimum) {
  for (const double rate : {10.0, 30.0}) {
    Pace pace(false);
    test::HandClock clock;
    Server server(rate, clock.now());
    const milliseconds took =
        send(pace, clock, "v2/persons", 3000, [&](UtcMillis sent) { return server.take(sent); });
    const milliseconds least{static_cast<long>((3000 - rate) / rate * 1000)};
    EXPECT_LE(took, least * 105 / 100) << rate;
    EXPECT_EQ(server.refused, 0) << rate;
  }
}

// A line that takes from 1 to 40 ms each way, a server whose clock ticks every 10 ms, and a reader
// that is sometimes busy with something else.
TEST(Pace, IsNeverRefusedByABucketThatItKnowsHoweverLongAnswersTake) {
  for (const double rate : {10.0, 30.0}) {
    Pace pace(false);
    test::HandClock clock;
    Server server(rate, clock.now());
    for (int number = 0; number < 5000; ++number) {
      clock.advance(pace.reserve("v2/persons", clock.now()));
      const UtcMillis sent = clock.now();
      clock.advance(milliseconds{1 + number * 7 % 40});
      const client::Answer answer =
          server.take(UtcMillis{milliseconds{clock.now().time_since_epoch().count() / 10 * 10}});
      clock.advance(milliseconds{1 + number * 11 % 40});
      pace.learn("v2/persons", answer, sent, clock.now());
      if (number % 97 == 0) clock.advance(milliseconds{number % 2000});
    }
    EXPECT_EQ(server.refused, 0) << rate;
  }
}

TEST(Pace, KeepsTheKindsApart) {
  Pace pace(false);
  test::HandClock clock;
  pace.learn("v2/absence-periods", telling(1, 1, 0), clock.now(), clock.now());
  EXPECT_EQ(pace.reserve("v2/persons", clock.now()), milliseconds{0});
  EXPECT_EQ(pace.reserve("v2/absence-periods", clock.now()), seconds{1});
  EXPECT_EQ(pace.reserve("v2/absence-periods", clock.now()), seconds{2}) << "behind the first";
}

TEST(Pace, TakesNoHeaderThatMakesNoSense) {
  for (const char* value : {"", "-1", "many", "1e9", "99999999999", "0"}) {
    client::Answer answer = telling(30, 30, 0);
    answer.headers["x-ratelimit-replenish-rate"] = value;
    EXPECT_FALSE(told_limit(answer)) << value;
  }
  EXPECT_FALSE(told_limit(client::Answer{200, {}, {}}));
}

}  // namespace
}  // namespace refledger::ingest::personio
