#include "desk/case/publishing.h"

#include <array>
#include <limits>
#include <numeric>

#include "desk/case/state.h"
#include "ingest/source/zone.h"

namespace refledger::desk {
namespace {

// Of the numbers that 64 bits can show, the last few are left out where `bound` does not divide
// them, or the first remainders would be likelier.
std::uint64_t draw_below(std::uint64_t bound, Random& random) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  const std::uint64_t fair = kMost - kMost % bound;
  for (;;) {
    std::array<std::uint8_t, 8> drawn{};
    random.fill(drawn);
    std::uint64_t number = 0;
    for (const std::uint8_t byte : drawn) number = number << 8 | byte;
    if (number < fair) return number % bound;
  }
}

}  // namespace

Result<UtcMillis> next_publication(UtcMillis now, std::chrono::minutes at, std::string_view zone) {
  const Result<Date> today = ingest::local_date(now, zone);
  if (!today) return today.error();
  for (std::chrono::sys_days day(*today);; day += std::chrono::days(1)) {
    const UtcMillis by_utc = day + at;
    const Result<std::chrono::minutes> about = ingest::ahead_of_utc(by_utc, zone);
    if (!about) return about.error();
    const Result<std::chrono::minutes> ahead = ingest::ahead_of_utc(by_utc - *about, zone);
    if (!ahead) return ahead.error();
    if (by_utc - *ahead > now) return by_utc - *ahead;
  }
}

std::vector<std::size_t> random_order(std::size_t count, Random& random) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t left = count; left > 1; --left) {
    std::swap(order[left - 1], order[draw_below(left, random)]);
  }
  return order;
}

// All in one append, so that they stand under one checkpoint.  An entry that the log refuses does
// not hold up the others, which then go one by one.
Result<void> Desk::State::publish_due(SyncReport& report) {
  const UtcMillis now = bench.now();
  Result<std::vector<Kept>> due = book.load(book.where([&](const Outline& one) {
    return one.stage == Stage::stored && one.waiting == Waiting::to_publish &&
           (!issuer.publish_at || !one.publish_at || *one.publish_at <= now);
  }));
  if (!due) return due.error();
  const std::vector<std::size_t> order = random_order(due->size(), *parts.random);
  for (std::size_t from = 0; from < order.size(); from += log::kMaxBatch) {
    std::vector<std::string> entries;
    for (std::size_t nth = from; nth < std::min(order.size(), from + log::kMaxBatch); ++nth) {
      entries.push_back((*due)[order[nth]].content.entry);
    }
    const auto at = parts.log->append(entries);
    if (!at && at.error().fault == Fault::storage) return at.error();
    if (at) bench.done(step::published);
  }
  std::vector<Kept> shuffled;
  for (const std::size_t nth : order) shuffled.push_back(std::move((*due)[nth]));
  return for_each(shuffled, report, [&](Kept& kept) -> Result<void> {
    if (auto published = take_published(bench, kept); !published) return published;
    ++report.issued;
    return issue(bench, kept);
  });
}

}  // namespace refledger::desk
