#include "desk/case/absences.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "ingest/source/absences.h"
#include "ingest/watch/judge.h"

namespace refledger::desk {
namespace {

using letter::AbsenceKind;

// "Sick leave", "SICK_LEAVE" and "sick-leave" alike.
std::string plain(std::string_view category) {
  std::string letters;
  for (const char c : category) {
    if (c >= 'a' && c <= 'z') letters += c;
    if (c >= 'A' && c <= 'Z') letters += static_cast<char>(c - 'A' + 'a');
  }
  return letters;
}

bool has(const std::string& word, std::string_view part) {
  return word.find(part) != std::string::npos;
}

// The first that fits.
constexpr std::array<std::pair<std::string_view, AbsenceKind>, 11> kKinds{
    {{"unpaid", AbsenceKind::unpaid},
     {"sabbatical", AbsenceKind::unpaid},
     {"sick", AbsenceKind::illness},
     {"illness", AbsenceKind::illness},
     {"accident", AbsenceKind::accident},
     {"matern", AbsenceKind::maternity},
     {"parent", AbsenceKind::parental},
     {"patern", AbsenceKind::parental},
     {"militar", AbsenceKind::service},
     {"civil", AbsenceKind::service},
     {"publicduty", AbsenceKind::service}}};

// Those within the employment that count, by kind; neighbours of one kind joined.
std::vector<ingest::AbsencePeriod> counted(const std::vector<ingest::AbsencePeriod>& periods,
                                           Date from, Date to) {
  std::vector<ingest::AbsencePeriod> away;
  for (ingest::AbsencePeriod one : periods) {
    if (!is_absence(one.category)) continue;
    one.category = letter::name_of(kind_of(one.category));
    one.from = std::max(one.from, from);
    one.to = std::min(one.to, to);
    if (one.from <= one.to) away.push_back(std::move(one));
  }
  return ingest::merged(std::move(away));
}

std::uint64_t days_in(std::vector<ingest::AbsencePeriod> away) {
  std::sort(away.begin(), away.end(), [](const auto& a, const auto& b) {
    return std::pair(a.from, a.to) < std::pair(b.from, b.to);
  });
  std::uint64_t days = 0;
  std::optional<Date> counted_to;
  for (const ingest::AbsencePeriod& one : away) {
    const Date begin =
        counted_to ? std::max(one.from, ingest::days_after(*counted_to, 1)) : one.from;
    if (begin > one.to) continue;
    days += static_cast<std::uint64_t>(ingest::days_between(begin, one.to) + 1);
    counted_to = one.to;
  }
  return days;
}

}  // namespace

bool is_absence(std::string_view category) {
  static constexpr std::array<std::string_view, 7> kService{
      "vacation", "holiday", "offsite", "homeoffice", "remote", "overtime", "training"};
  const std::string word = plain(category);
  // Unpaid leave is called a vacation by some systems, and is none.
  if (has(word, "unpaid")) return true;
  return std::none_of(kService.begin(), kService.end(),
                      [&](std::string_view part) { return has(word, part); });
}

AbsenceKind kind_of(std::string_view category) {
  const std::string word = plain(category);
  const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                  [&](const auto& one) { return has(word, one.first); });
  return found == kKinds.end() ? AbsenceKind::other : found->second;
}

Absences absences_of(const std::vector<ingest::AbsencePeriod>& periods, Date from, Date to,
                     UtcMillis read_at) {
  Absences absences;
  absences.read_at = read_at;
  if (to < from) return absences;
  const std::vector<ingest::AbsencePeriod> away = counted(periods, from, to);
  const ingest::Service service = ingest::net_service(from, to, away);
  absences.absent_days = days_in(away);
  absences.long_days = static_cast<std::uint64_t>(service.long_absence_days);
  absences.employed_days = static_cast<std::uint64_t>(service.employed_days);
  for (const ingest::AbsencePeriod& one : away) {
    const Result<AbsenceKind> kind = letter::absence_kind_from(one.category);
    absences.periods.push_back({kind ? *kind : AbsenceKind::other, one.from, one.to});
  }
  return absences;
}

std::vector<letter::Absence> for_advice(const Absences& absences) {
  std::vector<letter::Absence> list;
  for (const Away& one : absences.periods) list.push_back({one.kind, one.from, one.to});
  return list;
}

}  // namespace refledger::desk
