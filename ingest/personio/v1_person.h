// One employee's attributes, as v1 tells them, as a Person.
//
// Errors   malformed, as "hire_date: not a date": the key and what is wrong, never the value
#pragma once

#include "ingest/personio/v1_employees.h"
#include "ingest/source/source.h"

namespace refledger::ingest::personio {

Result<Person> to_person(const Employee& employee, const Mapping& mapping, UtcMillis read_at);

}  // namespace refledger::ingest::personio
