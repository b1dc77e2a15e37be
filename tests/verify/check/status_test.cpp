// Withdrawals, status lists, and sources that disagree.
#include "report.h"

namespace refledger::verify {
namespace {

TEST(Check, AWithdrawnReferenceIsNoLongerValid) {
  World world;
  const std::size_t at = world.withdraw(*world.issuer);
  Evidence evidence = world.evidence();
  evidence.withdrawal = world.logged(at);
  expect(check(evidence), Verdict::genuine_no_longer_valid, std::nullopt);
  evidence.document.reset();
  expect(check(evidence), Verdict::genuine_no_longer_valid, std::nullopt);
  evidence.credential.reset();
  const Report report = check(evidence);
  expect(report, Verdict::cannot_check_now, std::nullopt);
  EXPECT_NE(report.reason.find("withdrawn"), std::string::npos);
}

TEST(Check, SourcesThatDisagreeAboutAWithdrawalAreNamedAndWithdrawnWins) {
  World world;
  const std::size_t at = world.withdraw(*world.issuer);
  Evidence evidence = world.evidence();
  evidence.withdrawal = world.logged(at);
  const auto disagree = [&](const credential::StatusList& list) {
    evidence.proof->status = credential::make_status_token(list, *world.status);
    const Report report = check(evidence);
    expect(report, Verdict::genuine_no_longer_valid, std::nullopt);
    return has(report, Remark::sources_disagree);
  };
  credential::StatusList list = world.status_list();
  EXPECT_TRUE(disagree(list));  // the token covers the withdrawal and does not list it
  list.withdrawn = {world.index.idx};
  EXPECT_FALSE(disagree(list));
  evidence.server_says_withdrawn = true;
  EXPECT_FALSE(disagree(list));
  evidence.server_says_withdrawn = false;
  EXPECT_TRUE(disagree(list));
  evidence.server_says_withdrawn.reset();
  const Leaves whole = world.leaves;
  world.leaves.resize(at);
  const credential::StatusList before = world.status_list();
  EXPECT_FALSE(disagree(before));  // true when it was signed
  world.leaves = whole;
  evidence.proof->status = credential::make_status_token(world.status_list(), *world.other);
  EXPECT_FALSE(has(check(evidence), Remark::sources_disagree));  // nobody's token
}

TEST(Check, AServerThatDeniesWhatTheListSaysIsNamed) {
  const World world;
  credential::StatusList list = world.status_list();
  list.withdrawn = {world.index.idx};
  Evidence evidence = world.evidence();
  evidence.proof->status = credential::make_status_token(list, *world.status);
  EXPECT_FALSE(has(check(evidence), Remark::sources_disagree));
  evidence.server_says_withdrawn = false;
  const Report report = check(evidence);
  expect(report, Verdict::genuine_no_longer_valid, std::nullopt);
  EXPECT_TRUE(has(report, Remark::sources_disagree));
}

TEST(Check, AWithdrawalThatIsToldWithoutProofIsNeitherHeededNorIgnored) {
  Evidence evidence = World().evidence();
  evidence.server_says_withdrawn = true;
  expect(check(evidence), Verdict::cannot_check_now, Layer::status);
  evidence.server_says_withdrawn = false;
  expect(check(evidence), Verdict::genuine_and_valid, std::nullopt);
}

TEST(Check, AWithdrawalDoesNotMakeAnotherFileGenuine) {
  World world;
  const std::size_t at = world.withdraw(*world.issuer);
  Evidence evidence = world.evidence();
  evidence.withdrawal = world.logged(at);
  evidence.document->bytes[0] ^= 1;
  expect(check(evidence), Verdict::not_this_document, Layer::document);
}

TEST(Check, AWithdrawalThatDoesNotHoldIsNeitherHeededNorIgnored) {
  World world;
  const std::size_t forged = world.withdraw(*world.other);
  const std::size_t by_status = world.withdraw(*world.status);
  world.leaves.push_back(
      format::sign_entry(format::Withdrawn{1, 0, ReferenceHash{}}, kOrigin, *world.issuer));
  const std::size_t of_another = world.leaves.size() - 1;
  Evidence evidence = world.evidence();
  for (const std::size_t at : {forged, by_status, of_another, world.issued_at}) {
    evidence.withdrawal = world.logged(at);
    expect(check(evidence), Verdict::cannot_check_now, Layer::status);
  }
  evidence.withdrawal = format::LoggedEntry{"x", "y"};
  expect(check(evidence), Verdict::cannot_check_now, Layer::status);
  const std::size_t good = world.withdraw(*world.issuer);
  evidence = world.evidence();
  evidence.withdrawal = format::LoggedEntry{world.leaves[good], world.logged(good - 1).receipt};
  expect(check(evidence), Verdict::cannot_check_now, Layer::status);
  evidence.withdrawal = world.logged(good);
  expect(check(evidence), Verdict::genuine_no_longer_valid, std::nullopt);
}

Report with_status(const World& world, const credential::StatusList& list, const Signer& signer) {
  Evidence evidence = world.evidence();
  evidence.proof->status = credential::make_status_token(list, signer);
  return check(evidence);
}

TEST(Check, TheStatusListAloneAlsoWithdrawsEvenWhenItIsOld) {
  const World world;
  credential::StatusList list = world.status_list();
  list.withdrawn = {world.index.idx};
  expect(with_status(world, list, *world.status), Verdict::genuine_no_longer_valid, std::nullopt);
  list.issued_at -= std::chrono::hours(1000);
  expect(with_status(world, list, *world.status), Verdict::genuine_no_longer_valid, std::nullopt);
  list = world.status_list();
  list.withdrawn = {world.index.idx - 1, world.index.idx + 1};
  expect(with_status(world, list, *world.status), Verdict::genuine_and_valid, std::nullopt);
}

TEST(Check, TheStatusTokenIsSignedByAStatusKeyOfTheIssuerOnly) {
  const World world;
  expect(with_status(world, world.status_list(), *world.status), Verdict::genuine_and_valid,
         std::nullopt);
  for (const Key* signer : {&world.issuer, &world.other, &world.recovery, &world.log}) {
    expect(with_status(world, world.status_list(), **signer), Verdict::cannot_check_now,
           Layer::status);
  }
  World retired;
  retired.retire(*retired.status, *retired.issuer, std::nullopt);
  expect(with_status(retired, retired.status_list(), *retired.status), Verdict::cannot_check_now,
         Layer::status);
}

TEST(Check, TheStatusTokenIsAboutThisListLogAndState) {
  const World world;
  const auto expect_refused = [&](auto change) {
    credential::StatusList list = world.status_list();
    change(list);
    expect(with_status(world, list, *world.status), Verdict::cannot_check_now, Layer::status);
  };
  using List = credential::StatusList;
  expect_refused([](List& list) { list.uri += "1"; });
  expect_refused([](List& list) { list.iss += "x"; });
  expect_refused([](List& list) { list.origin = "other.example/log"; });
  expect_refused([](List& list) { list.root = hash_empty(); });
  expect_refused([&](List& list) { list.size = {world.issued_at}; });
  expect_refused([](List& list) { list.issued_at += std::chrono::hours(2); });
  Evidence evidence = world.evidence();
  evidence.proof->status = "";
  expect(check(evidence), Verdict::cannot_check_now, Layer::status);
}

TEST(Check, AnIndexBeyondTheListIsRefused) {
  World world;
  world.leaves.resize(2);
  world.index.idx = credential::kStatusListLength;
  world.make_credential(*world.issuer);
  world.issue(*world.issuer, true);
  expect(check(world.evidence()), Verdict::cannot_check_now, Layer::status);
}

TEST(Check, AStatusCountsUntilItExpires) {
  const World world;
  credential::StatusList list = world.status_list();
  list.issued_at = world.now - list.lifetime + std::chrono::seconds(1);
  expect(with_status(world, list, *world.status), Verdict::genuine_and_valid, std::nullopt);
  list.issued_at = world.now - list.lifetime;
  const Report report = with_status(world, list, *world.status);
  expect(report, Verdict::cannot_check_now, Layer::status);
  EXPECT_TRUE(has(report, Remark::withdrawal_last_checked));
  EXPECT_EQ(report.status_as_of, list.issued_at);
}

}  // namespace
}  // namespace refledger::verify
