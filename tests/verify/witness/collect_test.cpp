// Cosignatures are gathered from whoever answers well; nobody else holds them up or gets in.
#include "verify/witness/collect.h"

#include "verify/witness/witness.h"
#include "world.h"

namespace refledger::witness {
namespace {

class CollectTest : public testing::Test {
 protected:
  CollectTest() { log_.grow(40); }

  Witness& add(const std::string& name, std::uint8_t key) {
    keys_.push_back(test::key_of(key));
    auto opened = Witness::open(folder_.path() / name, {log_.verifier_key()},
                                {name + ".example", keys_.back().get()}, clock_);
    witnesses_[name] = *std::move(opened);
    policy_.witnesses[name] = witnesses_[name]->verifier_key();
    policy_.witness_urls[name] = "http://" + name;
    return *witnesses_[name];
  }
  Result<Posted> post(const std::string& url, const std::string& body) {
    ++posts_;
    const std::string name = url.substr(7, url.find('/', 7) - 7);
    EXPECT_EQ(url, "http://" + name + "/add-checkpoint");
    if (broken_.contains(name)) return broken_.at(name);
    const Answer answer = witnesses_.at(name)->add_checkpoint(body);
    return Posted{answer.status, answer.body};
  }
  Collected collect(std::size_t size) {
    return collector().collect(log_.checkpoint(size), [this, size](TreeSize from) {
      return Result<std::vector<TreeHash>>(log_.proof(from.leaves, size));
    });
  }
  Collector& collector() {
    if (!collector_) {
      collector_.emplace(policy_, [this](const std::string& url, const std::string& body) {
        return post(url, body);
      });
    }
    return *collector_;
  }

  test::TemporaryFolder folder_;
  test::HandClock clock_;
  WatchedLog log_;
  std::vector<std::unique_ptr<sign::Ed25519Key>> keys_;
  std::map<std::string, std::unique_ptr<Witness>> witnesses_;
  std::map<std::string, Result<Posted>> broken_;
  format::Trust policy_;
  std::atomic<int> posts_ = 0;
  std::optional<Collector> collector_;
};

TEST_F(CollectTest, GathersEveryWitnessAndSaysWhenTheQuorumIsReached) {
  add("north", 71);
  add("south", 72);
  policy_.groups["both"] = {2, {"north", "south"}};
  policy_.quorum = "both";
  for (const std::size_t size : {5, 5, 6, 40}) {
    const Collected collected = collect(size);
    EXPECT_TRUE(collected.quorum);
    EXPECT_TRUE(collected.failed.empty());
    EXPECT_EQ(format::parse_note(collected.note)->signatures.size(), 3u);
  }
  EXPECT_EQ(posts_, 8) << "the size that each has seen is remembered";
}

TEST_F(CollectTest, LearnsFromAConflictWhatTheWitnessKnows) {
  Witness& north = add("north", 71);
  policy_.quorum = "north";
  ASSERT_EQ(north.add_checkpoint(log_.request(0, 7)).status, 200u);
  EXPECT_TRUE(collect(9).quorum);
  EXPECT_EQ(posts_, 2);
}

TEST_F(CollectTest, AnswersThatAreNoCosignatureCountForNothing) {
  add("north", 71);
  add("south", 72);
  policy_.groups["any"] = {1, {"north", "south"}};
  policy_.quorum = "any";
  const std::string good = witnesses_["north"]->add_checkpoint(log_.request(0, 7)).body;
  const Error down{Fault::upstream, "no answer"};
  const std::vector<Result<Posted>> answers{
      down,
      Posted{500, ""},
      Posted{200, ""},
      Posted{200, "nonsense"},
      Posted{200, good},  // of another checkpoint
      Posted{409, ""},
      Posted{409, "nine\n"},
      Posted{409, "1\n"},   // again and again
      Posted{409, "99\n"},  // more than there is
  };
  for (const Result<Posted>& answer : answers) {
    broken_.clear();
    broken_.emplace("north", answer);
    const Collected collected = collect(9);
    EXPECT_TRUE(collected.quorum) << "the other witness is not held up";
    EXPECT_EQ(collected.failed.size(), 1u);
    EXPECT_EQ(format::parse_note(collected.note)->signatures.size(), 2u);
  }
  broken_.emplace("south", down);
  const Collected none = collect(10);
  EXPECT_FALSE(none.quorum);
  EXPECT_EQ(none.note, log_.checkpoint(10));
}

TEST_F(CollectTest, ALogThatForksGetsNoSecondCosignature) {
  add("north", 71);
  policy_.quorum = "north";
  ASSERT_TRUE(collect(9).quorum);
  log_ = WatchedLog();
  log_.grow(20, "other");
  const Collected forked = collect(12);
  EXPECT_FALSE(forked.quorum);
  EXPECT_EQ(forked.failed.at("north"), "the witness answered 422");
}

TEST_F(CollectTest, WithoutAQuorumThereIsNone) {
  add("north", 71);
  EXPECT_FALSE(collect(9).quorum);
}

}  // namespace
}  // namespace refledger::witness
