#include "desk/case/absences.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "ingest/watch/judge.h"

namespace refledger::desk {

bool is_absence(std::string_view category) {
  static constexpr std::array<std::string_view, 7> kService{
      "vacation", "holiday", "offsite", "homeoffice", "remote", "overtime", "training"};
  std::string plain;
  for (const char c : category) {
    if (c >= 'a' && c <= 'z') plain += c;
    if (c >= 'A' && c <= 'Z') plain += static_cast<char>(c - 'A' + 'a');
  }
  // Unpaid leave is called a vacation by some systems, and is none.
  if (plain.find("unpaid") != std::string::npos) return true;
  return std::none_of(kService.begin(), kService.end(),
                      [&](std::string_view word) { return plain.find(word) != std::string::npos; });
}

Absences absences_of(const std::vector<ingest::AbsencePeriod>& periods, Date from, Date to,
                     UtcMillis read_at) {
  std::vector<std::pair<Date, Date>> away;
  for (const ingest::AbsencePeriod& period : periods) {
    const Date first = std::max(period.from, from);
    const Date last = std::min(period.to, to);
    if (is_absence(period.category) && first <= last) away.emplace_back(first, last);
  }
  std::sort(away.begin(), away.end());
  Absences absences;
  absences.read_at = read_at;
  Date free_from = from;  // the first day that no period before has counted
  for (const auto& [first, last] : away) {
    const Date begin = std::max(first, free_from);
    if (begin > last) continue;
    absences.absent_days += static_cast<std::uint64_t>(ingest::days_between(begin, last) + 1);
    free_from = ingest::days_after(last, 1);
  }
  if (from <= to) {
    absences.employed_days = static_cast<std::uint64_t>(ingest::days_between(from, to) + 1);
  }
  return absences;
}

}  // namespace refledger::desk
