// What every store promises, asked of the one on disk and of the one that tests use.
#include <thread>

#include "ledger/store/rocksdb_store.h"
#include "support/memory_store.h"
#include "support/support.h"

namespace refledger::store {
namespace {

const std::vector<std::string> kSpaces{"a", "b"};

Bytes bytes(std::string_view text) { return copy_of(bytes_of(text)); }

Batch puts(std::initializer_list<std::pair<std::string_view, std::string_view>> pairs) {
  Batch batch;
  for (const auto& [key, value] : pairs) batch.put("a", key, bytes_of(value));
  return batch;
}

enum class Kind { rocksdb, memory };

class StoreContract : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (GetParam() == Kind::memory) {
      store_ = std::make_unique<test::MemoryStore>(kSpaces);
    } else {
      store_ = *open_rocksdb(folder_.path() / "store", kSpaces);
    }
  }
  std::string keys(std::string_view from, std::string_view to, std::size_t stop_after = 1000) {
    std::string seen;
    EXPECT_TRUE(store_
                    ->scan("a", from, to,
                           [&](std::string_view key, ByteView value) {
                             seen += std::string(key) + "=" + std::string(text_of(value)) + " ";
                             return --stop_after > 0;
                           })
                    .has_value());
    return seen;
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
};

INSTANTIATE_TEST_SUITE_P(Both, StoreContract, testing::Values(Kind::rocksdb, Kind::memory),
                         [](const auto& kind) {
                           return kind.param == Kind::rocksdb ? "OnDisk" : "InMemory";
                         });

TEST_P(StoreContract, GivesBackWhatWasPutAndNothingElse) {
  const std::string odd("\0\xff key\n", 7);
  ASSERT_TRUE(store_->write(puts({{"k", "v"}, {odd, odd}, {"empty", ""}})).has_value());
  EXPECT_EQ(*store_->get("a", "k"), bytes("v"));
  EXPECT_EQ(*store_->get("a", odd), bytes(odd));
  EXPECT_EQ(*store_->get("a", "empty"), Bytes());
  EXPECT_EQ(*store_->get("a", "K"), std::nullopt);
  EXPECT_EQ(*store_->get("b", "k"), std::nullopt);
}

TEST_P(StoreContract, PutReplacesAndRemoveRemoves) {
  ASSERT_TRUE(store_->write(puts({{"k", "1"}, {"l", "1"}})).has_value());
  Batch batch = puts({{"k", "2"}});
  batch.remove("a", "l");
  batch.remove("a", "never there");
  ASSERT_TRUE(store_->write(batch).has_value());
  EXPECT_EQ(*store_->get("a", "k"), bytes("2"));
  EXPECT_EQ(*store_->get("a", "l"), std::nullopt);
}

TEST_P(StoreContract, ScansInTheOrderOfBytesWithinItsBounds) {
  ASSERT_TRUE(
      store_->write(puts({{"b", "2"}, {"a", "1"}, {"\xff", "4"}, {"ba", "3"}})).has_value());
  EXPECT_EQ(keys("", ""), "a=1 b=2 ba=3 \xff=4 ");
  EXPECT_EQ(keys("b", ""), "b=2 ba=3 \xff=4 ");
  EXPECT_EQ(keys("aa", "ba"), "b=2 ");
  EXPECT_EQ(keys("b", "b"), "");
  EXPECT_EQ(keys("c", "a"), "");
  EXPECT_EQ(keys("", "", 2), "a=1 b=2 ");
}

TEST_P(StoreContract, AScanSeesWhatWasThereWhenItBegan) {
  ASSERT_TRUE(store_->write(puts({{"a", "1"}, {"b", "2"}})).has_value());
  std::string seen;
  ASSERT_TRUE(store_
                  ->scan("a", "", "",
                         [&](std::string_view key, ByteView) {
                           seen += key;
                           EXPECT_TRUE(store_->write(puts({{"c", "3"}})).has_value());
                           return true;
                         })
                  .has_value());
  EXPECT_EQ(seen, "ab");
}

TEST_P(StoreContract, WritesOnlyIfEveryExpectationHolds) {
  ASSERT_TRUE(store_->write(puts({{"k", "1"}})).has_value());
  const auto with = [](std::string_view key, std::optional<Bytes> value) {
    Batch batch = puts({{"new", "x"}});
    batch.expect("a", key, std::move(value));
    return batch;
  };
  for (const Batch& batch : {with("k", std::nullopt), with("k", bytes("2")), with("k", bytes("")),
                             with("none", bytes("")), with("none", bytes("1"))}) {
    EXPECT_EQ(store_->write(batch).error().fault, Fault::conflict);
    EXPECT_EQ(*store_->get("a", "new"), std::nullopt);
  }
  EXPECT_TRUE(store_->write(with("none", std::nullopt)).has_value());
  EXPECT_TRUE(store_->write(with("k", bytes("1"))).has_value());
  EXPECT_EQ(*store_->get("a", "new"), bytes("x"));
}

TEST_P(StoreContract, AnUnmetExpectationDoesNotStopIt) {
  Batch unmet = puts({{"k", "1"}});
  unmet.expect("a", "none", bytes("1"));
  ASSERT_FALSE(store_->write(unmet).has_value());
  EXPECT_TRUE(store_->write(puts({{"k", "1"}})).has_value());
}

TEST_P(StoreContract, OfManyWhoExpectTheSameOneWins) {
  std::atomic<int> won = 0;
  {
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < 8; ++writer) {
      writers.emplace_back([&] {
        Batch batch = puts({{"head", "mine"}});
        batch.expect("a", "head", std::nullopt);
        if (store_->write(batch)) ++won;
      });
    }
  }
  EXPECT_EQ(won, 1);
}

TEST_P(StoreContract, RefusesASpaceItDoesNotHaveAndWritesNothing) {
  Batch batch = puts({{"k", "1"}});
  batch.put("c", "k", {});
  EXPECT_EQ(store_->write(batch).error().fault, Fault::storage);
  EXPECT_EQ(*store_->get("a", "k"), std::nullopt);
  EXPECT_EQ(store_->get("c", "k").error().fault, Fault::storage);
  const auto all = [](std::string_view, ByteView) { return true; };
  EXPECT_EQ(store_->scan("c", "", "", all).error().fault, Fault::storage);
  EXPECT_TRUE(store_->write(puts({{"k", "1"}})).has_value());
}

TEST(NumberKey, OrdersAsTheNumbersDo) {
  EXPECT_EQ(number_key(0), std::string(8, '\0'));
  EXPECT_EQ(number_key(0x0102030405060708), "\x01\x02\x03\x04\x05\x06\x07\x08");
  EXPECT_LT(number_key(255), number_key(256));
  EXPECT_LT(number_key((std::uint64_t{1} << 63) - 1), number_key(~std::uint64_t{0}));
}

TEST_P(StoreContract, ASnapshotStaysAsItWasWhateverIsWrittenAfter) {
  ASSERT_TRUE(store_->write(puts({{"k", "old"}, {"gone", "x"}})).has_value());
  const auto snapshot = store_->snapshot();
  ASSERT_TRUE(snapshot.has_value());
  Batch later = puts({{"k", "new"}, {"m", "added"}});
  later.remove("a", "gone");
  ASSERT_TRUE(store_->write(later).has_value());
  EXPECT_EQ(*(*snapshot)->get("a", "k"), bytes("old"));
  EXPECT_EQ(*(*snapshot)->get("a", "m"), std::nullopt);
  EXPECT_EQ(*(*snapshot)->get("a", "gone"), bytes("x"));
  std::string seen;
  ASSERT_TRUE((*snapshot)
                  ->scan("a", "", "",
                         [&](std::string_view key, ByteView) {
                           seen += std::string(key) + " ";
                           return true;
                         })
                  .has_value());
  EXPECT_EQ(seen, "gone k ");
  EXPECT_EQ(keys("", ""), "k=new m=added ");
}

}  // namespace
}  // namespace refledger::store
