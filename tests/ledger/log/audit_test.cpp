// Opening finds whatever is not as it must be, to the bit, and says where.
#include "ledger/log/audit.h"

#include "company.h"
#include "ledger/log/layout.h"
#include "ledger/store/rocksdb_store.h"

namespace refledger::log {
namespace {

using test::Company;
using test::kOrigin;
using test::MemoryLog;

// One of every kind of row there is.
void fill(MemoryLog& log) {
  Company company;
  log.must_append(company.small_ledger());
  ASSERT_TRUE(log->put_status_token(0, "header.payload.signature").has_value());
  ASSERT_TRUE(log->build_indexes().has_value());
  ASSERT_TRUE(log.try_open().has_value());
}

std::string fault_of(MemoryLog& log) {
  const auto audited = audit(log.store, kOrigin, log.key->public_key());
  if (audited) return "none";
  EXPECT_EQ(audited.error().fault, Fault::storage);
  EXPECT_EQ(audited.error().detail.find('\n'), std::string::npos);
  return audited.error().detail;
}

Bytes& row(MemoryLog& log, std::string_view space, const std::string& key) {
  return log.store.content().find(space)->second.at(key);
}

// The first byte, the last, and a dozen between; the bits in turn.
TEST(Audit, FindsAFlippedBitInAnyValue) {
  MemoryLog log;
  fill(log);
  unsigned bit = 0;
  for (auto& [space, rows] : log.store.content()) {
    for (auto& [key, value] : rows) {
      for (std::size_t part = 0; part <= 12 && !value.empty(); ++part) {
        const std::size_t at = (value.size() - 1) * part / 12;
        const auto mask = static_cast<std::uint8_t>(1u << (bit++ % 8));
        value[at] ^= mask;
        ASSERT_NE(fault_of(log), "none") << space << " byte " << at;
        value[at] ^= mask;
      }
    }
  }
  EXPECT_GT(bit, 300u);
  EXPECT_EQ(fault_of(log), "none");
}

TEST(Audit, FindsEveryMissingRow) {
  MemoryLog log;
  fill(log);
  const auto whole = log.store.content();
  std::size_t removed = 0;
  for (const auto& [space, rows] : whole) {
    if (space == layout::kStatus) continue;  // a token more or less is no fault of the log
    for (const auto& [key, value] : rows) {
      log.store.content()[space].erase(key);
      EXPECT_NE(fault_of(log), "none") << space;
      log.store.content() = whole;
      ++removed;
    }
  }
  EXPECT_EQ(removed, 2u + 9u + 1u + 9u + 5u + 3u + 7u);
}

TEST(Audit, FindsARowTooManyInAnySpace) {
  MemoryLog log;
  fill(log);
  const auto whole = log.store.content();
  for (const auto& [space, rows] : whole) {
    for (const char* key : {"", "z", "\xff\xff"}) {
      if (space == layout::kStatus || space == layout::kCosigned) continue;
      log.store.content()[space][key] = Bytes(8);
      EXPECT_NE(fault_of(log), "none") << space;
      log.store.content() = whole;
    }
  }
}

TEST(Audit, SaysWhatIsWrong) {
  using store::number_key;
  MemoryLog log;
  fill(log);
  const auto whole = log.store.content();
  const auto expect = [&](const std::string& reason) {
    const std::string found = fault_of(log);
    EXPECT_NE(found.find(reason), std::string::npos) << found << "\nexpected: " << reason;
    log.store.content() = whole;
  };
  auto& content = log.store.content();
  row(log, "entry", number_key(4)).back() ^= 2;
  expect("entry 4: ");
  content["entry"].erase(number_key(3));
  expect("entry 3 is missing");
  content["entry"].erase(number_key(8));
  expect("the checkpoint is of 9 entries, stored are 8");
  row(log, "by_ref", layout::ref_key(test::ref(3), 4)) = Bytes{'w'};
  expect("entry 4: its row in by_ref is altered");
  content["by_doc"].erase(layout::doc_key(test::doc(1), 4));
  expect("entry 4: its row in by_doc is missing");
  row(log, "tile", layout::tile_key(0, 0))[70] ^= 1;
  expect("tile 0 of level 0 is not what the entries hash to");
  content["tile"].erase(layout::tile_key(0, 0));
  expect("tile 0 of level 0 is missing");
  content["tile"][layout::tile_key(1, 0)] = Bytes(32);
  expect("rows too many in tile");
  content["meta"].clear();
  expect("there are entries and no checkpoint");
  content["meta"]["other"] = Bytes(1);
  expect("rows too many in meta");
  row(log, "status", number_key(0)).back() ^= 1;
  expect("stored status token is damaged");
}

TEST(Audit, FindsEntriesInAnotherOrder) {
  MemoryLog log;
  fill(log);
  std::swap(row(log, "entry", store::number_key(3)), row(log, "entry", store::number_key(4)));
  EXPECT_NE(fault_of(log).find("entry 3: its row in by_hash"), std::string::npos);
}

// A forger who holds the store and not the log's key: rows consistent, checkpoint not to be had.
TEST(Audit, FindsALedgerThatIsWholeButNotTheOneThatWasSigned) {
  MemoryLog log, other;
  fill(log);
  Company company;
  other.must_append({company.first(), company.issue(77)});
  const Bytes signed_note = row(log, "meta", "checkpoint");
  log.store.content() = other.store.content();
  row(log, "meta", "checkpoint") = signed_note;
  EXPECT_NE(fault_of(log), "none");
}

TEST(Audit, FindsARootOfTheSameSizeThatIsNotSigned) {
  MemoryLog log, other;
  Company company;
  const std::string first = company.first();
  log.must_append({first, company.issue(1)});
  other.must_append({first, company.issue(2)});
  const Bytes signed_note = row(log, "meta", "checkpoint");
  log.store.content() = other.store.content();
  row(log, "meta", "checkpoint") = signed_note;
  EXPECT_NE(fault_of(log).find("the entries' root is not the one that the checkpoint signs"),
            std::string::npos);
}

TEST(Audit, FindsAnOlderCheckpoint) {
  MemoryLog log;
  Company company;
  log.must_append({company.first()});
  const Bytes old_note = row(log, "meta", "checkpoint");
  log.must_append({company.issue(1)});
  row(log, "meta", "checkpoint") = old_note;
  EXPECT_NE(fault_of(log).find("the checkpoint is of 1 entries, stored are 2"), std::string::npos);
}

TEST(Audit, RefusesAnotherKeyAndAnotherOrigin) {
  MemoryLog log;
  fill(log);
  const auto stranger = test::key_of(98);
  const auto by_other_key = Log::open(log.store, kOrigin, *stranger, log.anchor, log.clock);
  ASSERT_FALSE(by_other_key.has_value());
  EXPECT_EQ(by_other_key.error(),
            (Error{Fault::storage, "ledger: the checkpoint is not signed by this log's key"}));
  EXPECT_EQ(
      Log::open(log.store, "other.example/log", *log.key, log.anchor, log.clock).error().fault,
      Fault::storage);
  for (const char* origin : {"", "two words", "a+b", "line\nend"}) {
    EXPECT_EQ(Log::open(log.store, origin, *log.key, log.anchor, log.clock).error().fault,
              Fault::malformed)
        << origin;
  }
}

TEST(Audit, FindsAnEntryThatTheRulesForbidThoughEverythingIsConsistent) {
  MemoryLog log;
  Company company;
  log.must_append({company.first(), company.issue(1)});
  // Written by hand: a second `issued` for the same ref, with rows, tile and a true checkpoint.
  const std::string twice = company.issue(1, 5);
  store::Batch batch;
  batch.put("entry", store::number_key(2), bytes_of(twice));
  for (const auto& index : layout::index_rows(*format::parse_entry(twice), {2})) {
    batch.put(index.space, index.key, index.value);
  }
  merkle::Edge edge;
  for (const std::uint64_t at : {0u, 1u}) edge.append(hash_leaf(bytes_of(*log.view().entry({at}))));
  edge.append(hash_leaf(bytes_of(twice)));
  batch.put("tile", layout::tile_key(0, 0), layout::tile_value(edge.take_changed()[0].hashes));
  const format::Checkpoint forged{kOrigin, edge.size(), edge.root()};
  batch.put("meta", "checkpoint", bytes_of(format::sign_checkpoint(forged, *log.key)));
  ASSERT_TRUE(log.store.write(batch).has_value());
  EXPECT_EQ(fault_of(log), "ledger: entry 2: entry: ref issued already");
}

TEST(Audit, FindsAStrayRowInALogWithoutEntries) {
  for (const std::string& space : kSpaces) {
    if (space == "status" || space == "cosigned") continue;
    MemoryLog log;
    log.store.content()[space]["checkpoint"] = Bytes(32, 1);
    EXPECT_NE(fault_of(log), "none") << space;
  }
}

TEST(Audit, ChecksFullTilesAndThoseAboveThem) {
  MemoryLog log;
  Company company;
  std::vector<std::string> entries{company.first()};
  while (entries.size() < 520) entries.push_back(company.issue(entries.size()));
  log.must_append(entries);
  EXPECT_EQ(fault_of(log), "none");
  const auto whole = log.store.content();
  for (const auto& [level, index] : {std::pair{0u, 0u}, {0u, 2u}, {1u, 0u}}) {
    row(log, "tile", layout::tile_key(level, index))[33] ^= 1;
    EXPECT_EQ(fault_of(log), "ledger: tile " + std::to_string(index) + " of level " +
                                 std::to_string(level) + " is not what the entries hash to");
    log.store.content() = whole;
  }
}

TEST(Audit, ReportsWhatTheStoreReports) {
  MemoryLog log;
  fill(log);
  log.store.fail_write(0, test::MemoryStore::Loss::lost);
  ASSERT_FALSE(log.store.write({}).has_value());
  EXPECT_EQ(audit(log.store, kOrigin, log.key->public_key()).error().fault, Fault::storage);
}

TEST(Audit, FindsAFlippedBitOnDisk) {
  const test::TemporaryFolder folder;
  const auto key = test::key_of(99);
  const auto store = *store::open_rocksdb(folder.path() / "ledger", kSpaces);
  test::MemoryAnchor anchor;
  const test::HandClock clock;
  Company company;
  ASSERT_TRUE((*Log::open(*store, kOrigin, *key, anchor, clock))
                  ->append(company.small_ledger())
                  .has_value());
  const Bytes good = **store->get("entry", store::number_key(4));
  Bytes bad = good;
  bad[bad.size() / 2] ^= 4;
  const auto put = [&](const Bytes& value) {
    store::Batch batch;
    batch.put("entry", store::number_key(4), value);
    ASSERT_TRUE(store->write(batch).has_value());
  };
  put(bad);
  EXPECT_EQ(Log::open(*store, kOrigin, *key, anchor, clock).error().fault, Fault::storage);
  put(good);
  EXPECT_TRUE(Log::open(*store, kOrigin, *key, anchor, clock).has_value());
}

}  // namespace
}  // namespace refledger::log
