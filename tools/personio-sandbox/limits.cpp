// How often the API may be asked.
#include "tools/personio-sandbox/limits.h"

#include <algorithm>

namespace refledger::sandbox {
namespace {

constexpr double kUnlimited = 100000;

struct Rate {
  std::string_view bucket;
  double a_second;
};

Rate rate_of(std::string_view path) {
  if (path.starts_with("/v2/persons/") && path.find("/employments") != std::string_view::npos) {
    return {"employments", 30};
  }
  if (path.starts_with("/v2/persons")) return {"persons", 30};
  if (path.starts_with("/v2/absence-periods")) return {"absence-periods", 10};
  return {path.substr(0, path.find('/', 4)), 10};
}

std::vector<std::pair<std::string, std::string>> bucket_headers(double rate, double left) {
  const auto whole = [](double number) { return std::to_string(static_cast<long>(number)); };
  return {{"x-ratelimit-replenish-rate", whole(rate)},
          {"x-ratelimit-burst-capacity", whole(rate)},
          {"x-ratelimit-remaining", whole(std::max(left, 0.0))},
          {"x-ratelimit-requested-tokens", "1"}};
}

}  // namespace

bool Limits::Window::has_room(Time now, Time span, std::size_t most) {
  while (!taken.empty() && taken.front() <= now - span) taken.pop_front();
  return taken.size() < most;
}

Limits::Time Limits::scaled(UtcMillis now) {
  if (started_ == UtcMillis{}) started_ = now;
  return (now - started_) * static_cast<int>(speed_);
}

bool Limits::take_auth(Time now, std::size_t most, bool trickle) {
  if (now < cooling_until_) {
    if (!trickle || !trickle_.has_room(now, std::chrono::seconds(1), 1)) return false;
    trickle_.taken.push_back(now);
    return true;
  }
  if (!auth_.has_room(now, std::chrono::seconds(60), most)) {
    cooling_until_ = now + std::chrono::seconds(60);
    trickle_.taken = {now};
    return false;
  }
  auth_.taken.push_back(now);
  return true;
}

bool Limits::take_v1(std::string_view path, Time now) {
  const bool employees = path.starts_with("/v1/company/employees");
  if (!all_v1_.has_room(now, std::chrono::seconds(60), 2000)) return false;
  if (path == "/v1/auth" && !take_auth(now, 60, false)) return false;
  if (employees) {
    if (!employees_.has_room(now, std::chrono::seconds(60), 300)) return false;
    const auto recent =
        std::count_if(employees_.taken.begin(), employees_.taken.end(),
                      [&](Time one) { return one > now - std::chrono::seconds(1); });
    if (recent >= 15) return false;
    employees_.taken.push_back(now);
  }
  all_v1_.taken.push_back(now);
  return true;
}

Pace Limits::take_v2(std::string_view path, Time now) {
  const Rate rate = rate_of(path);
  Bucket& bucket =
      buckets_.try_emplace(std::string(rate.bucket), Bucket{rate.a_second, now}).first->second;
  const double earned = std::chrono::duration<double>(now - bucket.filled).count() * rate.a_second;
  bucket = {std::min(rate.a_second, bucket.tokens + earned), now};
  const bool allowed = bucket.tokens >= 1;
  if (allowed) bucket.tokens -= 1;
  return {allowed, bucket_headers(rate.a_second, bucket.tokens)};
}

Pace Limits::take(std::string_view path, UtcMillis now) {
  const bool bucketed = path.starts_with("/v2/") && !path.starts_with("/v2/auth/");
  if (!real_) return bucketed ? Pace{true, bucket_headers(kUnlimited, kUnlimited - 1)} : Pace{};
  const Time at = scaled(now);
  if (bucketed) return take_v2(path, at);
  if (path.starts_with("/v2/auth/")) return {take_auth(at, 150, true), {}};
  if (path.starts_with("/v1/")) return {take_v1(path, at), {}};
  return {};
}

}  // namespace refledger::sandbox
