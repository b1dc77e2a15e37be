// One employee's attributes as a Person.
//
// Errors   malformed, as "hire_date: not a date": the key and what is wrong, never the value
#pragma once

#include "ingest/personio/employees.h"

namespace refledger::ingest::personio {

Result<Person> to_person(const Employee& employee, const Mapping& mapping, UtcMillis read_at);

}  // namespace refledger::ingest::personio
