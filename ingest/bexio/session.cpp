#include "ingest/bexio/session.h"

#include <algorithm>
#include <array>

#include "ledger/core/text.h"

namespace refledger::ingest::bexio {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kAttempts = 5;
constexpr milliseconds kFirstWait{1000};
constexpr seconds kLongestWait{60};  // the limit is one of a minute

std::optional<unsigned> number_in(const client::Answer& answer, std::string_view header) {
  const auto found = answer.headers.find(header);
  if (found == answer.headers.end() || found->second.size() > 6) return std::nullopt;
  const Result<std::uint64_t> number = from_decimal(found->second, header);
  if (!number) return std::nullopt;
  return static_cast<unsigned>(*number);
}

bool worth_repeating(const Result<client::Answer>& answer) {
  if (!answer) return answer.error().fault == Fault::upstream;
  return answer->status == 429 || answer->status >= 500;
}

// What a 429 asks for; without a word about it, nothing beyond our own wait.
seconds asked_for(const client::Answer& answer, const Limit& limit) {
  if (answer.status != 429) return answer.retry_after.value_or(seconds{0});
  return answer.retry_after.value_or(limit.reset.value_or(seconds{0}));
}

}  // namespace

Limit limit_in(const client::Answer& answer) {
  Limit limit;
  limit.per_minute = number_in(answer, "ratelimit-limit");
  limit.remaining = number_in(answer, "ratelimit-remaining");
  if (const auto reset = number_in(answer, "ratelimit-reset")) limit.reset = seconds{*reset};
  return limit;
}

Session::Session(client::Endpoint endpoint, std::string token, Sleep sleep, Random& random)
    : endpoint_(std::move(endpoint)),
      token_(std::move(token)),
      sleep_(std::move(sleep)),
      random_(&random) {}

Result<client::Answer> Session::get(const std::string& target, std::size_t max_body) {
  if (limit_.remaining == 0u && limit_.reset) sleep_(varied(std::min(*limit_.reset, kLongestWait)));
  milliseconds wait = kFirstWait;
  for (int attempt = 1;; ++attempt) {
    Result<client::Answer> answer = client::exchange(endpoint_, {target, token_, {}}, max_body);
    if (answer) {
      limit_ = limit_in(*answer);
    } else {
      answer = Error{answer.error().fault, "bexio: " + answer.error().detail};
    }
    if (!worth_repeating(answer) || attempt == kAttempts) return answer;
    const seconds asked = answer ? asked_for(*answer, limit_) : seconds{0};
    // More patience than a run has: the next run tries again.
    if (asked > kLongestWait) return answer;
    sleep_(varied(std::max<milliseconds>(wait, asked)));
    wait *= 2;
  }
}

// Up to a quarter longer, so that many installations do not all come back in the same second.
milliseconds Session::varied(milliseconds wait) {
  std::array<std::uint8_t, 2> drawn{};
  random_->fill(drawn);
  const unsigned fraction = drawn[0] * 256u + drawn[1];
  return wait + wait * fraction / 4 / 65536;
}

}  // namespace refledger::ingest::bexio
