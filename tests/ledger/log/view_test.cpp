// A view answers for the size it is pinned to, whatever is appended after.
#include "ledger/log/view.h"

#include "company.h"
#include "ledger/log/layout.h"
#include "support/merkle_reference.h"

namespace refledger::log {
namespace {

using format::TilePath;
using test::Company;
using test::doc;
using test::kIss;
using test::MemoryLog;
using test::positions;
using test::ref;

// 260 entries, then a view, then 260 more: a tile's width crossed on either side.
class PinnedView : public testing::Test {
 protected:
  PinnedView() {
    entries_.push_back(company_.first());
    while (entries_.size() < 260) entries_.push_back(company_.issue(entries_.size(), 1));
    log_.must_append(entries_);
    early_ = log_.view();
    std::vector<std::string> later{company_.withdraw(1),
                                   company_.add_key(*test::key_of(50), format::KeyUse::issuer)};
    while (later.size() < 260) later.push_back(company_.issue(1000 + later.size(), 1));
    log_.must_append(later);
    entries_.insert(entries_.end(), later.begin(), later.end());
  }
  const View& early() const { return *early_; }
  View late() const { return log_.view(); }
  Bytes leaf_hashes(std::size_t from, std::size_t to) const {
    std::vector<TreeHash> hashes;
    for (; from < to; ++from) hashes.push_back(hash_leaf(bytes_of(entries_[from])));
    return layout::bytes_of_hashes(hashes);
  }

  Company company_;
  MemoryLog log_;
  std::vector<std::string> entries_;
  std::optional<View> early_;
};

TEST_F(PinnedView, ServesTilesAsOfItsSize) {
  EXPECT_EQ(*early().tile({false, 0, 0, 256}), leaf_hashes(0, 256));
  EXPECT_EQ(*early().tile({false, 0, 1, 4}), leaf_hashes(256, 260));
  EXPECT_EQ(*late().tile({false, 0, 1, 256}), leaf_hashes(256, 512));
  EXPECT_EQ(*late().tile({false, 0, 2, 8}), leaf_hashes(512, 520));
  EXPECT_EQ(early().tile({false, 1, 0, 1})->size(), 32u);
  EXPECT_EQ(late().tile({false, 1, 0, 2})->size(), 64u);
}

TEST_F(PinnedView, CutsAPartialTileOfEveryWidthThatWasEverPublished) {
  for (unsigned width = 1; width <= 4; ++width) {
    EXPECT_EQ(*early().tile({false, 0, 1, width}), leaf_hashes(256, 256 + width));
    EXPECT_EQ(*early().tile({false, 0, 0, width}), leaf_hashes(0, width));
  }
}

TEST_F(PinnedView, HasNoTileBeyondItsSize) {
  const TilePath beyond[] = {
      {false, 0, 1, 5},   {false, 0, 1, 256}, {false, 0, 2, 1}, {false, 1, 0, 2},
      {false, 1, 0, 256}, {false, 1, 1, 1},   {false, 2, 0, 1}, {false, 7, 0, 1},
      {false, 8, 0, 1},   {false, 63, 0, 1},  {true, 0, 1, 5},  {true, 0, 2, 1},
      {false, 0, 0, 0},   {false, 0, 0, 257}, {true, 1, 0, 1},  {true, 0, ~0ull, 1}};
  for (const TilePath& path : beyond) {
    EXPECT_EQ(early().tile(path).error().fault, Fault::out_of_range)
        << path.level << " " << path.index << " " << path.width;
  }
}

TEST_F(PinnedView, ServesBundlesThatHashToTheTiles) {
  const auto full = format::parse_bundle(*early().tile({true, 0, 0, 256}));
  EXPECT_EQ(*full, std::vector(entries_.begin(), entries_.begin() + 256));
  const auto part = format::parse_bundle(*early().tile({true, 0, 1, 4}));
  EXPECT_EQ(*part, std::vector(entries_.begin() + 256, entries_.begin() + 260));
  EXPECT_EQ(format::parse_bundle(*late().tile({true, 0, 1, 3}))->size(), 3u);
}

TEST_F(PinnedView, ProvesEachEntryAtItsSizeAndNoOther) {
  for (std::uint64_t at = 0; at < 260; ++at) {
    const auto receipt = early().receipt({at});
    ASSERT_TRUE(receipt.has_value());
    EXPECT_TRUE(test::inclusion_holds(hash_leaf(bytes_of(entries_[at])), at, 260,
                                      early().checkpoint().root, receipt->path));
    EXPECT_EQ(receipt->checkpoint, early().signed_checkpoint());
  }
  EXPECT_EQ(early().receipt({260}).error().fault, Fault::out_of_range);
  EXPECT_EQ(early().entry({260}).error().fault, Fault::out_of_range);
  EXPECT_EQ(early().logged({260}).error().fault, Fault::out_of_range);
  EXPECT_TRUE(late().receipt({260}).has_value());
}

TEST_F(PinnedView, GivesEntryAndReceiptAsTexts) {
  const format::LoggedEntry logged = *early().logged({7});
  EXPECT_EQ(logged.entry, entries_[7]);
  const auto receipt = format::parse_receipt(logged.receipt);
  ASSERT_TRUE(receipt.has_value());
  EXPECT_EQ(receipt->index, LeafIndex{7});
  EXPECT_EQ(receipt->path, early().receipt({7})->path);
}

TEST_F(PinnedView, ProvesThatItContinuesAnEarlierOne) {
  const auto proof = late().consistency({260});
  ASSERT_TRUE(proof.has_value());
  EXPECT_TRUE(test::consistency_holds(260, 520, early().checkpoint().root, late().checkpoint().root,
                                      *proof));
  EXPECT_TRUE(early().consistency({260})->empty());
  EXPECT_EQ(early().consistency({261}).error().fault, Fault::out_of_range);
  EXPECT_EQ(early().consistency({0}).error().fault, Fault::out_of_range);
}

TEST_F(PinnedView, FindsAReferenceAndItsWithdrawalAsOfItsSize) {
  EXPECT_EQ(early().find(ref(1))->issued, LeafIndex{1});
  EXPECT_EQ(early().find(ref(1))->withdrawn, std::nullopt);
  EXPECT_EQ(late().find(ref(1))->issued, LeafIndex{1});
  EXPECT_EQ(late().find(ref(1))->withdrawn, LeafIndex{260});
  EXPECT_EQ(early().find(ref(1002)).error().fault, Fault::not_found);
  EXPECT_EQ(late().find(ref(1002))->issued, LeafIndex{262});
  EXPECT_EQ(late().find(ref(5000)).error().fault, Fault::not_found);
}

TEST_F(PinnedView, FindsEveryEntryOfADocumentInOrderAsOfItsSize) {
  EXPECT_EQ(early().find_document(doc(1))->size(), 259u);
  EXPECT_EQ(early().find_document(doc(1))->back(), LeafIndex{259});
  const std::vector<LeafIndex> all = *late().find_document(doc(1));
  EXPECT_EQ(all.size(), 259u + 258u);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
  EXPECT_TRUE(late().find_document(doc(2))->empty());
}

TEST_F(PinnedView, FindsKeyEntriesAndWhoseAKeyIs) {
  const std::string old_kid = thumbprint(company_.key().public_key());
  const std::string new_kid = thumbprint(test::key_of(50)->public_key());
  EXPECT_EQ(*early().key_entries(kIss, {1000}), positions({0}));
  EXPECT_EQ(*late().key_entries(kIss, {1000}), positions({0, 261}));
  EXPECT_EQ(*late().key_entries(kIss, {261}), positions({0}));
  EXPECT_EQ(*late().key_entries(kIss, {0}), positions({}));
  EXPECT_EQ(*late().key_entries("https://other.example", {1000}), positions({}));
  EXPECT_EQ(*early().issuer_of(old_kid), kIss);
  EXPECT_EQ(early().issuer_of(new_kid).error().fault, Fault::not_found);
  EXPECT_EQ(*late().issuer_of(new_kid), kIss);
  EXPECT_EQ(late().issuer_of("").error().fault, Fault::not_found);
}

// What a view read of a tile that has grown since begins what it is now.
TEST(View, ProvesWithTilesThatWereReadWhenTheyWereSmaller) {
  Company company;
  MemoryLog log;
  std::vector<std::string> entries{company.first()};
  log.must_append(entries);
  for (const std::size_t size : {2u, 3u, 7u, 8u, 200u, 255u, 256u, 257u, 300u, 513u}) {
    std::vector<std::string> more;
    while (entries.size() + more.size() < size) {
      more.push_back(company.issue(entries.size() + more.size()));
    }
    log.must_append(more);
    entries.insert(entries.end(), more.begin(), more.end());
    const View view = log.view();
    for (std::uint64_t at = 0; at < size; ++at) {
      const auto receipt = view.receipt({at});
      ASSERT_TRUE(receipt.has_value()) << receipt.error().detail;
      ASSERT_TRUE(test::inclusion_holds(hash_leaf(bytes_of(entries[at])), at, size,
                                        view.checkpoint().root, receipt->path))
          << at << " of " << size;
    }
  }
}

TEST(View, KeepsIssuersApart) {
  Company one(1), other(2, "https://muster.example2");
  MemoryLog log;
  log.must_append({one.first(), other.first(),
                   one.add_key(*test::key_of(3), format::KeyUse::status),
                   other.add_key(*test::key_of(4), format::KeyUse::issuer)});
  EXPECT_EQ(*log.view().key_entries(kIss, {9}), positions({0, 2}));
  EXPECT_EQ(*log.view().key_entries("https://muster.example2", {9}), positions({1, 3}));
  EXPECT_EQ(*log.view().issuer_of(thumbprint(test::key_of(4)->public_key())),
            "https://muster.example2");
}

TEST(View, GivesTheStatusTokenLastStored) {
  Company company;
  MemoryLog log;
  log.must_append({company.first()});
  EXPECT_EQ(log.view().status_token(0).error().fault, Fault::not_found);
  ASSERT_TRUE(log->put_status_token(0, "old").has_value());
  ASSERT_TRUE(log->put_status_token(0, "new").has_value());
  ASSERT_TRUE(log->put_status_token(1, "").has_value());
  EXPECT_EQ(*log.view().status_token(0), "new");
  EXPECT_EQ(*log.view().status_token(1), "");
}

TEST(View, ReportsWhatIsDamagedInsteadOfServingIt) {
  Company company;
  MemoryLog log;
  log.must_append(company.small_ledger());
  ASSERT_TRUE(log->put_status_token(0, "token").has_value());
  ASSERT_TRUE(log->build_indexes().has_value());
  const View view = log.view();
  auto& content = log.store.content();
  content["tile"][layout::tile_key(0, 0)].resize(8 * 32);
  EXPECT_EQ(view.receipt({0}).error().fault, Fault::storage);
  EXPECT_EQ(view.tile({false, 0, 0, 9}).error().fault, Fault::storage);
  content["tile"][layout::tile_key(0, 0)].resize(33);
  EXPECT_EQ(view.tile({false, 0, 0, 1}).error().fault, Fault::storage);
  content["tile"].clear();
  EXPECT_EQ(view.tile({false, 0, 0, 1}).error().fault, Fault::storage);
  content["entry"].erase(store::number_key(3));
  EXPECT_EQ(view.entry({3}).error().fault, Fault::storage);
  EXPECT_EQ(view.tile({true, 0, 0, 9}).error().fault, Fault::storage);
  content["by_ref"][layout::ref_key(ref(2), 3)] = Bytes{'x'};
  EXPECT_EQ(view.find(ref(2)).error().fault, Fault::storage);
  content["by_iss"].begin()->second = Bytes{1};
  content["by_iss"][layout::kid_key("kid")] = Bytes(8);
  content["entry"][store::number_key(0)] = Bytes{1};
  EXPECT_EQ(view.issuer_of("kid").error().fault, Fault::storage);
  content["status"].begin()->second.back() ^= 1;
  EXPECT_EQ(view.status_token(0).error().fault, Fault::storage);
  content["meta"].begin()->second.resize(20);
  EXPECT_EQ(View::open(log.store).error().fault, Fault::storage);
}

}  // namespace
}  // namespace refledger::log
