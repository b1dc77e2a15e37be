// Which documents the desk has stamped, and what it does while it cannot.
#include "world.h"

namespace refledger::desk {
namespace {

// An authority that cannot be reached, and counts who asks.
class Unreachable : public seal::Timestamper {
 public:
  int asked = 0;
  Result<Bytes> token(const Sha256&) override {
    ++asked;
    return Error{Fault::upstream, "timestamp authority: connect"};
  }
  std::size_t room() const override { return 8192; }
};

struct DeskTimestamp : testing::Test {
  World world;
  Unreachable authority;
  void SetUp() override {
    world.timestamper = &authority;
    world.start(1);
  }
};

// A German reference bears the last day of employment; a timestamp would show when it was signed.
TEST_F(DeskTimestamp, IsNotAskedForWhereTheDocumentBearsAnEarlierDate) {
  world.source.people = {leaver("1", "DE", "en")};
  EXPECT_EQ(world.sync().delivered, 1u);
  EXPECT_EQ(authority.asked, 0);
}

TEST_F(DeskTimestamp, IsAskedForWhereTheDocumentBearsToday) {
  world.source.people = {leaver("1", "CH", "de")};
  const Result<SyncReport> report = world.desk->sync();
  ASSERT_TRUE(report);
  EXPECT_EQ(authority.asked, 1);
}

TEST_F(DeskTimestamp, HoldsUpTheReferenceUntilItComesInsteadOfGoingWithout) {
  world.source.people = {leaver("1", "CH", "de")};
  const Result<SyncReport> report = world.desk->sync();
  ASSERT_TRUE(report);
  ASSERT_EQ(report->problems.size(), 1u);
  EXPECT_NE(report->problems.front().find("timestamp authority"), std::string::npos);
  EXPECT_EQ(report->delivered, 0u);
  EXPECT_EQ(world.count<format::Issued>(), 0u);
}

}  // namespace
}  // namespace refledger::desk
