// What a system told about the company, as it is kept in the vault.
//
// Shape    Canonical JSON, one item of kind "company" an account; every value with its provenance,
//          the logo as base64
// Errors   malformed: anything but what company_text writes
#pragma once

#include <string>
#include <string_view>

#include "ingest/source/company.h"

namespace refledger::accounts {

Result<std::string> company_text(const ingest::Company& company);
Result<ingest::Company> company_from(std::string_view text);

}  // namespace refledger::accounts
