// A small made-up employer for the desk's tests: its settings, its people, a source that says what
// it is told to say.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <set>
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
  // Confirmations go out by themselves, and at once.
  for (const char* country : {"CH", "DE"}) {
    issuer.automatic.set(country, "confirmation",
                         {ingest::AutomaticMode::issue, 0, std::chrono::hours(0), std::nullopt});
  }
  issuer.automatic.set("", "", {{}, 0, {}, {}});
  issuer.look_back_days = 36500;
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

/// Says what it is told to say.  Everybody is read every time, unless `incremental`.
class ScriptedSource : public ingest::HrSource {
 public:
  std::vector<ingest::Person> people;
  std::vector<std::string> unusable;
  std::vector<std::string> not_delivered;
  std::optional<Error> failure;
  bool incremental = false;
  std::size_t unaccounted = 0;
  std::set<std::string> touched;              ///< changed, as an incremental reading finds it
  std::vector<ingest::ReadRequest> requests;  ///< as they came
  std::function<void()> on_read;              ///< in the middle of a reading
  std::map<std::string, std::vector<ingest::AbsencePeriod>> absences;
  bool may_read_absences = true;
  std::size_t absence_requests = 0;

  ingest::Person& person(const std::string& id) {
    return *std::find_if(people.begin(), people.end(),
                         [&](const ingest::Person& one) { return one.id == id; });
  }
  Result<ingest::Reading> read_people(const ingest::ReadRequest& request,
                                      ingest::PeopleVisitor& visitor) override {
    requests.push_back(request);
    const bool part = incremental && request.changed_since;
    ingest::Reading reading{
        0,          *parse_time("2026-11-02T08:00:00.000Z", "test"), !part, not_delivered, 1, "v1",
        unaccounted};
    for (ingest::Person each : people) {
      const bool named = std::count(request.also.begin(), request.also.end(), each.id) > 0;
      if (part && !named && touched.count(each.id) == 0) continue;
      ++reading.people;
      visitor.person(std::move(each));
    }
    if (on_read) on_read();
    if (failure) return *failure;
    for (const std::string& each : unusable) visitor.unusable(each);
    return reading;
  }
  Result<std::optional<ingest::Person>> read_person(std::string_view id) override {
    if (failure) return *failure;
    for (const ingest::Person& each : people) {
      if (each.id == id) return std::optional(each);
    }
    return std::optional<ingest::Person>();
  }
  Result<std::vector<ingest::Attribute>> attributes() override {
    return std::vector<ingest::Attribute>{};
  }
  Result<std::vector<ingest::AbsencePeriod>> read_absences(const ingest::Person& of) override {
    ++absence_requests;
    if (!may_read_absences) return Error{Fault::refused, "absences: not permitted"};
    return absences[of.id];
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
