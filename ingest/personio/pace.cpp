#include "ingest/personio/pace.h"

#include <algorithm>
#include <cmath>

namespace refledger::ingest::personio {
namespace {

constexpr double kMost = 1e6;  // requests; beyond it nothing is paced
// Two clocks never quite agree.  What is kept back once costs half a request's time, once.
constexpr double kKeptBack = 0.5;  // requests

std::optional<double> number_in(const client::Answer& answer, std::string_view header) {
  const auto found = answer.headers.find(header);
  if (found == answer.headers.end() || found->second.empty() || found->second.size() > 9) {
    return std::nullopt;
  }
  double number = 0;
  for (const char c : found->second) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

double seconds_between(UtcMillis from, UtcMillis to) {
  return std::max(0.0, std::chrono::duration<double>(to - from).count());
}

}  // namespace

std::optional<Told> told_limit(const client::Answer& answer) {
  const auto rate = number_in(answer, "x-ratelimit-replenish-rate");
  const auto burst = number_in(answer, "x-ratelimit-burst-capacity");
  const auto remaining = number_in(answer, "x-ratelimit-remaining");
  if (!rate || !burst || !remaining || *rate <= 0 || *burst < 1) return std::nullopt;
  return Told{*rate, *burst, *remaining};
}

void Pace::Bucket::fill(UtcMillis now) {
  tokens = std::min(burst, tokens + rate * seconds_between(at, now));
  at = now;
}

std::vector<Pace::Window*> Pace::windows_of(std::string_view kind) {
  if (!documented_ || !kind.starts_with("v1/")) return {};
  if (kind == "v1/employees") return {&second_, &minute_, &all_};
  return {&all_};
}

Pace::Millis Pace::reserve(std::string_view kind, UtcMillis now) {
  const std::lock_guard lock(mutex_);
  UtcMillis at = now;
  if (const auto bucket = buckets_.find(kind); bucket != buckets_.end()) {
    Bucket& its = bucket->second;
    its.fill(now);
    const double needed = 1 + std::min(kKeptBack, its.burst - 1);
    if (its.tokens < needed) {
      const double missing = (needed - its.tokens) / its.rate;
      at += Millis(static_cast<Millis::rep>(std::ceil(missing * 1000)));
    }
    its.tokens -= 1;  // below 0 while others wait, too
  }
  for (const Window* window : windows_of(kind)) {
    if (window->taken.size() < window->most) continue;
    at = std::max(at, window->taken[window->taken.size() - window->most] + window->span);
  }
  for (Window* window : windows_of(kind)) {
    window->taken.push_back(at);
    if (window->taken.size() > window->most) window->taken.pop_front();
  }
  return at - now;
}

void Pace::learn(std::string_view kind, const client::Answer& answer, UtcMillis sent,
                 UtcMillis now) {
  const std::lock_guard lock(mutex_);
  // The server counted it at some moment until now: the latest is the safe one.
  for (Window* window : windows_of(kind)) {
    if (!window->taken.empty()) window->taken.back() = std::max(window->taken.back(), now);
  }
  if (answer.status == 429 && kind.starts_with("v1/")) documented_ = true;
  const std::optional<Told> told = told_limit(answer);
  if (!told || told->rate > kMost || told->remaining > kMost) return;
  const auto [at, fresh] = buckets_.try_emplace(
      std::string(kind), Bucket{told->rate, told->burst, told->remaining, now});
  Bucket& bucket = at->second;
  if (fresh) return;
  bucket.rate = told->rate;
  bucket.burst = told->burst;
  bucket.fill(now);
  // A full bucket stays full until the request arrives, which may have been only just now.
  bucket.tokens = std::min(bucket.tokens, told->burst - 1);
  // What remains is told in whole requests and was true between `sent` and now.
  const double most = told->remaining + 1 + told->rate * seconds_between(sent, now);
  bucket.tokens = answer.status == 429 ? std::min(bucket.tokens, told->remaining)
                                       : std::clamp(bucket.tokens, told->remaining, most);
}

}  // namespace refledger::ingest::personio
