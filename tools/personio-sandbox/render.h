// An employee as Personio's API v1 writes one.
//
// Source   developer.personio.de v1: EmployeeAttributes; recordings of 2020 to 2026
#pragma once

#include <set>
#include <string>

#include "ledger/core/json.h"
#include "tools/personio-sandbox/company.h"
#include "tools/personio-sandbox/local_time.h"

namespace refledger::sandbox {

/// `{"type":"Employee","attributes":{...}}` with the attributes `shown` and always the id.
Json employee_json(const Company& company, const Employee& employee,
                   const std::set<std::string>& shown, const LocalTime& local, Date today);

/// What GET employees/attributes says about those in `shown`.
Json attributes_json(const std::set<std::string>& shown);

}  // namespace refledger::sandbox
