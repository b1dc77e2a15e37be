// Appending: all or nothing, once, by the rules, and provable the moment it returns.
#include "ledger/log/log.h"

#include <atomic>
#include <thread>

#include "company.h"
#include "ledger/keys/note.h"
#include "ledger/log/audit.h"
#include "ledger/log/layout.h"
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
    EXPECT_EQ(log.view().find(ref(2)).error().fault, Fault::not_found);
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

TEST(Log, TellsTheIssuersAsOfTheLastAppend) {
  Company company;
  MemoryLog log;
  EXPECT_EQ(log->issuers().find(test::kIss), nullptr);
  log.must_append(company.small_ledger());
  EXPECT_NE(log->issuers().find(test::kIss), nullptr);
}

// A history of nine appends, each followed by its index rows: the anchor and the store are written
// twice for each.  Every one of these writes fails in both ways; whoever appends then opens anew
// and repeats what was not acknowledged, as the desk does.
class FailingHistory {
 public:
  enum class Part { anchor, store };

  FailingHistory(Part part, std::size_t failing, MemoryStore::Loss loss) {
    if (part == Part::anchor) log_.anchor.fail_write(failing, loss);
    if (part == Part::store) log_.store.fail_write(failing, loss);
    for (const std::string& entry : Company().small_ledger()) {
      append(entry);
      if (!log_->build_indexes()) open_anew();
    }
  }
  void expect_whole() {
    EXPECT_EQ(failures_, 1u);
    expect_proven(log_.view(), acknowledged_, *log_.key);
    log_.open();
    ASSERT_TRUE(log_->build_indexes().has_value());
    EXPECT_TRUE(audit(log_.store, kOrigin, log_.key->public_key()).has_value());
  }

 private:
  void append(const std::string& entry) {
    auto appended = log_.append({entry});
    if (!appended) {
      EXPECT_EQ(appended.error().fault, Fault::storage);
      open_anew();
      appended = log_.append({entry});
    }
    ASSERT_TRUE(appended.has_value()) << appended.error().detail;
    EXPECT_EQ(*appended, positions({acknowledged_.size()}));
    acknowledged_.push_back(entry);
  }
  void open_anew() {
    ++failures_;
    EXPECT_EQ(log_.append({acknowledged_.empty() ? "" : acknowledged_[0]}).has_value(), false);
    log_.open();
    if (!acknowledged_.empty()) {
      EXPECT_GE(log_.view().checkpoint().size.leaves, acknowledged_.size());
    }
  }

  MemoryLog log_;
  std::vector<std::string> acknowledged_;
  std::size_t failures_ = 0;
};

TEST(Log, LosesAndDoublesNothingWhicheverWriteFails) {
  using Part = FailingHistory::Part;
  for (const Part part : {Part::anchor, Part::store}) {
    for (const auto loss : {MemoryStore::Loss::lost, MemoryStore::Loss::kept}) {
      for (std::size_t failing = 0; failing < 18; ++failing) {
        SCOPED_TRACE(testing::Message()
                     << (part == Part::anchor ? "anchor" : "store") << " write " << failing);
        FailingHistory(part, failing, loss).expect_whole();
      }
    }
  }
}

// What reached the anchor counts, whatever became of it in the store.
TEST(Log, BringsStoreAndAnchorTogetherAfterAnyFailedCommit) {
  using Loss = MemoryStore::Loss;
  for (const bool in_anchor : {true, false}) {
    for (const auto loss : {Loss::lost, Loss::kept}) {
      Company company;
      MemoryLog log;
      const std::string first = company.first();
      log.must_append({first});
      if (in_anchor) log.anchor.fail_write(0, loss);
      if (!in_anchor) log.store.fail_write(0, loss);
      ASSERT_EQ(log.append({company.issue(1)}).error().fault, Fault::storage);
      log.open();
      const bool counts = !in_anchor || loss == Loss::kept;
      EXPECT_EQ(log.view().checkpoint().size, TreeSize{counts ? 2u : 1u});
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

TEST(Log, OpensWithNoKeyWhoseSignatureItsPublicKeyDoesNotConfirm) {
  MemoryStore store(kSpaces);
  const Torn torn;
  test::MemoryAnchor anchor;
  const test::HandClock clock;
  EXPECT_EQ(Log::open(store, kOrigin, torn, anchor, clock).error().fault, Fault::storage);
  EXPECT_EQ(store.writes(), 0u);
}

// Whose signatures come out wrong now and then, as from a failing memory.
class Flipping final : public Signer {
 public:
  PublicKey public_key() const override { return test::key_of(99)->public_key(); }
  Signature sign(ByteView message) const override {
    Signature signature = test::key_of(99)->sign(message);
    if (++signed_ == 4) signature.bytes[40] ^= 4;
    return signature;
  }

 private:
  mutable std::size_t signed_ = 0;
};

TEST(Log, PublishesNoCheckpointWhoseSignatureCameOutWrong) {
  MemoryStore store(kSpaces);
  const Flipping key;
  test::MemoryAnchor anchor;
  const test::HandClock clock;
  Company company;
  const std::vector<std::string> entries{company.first()};
  {
    const auto log = *Log::open(store, kOrigin, key, anchor, clock);
    EXPECT_EQ(log->append(entries).error().fault, Fault::storage);
    EXPECT_EQ(store.writes(), 0u);
  }
  const auto log = *Log::open(store, kOrigin, key, anchor, clock);
  EXPECT_TRUE(log->append(entries).has_value());
}

TEST(Log, LivesOnDiskAndIsFollowed) {
  const test::TemporaryFolder folder;
  const auto key = test::key_of(99);
  Company company;
  test::MemoryAnchor anchor;
  const test::HandClock clock;
  std::vector<std::string> entries = company.small_ledger();
  {
    const auto store = *open_store(folder.path() / "ledger");
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
  const auto store = *open_store(folder.path() / "ledger");
  const auto log = Log::open(*store, kOrigin, *key, anchor, clock);
  ASSERT_TRUE(log.has_value()) << log.error().detail;
  expect_proven(*(*log)->view(), entries, *key);
}

// ---- the indexes behind the appends -------------------------------------------------------------

// With the watermark at every position, the log, its views and its next opening find everything.
TEST(Log, FindsEverythingWhereverTheWatermarkStands) {
  const std::vector<std::string> entries = Company().small_ledger();
  MemoryLog log;
  log.must_append(entries);
  const auto bare = log.store.content();
  for (std::uint64_t indexed = 0; indexed <= entries.size(); ++indexed) {
    SCOPED_TRACE(indexed);
    log.store.content() = bare;
    auto& content = log.store.content();
    for (std::uint64_t at = 0; at < indexed; ++at) {
      for (const auto& row : layout::index_rows(*format::parse_entry(entries[at]), {at})) {
        content.find(row.space)->second[row.key] = row.value;
      }
    }
    if (indexed > 0) content["meta"]["indexed"] = layout::position_value({indexed});
    EXPECT_TRUE(audit(log.store, kOrigin, log.key->public_key()).has_value());
    log.open();
    const View view = log.view();
    EXPECT_EQ(view.find(ref(1))->issued, LeafIndex{1});
    EXPECT_EQ(view.find(ref(1))->withdrawn, LeafIndex{5});
    EXPECT_EQ(view.find(ref(4))->issued, LeafIndex{8});
    EXPECT_EQ(view.find(ref(9)).error().fault, Fault::not_found);
    EXPECT_EQ(*view.find_document(test::doc(1)), positions({1, 4}));
    EXPECT_EQ(*view.key_entries(test::kIss, {9}), positions({0, 2, 6, 7}));
    EXPECT_EQ(*view.issuer_of(thumbprint(test::key_of(41)->public_key())), test::kIss);
    for (std::uint64_t at = 0; at < entries.size(); ++at) {
      EXPECT_EQ(*view.find_leaf(hash_leaf(bytes_of(entries[at]))), LeafIndex{at});
      EXPECT_EQ(*log.append({entries[at]}), positions({at}));
    }
    EXPECT_EQ(view.find_leaf(hash_leaf(bytes_of("other"))).error().fault, Fault::not_found);
    Company company;
    company.small_ledger();
    EXPECT_EQ(log.append({company.issue(1, 7)}).error().fault, Fault::conflict);
    EXPECT_EQ(log.append({company.withdraw(77)}).error().fault, Fault::refused);
    ASSERT_TRUE(log->build_indexes().has_value());
    EXPECT_TRUE(audit(log.store, kOrigin, log.key->public_key()).has_value());
  }
}

TEST(Log, RefusesAWatermarkBeyondItsSize) {
  MemoryLog log;
  log.must_append(Company().small_ledger());
  log.store.content()["meta"]["indexed"] = layout::position_value({10});
  EXPECT_EQ(log.try_open().error().fault, Fault::storage);
}

// A view shares what it read with those after it, while the watermark moves on under them.
TEST(Log, ViewsFindTheSameBeforeDuringAndAfterIndexing) {
  Company company;
  MemoryLog log;
  log.must_append({company.first()});
  std::vector<View> views;
  for (std::uint64_t number = 1; number <= 30; ++number) {
    log.must_append({company.issue(number, number % 3)});
    views.push_back(log.view());
    EXPECT_TRUE(views.back().find(ref(number)).has_value());
    if (number % 7 == 0) {
      ASSERT_TRUE(log->build_indexes().has_value());
    }
    for (std::size_t at = 0; at < views.size(); ++at) {
      EXPECT_TRUE(views[at].find(ref(at + 1)).has_value()) << at << " of " << number;
      EXPECT_EQ(views[at].find(ref(at + 2)).error().fault, Fault::not_found);
      EXPECT_EQ(views[at].find_document(test::doc(1))->size(), (at + 3) / 3);
    }
  }
}

TEST(Log, IndexesInTheBackground) {
  Company company;
  MemoryStore store(kSpaces);
  test::MemoryAnchor anchor;
  const test::HandClock clock;
  const auto key = test::key_of(99);
  Settings settings;
  settings.index_after = std::chrono::milliseconds(1);
  const auto log = *Log::open(store, kOrigin, *key, anchor, clock, settings);
  std::vector<std::string> entries = company.small_ledger();
  ASSERT_TRUE(log->append(entries).has_value());
  for (int tries = 0; tries < 5000 && layout::read_indexed(store)->leaves < 9; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  EXPECT_EQ(*layout::read_indexed(store), TreeSize{9});
  EXPECT_TRUE(audit(store, kOrigin, key->public_key()).has_value());
}

TEST(Log, WaitsForTheIndexesWhereTooMuchIsUnindexed) {
  Company company;
  MemoryStore store(kSpaces);
  test::MemoryAnchor anchor;
  const test::HandClock clock;
  const auto key = test::key_of(99);
  Settings settings;
  settings.index_in_background = false;
  settings.max_unindexed = 8;
  const auto log = *Log::open(store, kOrigin, *key, anchor, clock, settings);
  std::vector<std::string> entries{company.first()};
  for (std::uint64_t number = 0; number < 40; ++number) {
    ASSERT_TRUE(log->append(entries).has_value());
    entries = {company.issue(number)};
    EXPECT_LE((*log->view()).checkpoint().size.leaves - layout::read_indexed(store)->leaves, 8u);
  }
}

// Whoever settles the indexes or puts a status token holds callers up for a moment; a caller who
// comes then must not be forgotten.  It hung where one was.
TEST(Log, ACallerIsAnsweredWhateverElseIsWrittenMeanwhile) {
  Company company;
  MemoryLog log;
  log.must_append({company.first()});
  std::vector<std::string> entries;
  for (std::uint64_t number = 1; number <= 2000; ++number) entries.push_back(company.issue(number));
  std::atomic<bool> over = false;
  std::jthread beside([&] {
    while (!over) {
      EXPECT_TRUE(log->build_indexes().has_value());
      EXPECT_TRUE(log->put_status_token(0, "token").has_value());
    }
  });
  for (const std::string& entry : entries) EXPECT_TRUE(log->append({&entry, 1}).has_value());
  over = true;
}

// ---- many at once -------------------------------------------------------------------------------

TEST(Log, AnswersManyThatAreUnderWayFromOneThread) {
  Company company;
  MemoryLog log;
  log.must_append({company.first()});
  std::vector<Log::Ticket> tickets;
  for (std::uint64_t number = 0; number < 300; ++number) {
    const std::vector<std::string> entries{company.issue(number)};
    auto ticket = log->submit(entries);
    ASSERT_TRUE(ticket.has_value()) << ticket.error().detail;
    tickets.push_back(*std::move(ticket));
  }
  for (std::uint64_t number = 0; number < 300; ++number) {
    EXPECT_EQ(*tickets[number].wait(), positions({number + 1}));
  }
  EXPECT_LT(log.store.writes(), 301u);  // together, not each for itself
}

TEST(Log, AnswersEachOfManyByItself) {
  Company company;
  const Company stranger(7);
  MemoryLog log;
  log.must_append({company.first()});
  std::string broken = company.issue(2);
  broken.back() = broken.back() == 'A' ? 'Q' : 'A';
  const std::vector<std::pair<std::string, std::optional<Fault>>> asked{
      {company.issue(1), {}},
      {stranger.issue(2), Fault::refused},
      {broken, Fault::malformed},
      {company.issue(1, 5), Fault::conflict},
      {company.withdraw(1), {}},
      {company.withdraw(1), {}},
      {company.issue(3), {}},
      {company.issue(1), {}},
      {company.withdraw(9), Fault::refused}};
  std::vector<Log::Ticket> tickets;
  for (const auto& [jws, fault] : asked) tickets.push_back(*log->submit({&jws, 1}));
  for (std::size_t at = 0; at < asked.size(); ++at) {
    const auto answer = tickets[at].wait();
    EXPECT_EQ(answer.has_value(), !asked[at].second) << at;
    if (!answer) {
      EXPECT_EQ(answer.error().fault, *asked[at].second) << at;
    }
  }
  EXPECT_EQ(log.view().checkpoint().size, TreeSize{4});
  log.open();
}

// A store whose writes wait until told, so that the queue fills behind them.
class SlowStore final : public store::Store {
 public:
  explicit SlowStore(MemoryStore& inner) : inner_(&inner) {}
  std::mutex gate;
  Result<std::optional<Bytes>> get(std::string_view space, std::string_view key) const override {
    return inner_->get(space, key);
  }
  Result<void> scan(std::string_view space, std::string_view from, std::string_view to,
                    const Visit& visit) const override {
    return inner_->scan(space, from, to, visit);
  }
  Result<void> write(const store::Batch& batch) override {
    const std::lock_guard wait(gate);
    return inner_->write(batch);
  }
  Result<std::unique_ptr<const Reader>> snapshot() const override { return inner_->snapshot(); }

 private:
  MemoryStore* inner_;
};

TEST(Log, RefusesWhatComesWhileTheQueueIsFullAndTakesItLater) {
  Company company;
  MemoryStore memory(kSpaces);
  SlowStore store(memory);
  test::MemoryAnchor anchor;
  const test::HandClock clock;
  const auto key = test::key_of(99);
  Settings settings;
  settings.max_waiting = 5;
  const auto log = *Log::open(store, kOrigin, *key, anchor, clock, settings);
  const std::vector<std::string> first{company.first()};
  ASSERT_TRUE(log->append(first).has_value());
  std::vector<Log::Ticket> tickets;
  std::uint64_t number = 0;
  {
    const std::lock_guard closed(store.gate);
    std::optional<Error> refusal;
    while (!refusal && number < 100) {
      const std::vector<std::string> entries{company.issue(number)};
      auto ticket = log->submit(entries);
      if (!ticket) refusal = ticket.error();
      if (!ticket) break;
      tickets.push_back(*std::move(ticket));
      ++number;
    }
    ASSERT_TRUE(refusal.has_value());
    EXPECT_EQ(refusal->fault, Fault::refused);
    EXPECT_NE(refusal->detail.find("waiting already; try again later"), std::string::npos);
    EXPECT_GE(number, 5u);
  }
  for (const Log::Ticket& ticket : tickets) EXPECT_TRUE(ticket.wait().has_value());
  const std::vector<std::string> again{company.issue(number)};
  EXPECT_TRUE(log->append(again).has_value());
}

// Callers, some of which repeat what others asked for, while writes fail and the log is opened
// anew.
TEST(Log, ManyCallersGetOneAnswerForOneEntryThroughFailedWrites) {
  Company company;
  MemoryLog log;
  const std::string first = company.first();
  log.must_append({first});
  std::vector<std::string> entries;
  for (std::uint64_t number = 0; number < 60; ++number) entries.push_back(company.issue(number));
  std::map<std::string, LeafIndex> acknowledged;
  std::mutex mutex;
  for (std::size_t round = 0; round < 6; ++round) {
    if (round < 5) log.store.fail_write(2 + round, MemoryStore::Loss(round % 2));
    {
      std::vector<std::jthread> callers;
      for (std::size_t caller = 0; caller < 8; ++caller) {
        callers.emplace_back([&, caller] {
          for (std::size_t n = 0; n < entries.size(); ++n) {
            const std::string& entry = entries[(n + caller * 11) % entries.size()];
            const auto answer = log->append({&entry, 1});
            if (!answer) continue;
            const std::lock_guard lock(mutex);
            const auto [known, fresh] = acknowledged.emplace(entry, answer->front());
            EXPECT_EQ(known->second, answer->front());
          }
        });
      }
    }
    log.open();
    for (const auto& [entry, at] : acknowledged) EXPECT_EQ(*log.view().entry(at), entry);
  }
  EXPECT_EQ(acknowledged.size(), entries.size());
  EXPECT_EQ(log.view().checkpoint().size, TreeSize{61});
}

TEST(Log, SaysOnceThatItStopped) {
  Company company;
  MemoryStore store(kSpaces);
  test::MemoryAnchor anchor;
  const test::HandClock clock;
  const auto key = test::key_of(99);
  Settings settings;
  int said = 0;
  settings.on_stop = [&](const Error& error) {
    EXPECT_EQ(error.fault, Fault::storage);
    ++said;
  };
  const auto log = *Log::open(store, kOrigin, *key, anchor, clock, settings);
  anchor.fail_write(0, MemoryStore::Loss::lost);
  const std::vector<std::string> entries{company.first()};
  EXPECT_FALSE(log->append(entries).has_value());
  EXPECT_FALSE(log->append(entries).has_value());
  EXPECT_EQ(said, 1);
}

}  // namespace
}  // namespace refledger::log
