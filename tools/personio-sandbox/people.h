// Who works at Seewald Instrumente AG (Winterthur) and Seewald Instrumente Deutschland GmbH
// (Konstanz).  All of them are invented; every date is counted from `today`.
#pragma once

#include "ledger/core/time.h"
#include "tools/personio-sandbox/absences.h"
#include "tools/personio-sandbox/company.h"

namespace refledger::sandbox {

inline constexpr std::string_view kSwissCompany = "Seewald Instrumente AG";
inline constexpr std::string_view kGermanCompany = "Seewald Instrumente Deutschland GmbH";

/// The service people in Konstanz are employed by the German company, everyone else by the Swiss.
inline std::string_view company_of(bool in_konstanz, std::string_view department) {
  return in_konstanz && department == "Service" ? kGermanCompany : kSwissCompany;
}

/// How many people are told of by hand.
std::size_t people_told();

/// The first `count` of them; beyond people_told() generated ones follow, always the same.
Company make_company(std::size_t count, Date today, UtcMillis now);

/// When those of them who are told of were away.
Absences make_absences(const Company& company, Date today);

}  // namespace refledger::sandbox
