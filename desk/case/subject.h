// What the document of one case says, made from the case whenever it is needed, the same each time.
//
// Errors   As letter::compose(); malformed: a fact is missing, or the order kept with the case is
//          not what was kept
#pragma once

#include <optional>

#include "desk/case/examine.h"
#include "desk/case/steps.h"
#include "ledger/credential/credential.h"

namespace refledger::desk {

struct Subject {
  letter::Letter letter;
  credential::Claims claims;
  Date document_date;
  letter::SigningMode signing = letter::SigningMode::company_seal;
  std::string holder;
  bool with_qr = true;
};

/// The order that HR wrote for the case, or nothing where it goes by rule.
Result<std::optional<Order>> order_of(const Bench& bench, const Case& one);
Result<letter::SigningMode> signing_of(const Bench& bench, const Case& one);

Result<Subject> subject_of(const Bench& bench, const Case& one);
Subject subject_of(const Written& written, const Order& order);

/// The date the document bears if it is signed today: what HR typed, or what the law says.
Result<Fact> date_for(const Bench& bench, const Case& one);

/// The page, as it is rendered.  Without a case it is a test document, whose code leads nowhere.
pdf::Document document_of(const Bench& bench, Subject subject, const Case* one);

}  // namespace refledger::desk
