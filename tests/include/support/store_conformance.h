// What every store promises, as tests that run against any implementation.
//
// Use      Write a StoreFactory, include this file in one test program, and say
//          INSTANTIATE_TEST_SUITE_P(Name, StoreConformance, testing::Values(&make_factory)).
//
// The last test plays random operations against std::map, with the store closed and opened between.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <thread>

#include "ledger/store/store.h"
#include "support/support.h"

namespace refledger::test {

class StoreFactory {
 public:
  virtual ~StoreFactory() = default;
  /// Opens the one store of this factory, with these spaces; what was written before is there.  The
  /// one opened before has been closed, or was left behind by a process that ended.
  virtual std::unique_ptr<store::Store> open(const std::vector<std::string>& spaces) = 0;
};

using MakeStoreFactory = std::unique_ptr<StoreFactory> (*)();

class StoreConformance : public testing::TestWithParam<MakeStoreFactory> {
 protected:
  static inline const std::vector<std::string> kSpaces{"a", "b"};

  void SetUp() override {
    factory_ = GetParam()();
    reopen();
  }
  void reopen() {
    store_.reset();
    store_ = factory_->open(kSpaces);
    ASSERT_NE(store_, nullptr);
  }

  static Bytes bytes(std::string_view text) { return copy_of(bytes_of(text)); }
  static store::Batch puts(
      std::initializer_list<std::pair<std::string_view, std::string_view>> pairs) {
    store::Batch batch;
    for (const auto& [key, value] : pairs) batch.put("a", key, bytes_of(value));
    return batch;
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

  std::unique_ptr<StoreFactory> factory_;
  std::unique_ptr<store::Store> store_;
};

TEST_P(StoreConformance, GivesBackWhatWasPutAndNothingElse) {
  const std::string odd("\0\xff key\n", 7);
  ASSERT_TRUE(store_->write(puts({{"k", "v"}, {odd, odd}, {"empty", ""}})).has_value());
  EXPECT_EQ(*store_->get("a", "k"), bytes("v"));
  EXPECT_EQ(*store_->get("a", odd), bytes(odd));
  EXPECT_EQ(*store_->get("a", "empty"), Bytes());
  EXPECT_EQ(*store_->get("a", "K"), std::nullopt);
  EXPECT_EQ(*store_->get("b", "k"), std::nullopt);
}

TEST_P(StoreConformance, PutReplacesAndRemoveRemoves) {
  ASSERT_TRUE(store_->write(puts({{"k", "1"}, {"l", "1"}})).has_value());
  store::Batch batch = puts({{"k", "2"}});
  batch.remove("a", "l");
  batch.remove("a", "never there");
  ASSERT_TRUE(store_->write(batch).has_value());
  EXPECT_EQ(*store_->get("a", "k"), bytes("2"));
  EXPECT_EQ(*store_->get("a", "l"), std::nullopt);
}

TEST_P(StoreConformance, ScansInTheOrderOfBytesWithinItsBounds) {
  ASSERT_TRUE(
      store_->write(puts({{"b", "2"}, {"a", "1"}, {"\xff", "4"}, {"ba", "3"}})).has_value());
  EXPECT_EQ(keys("", ""), "a=1 b=2 ba=3 \xff=4 ");
  EXPECT_EQ(keys("b", ""), "b=2 ba=3 \xff=4 ");
  EXPECT_EQ(keys("aa", "ba"), "b=2 ");
  EXPECT_EQ(keys("b", "b"), "");
  EXPECT_EQ(keys("c", "a"), "");
  EXPECT_EQ(keys("", "", 2), "a=1 b=2 ");
}

// A store may keep filters over how keys begin: a scan finds the same with them and without.
TEST_P(StoreConformance, ScansAmongKeysThatBeginAlike) {
  const auto key = [](char hash, char end) { return std::string(32, hash) + end; };
  const std::vector<std::pair<std::string, std::string>> rows{
      {"short", "0"},       {std::string(32, 'b'), "1"}, {key('b', '1'), "2"}, {key('b', '9'), "3"},
      {key('c', '0'), "4"}, {std::string(31, 'd'), "5"}, {key('e', '0'), "6"}};
  for (const auto& [name, value] : rows) ASSERT_TRUE(store_->write(puts({{name, value}})));
  const auto found = [&](const std::string& from, const std::string& to) {
    std::string values;
    EXPECT_TRUE(store_->scan("a", from, to, [&](std::string_view, ByteView value) {
      values += text_of(value);
      return true;
    }));
    return values;
  };
  for (int opened = 0; opened < 2; ++opened) {
    EXPECT_EQ(found("", ""), "1234560");
    EXPECT_EQ(found(key('b', '0'), key('b', '\xff')), "23");
    EXPECT_EQ(found(key('b', '1'), key('b', '9')), "2");
    EXPECT_EQ(found(key('c', '1'), key('c', '\xff')), "");
    EXPECT_EQ(found(key('x', '0'), key('x', '\xff')), "");
    EXPECT_EQ(found(std::string(32, 'b'), std::string(32, 'c')), "123");
    EXPECT_EQ(found(std::string(32, 'b'), std::string(31, 'b') + 'c'), "123");
    EXPECT_EQ(found(key('a', '0'), key('z', '0')), "1234560");
    EXPECT_EQ(found(std::string(31, 'd'), key('e', '\xff')), "56");
    reopen();
  }
}

TEST_P(StoreConformance, AScanSeesWhatWasThereWhenItBegan) {
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

TEST_P(StoreConformance, WritesOnlyIfEveryExpectationHolds) {
  ASSERT_TRUE(store_->write(puts({{"k", "1"}})).has_value());
  const auto with = [](std::string_view key, std::optional<Bytes> value) {
    store::Batch batch = puts({{"new", "x"}});
    batch.expect("a", key, std::move(value));
    return batch;
  };
  for (const store::Batch& batch :
       {with("k", std::nullopt), with("k", bytes("2")), with("k", bytes("")),
        with("none", bytes("")), with("none", bytes("1"))}) {
    EXPECT_EQ(store_->write(batch).error().fault, Fault::conflict);
    EXPECT_EQ(*store_->get("a", "new"), std::nullopt);
  }
  EXPECT_TRUE(store_->write(with("none", std::nullopt)).has_value());
  EXPECT_TRUE(store_->write(with("k", bytes("1"))).has_value());
  EXPECT_EQ(*store_->get("a", "new"), bytes("x"));
}

TEST_P(StoreConformance, AnUnmetExpectationDoesNotStopIt) {
  store::Batch unmet = puts({{"k", "1"}});
  unmet.expect("a", "none", bytes("1"));
  ASSERT_FALSE(store_->write(unmet).has_value());
  EXPECT_TRUE(store_->write(puts({{"k", "1"}})).has_value());
}

TEST_P(StoreConformance, OfManyWhoExpectTheSameOneWins) {
  std::atomic<int> won = 0;
  {
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < 8; ++writer) {
      writers.emplace_back([&] {
        store::Batch batch = puts({{"head", "mine"}});
        batch.expect("a", "head", std::nullopt);
        if (store_->write(batch)) ++won;
      });
    }
  }
  EXPECT_EQ(won, 1);
}

TEST_P(StoreConformance, RefusesASpaceItDoesNotHaveAndWritesNothing) {
  store::Batch batch = puts({{"k", "1"}});
  batch.put("c", "k", {});
  EXPECT_EQ(store_->write(batch).error().fault, Fault::storage);
  EXPECT_EQ(*store_->get("a", "k"), std::nullopt);
  EXPECT_EQ(store_->get("c", "k").error().fault, Fault::storage);
  const auto all = [](std::string_view, ByteView) { return true; };
  EXPECT_EQ(store_->scan("c", "", "", all).error().fault, Fault::storage);
  EXPECT_TRUE(store_->write(puts({{"k", "1"}})).has_value());
}

TEST_P(StoreConformance, ASnapshotStaysAsItWasWhateverIsWrittenAfter) {
  ASSERT_TRUE(store_->write(puts({{"k", "old"}, {"gone", "x"}})).has_value());
  const auto snapshot = store_->snapshot();
  ASSERT_TRUE(snapshot.has_value());
  store::Batch later = puts({{"k", "new"}, {"m", "added"}});
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

// Seeded: puts, replacements, removals, expectations met and unmet, scans, snapshots, reopenings;
// after each the store says what the model says.
class StoreModel {
 public:
  using Space = std::map<std::string, Bytes, std::less<>>;

  StoreModel(std::uint64_t seed, const std::vector<std::string>& spaces)
      : random_(seed), spaces_(spaces) {
    for (const std::string& space : spaces) content_[space];
  }

  std::uint64_t below(std::uint64_t end) { return random_() % end; }
  const std::string& a_space() { return spaces_[below(spaces_.size())]; }
  // Few and short, so that they meet; with the bytes that order wrongly as signed ones.
  std::string a_key() {
    static constexpr std::string_view kBytes("\0a\x7f\x80\xff", 5);
    std::string key;
    for (std::uint64_t size = 1 + below(3); key.size() < size;) key += kBytes[below(5)];
    return key;
  }
  Bytes a_value() {
    constexpr std::size_t kSizes[] = {0, 1, 30, 300, 5000};
    Bytes value(kSizes[below(5)]);
    for (std::uint8_t& byte : value) byte = static_cast<std::uint8_t>(random_());
    return value;
  }

  /// A batch that names no key twice, and whether its expectations hold.
  std::pair<store::Batch, bool> a_batch() {
    store::Batch batch;
    bool holds = true;
    std::map<std::pair<std::string, std::string>, int> named;
    for (std::uint64_t count = below(8); count > 0; --count) {
      const std::string& space = a_space();
      const std::string key = a_key();
      if (named[{space, key}]++ > 0) continue;
      if (below(3) == 0) {
        batch.remove(space, key);
      } else {
        batch.put(space, key, a_value());
      }
    }
    if (below(2) == 0) {
      const std::string& space = a_space();
      const std::string key = a_key();
      const auto is = get(space, key);
      std::optional<Bytes> expected = is;
      if (below(2) == 0) expected = below(2) == 0 ? std::optional<Bytes>() : a_value();
      holds = expected == is;
      batch.expect(space, key, expected);
    }
    return {batch, holds};
  }

  void apply(const store::Batch& batch) {
    for (const auto& put : batch.puts) content_[put.space][put.key] = put.value;
    for (const auto& remove : batch.removes) content_[remove.space].erase(remove.key);
  }
  std::optional<Bytes> get(const std::string& space, const std::string& key) const {
    const auto found = content_.at(space).find(key);
    return found == content_.at(space).end() ? std::optional<Bytes>() : found->second;
  }
  using Rows = std::vector<std::pair<std::string, Bytes>>;
  Rows rows(const std::string& space, const std::string& from, const std::string& to) const {
    Rows rows;
    for (const auto& [key, value] : content_.at(space)) {
      if (key >= from && (to.empty() || key < to)) rows.emplace_back(key, value);
    }
    return rows;
  }
  static Rows rows(const store::Reader& reader, const std::string& space, const std::string& from,
                   const std::string& to) {
    Rows rows;
    const auto scanned = reader.scan(space, from, to, [&](std::string_view key, ByteView value) {
      rows.emplace_back(std::string(key), copy_of(value));
      return true;
    });
    EXPECT_TRUE(scanned.has_value());
    return rows;
  }

 private:
  std::mt19937_64 random_;
  std::vector<std::string> spaces_;
  std::map<std::string, Space> content_;
};

TEST_P(StoreConformance, SaysWhatAMapSaysThroughRandomOperationsAndReopenings) {
  for (std::uint64_t seed = 1; seed <= 4 && !HasFailure(); ++seed) {
    factory_ = GetParam()();
    reopen();
    StoreModel model(seed, kSpaces);
    for (int step = 0; step < 150 && !HasFailure(); ++step) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << ", step " << step);
      if (model.below(40) == 0) reopen();
      const StoreModel before = model;
      const auto snapshot = store_->snapshot();
      ASSERT_TRUE(snapshot.has_value());
      const auto [batch, holds] = model.a_batch();
      const Result<void> written = store_->write(batch);
      ASSERT_EQ(written.has_value(), holds);
      if (holds) model.apply(batch);
      if (!holds) {
        EXPECT_EQ(written.error().fault, Fault::conflict);
      }
      for (int look = 0; look < 4; ++look) {
        const std::string space = model.a_space();
        const std::string key = model.a_key();
        const std::string to = model.below(3) == 0 ? "" : model.a_key();
        EXPECT_EQ(*store_->get(space, key), model.get(space, key));
        EXPECT_EQ(*(*snapshot)->get(space, key), before.get(space, key));
        EXPECT_EQ(StoreModel::rows(*store_, space, key, to), model.rows(space, key, to));
        EXPECT_EQ(StoreModel::rows(**snapshot, space, key, to), before.rows(space, key, to));
      }
    }
    for (const std::string& space : kSpaces) {
      EXPECT_EQ(StoreModel::rows(*store_, space, "", ""), model.rows(space, "", ""));
    }
  }
}

TEST_P(StoreConformance, HasEverythingAfterItWasOpenedAgain) {
  ASSERT_TRUE(store_->write(puts({{"k", "1"}, {"l", "2"}})).has_value());
  store::Batch batch = puts({{"k", "3"}});
  batch.remove("a", "l");
  ASSERT_TRUE(store_->write(batch).has_value());
  reopen();
  EXPECT_EQ(keys("", ""), "k=3 ");
}

}  // namespace refledger::test
