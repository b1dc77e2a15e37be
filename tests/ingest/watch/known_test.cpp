// What is remembered of people: shards that come back as they were, and few of them to write.
#include "ingest/watch/known.h"

#include <set>

#include "people.h"

namespace refledger::ingest {
namespace {

Known somebody(const std::string& id) {
  Known known{id, "", date("2019-03-01")};
  known.first_seen = date("2026-11-02");
  return known;
}

Known everything(const std::string& id) {
  Known known = somebody(id);
  known.employment = "0b1e-uuid";
  known.end = date("2026-12-31");
  known.term = date("2027-02-28");
  known.look_again = date("2027-01-01");
  known.inactive = known.over = known.only_listed = known.deleted = true;
  return known;
}

TEST(KnownPeople, ComeBackAsTheyWere) {
  KnownPeople all;
  for (int n = 0; n < 500; ++n)
    all.put(n % 2 == 0 ? somebody(std::to_string(n)) : everything(std::to_string(n)));
  KnownPeople again;
  for (const unsigned shard : all.changed()) {
    ASSERT_TRUE(again.load_shard(shard, *all.shard_text(shard)));
  }
  EXPECT_EQ(again.size(), 500u);
  all.for_each([&](const Known& one) {
    ASSERT_NE(again.find(one.id), nullptr);
    EXPECT_EQ(*again.find(one.id), one);
  });
  EXPECT_TRUE(again.changed().empty());
}

TEST(KnownPeople, AChangeOfOneIsOneShard) {
  KnownPeople all;
  for (int n = 0; n < 1000; ++n) all.put(somebody(std::to_string(n)));
  EXPECT_EQ(all.changed().size(), KnownPeople::kShards) << "a thousand people reach every shard";
  all.mark_saved();
  all.put(somebody("77"));
  EXPECT_TRUE(all.changed().empty()) << "the same again is no change";
  all.put(everything("77"));
  EXPECT_EQ(all.changed(), std::vector<unsigned>{KnownPeople::shard_of("77")});
}

TEST(KnownPeople, HoldsNothingButIdsAndDates) {
  KnownPeople all;
  all.put(everything("77"));
  EXPECT_EQ(*all.shard_text(KnownPeople::shard_of("77")),
            R"({"people":[["77","0b1e-uuid","2019-03-01","2026-12-31","2027-02-28","2026-11-02",)"
            R"("2027-01-01",15]],"v":1})");
}

TEST(KnownPeople, TakesNothingThatItWouldNotHaveWritten) {
  const unsigned shard = KnownPeople::shard_of("77");
  for (
      const char* text :
      {"", "{}", R"({"people":[],"v":2})", R"({"people":{},"v":1})", R"({"people":[[]],"v":1})",
       R"({"people":[["77","","2019-03-01","","","2026-11-02","",16]],"v":1})",
       R"({"people":[["77","","","","","2026-11-02","",0]],"v":1})",
       R"({"people":[["77","","2019-02-30","","","2026-11-02","",0]],"v":1})",
       R"({"people":[["77","","2019-03-01","","","2026-11-02","","0"]],"v":1})",
       R"({"people":[["78","","2019-03-01","","","2026-11-02","",0]],"v":1})",
       R"({"people":[["77","","2019-03-01","","","2026-11-02","",0],["77","","2019-03-01","","","2026-11-02","",0]],"v":1})",
       R"({"people": [],"v":1})"}) {
    KnownPeople all;
    const auto loaded = all.load_shard(shard, text);
    ASSERT_FALSE(loaded) << text;
    EXPECT_EQ(loaded.error().fault, Fault::malformed);
  }
}

// The shards are on disk: these numbers may never change.
TEST(KnownPeople, FallIntoTheSameShardsForEver) {
  EXPECT_EQ(KnownPeople::shard_of(""), 1u);
  EXPECT_EQ(KnownPeople::shard_of("1"), 48u);
  EXPECT_EQ(KnownPeople::shard_of("4711"), 10u);
}

}  // namespace
}  // namespace refledger::ingest
