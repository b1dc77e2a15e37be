#include "desk/case/order.h"

#include <cstdlib>

#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"

namespace refledger::desk {
namespace {

// Facts that are one text each, by their names in the file and among the facts.
struct Plain {
  const char* typed;
  const char* fact;
};
constexpr Plain kPlain[] = {{"given_name", "given_name"},
                            {"family_name", "family_name"},
                            {"country", "governing_law"},
                            {"language", "language"},
                            {"employed_from", "employed_from"},
                            {"employed_to", "employed_to"},
                            {"birthdate", "birthdate"},
                            {"document_date", "document_date"},
                            {"salutation", "gender"}};

const char* gender_of(letter::Salutation salutation) {
  switch (salutation) {
    case letter::Salutation::female:
      return "female";
    case letter::Salutation::male:
      return "male";
    case letter::Salutation::neutral:
      return "";
  }
  std::abort();
}

letter::Salutation salutation_of(const Facts& facts) {
  const std::string gender = value_of(facts, "gender").value_or("");
  if (gender == "female") return letter::Salutation::female;
  if (gender == "male") return letter::Salutation::male;
  return letter::Salutation::neutral;
}

std::string value_in(const letter::Reference& reference, std::string_view typed) {
  const auto date_of = [](const std::optional<Date>& date) {
    return date ? format_date(*date) : std::string();
  };
  if (typed == "given_name") return reference.given_name;
  if (typed == "family_name") return reference.family_name;
  if (typed == "country") return reference.country;
  if (typed == "language") return reference.language;
  if (typed == "employed_from") return format_date(reference.employed_from);
  if (typed == "employed_to") return date_of(reference.employed_to);
  if (typed == "birthdate") return date_of(reference.birthdate);
  if (typed == "document_date") return format_date(reference.document_date);
  if (typed == "salutation") return gender_of(reference.salutation);
  std::abort();
}

// What is only said again stays the word of whoever said it first.
void set(Facts& facts, const std::string& name, std::string value, const ingest::Provenance& from) {
  if (value.empty()) {
    facts.erase(name);
  } else if (value_of(facts, name) != value) {
    facts[name] = {std::move(value), from};
  }
}

// The last function is what the claims and HR's list name.
void take_function(Facts& facts, const Order& order, const ingest::Provenance& from) {
  if (order.reference.functions.empty()) return;
  const letter::Function& last = order.reference.functions.back();
  set(facts, "position", last.title, from);
  set(facts, "department", last.department.value_or(""), from);
  set(facts, "workload", last.workload.value_or(""), from);
}

std::vector<letter::Function> functions_of(const Facts& facts) {
  const std::optional<std::string> title = value_of(facts, "position");
  if (!title) return {};
  return {{*title, value_of(facts, "department"), value_of(facts, "workload"), {}, {}, {}}};
}

Result<void> take_dates(const Facts& facts, letter::Reference& reference) {
  const Result<Date> from =
      parse_date(value_of(facts, "employed_from").value_or(""), "employed_from");
  if (!from) return from.error();
  reference.employed_from = *from;
  reference.employed_to.reset();
  if (const auto end = value_of(facts, "employed_to")) {
    const Result<Date> to = parse_date(*end, "employed_to");
    if (!to) return to.error();
    reference.employed_to = *to;
  }
  const Result<Date> dated =
      parse_date(value_of(facts, "document_date").value_or(""), "document_date");
  if (!dated) return dated.error();
  reference.document_date = *dated;
  return {};
}

// "Petra Muster, Personalleitung": as the settings have it.
std::vector<letter::Signatory> signatory_of(const Facts& facts) {
  const std::string whole = value_of(facts, "signatory").value_or("");
  if (whole.empty()) return {};
  const std::size_t comma = whole.find(", ");
  if (comma == std::string::npos) return {{whole, "", ""}};
  return {{whole.substr(0, comma), whole.substr(comma + 2), ""}};
}

}  // namespace

Facts facts_of(const Order& order, const Facts& from_case, const IssuerSettings& issuer,
               UtcMillis now) {
  Facts facts = from_case;
  const auto typed = [&](const char* field) {
    return ingest::Provenance{"typed by " + order.by, field, now};
  };
  for (const Plain& plain : kPlain) {
    if (order.typed.count(plain.typed) == 0) continue;
    set(facts, plain.fact, value_in(order.reference, plain.typed), typed(plain.typed));
  }
  take_function(facts, order, typed("functions"));
  set(facts, "reference_type", order.reference.type, typed("type"));
  if (!order.to.empty()) set(facts, "to", order.to, typed("to"));
  set(facts, "employer", issuer.name, {"settings", "issuer.name", now});
  set(facts, "employer_place", issuer.place, {"settings", "issuer.place", now});
  set(facts, "signatory", issuer.signatory, {"settings", "issuer.signatory", now});
  return facts;
}

Result<letter::Reference> reference_of(const Order& order, const Facts& facts) {
  letter::Reference reference = order.reference;
  for (const char* name : {"given_name", "family_name", "governing_law", "language",
                           "employed_from", "document_date", "employer", "employer_place"}) {
    if (!value_of(facts, name)) return Error{Fault::malformed, std::string(name) + ": missing"};
  }
  reference.given_name = facts.at("given_name").value;
  reference.family_name = facts.at("family_name").value;
  reference.country = facts.at("governing_law").value;
  reference.language = facts.at("language").value;
  reference.salutation = salutation_of(facts);
  reference.employer = facts.at("employer").value;
  reference.employer_place = facts.at("employer_place").value;
  if (auto taken = take_dates(facts, reference); !taken) return taken.error();
  if (reference.functions.empty()) reference.functions = functions_of(facts);
  if (reference.signatories.empty()) reference.signatories = signatory_of(facts);
  return reference;
}

std::string person_of(std::string_view order_json) {
  return "file-" + to_hex(sha256(bytes_of(order_json))).substr(0, 32);
}

}  // namespace refledger::desk
