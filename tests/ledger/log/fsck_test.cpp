// fsck finds whatever is not as it must be, names the place, and goes on looking.
#include "ledger/log/fsck.h"

#include "company.h"
#include "ledger/credential/status_list.h"
#include "ledger/log/cosigned.h"
#include "ledger/log/layout.h"
#include "ledger/merkle/edge.h"

namespace refledger::log {
namespace {

using test::Company;
using test::key_of;
using test::kOrigin;
using test::MemoryLog;

std::string token_of(const View& view, const std::set<std::uint64_t>& withdrawn,
                     const Signer& key = *key_of(40)) {
  credential::StatusList list;
  list.uri = "https://refs.example.com/status/0";
  list.iss = test::kIss;
  list.origin = kOrigin;
  list.size = view.checkpoint().size;
  list.root = view.checkpoint().root;
  list.issued_at = UtcMillis(std::chrono::seconds(1'700'000'000));
  list.withdrawn = withdrawn;
  return credential::make_status_token(list, key);
}

void fill(MemoryLog& log) {
  Company company;
  log.must_append(company.small_ledger());
  ASSERT_TRUE(log->put_status_token(0, token_of(log.view(), {1})).has_value());
  ASSERT_TRUE(log->build_indexes().has_value());
}

FsckOptions one_thread() {
  FsckOptions options;
  options.threads = 1;
  return options;
}

FsckReport check(const MemoryLog& log, const FsckOptions& options = one_thread()) {
  return fsck(log.store, kOrigin, log.key->public_key(), options);
}

Bytes& row(MemoryLog& log, std::string_view space, const std::string& key) {
  return log.store.content().find(space)->second.at(key);
}

TEST(Fsck, FindsNothingWrongInAWholeLedgerAndSaysWhatItChecked) {
  MemoryLog log;
  fill(log);
  for (const unsigned threads : {1u, 2u, 5u}) {
    FsckOptions options;
    options.threads = threads;
    const FsckReport report = check(log, options);
    EXPECT_EQ(report.wrong, 0u) << report.findings.front();
    EXPECT_FALSE(report.ended_early);
    EXPECT_EQ(report.size.leaves, 9u);
    EXPECT_EQ(report.root, log.view().checkpoint().root);
    EXPECT_EQ(report.signatures, 9u);
    EXPECT_EQ(report.tiles, 1u);
    EXPECT_EQ(report.index_rows, 9u + 5u + 3u + 7u);
    EXPECT_EQ(report.status_lists, 1u);
    EXPECT_EQ(report.checkpoints, 2u);  // the log's own, and what the token names
  }
}

TEST(Fsck, AnEmptyLedgerIsWhole) {
  MemoryLog log;
  const FsckReport report = check(log);
  EXPECT_EQ(report.wrong, 0u);
  EXPECT_EQ(report.size.leaves, 0u);
}

// Every bit of a byte here and there, in every value of every space.
TEST(Fsck, FindsAFlippedBitInAnyValue) {
  MemoryLog log;
  fill(log);
  unsigned bit = 0;
  for (auto& [space, rows] : log.store.content()) {
    for (auto& [key, value] : rows) {
      for (std::size_t part = 0; part <= 4 && !value.empty(); ++part) {
        const std::size_t at = (value.size() - 1) * part / 4;
        const auto mask = static_cast<std::uint8_t>(1u << (bit++ % 8));
        value[at] ^= mask;
        ASSERT_GT(check(log).wrong, 0u) << space << " byte " << at;
        value[at] ^= mask;
      }
    }
  }
  EXPECT_GT(bit, 100u);
  EXPECT_EQ(check(log).wrong, 0u);
}

TEST(Fsck, FindsEveryMissingRowAndEveryRowTooMany) {
  MemoryLog log;
  fill(log);
  const auto whole = log.store.content();
  for (const auto& [space, rows] : whole) {
    for (const auto& [key, value] : rows) {
      if (space == layout::kStatus) continue;
      log.store.content()[space].erase(key);
      EXPECT_GT(check(log).wrong, 0u) << space;
      log.store.content() = whole;
    }
    for (const char* key : {"", "z", "\xff\xff"}) {
      if (space == layout::kMeta) continue;
      log.store.content()[space][key] = Bytes(8);
      EXPECT_GT(check(log).wrong, 0u) << space;
      log.store.content() = whole;
    }
  }
}

TEST(Fsck, NamesSeveralFaultsInOneRun) {
  MemoryLog log;
  fill(log);
  row(log, "entry", store::number_key(4))[200] ^= 1;
  row(log, "tile", layout::tile_key(0, 0))[70] ^= 1;
  log.store.content()["by_doc"].erase(layout::doc_key(test::doc(1), 1));
  const FsckReport report = check(log);
  std::string all;
  for (const std::string& finding : report.findings) all += finding + "\n";
  EXPECT_NE(all.find("entry 4: "), std::string::npos) << all;
  EXPECT_NE(all.find("tile 0 of level 0 is not what the entries hash to"), std::string::npos)
      << all;
  EXPECT_NE(all.find("entry 1: its row in by_doc is missing"), std::string::npos) << all;
  EXPECT_NE(all.find("do not have the root that the checkpoint signs"), std::string::npos) << all;
}

TEST(Fsck, AGapEndsItAndIsNamed) {
  MemoryLog log;
  fill(log);
  log.store.content()["entry"].erase(store::number_key(3));
  const FsckReport report = check(log);
  EXPECT_TRUE(report.ended_early);
  EXPECT_EQ(report.findings.front(), "entry 3 is missing");
}

// What a log that was written by its own key alone may claim, and the rules refuse.
class ForgedFsck : public testing::Test {
 protected:
  // Writes the entries as a log without rules would; the finding is the same wherever the watermark
  // stands.
  std::string finding_of(const std::vector<std::string>& entries) {
    const std::string found = finding_of(entries, entries.size());
    for (std::size_t indexed = 0; indexed < entries.size(); ++indexed) {
      EXPECT_EQ(finding_of(entries, indexed), found) << "watermark " << indexed;
    }
    return found;
  }
  std::string finding_of(const std::vector<std::string>& entries, std::size_t indexed) {
    merkle::Edge edge;
    store::Batch batch;
    for (const std::string& jws : entries) {
      const LeafIndex at{edge.size().leaves};
      batch.put("entry", store::number_key(at.position), bytes_of(jws));
      for (const auto& index : layout::index_rows(*format::parse_entry(jws), at)) {
        if (at.position < indexed) batch.put(index.space, index.key, index.value);
      }
      edge.append(hash_leaf(bytes_of(jws)));
    }
    const std::string note =
        format::sign_checkpoint({kOrigin, edge.size(), edge.root()}, *key_of(99));
    batch.put("meta", "checkpoint", bytes_of(note));
    batch.put("meta", layout::kIndexedKey, layout::position_value({indexed}));
    for (const merkle::Tile& tile : edge.take_changed()) {
      batch.put("tile", layout::tile_key(tile.level, tile.index), layout::tile_value(tile.hashes));
    }
    test::MemoryStore store(kSpaces);
    EXPECT_TRUE(store.write(batch).has_value());
    const FsckReport report = fsck(store, kOrigin, key_of(99)->public_key(), {});
    return report.findings.empty() ? "" : report.findings.front();
  }
  Company company_;
  Company other_{2, "https://other.example"};
};

TEST_F(ForgedFsck, FindsNothingInWhatTheRulesAllow) {
  EXPECT_EQ(finding_of({company_.first(), company_.issue(1), company_.withdraw(1)}), "");
}

TEST_F(ForgedFsck, FindsARefIssuedTwice) {
  EXPECT_EQ(finding_of({company_.first(), company_.issue(1), company_.issue(1, 7)}),
            "entry 2: entry: ref issued already");
}

TEST_F(ForgedFsck, FindsAWithdrawalOfNothingATwofoldOneAndAnotherIssuers) {
  const std::string first = company_.first();
  EXPECT_EQ(finding_of({first, company_.withdraw(1)}),
            "entry 1: entry: withdraws a ref that was never issued");
  EXPECT_EQ(finding_of({first, company_.issue(1), company_.withdraw(1),
                        format::sign_entry(format::Withdrawn{9, 0, test::ref(1)}, kOrigin,
                                           company_.key())}),
            "entry 3: entry: ref withdrawn already");
  EXPECT_EQ(finding_of({first, other_.first(), company_.issue(1), other_.withdraw(1)}),
            "entry 3: entry: withdraws another issuer's ref");
}

TEST_F(ForgedFsck, FindsAnEntryByAKeyThatIsNobodysOrRetired) {
  const std::string first = company_.first();
  EXPECT_EQ(finding_of({first, other_.issue(1)}),
            "entry 1: entry: signed by a key that was never added");
  const std::string second = company_.add_key(*key_of(41), format::KeyUse::issuer);
  const std::string retired = company_.retire(*key_of(41));
  format::Issued act;
  act.ref = test::ref(1);
  EXPECT_EQ(finding_of({first, second, retired, format::sign_entry(act, kOrigin, *key_of(41))}),
            "entry 3: entry: signer is no current issuer key");
}

TEST_F(ForgedFsck, FindsASignatureThatDoesNotHoldWhereverItsKeyWasAdded) {
  std::string jws = company_.issue(1);
  const std::string other = company_.issue(2);
  jws.replace(jws.rfind('.'), std::string::npos, other.substr(other.rfind('.')));
  EXPECT_EQ(finding_of({company_.first(), jws}), "entry 1: signature does not hold");
}

TEST_F(ForgedFsck, FindsAnEntryOfAnotherLog) {
  format::Issued act;
  act.ref = test::ref(1);
  EXPECT_EQ(
      finding_of({company_.first(), format::sign_entry(act, "other.example/log", company_.key())}),
      "entry 1: made for another log");
}

TEST(Fsck, HoldsEveryCheckpointItIsGivenAgainstTheTree) {
  MemoryLog log;
  Company company;
  FsckOptions options;
  std::vector<std::string> entries = company.small_ledger();
  for (const std::string& entry : entries) {
    log.must_append({entry});
    options.checkpoints.emplace_back("the head of then", log.view().signed_checkpoint());
  }
  EXPECT_EQ(check(log, options).wrong, 0u);
  EXPECT_EQ(check(log, options).checkpoints, 10u);

  const format::Checkpoint forked{kOrigin, {3}, hash_leaf(bytes_of("another history"))};
  options.checkpoints.emplace_back("a fork", format::sign_checkpoint(forked, *log.key));
  const FsckReport report = check(log, options);
  EXPECT_EQ(report.wrong, 1u);
  EXPECT_EQ(report.findings.front(), "the first 3 entries do not have the root that a fork signs");

  options.checkpoints.back() = {"a later one",
                                format::sign_checkpoint({kOrigin, {10}, {}}, *log.key)};
  EXPECT_EQ(check(log, options).findings.front(), "a later one is of 10 entries, stored are 9");
}

TEST(Fsck, HoldsEveryCosignedCheckpointThatIsKeptAgainstTheTree) {
  MemoryLog log;
  Company company;
  for (const std::string& entry : company.small_ledger()) {
    log.must_append({entry});
    ASSERT_TRUE(put_cosigned(log.store, log.view().signed_checkpoint()).has_value());
  }
  EXPECT_EQ(check(log).wrong, 0u);
  EXPECT_EQ(check(log).checkpoints, 11u);  // the log's own, the newest cosigned one, and nine
  const format::Checkpoint forked{kOrigin, {4}, hash_leaf(bytes_of("another history"))};
  ASSERT_TRUE(put_cosigned(log.store, format::sign_checkpoint(forked, *log.key)).has_value());
  EXPECT_EQ(check(log).wrong, 2u);  // the newest one, and that of four entries
}

TEST(Fsck, FindsAStatusListThatIsNotWhatTheWithdrawalsSay) {
  MemoryLog log;
  fill(log);
  const auto finding = [&](const std::string& token) {
    EXPECT_TRUE(log->put_status_token(0, token).has_value());
    const FsckReport report = check(log);
    return report.findings.empty() ? "" : report.findings.front();
  };
  EXPECT_EQ(finding(token_of(log.view(), {1})), "");
  EXPECT_EQ(finding(token_of(log.view(), {})),
            "status list 0 is not what the withdrawals of the log say");
  EXPECT_EQ(finding(token_of(log.view(), {1, 2})),
            "status list 0 is not what the withdrawals of the log say");
  EXPECT_EQ(finding(token_of(log.view(), {1}, *key_of(1))),
            "status list 0 is not signed by a status key that counts");
}

// More than one chunk of one thread, and more than one tile of level 1's width.
TEST(Fsck, ChecksALedgerOfManyTilesWithAnyNumberOfThreadsAlike) {
  MemoryLog log;
  Company company;
  std::vector<std::string> entries{company.first()};
  for (std::uint64_t number = 1; number < 4700; ++number) entries.push_back(company.issue(number));
  for (std::size_t done = 0; done < entries.size(); done += 1000) {
    log.must_append(
        {entries.begin() + static_cast<std::ptrdiff_t>(done),
         entries.begin() + static_cast<std::ptrdiff_t>(std::min(done + 1000, entries.size()))});
  }
  FsckOptions options;
  for (const unsigned threads : {1u, 3u}) {
    options.threads = threads;
    const FsckReport report = check(log, options);
    EXPECT_EQ(report.wrong, 0u) << report.findings.front();
    EXPECT_EQ(report.signatures, 4700u);
    EXPECT_EQ(report.tiles, 19u + 1u);
  }
  row(log, "entry", store::number_key(4600))[200] ^= 1;
  EXPECT_GT(check(log, options).wrong, 0u);
  options.tree_only = true;
  const FsckReport report = check(log, options);
  EXPECT_EQ(report.findings.front(), "tile 17 of level 0 is not what the entries hash to");
  EXPECT_EQ(report.signatures, 0u);
}

TEST(Fsck, EndsWhenAskedAndSaysSo) {
  MemoryLog log;
  fill(log);
  FsckOptions options;
  options.progress = [](const FsckProgress&) { return false; };
  EXPECT_TRUE(check(log, options).ended_early);
}

}  // namespace
}  // namespace refledger::log
