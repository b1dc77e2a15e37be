// Accounts: who gets in, how long, and who does not.
#include "desk/access/access.h"

#include <gtest/gtest.h>

#include "desk/access/totp.h"
#include "support/memory_store.h"
#include "support/support.h"

namespace refledger::access {
namespace {

using namespace std::chrono_literals;
const std::string kPassword = "a sentence that nobody guesses";
const Caller kHere{"192.0.2.7", "Firefox"};

struct AccessTest : testing::Test {
  test::MemoryStore store{vault::kSpaces};
  sign::MasterKey key = *sign::MasterKey::from_bytes(Bytes(32, 7));
  test::FixedRandom random;
  vault::Vault vault{store, key, random};
  std::unique_ptr<Access> access = open();
  UtcMillis now = *parse_time("2026-11-02T08:00:00.000Z", "now");
  User anna = *access->add_first({"Anna Meier", "Anna@Firm.example", kPassword, Role::clerk});

  std::unique_ptr<Access> open() {
    Policy policy;
    policy.effort = Effort::least;
    return *Access::open(vault, random, policy);
  }
  Result<SignedIn> sign_in(std::string_view password = kPassword, Caller from = kHere) {
    return access->sign_in("anna@firm.example", password, from, now);
  }
  bool alive(const std::string& token) { return access->session(token, now)->has_value(); }
  bool anywhere(std::string_view needle) {
    for (const auto& [space, content] : store.content()) {
      for (const auto& [id, value] : content) {
        if (text_of(value).find(needle) != std::string_view::npos) return true;
      }
    }
    return false;
  }
};

TEST_F(AccessTest, MakesOneFirstAdministratorAndNoSecond) {
  EXPECT_TRUE(anna.roles.has(Role::administrator));
  EXPECT_TRUE(access->has_administrator());
  const auto second = access->add_first({"Eve", "eve@firm.example", kPassword, Role::clerk});
  EXPECT_EQ(second.error().fault, Fault::conflict);
}

TEST_F(AccessTest, LetsInWhoKnowsThePasswordAndNobodyElse) {
  EXPECT_TRUE(sign_in());
  EXPECT_EQ(sign_in("another sentence, not it").error().fault, Fault::refused);
  const auto stranger = access->sign_in("nobody@firm.example", kPassword, kHere, now);
  EXPECT_EQ(stranger.error(), sign_in("also wrong, this one").error()) << "the same answer";
}

TEST_F(AccessTest, KeepsWhatItKnowsOverARestartAndNeverAPasswordOrToken) {
  const SignedIn made = *sign_in();
  access = open();
  EXPECT_TRUE(alive(made.token));
  EXPECT_TRUE(sign_in());
  EXPECT_FALSE(anywhere(kPassword));
  EXPECT_FALSE(anywhere(made.token));
}

TEST_F(AccessTest, EndsASessionThatIsIdleOrOld) {
  const std::string idle = sign_in()->token;
  now += 31min;
  EXPECT_FALSE(alive(idle));
  const std::string busy = sign_in()->token;
  for (int at = 0; at < 23; ++at) {
    now += 20min;
    EXPECT_TRUE(alive(busy)) << at;
  }
  now += 21min;
  EXPECT_FALSE(alive(busy)) << "eight hours are over";
}

TEST_F(AccessTest, EndsOtherSessionsWhenThePasswordChanges) {
  const std::string one = sign_in()->token;
  const std::string other = sign_in()->token;
  const std::string kept = (*access->session(one, now))->id;
  EXPECT_EQ(
      access->change_password(anna.id, "wrong", "a new and long sentence", kept).error().fault,
      Fault::refused);
  ASSERT_TRUE(access->change_password(anna.id, kPassword, "a new and long sentence", kept));
  EXPECT_TRUE(alive(one));
  EXPECT_FALSE(alive(other));
  EXPECT_FALSE(sign_in());
  EXPECT_TRUE(sign_in("a new and long sentence"));
}

TEST_F(AccessTest, RevokesOneSessionOfTheSameUserOnly) {
  const std::string one = sign_in()->token;
  const std::string id = (*access->session(one, now))->id;
  EXPECT_EQ(access->sessions(anna.id, now).size(), 1u);
  EXPECT_EQ(access->end_session("somebody else", id).error().fault, Fault::not_found);
  EXPECT_TRUE(alive(one));
  ASSERT_TRUE(access->end_session(anna.id, id));
  EXPECT_FALSE(alive(one));
}

TEST_F(AccessTest, MakesWhoFailsThreeTimesWaitEvenWithTheRightPassword) {
  for (int at = 0; at < 3; ++at) EXPECT_FALSE(sign_in("wrong wrong wrong"));
  EXPECT_EQ(sign_in().error().detail, "sign-in: throttled");
  EXPECT_TRUE(sign_in(kPassword, {"198.51.100.1", ""})) << "the real one, from elsewhere";
  now += 5min;
  EXPECT_TRUE(sign_in());
}

TEST_F(AccessTest, SlowsDownAnAddressThatTriesManyNames) {
  for (int at = 0; at < 20; ++at) {
    const std::string name = "user" + std::to_string(at) + "@firm.example";
    EXPECT_FALSE(access->sign_in(name, "wrong wrong wrong", kHere, now));
  }
  EXPECT_EQ(sign_in().error().detail, "sign-in: throttled");
}

TEST_F(AccessTest, AsksForACodeOnceThereIsASecondFactorAndTakesEachOnce) {
  const Bytes secret(kTotpSecret, 9);
  EXPECT_FALSE(access->start_two_factor(anna.id, secret, "000000", now));
  const auto codes =
      access->start_two_factor(anna.id, secret, totp_code(secret, totp_step_at(now)), now);
  ASSERT_TRUE(codes);
  EXPECT_EQ(codes->size(), kRecoveryCodes);
  now += 30s;
  const SignedIn half = *sign_in();
  EXPECT_TRUE(half.half);
  EXPECT_TRUE((*access->session(half.token, now))->half);
  const std::string code = totp_code(secret, totp_step_at(now));
  EXPECT_FALSE(access->confirm(half.token, "12345", kHere, now));
  const auto whole = access->confirm(half.token, code, kHere, now);
  ASSERT_TRUE(whole);
  EXPECT_NE(whole->token, half.token);
  EXPECT_FALSE(alive(half.token));
  const SignedIn again = *sign_in();
  EXPECT_FALSE(access->confirm(again.token, code, kHere, now)) << "the same code again";
  EXPECT_TRUE(access->confirm(again.token, codes->front(), kHere, now));
  const SignedIn third = *sign_in();
  EXPECT_FALSE(access->confirm(third.token, codes->front(), kHere, now)) << "used up";
  EXPECT_EQ(access->user(anna.id)->recovery_codes, kRecoveryCodes - 1);
}

TEST_F(AccessTest, InvitesOnceAndForThreeDays) {
  const std::string token = *access->invite("Bea@Firm.example", Role::approver, anna.id, now);
  EXPECT_EQ(access->invitation(token, now)->mail, "bea@firm.example");
  EXPECT_EQ(access->accept(token, "Bea Rossi", "short", now).error().fault, Fault::refused);
  const Result<User> bea = access->accept(token, "Bea Rossi", kPassword, now);
  ASSERT_TRUE(bea);
  EXPECT_EQ(bea->roles, Roles(Role::approver));
  EXPECT_EQ(access->accept(token, "Again", kPassword, now).error().fault, Fault::not_found);
  const std::string late = *access->invite("c@firm.example", Role::clerk, anna.id, now);
  now += 72h;
  EXPECT_FALSE(access->invitation(late, now));
  EXPECT_EQ(access->accept(late, "C", kPassword, now).error().fault, Fault::not_found);
  EXPECT_FALSE(anywhere(token));
}

TEST_F(AccessTest, SendsSomebodyBackInAndEndsTheirSessions) {
  const std::string old = sign_in()->token;
  const std::string token = *access->invite_back(anna.id, anna.id, now);
  ASSERT_TRUE(access->accept(token, "", "an entirely new sentence", now));
  EXPECT_FALSE(alive(old));
  EXPECT_TRUE(sign_in("an entirely new sentence"));
}

TEST_F(AccessTest, KeepsTheLastAdministrator) {
  EXPECT_EQ(access->set_roles(anna.id, Role::clerk, true).error().fault, Fault::conflict);
  EXPECT_EQ(access->set_roles(anna.id, Role::administrator, false).error().fault, Fault::conflict);
  const std::string token = *access->invite("b@firm.example", Role::administrator, anna.id, now);
  const User bea = *access->accept(token, "Bea", kPassword, now);
  const std::string session = sign_in()->token;
  ASSERT_TRUE(access->set_roles(anna.id, Role::clerk, false));
  EXPECT_FALSE(alive(session)) << "a closed account's sessions end";
  EXPECT_FALSE(sign_in());
  EXPECT_EQ(access->set_roles(bea.id, Role::auditor, true).error().fault, Fault::conflict);
}

TEST_F(AccessTest, RefusesPasswordsThatAreShortOrRepetitive) {
  for (const char* bad : {"elevenchars", "aaaaaaaaaaaaaaaaaaaa", "anna@firm.example"}) {
    EXPECT_FALSE(check_new_password(bad, "anna@firm.example")) << bad;
  }
  EXPECT_FALSE(check_new_password(std::string(300, 'x') + "abcdef", ""));
  EXPECT_TRUE(check_new_password("ein ganz normaler Satz", ""));
}

// RFC 6238, appendix B, SHA-1: the last six digits.
TEST(Totp, GivesTheCodesOfTheRfc) {
  const ByteView secret = bytes_of("12345678901234567890");
  EXPECT_EQ(totp_code(secret, 59 / 30), "287082");
  EXPECT_EQ(totp_code(secret, 1111111109 / 30), "081804");
  EXPECT_EQ(totp_secret_text(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

}  // namespace
}  // namespace refledger::access
