// An order as it would be issued: its letter, what the checks say of it, and whether it may go.
//
// Order    Pure: no store, no clock.
// Errors   malformed, refused, not_found: as letter::compose(); an absence that does not exist
// Source   docs/issue.md
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/case/letter_rules.h"
#include "desk/case/order.h"
#include "render/letter/letter.h"

namespace refledger::desk {

/// A letter with what it was written from and the rules it was written by.
struct Written {
  letter::Reference reference;
  letter::Letter letter;
  const letter::Pack* pack = nullptr;          ///< lives as long as the rules
  const letter::DocumentType* type = nullptr;  ///< the same
};

/// `facts` hold the document's date.
Result<Written> write_letter(const Order& order, const Facts& facts, const LetterRules& rules);

/// What HR typed, or what the pack of the order's country says for a document signed `today`.
Result<Fact> document_date(const Order& order, const Facts& facts, const LetterRules& rules,
                           Date today, UtcMillis now);

struct Examined {
  Written written;
  std::vector<letter::Finding> findings;
  std::vector<letter::Override> decisions;  ///< those of the order that are about a finding
  std::vector<letter::Finding> open;        ///< neither decided nor a mere hint
  std::optional<letter::AbsenceAdvice> absences;
};

/// `facts` hold the document's date.  `today`: the day of signing.  `away`: as the HR system tells
/// it; what the order itself says of absences comes first.
Result<Examined> examine(const Order& order, const Facts& facts, const LetterRules& rules,
                         Date today, const std::vector<letter::Absence>& away);

/// Whether the pack of `country` and `day` wants a second person to agree to a grade this low.
bool wants_second_person(const LetterRules& rules, const std::string& country,
                         const std::string& type, Date day, int worst_grade);

/// refused, naming the findings, where one of them stops the document: a block, or a signature that
/// does not satisfy the law and that nobody acknowledged.
Result<void> may_issue(const Examined& examined);

}  // namespace refledger::desk
