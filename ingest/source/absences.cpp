#include "ingest/source/absences.h"

#include <algorithm>
#include <tuple>

namespace refledger::ingest {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

int days_between(Date from, Date to) {
  return static_cast<int>((sys_days(to) - sys_days(from)).count()) + 1;
}

Date day_after(Date day) { return sys_days(day) + days{1}; }

// The later end; at the same end a whole day covers a half one.
void extend(AbsencePeriod& period, const AbsencePeriod& by) {
  if (by.from == period.from) period.half_day_start = period.half_day_start && by.half_day_start;
  if (by.to > period.to) {
    period.to = by.to;
    period.half_day_end = by.half_day_end;
  } else if (by.to == period.to) {
    period.half_day_end = period.half_day_end && by.half_day_end;
  }
}

// A half day between two periods leaves half a day of work: they are two.
bool joins(const AbsencePeriod& before, const AbsencePeriod& next) {
  if (next.from <= before.to) return true;
  return next.from == day_after(before.to) && !before.half_day_end && !next.half_day_start;
}

bool counted(const AbsencePeriod& period, const AbsenceRules& rules) {
  return std::find(rules.not_counted.begin(), rules.not_counted.end(), period.category) ==
         rules.not_counted.end();
}

// The counted periods within the employment, in time.
std::vector<AbsencePeriod> within(Date from, Date to, const std::vector<AbsencePeriod>& periods,
                                  const AbsenceRules& rules) {
  std::vector<AbsencePeriod> inside;
  for (AbsencePeriod one : periods) {
    if (!counted(one, rules) || one.to < from || one.from > to) continue;
    if (one.from < from) one.half_day_start = false;
    if (one.to > to) one.half_day_end = false;
    one.from = std::max(one.from, from);
    one.to = std::min(one.to, to);
    if (one.from <= one.to) inside.push_back(std::move(one));
  }
  std::sort(inside.begin(), inside.end(), [](const AbsencePeriod& a, const AbsencePeriod& b) {
    return std::pair(a.from, a.to) < std::pair(b.from, b.to);
  });
  return inside;
}

struct Stretch {
  AbsencePeriod whole;
  std::vector<std::string> categories;
};

void add(Stretch& stretch, const std::string& category) {
  auto& all = stretch.categories;
  if (std::find(all.begin(), all.end(), category) == all.end()) all.push_back(category);
}

std::vector<Stretch> stretches(const std::vector<AbsencePeriod>& inside) {
  std::vector<Stretch> all;
  for (const AbsencePeriod& one : inside) {
    if (all.empty() || !joins(all.back().whole, one)) {
      all.push_back({one, {}});
    } else {
      extend(all.back().whole, one);
    }
    add(all.back(), one.category);
  }
  return all;
}

}  // namespace

std::vector<AbsencePeriod> merged(std::vector<AbsencePeriod> periods) {
  std::sort(periods.begin(), periods.end(), [](const AbsencePeriod& a, const AbsencePeriod& b) {
    return std::tie(a.category, a.from, a.to) < std::tie(b.category, b.from, b.to);
  });
  std::vector<AbsencePeriod> out;
  for (AbsencePeriod& one : periods) {
    const bool same = !out.empty() && out.back().category == one.category;
    if (same && joins(out.back(), one)) {
      extend(out.back(), one);
    } else {
      out.push_back(std::move(one));
    }
  }
  return out;
}

double Service::share() const {
  return employed_days <= 0 ? 0 : static_cast<double>(long_absence_days) / employed_days;
}

Service net_service(Date from, Date to, const std::vector<AbsencePeriod>& periods,
                    const AbsenceRules& rules) {
  Service service;
  if (to < from) return service;
  service.employed_days = days_between(from, to);
  for (Stretch& stretch : stretches(within(from, to, periods, rules))) {
    const int length = days_between(stretch.whole.from, stretch.whole.to);
    if (length < rules.long_from_days) continue;
    service.long_absence_days += length;
    service.long_absences.push_back(
        {stretch.whole.from, stretch.whole.to, length, std::move(stretch.categories)});
  }
  return service;
}

}  // namespace refledger::ingest
