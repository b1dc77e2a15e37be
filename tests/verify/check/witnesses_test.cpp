// Quorums that are reached, missed, and too old.
#include "report.h"

namespace refledger::verify {
namespace {

std::uint64_t seconds(UtcMillis time) {
  return static_cast<std::uint64_t>(time.time_since_epoch().count() / 1000);
}

TEST(Check, AQuorumThatIsReachedMakesTheRemarkGo) {
  World world;
  world.cosigners = {{"w.example", seconds(world.now) - 60}};
  Evidence evidence = world.evidence();
  evidence.trust.quorum = "w";
  const Report report = check(evidence);
  expect(report, Verdict::genuine_and_valid, std::nullopt);
  EXPECT_FALSE(has(report, Remark::no_independent_witness));
}

TEST(Check, AQuorumThatIsNotReachedIsClosed) {
  World world;
  Evidence evidence = world.evidence();
  for (const char* quorum : {"w", "nobody", ""}) {
    evidence.trust.quorum = quorum;
    expect(check(evidence), Verdict::cannot_check_now, Layer::checkpoint);
  }
  world.cosigners = {{"other.example", seconds(world.now)}};
  evidence = world.evidence();
  evidence.trust.quorum = "w";
  expect(check(evidence), Verdict::cannot_check_now, Layer::checkpoint);
  world.cosigners = {{"w.example", seconds(world.now) + 3600}};
  evidence = world.evidence();
  evidence.trust.quorum = "w";
  expect(check(evidence), Verdict::cannot_check_now, Layer::checkpoint);
}

TEST(Check, AQuorumOfYesterdayDoesNotSayValidToday) {
  World world;
  world.cosigners = {{"w.example", seconds(world.now) - 25 * 3600}};
  Evidence evidence = world.evidence();
  evidence.trust.quorum = "w";
  const Report report = check(evidence);
  expect(report, Verdict::cannot_check_now, Layer::status);
  EXPECT_TRUE(has(report, Remark::withdrawal_last_checked));
}

TEST(Check, TheFreshQuorumIsOverAStateAsLargeAsTheStatus) {
  World world;
  world.cosigners = {{"w.example", seconds(world.now)}};
  Evidence evidence = world.evidence();
  evidence.trust.quorum = "w";
  credential::StatusList list = world.status_list();
  list.size.leaves += 1;
  evidence.proof->status = credential::make_status_token(list, *world.status);
  expect(check(evidence), Verdict::cannot_check_now, Layer::status);
}

TEST(Check, GroupsOfWitnessesCountAsTheTrustFileSays) {
  World world;
  world.cosigners = {{"w.example", seconds(world.now)}};
  Evidence evidence = world.evidence();
  evidence.trust.witnesses["v"] = {"v.example", format::kNoteCosignature, key_of(7)->public_key()};
  evidence.trust.groups["any"] = {1, {"v", "w"}};
  evidence.trust.groups["all"] = {2, {"v", "w"}};
  evidence.trust.groups["over"] = {1, {"all", "any"}};
  evidence.trust.groups["none-needed"] = {0, {"v"}};
  evidence.trust.groups["loop"] = {1, {"loop"}};
  for (const auto& [quorum, reached] :
       std::vector<std::pair<std::string, bool>>{{"any", true},
                                                 {"all", false},
                                                 {"over", true},
                                                 {"none-needed", false},
                                                 {"loop", false}}) {
    evidence.trust.quorum = quorum;
    EXPECT_EQ(check(evidence).verdict == Verdict::genuine_and_valid, reached) << quorum;
  }
}

}  // namespace
}  // namespace refledger::verify
