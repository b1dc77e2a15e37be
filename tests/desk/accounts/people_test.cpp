// The desk's HR system: whichever account has the name, opened anew when it was changed.
#include "desk/accounts/people.h"

#include "systems.h"

namespace refledger::accounts {
namespace {

class Nobody : public ingest::PeopleVisitor {
 public:
  void restart() override {}
  void person(ingest::Person&&) override {}
  void unusable(std::string) override {}
};

struct PeopleTest : AccountsTest {
  std::unique_ptr<ingest::HrSource> people = people_of(accounts, "hr");
  Nobody nobody;
  Result<ingest::Reading> read() { return people->read_people({}, nobody); }
  System& system() { return systems()[kStaffUrl]; }
};

TEST_F(PeopleTest, SayWhatToDoWhileThereIsNoAccount) {
  EXPECT_EQ(read().error().fault, Fault::not_found);
  EXPECT_EQ(read().error().detail, "no account hr: refledger source add");
  ASSERT_TRUE(add(staff(), Care::untested));
  EXPECT_EQ(read().error().fault, Fault::refused);
  ASSERT_TRUE(accounts.test("hr"));
  EXPECT_TRUE(read());
}

TEST_F(PeopleTest, KeepOneClientUntilTheAccountIsChanged) {
  ASSERT_TRUE(add(staff()));
  const int before = system().opened;
  EXPECT_TRUE(read());
  EXPECT_TRUE(read());
  EXPECT_EQ(system().opened, before + 1);
  system().good_secret = kNewSecret;
  ASSERT_TRUE(accounts.change("hr", new_secret(), Care::tested)->stored);
  EXPECT_TRUE(read());
  EXPECT_EQ(system().secrets_seen.back(), kNewSecret);
}

TEST_F(PeopleTest, ShareTheLimitsWithATestThatRunsBesideThem) {
  ASSERT_TRUE(add(staff()));
  EXPECT_TRUE(read());
  EXPECT_TRUE(accounts.test("hr")->passed());
  EXPECT_TRUE(accounts.attributes("hr"));
  EXPECT_GE(system().opened, 3);
  EXPECT_EQ(system().shares, 1);
}

TEST_F(PeopleTest, NoteSinceWhenTheAccountFailsAndThatItWorksAgain) {
  ASSERT_TRUE(add(staff()));
  system().failure = Error{Fault::upstream, "Staff: no answer"};
  EXPECT_EQ(read().error().detail, "Staff: no answer");
  const UtcMillis since = clock.now();
  clock.advance(std::chrono::hours{1});
  EXPECT_FALSE(read());
  EXPECT_EQ(accounts.find("hr")->failing, (Failing{since, "Staff: no answer"}));
  const int opened = system().opened;
  system().failure.reset();
  EXPECT_TRUE(read());
  EXPECT_EQ(accounts.find("hr")->failing, std::nullopt);
  // What is noted is no change of the account: the token is kept.
  EXPECT_EQ(system().opened, opened);
}

TEST_F(PeopleTest, AMissingRightToReadAbsencesIsNoFailureOfTheAccount) {
  ASSERT_TRUE(add(staff()));
  EXPECT_EQ(people->read_absences({}).error().fault, Fault::refused);
  EXPECT_EQ(accounts.find("hr")->failing, std::nullopt);
}

TEST_F(PeopleTest, AreReadNoMoreOnceTheAccountIsRemoved) {
  ASSERT_TRUE(add(staff()));
  EXPECT_TRUE(read());
  ASSERT_TRUE(accounts.remove("hr"));
  EXPECT_EQ(read().error().fault, Fault::not_found);
}

TEST_F(PeopleTest, AStoreThatFailsIsSaidAsSuch) {
  ASSERT_TRUE(add(staff()));
  EXPECT_TRUE(read());
  system().failure = Error{Fault::upstream, "Staff: no answer"};
  store.fail_write(0, test::MemoryStore::Loss::lost);
  EXPECT_EQ(read().error().fault, Fault::storage);
}

}  // namespace
}  // namespace refledger::accounts
