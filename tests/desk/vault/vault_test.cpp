// The vault gives back what was put in, hides it, notices every change, and forgets for good.
#include "desk/vault/vault.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "ledger/core/encoding.h"
#include "support/memory_store.h"
#include "support/support.h"

namespace refledger::vault {
namespace {

using test::MemoryStore;

sign::MasterKey master(std::uint8_t fill) { return *sign::MasterKey::from_bytes(Bytes(32, fill)); }

Bytes text(std::string_view words) { return copy_of(bytes_of(words)); }

bool holds(MemoryStore& store, std::string_view needle) {
  for (const auto& [space, content] : store.content()) {
    for (const auto& [key, value] : content) {
      if (key.find(needle) != std::string::npos) return true;
      if (text_of(value).find(needle) != std::string_view::npos) return true;
    }
  }
  return false;
}

struct VaultTest : testing::Test {
  MemoryStore store{kSpaces};
  sign::MasterKey key = master(7);
  test::FixedRandom random;
  Vault vault{store, key, random};

  Bytes& stored(const char* space, const ItemId& id) {
    return store.content()[space][std::string(text_of(id.view()))];
  }
};

TEST_F(VaultTest, GivesBackWhatWasPutIn) {
  const ItemId id = *vault.add("case", "person 12", text("Anna Meier"));
  EXPECT_EQ(*vault.get(id, "case"), text("Anna Meier"));
  EXPECT_EQ(*vault.find("case", "person 12"), id);
}

// Something happens between a reader's first look at the key and its look at the item.
class InterruptedStore final : public store::Store {
 public:
  explicit InterruptedStore(store::Store& inner) : inner_(&inner) {}
  mutable std::function<void()> before_next_item;

  Result<std::optional<Bytes>> get(std::string_view space, std::string_view key) const override {
    if (space == "item" && before_next_item) std::exchange(before_next_item, nullptr)();
    return inner_->get(space, key);
  }
  Result<void> scan(std::string_view space, std::string_view from, std::string_view to,
                    const Visit& visit) const override {
    return inner_->scan(space, from, to, visit);
  }
  Result<void> write(const store::Batch& batch) override { return inner_->write(batch); }
  Result<std::unique_ptr<const store::Reader>> snapshot() const override {
    return inner_->snapshot();
  }

 private:
  store::Store* inner_;
};

TEST_F(VaultTest, ReadsWhatIsThereNowWhenItIsReplacedMeanwhile) {
  const ItemId id = *vault.add("case", "12", text("first"));
  InterruptedStore interrupted(store);
  const Vault reader(interrupted, key, random);
  interrupted.before_next_item = [&] { ASSERT_TRUE(vault.replace(id, "case", text("second"))); };
  EXPECT_EQ(*reader.get(id, "case"), text("second"));
  interrupted.before_next_item = [&] { ASSERT_TRUE(vault.erase(id)); };
  EXPECT_EQ(reader.get(id, "case").error().fault, Fault::not_found);
}

TEST_F(VaultTest, KeepsAnItemWithNeitherIndexNorContent) {
  const ItemId id = *vault.add("note", "", {});
  EXPECT_TRUE(vault.get(id, "note")->empty());
  EXPECT_TRUE(store.content()["index"].empty());
}

TEST_F(VaultTest, ReplacesContentAndKeepsTheIndex) {
  const ItemId id = *vault.add("case", "12", text("first"));
  ASSERT_TRUE(vault.replace(id, "case", text("second")));
  EXPECT_EQ(*vault.get(id, "case"), text("second"));
  EXPECT_EQ(*vault.find("case", "12"), id);
}

TEST_F(VaultTest, DrawsAFreshKeyForEveryReplacement) {
  const ItemId id = *vault.add("case", "", text("first"));
  const Bytes old_item = stored("item", id);
  ASSERT_TRUE(vault.replace(id, "case", text("second")));
  // The old ciphertext, e.g. from an old file of the store, opens under the new key no more.
  stored("item", id) = old_item;
  EXPECT_EQ(vault.get(id, "case").error().fault, Fault::refused);
}

TEST_F(VaultTest, RefusesAnIndexThatIsTaken) {
  ASSERT_TRUE(vault.add("case", "12", text("a")));
  EXPECT_EQ(vault.add("case", "12", text("b")).error().fault, Fault::conflict);
  EXPECT_TRUE(vault.add("mail", "12", text("b"))) << "another kind has indexes of its own";
}

TEST_F(VaultTest, FindsNothingUnderAnUnknownIndex) {
  ASSERT_TRUE(vault.add("case", "12", text("a")));
  EXPECT_EQ(*vault.find("case", "13"), std::nullopt);
  EXPECT_EQ(*vault.find("mail", "12"), std::nullopt);
}

TEST_F(VaultTest, ListsTheItemsOfOneKind) {
  std::vector<ItemId> cases{*vault.add("case", "1", text("a")), *vault.add("case", "2", text("b"))};
  ASSERT_TRUE(vault.add("mail", "1", text("c")));
  std::vector<ItemId> listed = *vault.list("case");
  std::sort(cases.begin(), cases.end());
  std::sort(listed.begin(), listed.end());
  EXPECT_EQ(listed, cases);
}

TEST_F(VaultTest, ErasesItemKeyAndIndexInOneBatch) {
  const ItemId id = *vault.add("case", "12", text("Anna Meier"));
  const std::size_t before = store.writes();
  ASSERT_TRUE(vault.erase(id));
  EXPECT_EQ(store.writes(), before + 1);
  EXPECT_TRUE(store.content()["item"].empty());
  EXPECT_TRUE(store.content()["key"].empty());
  EXPECT_TRUE(store.content()["index"].empty());
  EXPECT_EQ(vault.get(id, "case").error().fault, Fault::not_found);
  EXPECT_EQ(vault.erase(id).error().fault, Fault::not_found);
  EXPECT_EQ(*vault.find("case", "12"), std::nullopt);
  EXPECT_TRUE(vault.add("case", "12", text("again")));
}

TEST_F(VaultTest, ShowsNeitherContentNorIndexNorKindInTheStore) {
  ASSERT_TRUE(vault.add("confidential", "canary-index", text("canary-content")));
  for (const char* canary : {"canary-index", "canary-content", "confidential"}) {
    EXPECT_FALSE(holds(store, canary)) << canary;
  }
  EXPECT_TRUE(holds(store, "master-check")) << "the search itself must be able to find something";
}

TEST_F(VaultTest, RefusesAnotherMasterKeyAtFirstUse) {
  const ItemId id = *vault.add("case", "12", text("a"));
  const sign::MasterKey other_key = master(8);
  Vault other(store, other_key, random);
  const Error wrong{Fault::refused, "vault: this is not the vault's master key"};
  EXPECT_EQ(other.get(id, "case").error(), wrong);
  EXPECT_EQ(other.find("case", "12").error(), wrong);
  EXPECT_EQ(other.list("case").error(), wrong);
  EXPECT_EQ(other.add("case", "13", text("b")).error(), wrong);
  EXPECT_EQ(other.replace(id, "case", text("b")).error(), wrong);
  EXPECT_EQ(other.erase(id).error(), wrong);
  EXPECT_EQ(*vault.get(id, "case"), text("a"));
}

TEST_F(VaultTest, OpensAgainUnderTheSameMasterKey) {
  const ItemId id = *vault.add("case", "12", text("a"));
  Vault again(store, key, random);
  EXPECT_EQ(*again.find("case", "12"), id);
  EXPECT_EQ(*again.get(id, "case"), text("a"));
}

TEST_F(VaultTest, NeverReadsAnItemAsAnotherKind) {
  const ItemId id = *vault.add("case", "", text("a"));
  EXPECT_EQ(vault.get(id, "mail").error().fault, Fault::refused);
  EXPECT_EQ(vault.replace(id, "mail", text("b")).error().fault, Fault::refused);
}

TEST_F(VaultTest, NoticesItemsThatWereSwapped) {
  const ItemId a = *vault.add("case", "", text("of A"));
  const ItemId b = *vault.add("case", "", text("of B"));
  std::swap(stored("item", a), stored("item", b));
  EXPECT_EQ(vault.get(a, "case").error().fault, Fault::refused);
  std::swap(stored("key", a), stored("key", b));  // now both, key and item
  EXPECT_EQ(vault.get(a, "case").error().fault, Fault::refused);
  EXPECT_EQ(vault.list("case").error().fault, Fault::refused);
}

TEST_F(VaultTest, NoticesAnIndexBentToAnotherItem) {
  ASSERT_TRUE(vault.add("case", "1", text("of A")));
  const ItemId b = *vault.add("case", "2", text("of B"));
  for (auto& [tag, id] : store.content()["index"]) id = copy_of(b.view());
  EXPECT_EQ(vault.find("case", "1").error().fault, Fault::refused);
  EXPECT_EQ(*vault.find("case", "2"), b);
}

TEST_F(VaultTest, NoticesEveryBitThatIsChanged) {
  const ItemId id = *vault.add("case", "", text("short"));
  for (const char* space : {"item", "key"}) {
    for (std::size_t bit = 0; bit < stored(space, id).size() * 8; ++bit) {
      const auto mask = static_cast<std::uint8_t>(1 << bit % 8);
      stored(space, id)[bit / 8] ^= mask;
      EXPECT_EQ(vault.get(id, "case").error().fault, Fault::refused) << space << " bit " << bit;
      stored(space, id)[bit / 8] ^= mask;
    }
  }
  EXPECT_EQ(*vault.get(id, "case"), text("short"));
}

TEST_F(VaultTest, NoticesAnItemThatIsGoneWithoutItsKey) {
  const ItemId id = *vault.add("case", "", text("a"));
  store.content()["item"].clear();
  EXPECT_EQ(vault.get(id, "case").error().fault, Fault::refused);
}

TEST_F(VaultTest, HoldsItsLimits) {
  EXPECT_EQ(vault.add("", "", {}).error().fault, Fault::malformed);
  EXPECT_EQ(vault.add("Case", "", {}).error().fault, Fault::malformed);
  EXPECT_EQ(vault.add(std::string(33, 'a'), "", {}).error().fault, Fault::malformed);
  EXPECT_TRUE(vault.add(std::string(32, 'a'), std::string(1024, 'i'), {}));
  EXPECT_EQ(vault.add("a", std::string(1025, 'i'), {}).error().fault, Fault::out_of_range);
  EXPECT_EQ(vault.add("a", "", Bytes(kMaxContent + 1)).error().fault, Fault::out_of_range);
  EXPECT_EQ(vault.find("Case", "").error().fault, Fault::malformed);
}

// Every write of a small life, lost and kept: afterwards the vault holds the old or the new.
TEST_F(VaultTest, IsWholeAfterAnyWriteThatFailed) {
  for (const auto loss : {MemoryStore::Loss::lost, MemoryStore::Loss::kept}) {
    for (std::size_t nth = 0; nth < 3; ++nth) {
      MemoryStore failing(kSpaces);
      Vault one(failing, key, random);
      failing.fail_write(nth, loss);
      const Result<ItemId> id = one.add("case", "12", text("first"));
      if (id && one.replace(*id, "case", text("second"))) (void)one.erase(*id).has_value();
      ASSERT_TRUE(failing.stopped());
      failing.reopen();
      Vault again(failing, key, random);
      const std::size_t done = nth + (loss == MemoryStore::Loss::kept ? 1 : 0);
      const auto found = *again.find("case", "12");
      ASSERT_EQ(found.has_value(), done == 1 || done == 2) << nth;
      if (!found) continue;
      EXPECT_EQ(*again.get(*found, "case"), text(done == 1 ? "first" : "second"));
    }
  }
}

}  // namespace
}  // namespace refledger::vault
