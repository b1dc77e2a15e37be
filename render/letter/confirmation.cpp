#include "render/letter/letter.h"

#include "render/letter/confirmation.h"

namespace refledger::letter {
namespace {

constexpr std::size_t max_name = 120;
constexpr std::size_t max_line = 160;
constexpr std::size_t max_workload = 40;

Result<void> clean(std::string& field, std::string_view what, std::size_t max_characters) {
  Result<std::string> cleaned = clean_text(field, what, max_characters);
  if (!cleaned) return cleaned.error();
  field = std::move(*cleaned);
  return {};
}

// A value that is absent or blank is simply not mentioned.
Result<void> clean_optional(std::optional<std::string>& field, std::string_view what,
                            std::size_t max_characters) {
  if (!field || field->find_first_not_of(' ') == std::string::npos) {
    field.reset();
    return {};
  }
  return clean(*field, what, max_characters);
}

Result<void> check_dates(const Facts& facts) {
  if (!facts.employed_from.ok()) return Error{Fault::malformed, "employed_from: no such date"};
  if (!facts.employed_to.ok()) return Error{Fault::malformed, "employed_to: no such date"};
  if (!facts.document_date.ok()) return Error{Fault::malformed, "document_date: no such date"};
  if (facts.employed_to < facts.employed_from) {
    return Error{Fault::malformed, "employed_to: before employed_from"};
  }
  return {};
}

Result<Facts> cleaned(Facts facts) {
  if (auto done = check_dates(facts); !done) return done.error();
  if (auto done = clean(facts.given_name, "given_name", max_name); !done) return done.error();
  if (auto done = clean(facts.family_name, "family_name", max_name); !done) return done.error();
  if (auto done = clean(facts.employer, "employer", max_line); !done) return done.error();
  if (auto done = clean(facts.employer_place, "employer_place", max_name); !done) {
    return done.error();
  }
  if (auto done = clean(facts.position, "position", max_line); !done) return done.error();
  if (auto done = clean_optional(facts.department, "department", max_line); !done) {
    return done.error();
  }
  if (auto done = clean_optional(facts.workload, "workload", max_workload); !done) {
    return done.error();
  }
  if (facts.signatory.empty()) return facts;
  if (auto done = clean(facts.signatory, "signatory", max_line); !done) return done.error();
  return facts;
}

Result<Law> law_of(const std::string& governing_law) {
  if (governing_law == "CH") return Law::switzerland;
  if (governing_law == "DE") return Law::germany;
  return Error{Fault::refused, "governing_law: no wording for it"};
}

Address address_of(const std::optional<std::string>& gender) {
  if (gender == "female") return Address::female;
  if (gender == "male") return Address::male;
  return Address::neutral;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos &&
         text.front() != '.' && text.back() != '.';
}

}  // namespace

void add_signature(Letter& letter, const Facts& facts, const std::string& date) {
  letter.place_and_date = facts.employer_place + ", " + date;
  letter.employer = facts.employer;
  if (!facts.signatory.empty()) letter.signatures = {{facts.signatory, {}}};
}

Workload split_workload(const std::string& workload) {
  const std::size_t blank = workload.find(' ');
  if (blank == std::string::npos) return {};
  const std::string number = workload.substr(0, blank);
  const std::string unit = workload.substr(blank + 1);
  if (!is_number(number) || (unit != "%" && unit != "h")) return {};
  return {number, unit};
}

Result<Letter> confirmation_of_employment(const Facts& given) {
  const Result<Facts> facts = cleaned(given);
  if (!facts) return facts.error();
  const Result<Law> law = law_of(facts->governing_law);
  if (!law) return law.error();
  const Person person{*law, address_of(facts->gender), facts->given_name + " " + facts->family_name,
                      facts->family_name};
  if (facts->language == "de") return german(*facts, person);
  if (facts->language == "en") return english(*facts, person);
  return Error{Fault::refused, "language: no wording for it"};
}

}  // namespace refledger::letter
