// Two made-up kinds of systems for the tests of accounts: each is one class and one line of a list,
// which is all that a further kind takes.
#pragma once

#include <map>
#include <mutex>

#include "desk/accounts/accounts.h"
#include "support/memory_store.h"
#include "support/support.h"

namespace refledger::accounts {

/// What the system at an address does; the made-up clients find it by their base URL.
struct System {
  std::string good_secret;
  std::vector<ingest::Attribute> attributes = {};
  std::optional<Error> attributes_error = {};
  std::optional<Error> failure = {};  ///< of reading
  std::function<void()> during_test = {};
  int opened = 0;
  int shares = 0;  ///< how often what clients share was made
  std::vector<std::string> secrets_seen = {};
};

inline std::map<std::string, System>& systems() {
  static std::map<std::string, System> all;
  return all;
}

inline ingest::ConnectionReport judged(const Connection& connection) {
  System& system = systems()[connection.base_url];
  system.secrets_seen.push_back(connection.credentials.secret);
  if (system.during_test) std::exchange(system.during_test, nullptr)();
  ingest::ConnectionReport report;
  const bool good = connection.credentials.secret == system.good_secret;
  report.items.push_back({"login",
                          "",
                          good ? ingest::CheckState::ok : ingest::CheckState::missing,
                          {"de", "fr", "it", "en"}});
  if (good) report.api = connection.api == Api::v2 ? "v2" : "v1";
  return report;
}

class Staff : public ingest::HrSource {
 public:
  explicit Staff(Connection connection) : connection_(std::move(connection)) {
    ++systems()[connection_.base_url].opened;
  }
  Result<ingest::Reading> read_people(const ingest::ReadRequest&, ingest::PeopleVisitor&) override {
    System& system = systems()[connection_.base_url];
    system.secrets_seen.push_back(connection_.credentials.secret);
    if (system.failure) return *system.failure;
    return ingest::Reading{};
  }
  Result<std::optional<ingest::Person>> read_person(std::string_view) override {
    System& system = systems()[connection_.base_url];
    if (system.failure) return *system.failure;
    return std::optional<ingest::Person>();
  }
  Result<std::vector<ingest::Attribute>> attributes() override {
    System& system = systems()[connection_.base_url];
    if (system.attributes_error) return *system.attributes_error;
    return system.attributes;
  }
  Result<std::vector<ingest::AbsencePeriod>> read_absences(const ingest::Person&) override {
    return Error{Fault::refused, "no right"};
  }
  ingest::ConnectionReport test() override { return judged(connection_); }

 private:
  Connection connection_;
};

class Books : public ingest::CompanySource {
 public:
  Books(Connection connection, UtcMillis now) : connection_(std::move(connection)), now_(now) {}
  Result<ingest::Company> read_company() override {
    System& system = systems()[connection_.base_url];
    if (system.failure) return *system.failure;
    ingest::Company company;
    company.fields["name"] = {"Muster AG", {"Books", "firma", now_}};
    company.logo = {{copy_of(bytes_of("GIF89a....")), ingest::ImageType::gif},
                    {"Books", "logo", now_}};
    company.unusable = {"uid: not a UID number"};
    company.read_at = now_;
    return company;
  }
  ingest::ConnectionReport test() override { return judged(connection_); }

 private:
  Connection connection_;
  UtcMillis now_;
};

inline std::vector<Asked> asked_nothing(std::string_view, const Mapping&) { return {}; }

inline const std::vector<Kind>& made_up_kinds() {
  static const std::vector<Kind> all{
      {"staff", "Staff", "https://staff.example", true,
       [](const Connection& connection, const Mapping&, const Outside&,
          Shared& shared) -> std::unique_ptr<ingest::HrSource> {
         if (shared == nullptr) {
           shared = std::make_shared<int>(++systems()[connection.base_url].shares);
         }
         return std::make_unique<Staff>(connection);
       },
       nullptr, asked_nothing},
      {"books", "Books", "https://books.example", false, nullptr,
       [](const Connection& connection,
          const Outside& outside) -> std::unique_ptr<ingest::CompanySource> {
         return std::make_unique<Books>(connection, outside.clock->now());
       },
       asked_nothing}};
  return all;
}

constexpr const char* kStaffUrl = "https://staff.example";
constexpr const char* kBooksUrl = "https://books.example";
constexpr const char* kOldSecret = "old-secret-canary-4711";
constexpr const char* kNewSecret = "new-secret-canary-0815";

/// An installation's accounts over a store in memory.
struct AccountsTest : testing::Test {
  AccountsTest() {
    systems().clear();
    systems()[kStaffUrl].good_secret = kOldSecret;
    systems()[kBooksUrl].good_secret = kOldSecret;
  }

  static NewAccount staff(const std::string& name = "hr", const std::string& secret = kOldSecret) {
    return {name, "staff", {{}, {}, {}, Credentials{"papi-client-7f3a", secret}}, {}};
  }
  static NewAccount books() {
    return {"books", "books", {{}, {}, {}, Credentials{"", kOldSecret}}};
  }
  static Change new_secret() { return {{}, {}, {}, Credentials{"papi-client-9c2e", kNewSecret}}; }

  bool add(const NewAccount& account, Care care = Care::tested) {
    const Result<Outcome> outcome = accounts.add(account, care);
    return outcome && outcome->stored;
  }

  test::MemoryStore store{vault::kSpaces};
  sign::MasterKey master = *sign::MasterKey::from_bytes(Bytes(32, 7));
  test::FixedRandom random;
  test::HandClock clock;
  vault::Vault vault{store, master, random};
  Outside outside{&clock, [](std::chrono::milliseconds) {}, &random};
  Accounts accounts{vault, made_up_kinds(), outside};
};

}  // namespace refledger::accounts
