// Accounts: active after a passed test only, changed whole or not at all, and never shown entirely.
#include "desk/accounts/accounts.h"

#include "systems.h"

namespace refledger::accounts {
namespace {

using ingest::Attribute;

TEST_F(AccountsTest, AnAccountIsActiveOnceItsTestHasPassed) {
  ASSERT_TRUE(add(staff()));
  const Account account = *accounts.find("hr");
  EXPECT_TRUE(account.active());
  EXPECT_EQ(account.passed, (Passed{clock.now(), "v1"}));
  EXPECT_EQ(account.base_url, kStaffUrl);
  EXPECT_EQ(account.last4, "7f3a");
  EXPECT_TRUE(accounts.open("hr"));
}

TEST_F(AccountsTest, NothingIsStoredOfAnAccountWhoseTestFails) {
  const Result<Outcome> outcome = accounts.add(staff("hr", "wrong"), Care::tested);
  ASSERT_TRUE(outcome);
  EXPECT_FALSE(outcome->stored);
  EXPECT_FALSE(outcome->report.passed());
  EXPECT_EQ(accounts.find("hr").error().fault, Fault::not_found);
  EXPECT_EQ(store.writes(), 0u);
}

TEST_F(AccountsTest, AnUntestedAccountIsNotReadUntilATestHasPassed) {
  ASSERT_TRUE(add(staff(), Care::untested));
  EXPECT_FALSE(accounts.find("hr")->active());
  EXPECT_EQ(accounts.open("hr").error().fault, Fault::refused);
  EXPECT_TRUE(accounts.test("hr")->passed());
  EXPECT_TRUE(accounts.find("hr")->active());
  EXPECT_TRUE(accounts.open("hr"));
}

TEST_F(AccountsTest, AFailedTestLeavesAnUntestedAccountInactive) {
  ASSERT_TRUE(add(staff("hr", "wrong"), Care::untested));
  EXPECT_FALSE(accounts.test("hr")->passed());
  EXPECT_FALSE(accounts.find("hr")->active());
}

TEST_F(AccountsTest, NewCredentialsCountOnceTheyHavePassed) {
  ASSERT_TRUE(add(staff()));
  EXPECT_FALSE(accounts.change("hr", new_secret(), Care::tested)->stored);
  EXPECT_EQ(accounts.find("hr")->last4, "7f3a");
  EXPECT_TRUE(accounts.find("hr")->active());
  systems()[kStaffUrl].good_secret = kNewSecret;
  clock.advance(std::chrono::hours{1});
  EXPECT_TRUE(accounts.change("hr", new_secret(), Care::tested)->stored);
  EXPECT_EQ(accounts.find("hr")->last4, "9c2e");
  EXPECT_EQ(accounts.find("hr")->passed->at, clock.now());
}

TEST_F(AccountsTest, ASecretIsNeverSentToAnAddressThatItWasNotStoredFor) {
  ASSERT_TRUE(add(staff()));
  EXPECT_FALSE(accounts.change("hr", {"https://elsewhere.example"}, Care::tested)->stored);
  EXPECT_EQ(accounts.find("hr")->base_url, kStaffUrl);
  ASSERT_TRUE(accounts.change("hr", {"https://elsewhere.example"}, Care::untested)->stored);
  // Another address has to pass anew.
  EXPECT_FALSE(accounts.find("hr")->active());
}

TEST_F(AccountsTest, AnAccountThatFailsLaterStaysActiveAndSaysSo) {
  ASSERT_TRUE(add(staff()));
  systems()[kStaffUrl].good_secret = "revoked";
  EXPECT_FALSE(accounts.test("hr")->passed());
  const UtcMillis since = clock.now();
  clock.advance(std::chrono::hours{5});
  EXPECT_FALSE(accounts.test("hr")->passed());
  EXPECT_TRUE(accounts.find("hr")->active());
  EXPECT_EQ(accounts.find("hr")->failing, (Failing{since, "the last test did not pass"}));
  systems()[kStaffUrl].good_secret = kOldSecret;
  EXPECT_TRUE(accounts.test("hr")->passed());
  EXPECT_EQ(accounts.find("hr")->failing, std::nullopt);
}

TEST_F(AccountsTest, HowAReadingEndedIsWrittenDownWhenItChanges) {
  ASSERT_TRUE(add(staff()));
  const std::size_t before = store.writes();
  ASSERT_TRUE(accounts.note("hr", nullptr));
  EXPECT_EQ(store.writes(), before);
  const Error broken{Fault::upstream, "Staff: no answer"};
  ASSERT_TRUE(accounts.note("hr", &broken));
  ASSERT_TRUE(accounts.note("hr", &broken));
  EXPECT_EQ(store.writes(), before + 1);
  ASSERT_TRUE(accounts.note("hr", nullptr));
  EXPECT_EQ(store.writes(), before + 2);
}

TEST_F(AccountsTest, WhatACompanyToldLastIsKeptWhenItsSystemFails) {
  ASSERT_TRUE(add(books()));
  EXPECT_EQ(*accounts.last_company("books"), std::nullopt);
  const ingest::Company told = *accounts.read_company("books");
  systems()[kBooksUrl].failure = Error{Fault::upstream, "Books: no answer"};
  EXPECT_EQ(accounts.read_company("books").error().detail, "Books: no answer");
  const std::optional<ingest::Company> kept = *accounts.last_company("books");
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->fields, told.fields);
  EXPECT_EQ(kept->logo, told.logo);
  EXPECT_EQ(kept->unusable, told.unusable);
  EXPECT_EQ(kept->read_at, told.read_at);
  EXPECT_EQ(accounts.find("books")->failing->why, "Books: no answer");
}

TEST_F(AccountsTest, DisconnectingDestroysEverythingOfTheAccount) {
  ASSERT_TRUE(add(books()));
  ASSERT_TRUE(accounts.read_company("books"));
  ASSERT_TRUE(accounts.remove("books"));
  EXPECT_EQ(accounts.find("books").error().fault, Fault::not_found);
  for (const char* space : {"item", "key", "index"}) EXPECT_TRUE(store.content()[space].empty());
  EXPECT_EQ(accounts.remove("books").error().fault, Fault::not_found);
  EXPECT_TRUE(add(books()));
  EXPECT_EQ(*accounts.last_company("books"), std::nullopt);
}

TEST_F(AccountsTest, AreListedByName) {
  ASSERT_TRUE(add(staff("zeta")));
  ASSERT_TRUE(add(books()));
  ASSERT_TRUE(add(staff("alpha")));
  std::vector<std::string> names;
  const auto all = accounts.list();
  for (const Account& account : *all) names.push_back(account.name);
  EXPECT_EQ(names, (std::vector<std::string>{"alpha", "books", "zeta"}));
}

TEST_F(AccountsTest, ANameIsTakenOnce) {
  ASSERT_TRUE(add(staff()));
  EXPECT_EQ(accounts.add(staff(), Care::tested).error().fault, Fault::conflict);
  systems()[kStaffUrl].during_test = [&] { ASSERT_TRUE(add(staff("other"))); };
  EXPECT_EQ(accounts.add(staff("other"), Care::tested).error().fault, Fault::conflict);
}

TEST_F(AccountsTest, RefusesNamesKindsAndCredentialsThatCannotBe) {
  for (const char* name : {"", "Personio", "a b", "typed", "settings", "../x",
                           "abcdefghijklmnopqrstuvwxyz-0123456789"}) {
    EXPECT_EQ(accounts.add(staff(name), Care::untested).error().fault, Fault::malformed) << name;
  }
  NewAccount account = staff();
  account.kind = "sap";
  EXPECT_EQ(accounts.add(account, Care::untested).error().fault, Fault::malformed);
  account = staff();
  account.connection.credentials = Credentials{"", kOldSecret};
  EXPECT_EQ(accounts.add(account, Care::untested).error().detail,
            "Staff needs client id and secret");
  account = books();
  account.connection.credentials.reset();
  EXPECT_EQ(accounts.add(account, Care::untested).error().detail, "Books needs a token");
  EXPECT_EQ(store.writes(), 0u);
}

TEST_F(AccountsTest, WhatWasTestedIsWhatIsMarked) {
  ASSERT_TRUE(add(staff(), Care::untested));
  systems()[kStaffUrl].during_test = [&] {
    ASSERT_TRUE(accounts.change("hr", new_secret(), Care::untested));
  };
  EXPECT_EQ(accounts.test("hr").error().fault, Fault::conflict);
  EXPECT_FALSE(accounts.find("hr")->active());
}

TEST_F(AccountsTest, AnAccountThatIsRemovedDuringAChangeStaysRemoved) {
  ASSERT_TRUE(add(staff()));
  systems()[kStaffUrl].good_secret = kNewSecret;
  systems()[kStaffUrl].during_test = [&] { ASSERT_TRUE(accounts.remove("hr")); };
  EXPECT_EQ(accounts.change("hr", new_secret(), Care::tested).error().fault, Fault::not_found);
  EXPECT_TRUE(store.content()["item"].empty());
}

// ---- mapping ------------------------------------------------------------------------------------

struct MappingTest : AccountsTest {
  MappingTest() {
    systems()[kStaffUrl].attributes = {
        Attribute{"dynamic_1", "Private E-Mail", "standard", ""},
        Attribute{"dynamic_2", "Geburtsdatum", "date", "date_of_birth"}};
    EXPECT_TRUE(add(staff()));
  }
  Result<void> map(const char* field, const char* key) {
    return accounts.map("hr", field, key, Care::tested);
  }
};

TEST_F(MappingTest, AnAttributeOfTheRightTypeIsMappedByItsKey) {
  EXPECT_TRUE(map("private_email", "dynamic_1"));
  EXPECT_TRUE(map("birthdate", "dynamic_2"));
  EXPECT_EQ(accounts.find("hr")->mapping,
            (Mapping{{"birthdate", "dynamic_2"}, {"private_email", "dynamic_1"}}));
  EXPECT_TRUE(map("birthdate", ""));
  EXPECT_EQ(accounts.find("hr")->mapping, (Mapping{{"private_email", "dynamic_1"}}));
}

TEST_F(MappingTest, SurvivesThatTheAttributeIsRenamed) {
  ASSERT_TRUE(map("private_email", "dynamic_1"));
  systems()[kStaffUrl].attributes[0].label = "E-mail privé";
  EXPECT_TRUE(map("private_email", "dynamic_1"));
  EXPECT_EQ(map("private_email", "Private E-Mail").error().fault, Fault::not_found);
}

TEST_F(MappingTest, RefusesAnotherTypeAnUnknownAttributeAndAnUnknownField) {
  EXPECT_EQ(map("private_email", "dynamic_2").error().fault, Fault::conflict);
  EXPECT_EQ(map("private_email", "dynamic_9").error().fault, Fault::not_found);
  EXPECT_EQ(map("shoe_size", "dynamic_1").error().fault, Fault::malformed);
  EXPECT_TRUE(accounts.find("hr")->mapping.empty());
}

TEST_F(MappingTest, IsCheckedWithAnAccountThatIsNew) {
  NewAccount account = staff("second");
  account.mapping = {{"private_email", "dynamic_2"}};
  EXPECT_EQ(accounts.add(account, Care::tested).error().fault, Fault::conflict);
  account.mapping = {{"private_email", "dynamic_1"}};
  EXPECT_TRUE(add(account));
  EXPECT_EQ(accounts.find("second")->mapping, account.mapping);
}

// Some accounts may read people but not the list of attributes.
TEST_F(MappingTest, WhereAttributesMayNotBeListedHrMapsWithoutTheCheck) {
  systems()[kStaffUrl].attributes_error = Error{Fault::refused, "Staff: no right"};
  EXPECT_EQ(map("private_email", "dynamic_1").error().fault, Fault::refused);
  EXPECT_TRUE(accounts.map("hr", "private_email", "dynamic_1", Care::untested));
  NewAccount account = staff("second");
  account.mapping = {{"private_email", "dynamic_1"}};
  EXPECT_TRUE(add(account));
}

TEST_F(MappingTest, ASystemWithoutPeopleHasNothingToMap) {
  ASSERT_TRUE(add(books()));
  EXPECT_EQ(accounts.map("books", "country", "x", Care::untested).error().fault, Fault::refused);
  EXPECT_EQ(accounts.attributes("books").error().fault, Fault::refused);
  EXPECT_EQ(accounts.open("books").error().fault, Fault::refused);
}

// ---- the real kinds -----------------------------------------------------------------------------

void each_list(const std::function<void(const Kind&, const std::vector<Asked>&)>& check) {
  const Mapping mapping{{"private_email", "dynamic_1"}, {"birthdate", "dynamic_2"}};
  for (const Kind& kind : kinds()) {
    for (const char* api : {"", "v1", "v2"}) {
      check(kind, kind.asked(api, kind.people ? mapping : Mapping{}));
    }
  }
}

TEST(Kinds, EveryThingThatIsAskedSaysWhatFor) {
  each_list([](const Kind& kind, const std::vector<Asked>& asked) {
    EXPECT_GE(asked.size(), 5u);
    for (const Asked& each : asked) {
      for (const std::string* text :
           {&each.purpose.de, &each.purpose.fr, &each.purpose.it, &each.purpose.en}) {
        EXPECT_FALSE(text->empty()) << kind.name << ": " << each.field;
      }
    }
  });
}

TEST(Kinds, NothingButTheLoginIsMoreThanReading) {
  each_list([](const Kind&, const std::vector<Asked>& asked) {
    for (const Asked& each : asked) {
      const bool login = each.request.starts_with("POST /") && each.purpose.en == "Login";
      EXPECT_TRUE(login || each.request.starts_with("GET /")) << each.request;
    }
  });
}

TEST(Kinds, AMappedAttributeIsAskedForAndNoOther) {
  for (const char* api : {"v1", "v2"}) {
    const auto fields = [api](const Mapping& mapping) {
      std::vector<std::string> all;
      for (const Asked& each : kinds()[0].asked(api, mapping)) all.push_back(each.field);
      return all;
    };
    const std::vector<std::string> with = fields({{"birthdate", "dynamic_2"}});
    EXPECT_EQ(std::count(with.begin(), with.end(), "dynamic_2"), 1);
    EXPECT_EQ(with.size(), fields({}).size() + 1);
  }
}

}  // namespace
}  // namespace refledger::accounts
