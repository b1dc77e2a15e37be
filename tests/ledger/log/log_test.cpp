// Appending: all or nothing, once, by the rules, and provable the moment it returns.
#include "ledger/log/log.h"

#include <thread>

#include "company.h"
#include "ledger/keys/note.h"
#include "ledger/store/rocksdb_store.h"
#include "support/merkle_reference.h"

namespace refledger::log {
namespace {

using test::Company;
using test::kOrigin;
using test::MemoryLog;
using test::MemoryStore;
using test::positions;
using test::ref;

// Every entry's receipt against the view's own checkpoint, whose signature is the log's.
void expect_proven(const View& view, const std::vector<std::string>& entries, const Signer& key) {
  ASSERT_EQ(view.checkpoint().size.leaves, entries.size());
  const auto note = format::parse_note(view.signed_checkpoint());
  ASSERT_TRUE(note.has_value());
  const format::NoteKey log_key{kOrigin, format::kNoteEd25519, key.public_key()};
  EXPECT_EQ(keys::check_note(*note, log_key), keys::NoteTrust::signed_by_key);
  for (std::uint64_t at = 0; at < entries.size(); ++at) {
    EXPECT_EQ(*view.entry({at}), entries[at]);
    const auto receipt = view.receipt({at});
    ASSERT_TRUE(receipt.has_value()) << receipt.error().detail;
    EXPECT_EQ(receipt->checkpoint, view.signed_checkpoint());
    EXPECT_TRUE(test::inclusion_holds(hash_leaf(bytes_of(entries[at])), at, entries.size(),
                                      view.checkpoint().root, receipt->path))
        << "entry " << at;
  }
}

TEST(Log, IsEmptyAtFirstAndStoresNothing) {
  const MemoryLog log;
  EXPECT_EQ(log->view().error().fault, Fault::not_found);
  EXPECT_EQ(log->origin(), kOrigin);
  EXPECT_EQ(log.store.writes(), 0u);
}

TEST(Log, TakesEntriesOneByOneAndOpensAnewAfterEach) {
  Company company;
  MemoryLog log;
  std::vector<std::string> entries;
  for (const std::string& entry : company.small_ledger()) {
    EXPECT_EQ(*log.append({entry}), positions({entries.size()}));
    entries.push_back(entry);
    expect_proven(log.view(), entries, *log.key);
    log.open();
    expect_proven(log.view(), entries, *log.key);
  }
}

TEST(Log, WritesABatchInOneStep) {
  Company company;
  MemoryLog log;
  const std::vector<std::string> entries = company.small_ledger();
  EXPECT_EQ(*log.append(entries), positions({0, 1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(log.store.writes(), 1u);
  expect_proven(log.view(), entries, *log.key);
}

TEST(Log, HoldsTheSameHoweverItWasBatched) {
  Company one, other;
  MemoryLog at_once, singly;
  at_once.must_append(one.small_ledger());
  for (const std::string& entry : other.small_ledger()) singly.must_append({entry});
  EXPECT_EQ(at_once.store.content(), singly.store.content());
}

TEST(Log, AddsNothingTwice) {
  Company company;
  MemoryLog log;
  const std::vector<std::string> entries = company.small_ledger();
  log.must_append(entries);
  EXPECT_EQ(*log.append(entries), positions({0, 1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(*log.append({entries[4]}), positions({4}));
  EXPECT_EQ(*log.append({}), positions({}));
  EXPECT_EQ(log.store.writes(), 1u);
  const std::string fresh = company.issue(9), later = company.issue(10);
  EXPECT_EQ(*log.append({entries[1], fresh, fresh, entries[0], later, fresh}),
            positions({1, 9, 9, 0, 10, 9}));
  EXPECT_EQ(log.view().checkpoint().size, TreeSize{11});
  log.open();
}

TEST(Log, RefusesAWholeBatchForOneEntryAndGoesOnAsIfItHadNeverCome) {
  Company company;
  MemoryLog log;
  log.must_append({company.first(), company.issue(1)});
  const std::string good = company.issue(2);
  const Company stranger(7);
  const std::string foreign =
      format::sign_entry(format::Issued{{}, {}, ref(3)}, "other.example/log", company.key());
  const std::pair<std::string, Fault> bad[] = {
      {company.issue(1, 5), Fault::conflict},  // that ref is issued
      {company.issue(2, 6), Fault::conflict},  // by the entry before it in the batch
      {stranger.issue(3), Fault::refused},     // nobody's key
      {company.withdraw(3), Fault::refused},   // never issued
      {foreign, Fault::malformed},             // another log's
      {good + "x", Fault::malformed},          //
      {"", Fault::malformed},                  //
      {std::string(100'000, 'a'), Fault::malformed},
  };
  for (const auto& [entry, fault] : bad) {
    EXPECT_EQ(log.append({good, entry}).error().fault, fault) << entry.substr(0, 300);
    if (entry != company.issue(2, 6)) {
      EXPECT_EQ(log.append({entry}).error().fault, fault);
    }
    EXPECT_EQ(log->state().find(ref(2)), nullptr);
    EXPECT_EQ(log.view().checkpoint().size, TreeSize{2});
  }
  if (HasFailure()) return;
  EXPECT_EQ(log.store.writes(), 1u);
}

TEST(Log, GoesOnAfterARefusal) {
  Company company;
  MemoryLog log;
  log.must_append({company.first(), company.issue(1)});
  ASSERT_FALSE(log.append({company.issue(2), company.issue(1, 5)}).has_value());
  EXPECT_EQ(*log.append({company.issue(2)}), positions({2}));
  log.open();
}

TEST(Log, TellsTheRulesStateAsOfTheLastAppend) {
  Company company;
  MemoryLog log;
  log.must_append(company.small_ledger());
  const keys::LedgerState state = log->state();
  EXPECT_EQ(state.find(ref(1))->withdrawn, LeafIndex{5});
  EXPECT_EQ(state.find(ref(4))->issued, LeafIndex{8});
  EXPECT_NE(state.issuer(test::kIss), nullptr);
}

// The scenario has as many writes as steps.  Each fails in both ways; whoever appends then opens
// anew and repeats what was not acknowledged, as the desk does.
TEST(Log, LosesAndDoublesNothingWhicheverWriteFails) {
  Company planned;
  const std::vector<std::string> entries = planned.small_ledger();
  for (const auto loss : {MemoryStore::Loss::lost, MemoryStore::Loss::kept}) {
    for (std::size_t failing = 0; failing < entries.size(); ++failing) {
      MemoryLog log;
      log.store.fail_write(failing, loss);
      log.anchor.fail_write(failing, loss);
      for (std::size_t at = 0; at < entries.size(); ++at) {
        auto appended = log.append({entries[at]});
        if (at == failing) {
          ASSERT_EQ(appended.error().fault, Fault::storage);
          EXPECT_TRUE(log.store.stopped());
          log.open();
          const bool kept = loss == MemoryStore::Loss::kept;
          const auto view = log->view();
          EXPECT_EQ(view ? view->checkpoint().size.leaves : 0, at + (kept ? 1 : 0));
          appended = log.append({entries[at]});
        }
        ASSERT_TRUE(appended.has_value()) << appended.error().detail;
        EXPECT_EQ(*appended, positions({at}));
      }
      expect_proven(log.view(), entries, *log.key);
      log.open();
    }
  }
}

// Which of the two the failed commit reached, in all four ways.  What either kept is in the log.
TEST(Log, BringsStoreAndAnchorTogetherAfterAnyFailedCommit) {
  using Loss = MemoryStore::Loss;
  for (const auto store_loss : {Loss::lost, Loss::kept}) {
    for (const auto anchor_loss : {Loss::lost, Loss::kept}) {
      Company company;
      MemoryLog log;
      const std::string first = company.first();
      log.must_append({first});
      log.store.fail_write(0, store_loss);
      log.anchor.fail_write(0, anchor_loss);
      ASSERT_EQ(log.append({company.issue(1)}).error().fault, Fault::storage);
      log.open();
      const bool kept = store_loss == Loss::kept || anchor_loss == Loss::kept;
      EXPECT_EQ(log.view().checkpoint().size, TreeSize{kept ? 2u : 1u});
      EXPECT_EQ(*log.append({company.issue(1)}), positions({1}));
      log.open();
      expect_proven(log.view(), {first, company.issue(1)}, *log.key);
    }
  }
}

TEST(Log, TakesNothingMoreAfterAFailedWriteEvenIfTheStoreWould) {
  for (const auto loss : {MemoryStore::Loss::lost, MemoryStore::Loss::kept}) {
    Company company;
    MemoryLog log;
    log.must_append({company.first()});
    log.store.fail_write(0, loss);
    ASSERT_EQ(log.append({company.issue(1)}).error().fault, Fault::storage);
    log.store.reopen();
    EXPECT_EQ(log.append({company.issue(2)}).error().fault, Fault::storage);
    EXPECT_EQ(log->put_status_token(0, "token").error().fault, Fault::storage);
    EXPECT_EQ(log->view().error().fault, Fault::storage);
    log.open();
    EXPECT_TRUE(log.append({company.issue(1)}).has_value());
    EXPECT_TRUE(log.append({company.issue(2)}).has_value());
  }
}

TEST(Log, AFailedStatusTokenStopsItToo) {
  for (const auto loss : {MemoryStore::Loss::lost, MemoryStore::Loss::kept}) {
    Company company;
    MemoryLog log;
    log.must_append({company.first()});
    ASSERT_TRUE(log->put_status_token(0, "old").has_value());
    log.store.fail_write(0, loss);
    ASSERT_EQ(log->put_status_token(0, "new").error().fault, Fault::storage);
    log.store.reopen();
    EXPECT_EQ(log.append({company.issue(1)}).error().fault, Fault::storage);
    log.open();
    EXPECT_EQ(*log.view().status_token(0), loss == MemoryStore::Loss::kept ? "new" : "old");
  }
}

TEST(Log, OfTwoWritersOnlyOneGoesOn) {
  Company company;
  MemoryLog log;
  log.must_append({company.first()});
  test::MemoryAnchor other_anchor = log.anchor;
  auto rival = *Log::open(log.store, kOrigin, *log.key, other_anchor, log.clock);
  log.must_append({company.issue(1)});
  const std::vector<std::string> other{company.issue(2)};
  EXPECT_EQ(rival->append(other).error().fault, Fault::storage);
  EXPECT_EQ(rival->append(other).error().fault, Fault::storage);
  EXPECT_EQ(*log.append(other), positions({2}));
  log.open();
  EXPECT_EQ(log.view().checkpoint().size, TreeSize{3});
}

TEST(Log, OfTwoFirstWritersOnlyOneGoesOn) {
  Company company;
  MemoryLog log;
  test::MemoryAnchor other_anchor = log.anchor;
  auto rival = *Log::open(log.store, kOrigin, *log.key, other_anchor, log.clock);
  const std::vector<std::string> entries{company.first()};
  ASSERT_TRUE(rival->append(entries).has_value());
  EXPECT_EQ(log.append({Company(2, "https://other.example").first()}).error().fault,
            Fault::storage);
  log.open();
  EXPECT_EQ(*log.view().entry({0}), entries[0]);
}

TEST(Log, TakesAppendsFromManyThreads) {
  Company company;
  MemoryLog log;
  log.must_append({company.first()});
  {
    std::vector<std::jthread> writers;
    for (std::uint64_t writer = 0; writer < 4; ++writer) {
      writers.emplace_back([&, writer] {
        for (std::uint64_t n = 0; n < 20; ++n) {
          EXPECT_TRUE(log.append({company.issue(writer * 20 + n)}).has_value());
        }
      });
    }
  }
  EXPECT_EQ(log.view().checkpoint().size, TreeSize{81});
  log.open();
}

TEST(Log, TakesABatchOfItsLimitAndNoLonger) {
  Company company;
  MemoryLog log;
  std::vector<std::string> entries{company.first()};
  while (entries.size() <= kMaxBatch) entries.push_back(company.issue(entries.size()));
  EXPECT_EQ(log.append(entries).error().fault, Fault::out_of_range);
  entries.pop_back();
  EXPECT_TRUE(log.append(entries).has_value());
  EXPECT_EQ(log->put_status_token(0, std::string(kMaxStatusToken + 1, 'x')).error().fault,
            Fault::out_of_range);
}

// Whose public key is not that of its signatures.
class Torn final : public Signer {
 public:
  PublicKey public_key() const override { return test::key_of(1)->public_key(); }
  Signature sign(ByteView message) const override { return test::key_of(2)->sign(message); }
};

TEST(Log, PublishesNoCheckpointThatItsOwnKeyDoesNotConfirm) {
  MemoryStore store(kSpaces);
  const Torn torn;
  test::MemoryAnchor anchor;
  const test::HandClock clock;
  auto log = *Log::open(store, kOrigin, torn, anchor, clock);
  Company company;
  const std::vector<std::string> entries{company.first()};
  EXPECT_EQ(log->append(entries).error().fault, Fault::storage);
  EXPECT_EQ(store.writes(), 0u);
}

TEST(Log, LivesOnDiskAndIsFollowed) {
  const test::TemporaryFolder folder;
  const auto key = test::key_of(99);
  Company company;
  test::MemoryAnchor anchor;
  const test::HandClock clock;
  std::vector<std::string> entries = company.small_ledger();
  {
    const auto store = *store::open_rocksdb(folder.path() / "ledger", kSpaces);
    auto log = *Log::open(*store, kOrigin, *key, anchor, clock);
    ASSERT_TRUE(log->append(entries).has_value());
    const auto follower =
        *store::follow_rocksdb(folder.path() / "ledger", folder.path() / "scratch", kSpaces);
    expect_proven(*View::open(*follower), entries, *key);
    for (std::uint64_t number = 100; number < 110; ++number) {
      entries.push_back(company.issue(number));
      ASSERT_TRUE(log->append({&entries.back(), 1}).has_value());
      EXPECT_EQ(View::open(*follower)->find(ref(number)).error().fault, Fault::not_found);
      ASSERT_TRUE(follower->catch_up().has_value());
      expect_proven(*View::open(*follower), entries, *key);
    }
  }
  const auto store = *store::open_rocksdb(folder.path() / "ledger", kSpaces);
  const auto log = Log::open(*store, kOrigin, *key, anchor, clock);
  ASSERT_TRUE(log.has_value()) << log.error().detail;
  expect_proven(*(*log)->view(), entries, *key);
}

}  // namespace
}  // namespace refledger::log
