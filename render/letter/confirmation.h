// The sentences of one language.  Facts are checked and cleaned before they come here.
#pragma once

#include "render/letter/letter.h"

namespace refledger::letter {

enum class Law { switzerland, germany };
enum class Address { female, male, neutral };

/// Facts with everything decided that wording depends on.
struct Person {
  Law law;
  Address address;
  std::string name;         ///< given and family name
  std::string family_name;  ///< alone, for "Frau Brunner"
};

Letter german(const Facts& facts, const Person& person);
Letter english(const Facts& facts, const Person& person);

/// Place, date and who signs; `date` in the letter's language.
void add_signature(Letter& letter, const Facts& facts, const std::string& date);

/// "80" and "%" of "80 %", "38.5" and "h" of "38.5 h"; both empty if it is neither.
struct Workload {
  std::string number;
  std::string unit;
};
Workload split_workload(const std::string& workload);

}  // namespace refledger::letter
