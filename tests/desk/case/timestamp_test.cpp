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

// What a trial says is what the next reference would come to; nothing is kept of it.
TEST_F(DeskTimestamp, FailsInATrialAsItWouldInEarnest) {
  const Result<void> tried = world.desk->try_seal();
  ASSERT_FALSE(tried);
  EXPECT_NE(tried.error().detail.find("timestamp authority"), std::string::npos);
  EXPECT_EQ(authority.asked, 1);
  world.timestamper = nullptr;
  world.start(2);
  EXPECT_TRUE(world.desk->try_seal());
  EXPECT_EQ(world.count<format::Issued>(), 0u);
  EXPECT_TRUE(world.desk->cases()->empty());
}

// ---- what makes a document last -----------------------------------------------------------------

class Stamping : public seal::Timestamper {
 public:
  Result<Bytes> token(const Sha256&) override { return Bytes{0x30, 0x03, 0x02, 0x01, 0x00}; }
  std::size_t room() const override { return 1024; }
};

// The authorities' word comes at the second attempt.
class Hesitant : public seal::Lasting {
 public:
  int asked = 0;
  bool archives() const override { return true; }
  Result<Bytes> complete(ByteView file, const std::vector<const seal::SignerChain*>& signers,
                         bool archive) override {
    EXPECT_EQ(signers.size(), 1u);
    EXPECT_TRUE(archive);
    if (++asked == 1) return Error{Fault::upstream, "certificate status: answered 503"};
    return copy_of(file);
  }
};

struct DeskLasting : testing::Test {
  World world;
  Stamping authority;
  Hesitant lasting;
  void SetUp() override {
    world.timestamper = &authority;
    world.lasting = &lasting;
    world.start(1);
  }
};

// An OCSP answer bears the day on which it was given, as a timestamp does.
TEST_F(DeskLasting, IsNotAskedForWhereTheDocumentBearsAnEarlierDate) {
  world.source.people = {leaver("1", "DE", "en")};
  EXPECT_EQ(world.sync().delivered, 1u);
  EXPECT_EQ(lasting.asked, 0);
}

TEST_F(DeskLasting, HoldsUpTheReferenceUntilEverythingIsThere) {
  world.source.people = {leaver("1", "CH", "de")};
  const Result<SyncReport> first = world.desk->sync();
  ASSERT_TRUE(first);
  ASSERT_EQ(first->problems.size(), 1u);
  EXPECT_NE(first->problems.front().find("certificate status"), std::string::npos);
  EXPECT_EQ(world.count<format::Issued>(), 0u);
  EXPECT_TRUE(world.transport.sent.empty());
  EXPECT_EQ(world.sync().delivered, 1u);
  EXPECT_EQ(lasting.asked, 2);
  EXPECT_EQ(world.count<format::Issued>(), 1u);
}

}  // namespace
}  // namespace refledger::desk
