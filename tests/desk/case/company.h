// A small made-up employer for the desk's tests: its settings, its people, a source that says what
// it is told to say.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "desk/case/desk.h"
#include "ledger/core/time.h"
#include "ledger/sign/ed25519_key.h"

namespace refledger::desk {

inline constexpr const char* kIss = "https://jobs.example.ch";
inline constexpr const char* kOrigin = "refs.example.ch/log";
inline constexpr const char* kPublicUrl = "https://refs.example.ch";

inline IssuerSettings example_issuer() {
  IssuerSettings issuer;
  issuer.iss = kIss;
  issuer.name = "Muster Werke AG";
  issuer.place = "Zürich";
  issuer.signatory = "Petra Muster, Personalleitung";
  auto rules = LetterRules::load(REFLEDGER_RULES);
  if (!rules) std::abort();
  issuer.rules = std::make_shared<const LetterRules>(*std::move(rules));
  issuer.letterhead.name = "Muster Werke AG";
  issuer.letterhead.address_lines = {"Werkstrasse 1", "8005 Zürich"};
  issuer.time_zone = "Europe/Zurich";
  issuer.account = "personio";
  issuer.public_url = kPublicUrl;
  issuer.mail_from = "hr@example.ch";
  issuer.mail_from_name = "Muster Werke AG";
  return issuer;
}

inline std::unique_ptr<sign::Ed25519Key> key_of(std::uint8_t seed) {
  return std::move(*sign::Ed25519Key::from_seed(Bytes(32, seed)));
}

inline Date day(std::string_view text) { return *parse_date(text, "test"); }

template <class T>
ingest::Value<T> told(T value, const char* field) {
  return {std::move(value), {"Personio", field, *parse_time("2026-11-02T07:00:00.000Z", "test")}};
}

/// Gone since the end of October, with a wish and a private address: due a confirmation.
inline ingest::Person leaver(const std::string& id, const std::string& country = "CH",
                             const std::string& language = "de") {
  ingest::Person person;
  person.id = id;
  person.status = told(ingest::EmploymentStatus::inactive, "status");
  person.given_name = told<std::string>("Canaria", "first_name");
  person.family_name = told<std::string>("Vogelsang" + id, "last_name");
  person.hire_date = told(day("2019-03-01"), "hire_date");
  person.position = told<std::string>("Polymechanikerin", "position");
  person.department = told<std::string>("Montage", "department");
  person.weekly_hours = told<std::string>("38.50", "weekly_working_hours");
  person.work_email = told<std::string>("work" + id + "@example.ch", "email");
  person.mapped["private_email"] = told<std::string>("private" + id + "@example.org", "dynamic_1");
  person.mapped["country"] = told(country, "dynamic_2");
  person.mapped["language"] = told(language, "dynamic_3");
  person.mapped["reference_wish"] = told<std::string>("confirmation", "dynamic_4");
  person.termination_date = told(day("2026-10-31"), "termination_date");
  return person;
}

/// Still there.
inline ingest::Person stayer(const std::string& id) {
  ingest::Person person = leaver(id);
  person.status.value = ingest::EmploymentStatus::active;
  person.termination_date.reset();
  return person;
}

class ScriptedSource : public ingest::HrSource {
 public:
  std::vector<ingest::Person> people;
  std::vector<std::string> unusable;
  std::vector<std::string> not_delivered;
  std::optional<Error> failure;

  ingest::Person& person(const std::string& id) {
    return *std::find_if(people.begin(), people.end(),
                         [&](const ingest::Person& one) { return one.id == id; });
  }
  Result<ingest::Reading> read_people(const ingest::ReadRequest&,
                                      ingest::PeopleVisitor& visitor) override {
    if (failure) return *failure;
    for (ingest::Person each : people) visitor.person(std::move(each));
    for (const std::string& each : unusable) visitor.unusable(each);
    return ingest::Reading{
        people.size(), *parse_time("2026-11-02T08:00:00.000Z", "test"), true, not_delivered, 1,
        "v1"};
  }
  Result<std::optional<ingest::Person>> read_person(std::string_view id) override {
    for (const ingest::Person& each : people) {
      if (each.id == id) return std::optional(each);
    }
    return std::optional<ingest::Person>();
  }
  Result<std::vector<ingest::Attribute>> attributes() override {
    return std::vector<ingest::Attribute>{};
  }
  Result<std::vector<ingest::AbsencePeriod>> read_absences(const ingest::Person&) override {
    return std::vector<ingest::AbsencePeriod>{};
  }
  ingest::ConnectionReport test() override { return {{"v1"}, "v1", {}}; }
};

/// Key entries of the example issuer, as `init` would append them.
inline Result<void> enrol(log::Log& log, const Signer& issuer, const Signer& status) {
  if (log.view()) return {};
  format::KeyAdded first{kIss, issuer.public_key(), "Muster Werke AG", {}, {}, {}};
  const std::string one = format::sign_key_added(first, log.origin(), issuer, issuer);
  format::KeyAdded second{kIss, status.public_key(),   "status", {}, format::hash_entry(one),
                          {},   format::KeyUse::status};
  const std::string two = format::sign_key_added(second, log.origin(), status, issuer);
  const std::vector<std::string> entries{one, two};
  auto appended = log.append(entries);
  if (!appended) return appended.error();
  return {};
}

}  // namespace refledger::desk
