// The scrub finds what rots while the log goes on, and gives way when it is told to stop.
#include "ledger/log/scrub.h"

#include <future>

#include "company.h"

namespace refledger::log {
namespace {

using test::Company;
using test::kOrigin;
using test::MemoryLog;

constexpr ScrubPace kQuick{std::chrono::milliseconds(1), std::chrono::milliseconds(1)};

TEST(Scrub, FindsNothingInAWholeLedgerAndABitThatFlipsLater) {
  Company company;
  MemoryLog log;
  log.must_append(company.small_ledger());
  std::promise<FsckReport> first;
  {
    const Scrub scrub(log.store, kOrigin, log.key->public_key(),
                      {std::chrono::milliseconds(1), std::chrono::hours(1)},
                      [&](const FsckReport& report) { first.set_value(report); });
    EXPECT_EQ(first.get_future().get().wrong, 0u);
  }
  log.store.content()["entry"].at(store::number_key(3))[100] ^= 1;
  std::promise<FsckReport> second;
  const Scrub scrub(log.store, kOrigin, log.key->public_key(),
                    {std::chrono::milliseconds(1), std::chrono::hours(1)},
                    [&](const FsckReport& report) { second.set_value(report); });
  EXPECT_GT(second.get_future().get().wrong, 0u);
}

TEST(Scrub, FindsNothingWrongWhileTheLogGrows) {
  Company company;
  MemoryLog log;
  log.must_append({company.first()});
  std::atomic<int> rounds = 0;
  std::atomic<std::uint64_t> wrong = 0;
  const Scrub scrub(log.store, kOrigin, log.key->public_key(), kQuick,
                    [&](const FsckReport& report) {
                      wrong += report.wrong;
                      ++rounds;
                    });
  for (std::uint64_t number = 0; number < 100 || rounds < 3; ++number) {
    log.must_append({company.issue(number)});
    if (number % 10 == 0) {
      ASSERT_TRUE(log->build_indexes().has_value());
    }
  }
  EXPECT_EQ(wrong, 0u);
}

TEST(Scrub, StopsInTheMiddleOfARound) {
  MemoryLog log;
  log.must_append(Company().small_ledger());
  const auto start = std::chrono::steady_clock::now();
  {
    const Scrub scrub(log.store, kOrigin, log.key->public_key(),
                      {std::chrono::hours(1), std::chrono::hours(1)},
                      [](const FsckReport&) { FAIL() << "no round was whole"; });
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::minutes(10));
}

}  // namespace
}  // namespace refledger::log
