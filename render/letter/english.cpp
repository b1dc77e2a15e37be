// English, British spelling and dates.
#include <algorithm>
#include <array>

#include "render/letter/confirmation.h"

namespace refledger::letter {
namespace {

std::string date(Date day) {
  static constexpr std::array<const char*, 12> months{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  return std::to_string(static_cast<unsigned>(day.day())) + " " +
         months[static_cast<unsigned>(day.month()) - 1] + " " +
         std::to_string(static_cast<int>(day.year()));
}

std::string first_mention(const Person& person) {
  switch (person.address) {
    case Address::female:
      return "Ms " + person.name;
    case Address::male:
      return "Mr " + person.name;
    case Address::neutral:
      return person.name;
  }
  std::abort();
}

std::string possessive(Address address) {
  switch (address) {
    case Address::female:
      return "Her";
    case Address::male:
      return "His";
    case Address::neutral:
      return "The";
  }
  std::abort();
}

std::string period(const Facts& facts) {
  if (facts.employed_from == facts.employed_to) return "on " + date(facts.employed_from);
  return "from " + date(facts.employed_from) + " to " + date(facts.employed_to);
}

std::string opening(const Facts& facts, const Person& person) {
  return "We confirm that " + first_mention(person) + " was employed by " + facts.employer +
         " in " + facts.employer_place + " " + period(facts) + ".";
}

std::string department(const std::string& name) {
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  const bool says_so =
      lower.find("department") != std::string::npos || lower.find("team") != std::string::npos;
  return says_so ? name : name + " department";
}

std::string function(const Facts& facts, const Person& person) {
  std::string where;
  if (facts.department) where = ", " + department(*facts.department);
  return possessive(person.address) + " most recent position was " + facts.position + where + ".";
}

std::string workload(const std::string& given) {
  const Workload parts = split_workload(given);
  if (parts.unit == "%") {
    return "The most recent level of employment was " + parts.number + "%.";
  }
  if (parts.unit == "h") {
    return "The agreed working time was most recently " + parts.number + " hours a week.";
  }
  return "Most recent level of employment: " + given + ".";
}

std::string scope(Law law) {
  if (law == Law::switzerland) {
    return "Under Art. 330a para. 2 of the Swiss Code of Obligations, this confirmation states "
           "only the nature and duration of the employment. It does not replace the full "
           "certificate of employment (Arbeitszeugnis) under Art. 330a para. 1; the right to that "
           "certificate is unaffected.";
  }
  return "This confirmation states only the nature and duration of the employment. It does not "
         "replace the certificate of employment (Zeugnis) under section 109 of the German Trade "
         "Regulation Act (Gewerbeordnung); the right to that certificate is unaffected.";
}

void add_captions(Letter& letter, const Facts& facts) {
  letter.mode_caption = "This document bears the electronic seal of the issuer, " + facts.employer +
                        ". The seal is not a qualified electronic signature and does not replace "
                        "the written form.";
  letter.qr_caption =
      "The QR code leads to the verification page. It says whether this document is genuine and "
      "still valid, and shows nothing that goes beyond this sheet. Every confirmation by this "
      "issuer carries such a code.";
  letter.typed_caption = "Without a camera: open the address, then type number and key.";
  letter.address_label = "Address";
  letter.id_label = "Number";
  letter.secret_label = "Key";
  letter.qr_alternative = "QR code with the address of the verification page";
}

}  // namespace

Letter english(const Facts& facts, const Person& person) {
  Letter letter;
  letter.language = "en";
  letter.locale = "en-GB";
  letter.title = "Confirmation of employment";
  const std::string hours = facts.workload ? " " + workload(*facts.workload) : "";
  letter.sections = {
      {"opening", {opening(facts, person)}},
      {"function", {function(facts, person) + hours}},
      {"scope",
       {scope(person.law), "These details are in accordance with our personnel records."}}};
  add_signature(letter, facts, date(facts.document_date));
  add_captions(letter, facts);
  return letter;
}

}  // namespace refledger::letter
