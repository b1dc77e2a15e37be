#include "desk/case/examine.h"

#include <algorithm>

namespace refledger::desk {
namespace {

bool forbids(const letter::DocumentType& type, std::string_view field) {
  return type.field(field).rule == letter::Rule::forbidden;
}

// A reference while the employment lasts says no end, though the case may know one.
void drop_what_the_type_never_says(const Order& order, const letter::DocumentType& type,
                                   letter::Reference& reference) {
  if (forbids(type, "employed_to") && order.typed.count("employed_to") == 0) {
    reference.employed_to.reset();
  }
  if (forbids(type, "birthdate") && order.typed.count("birthdate") == 0) {
    reference.birthdate.reset();
  }
}

bool goes_by_end(const letter::DocumentType& type, const letter::Reference& reference) {
  return type.date.rule == letter::DateRule::legal_end && reference.employed_to.has_value();
}

Result<std::optional<letter::AbsenceAdvice>> advice_on(const Order& order, const Written& written,
                                                       const std::vector<letter::Absence>& away,
                                                       const LetterRules& rules) {
  const auto& absences = order.typed.count("absences") > 0 ? order.absences : away;
  if (absences.empty()) return std::optional<letter::AbsenceAdvice>{};
  const letter::Reference& reference = written.reference;
  letter::AbsenceFacts facts;
  facts.law = reference.country;
  facts.employed_from = reference.employed_from;
  facts.employed_to = reference.employed_to.value_or(reference.document_date);
  facts.function_since = reference.employed_from;
  if (!reference.functions.empty() && reference.functions.back().from) {
    facts.function_since = *reference.functions.back().from;
  }
  facts.absences = absences;
  facts.type_may_mention = !forbids(*written.type, "absence_mention");
  Result<letter::AbsenceAdvice> advice = letter::advise(facts, rules.absences);
  if (!advice) return advice.error();
  return std::optional(std::move(*advice));
}

bool is_meant(const Decision& decision, const letter::Finding& finding) {
  return decision.finding == finding.id &&
         (decision.section.empty() || decision.section == finding.section) &&
         (decision.excerpt.empty() || decision.excerpt == finding.excerpt);
}

// A decision about nothing is no error: the words it was about may have been mended.
Result<void> take_decisions(const Order& order, Examined& examined) {
  for (const Decision& decision : order.decisions) {
    for (const letter::Finding& finding : examined.findings) {
      if (!is_meant(decision, finding) || finding.level == letter::CheckLevel::hint) continue;
      auto taken = letter::override_finding(finding, decision.reason, order.by);
      if (!taken) return taken.error();
      examined.decisions.push_back(std::move(*taken));
    }
  }
  return {};
}

bool stops(const letter::Finding& finding) {
  return finding.level == letter::CheckLevel::block || finding.id == "signing_mode_insufficient" ||
         finding.id == "signing_mode_consent";
}

// The facts as the pack of their country and day has them, without a letter yet.
Result<Written> by_the_rules(const Order& order, const Facts& facts, const LetterRules& rules) {
  Result<letter::Reference> reference = reference_of(order, facts);
  if (!reference) return reference.error();
  const auto pack = rules.packs.find(reference->country, reference->document_date);
  if (!pack) return pack.error();
  const auto type = (*pack)->type(reference->type);
  if (!type) return type.error();
  drop_what_the_type_never_says(order, **type, *reference);
  return Written{std::move(*reference), {}, *pack, *type};
}

}  // namespace

Result<Written> write_letter(const Order& order, const Facts& facts, const LetterRules& rules) {
  Result<Written> written = by_the_rules(order, facts, rules);
  if (!written) return written.error();
  Result<letter::Letter> letter = letter::compose(written->reference, rules.packs);
  if (!letter) return letter.error();
  written->letter = std::move(*letter);
  return written;
}

Result<Fact> document_date(const Order& order, const Facts& facts, const LetterRules& rules,
                           Date today, UtcMillis now) {
  if (order.typed.count("document_date") > 0) {
    return Fact{format_date(order.reference.document_date),
                {"typed by " + order.by, "document_date", now}};
  }
  Facts dated = facts;
  dated["document_date"] = {format_date(today), {}};  // decides which pack counts
  Result<Written> written = by_the_rules(order, dated, rules);
  if (!written) return written.error();
  const std::string& country = written->pack->country;
  if (goes_by_end(*written->type, written->reference)) {
    return Fact{format_date(*written->reference.employed_to),
                {"rule", country + ": last day of employment", now}};
  }
  return Fact{format_date(today), {"rule", country + ": day of issuing", now}};
}

Result<Examined> examine(const Order& order, const Facts& facts, const LetterRules& rules,
                         Date today, const std::vector<letter::Absence>& away) {
  Result<Written> written = write_letter(order, facts, rules);
  if (!written) return written.error();
  Examined examined;
  examined.written = std::move(*written);
  const Written& made = examined.written;
  auto advice = advice_on(order, made, away, rules);
  if (!advice) return advice.error();
  examined.absences = std::move(*advice);
  examined.findings = letter::check(made.reference, made.letter, *made.pack, rules.lexicon,
                                    {today, examined.absences});
  if (auto taken = take_decisions(order, examined); !taken) return taken.error();
  examined.open = letter::open_findings(examined.findings, examined.decisions);
  return examined;
}

bool wants_second_person(const LetterRules& rules, const std::string& country,
                         const std::string& type, Date day, int worst_grade) {
  if (worst_grade < letter::kLowGrade) return false;
  const std::string check = "grade_needs_second_approval";
  letter::CheckLevel level = rules.lexicon.rule(check).level;
  if (const auto pack = rules.packs.find(country, day)) {
    if (const auto of_type = (*pack)->type(type)) {
      const auto own = (*of_type)->checks.find(check);
      if (own != (*of_type)->checks.end()) level = own->second;
    }
  }
  return level == letter::CheckLevel::block || level == letter::CheckLevel::warn;
}

Result<void> may_issue(const Examined& examined) {
  std::string named;
  for (const letter::Finding& finding : examined.open) {
    if (!stops(finding)) continue;
    named += (named.empty() ? "" : ", ") + finding.id;
    if (!finding.field.empty()) named += " (" + finding.field + ")";
  }
  if (named.empty()) return {};
  return Error{Fault::refused, "checks: " + named};
}

}  // namespace refledger::desk
