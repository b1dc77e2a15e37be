// People of a made-up company, as an HR system tells of them.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "ingest/source/source.h"
#include "support/support.h"

namespace refledger::ingest {

inline const UtcMillis kReadAt = *parse_time("2026-11-02T08:00:00.000Z", "read_at");

inline Date date(std::string_view text) { return *parse_date(text, "date"); }

template <class T>
Value<T> value(T held, const char* field) {
  return {std::move(held), {"Personio", field, kReadAt}};
}

inline Person person(EmploymentStatus status, const std::string& id = "4711") {
  Person made;
  made.id = id;
  made.status = value(status, "status");
  made.given_name = value<std::string>("Jana", "first_name");
  made.family_name = value<std::string>("Muster", "last_name");
  made.hire_date = value(date("2019-03-01"), "hire_date");
  return made;
}

inline Person ending(EmploymentStatus status, const char* termination_date,
                     const std::string& id = "4711") {
  Person made = person(status, id);
  made.termination_date = value(date(termination_date), "termination_date");
  return made;
}

}  // namespace refledger::ingest
