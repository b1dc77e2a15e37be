// Sealed records: stored once, read back whole, erased for good, whatever crashes in between.
#include "ledger/records/records.h"

#include <sys/stat.h>

#include <thread>

#include "ledger/core/file.h"
#include "support/memory_store.h"
#include "support/support.h"

namespace refledger::records {
namespace {

using test::MemoryStore;

constexpr std::size_t kSlot = 64;

ReferenceHash ref(std::uint8_t number) { return {sha256({std::array{number}})}; }

StoredRecord record(std::uint8_t number) {
  StoredRecord made;
  made.sealed = Bytes(100 + number, number);
  made.share.bytes = sha256({std::array{number}, std::array<std::uint8_t, 1>{1}});
  return made;
}

bool holds(ByteView bytes, ByteView part) {
  return text_of(bytes).find(text_of(part)) != std::string_view::npos;
}

class RecordsTest : public testing::Test {
 protected:
  Records open() {
    store_.reopen();
    Result<Records> records = Records::open(store_, shares());
    EXPECT_TRUE(records.has_value());
    return *std::move(records);
  }
  std::filesystem::path shares() const { return folder_.path() / "shares"; }
  Bytes file() const { return *read_file(shares(), 1 << 20); }
  void set_file(ByteView content) {
    std::ofstream(shares(), std::ios::binary | std::ios::trunc) << text_of(content);
  }
  Result<StoredRecord> read(std::uint8_t number) const {
    return read_record(store_, shares(), ref(number));
  }
  void expect_stored(std::uint8_t number) const {
    const Result<StoredRecord> found = read(number);
    ASSERT_TRUE(found.has_value()) << found.error().detail;
    EXPECT_EQ(found->sealed, record(number).sealed);
    EXPECT_EQ(found->share, record(number).share);
  }
  void expect_none(std::uint8_t number) const {
    EXPECT_EQ(read(number).error(), (Error{Fault::not_found, "record: none"}));
  }

  test::TemporaryFolder folder_;
  MemoryStore store_{kSpaces};
};

TEST_F(RecordsTest, GivesBackWhatWasPut) {
  Records records = open();
  for (std::uint8_t number = 0; number < 20; ++number) {
    ASSERT_TRUE(records.put(ref(number), record(number)).has_value());
  }
  for (std::uint8_t number = 0; number < 20; ++number) expect_stored(number);
  expect_none(20);
}

TEST_F(RecordsTest, KeepsTheSharesOutOfTheStoreAndToTheirOwner) {
  Records records = open();
  ASSERT_TRUE(records.put(ref(1), record(1)).has_value());
  const Bytes stored = store_.content()["record"].begin()->second;
  const Share share = record(1).share;
  EXPECT_FALSE(holds(stored, share.view()));
  EXPECT_TRUE(holds(file(), share.view()));
  struct stat about {};
  ASSERT_EQ(::stat(shares().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777u, 0600u);
}

TEST_F(RecordsTest, StoresOnce) {
  Records records = open();
  ASSERT_TRUE(records.put(ref(1), record(1)).has_value());
  EXPECT_TRUE(records.put(ref(1), record(1)).has_value());
  EXPECT_EQ(file().size(), kSlot);
  StoredRecord other_share = record(1), other_sealed = record(1);
  other_share.share.bytes[0] ^= 1;
  other_sealed.sealed[0] ^= 1;
  EXPECT_EQ(records.put(ref(1), other_share).error().fault, Fault::conflict);
  EXPECT_EQ(records.put(ref(1), other_sealed).error().fault, Fault::conflict);
  expect_stored(1);
}

TEST_F(RecordsTest, ErasesForGood) {
  Records records = open();
  ASSERT_TRUE(records.put(ref(1), record(1)).has_value());
  ASSERT_TRUE(records.put(ref(2), record(2)).has_value());
  ASSERT_TRUE(records.erase(ref(1)).has_value());
  expect_none(1);
  expect_stored(2);
  EXPECT_TRUE(store_.content()["record"].size() == 1);
  const Bytes left = file();
  EXPECT_EQ(Bytes(left.begin(), left.begin() + kSlot), Bytes(kSlot, 0));
  EXPECT_TRUE(records.erase(ref(1)).has_value());  // repeated
  EXPECT_TRUE(records.erase(ref(9)).has_value());  // never there
}

TEST_F(RecordsTest, AReaderThatLagsBehindSeesNoErasedRecord) {
  Records records = open();
  ASSERT_TRUE(records.put(ref(1), record(1)).has_value());
  MemoryStore lagging(kSpaces);
  lagging.content() = store_.content();
  ASSERT_TRUE(records.erase(ref(1)).has_value());
  EXPECT_EQ(read_record(lagging, shares(), ref(1)).error().fault, Fault::not_found);
}

TEST_F(RecordsTest, GoesOnAfterOpeningAnew) {
  for (std::uint8_t number = 0; number < 5; ++number) {
    Records records = open();
    ASSERT_TRUE(records.put(ref(number), record(number)).has_value());
    for (std::uint8_t before = 0; before <= number; ++before) expect_stored(before);
  }
  EXPECT_EQ(file().size(), 5 * kSlot);
}

// put() writes to the store once, after the slot.  Either way the repeat must end well.
TEST_F(RecordsTest, APutWhoseWriteFailsCanBeRepeatedAfterOpeningAnew) {
  for (const auto loss : {MemoryStore::Loss::lost, MemoryStore::Loss::kept}) {
    const std::uint8_t number = loss == MemoryStore::Loss::lost ? 1 : 2;
    Records records = open();
    store_.fail_write(0, loss);
    EXPECT_EQ(records.put(ref(number), record(number)).error().fault, Fault::storage);
    store_.reopen();
    EXPECT_EQ(records.put(ref(3), record(3)).error().fault, Fault::storage) << "must stop";
    if (loss == MemoryStore::Loss::lost) expect_none(number);
    if (loss == MemoryStore::Loss::kept) expect_stored(number);
    Records again = open();
    EXPECT_TRUE(again.put(ref(number), record(number)).has_value());
    expect_stored(number);
  }
  Records records = open();
  ASSERT_TRUE(records.put(ref(4), record(4)).has_value());
  for (const std::uint8_t number : {std::uint8_t{1}, std::uint8_t{2}, std::uint8_t{4}})
    expect_stored(number);
}

TEST_F(RecordsTest, AnEraseWhoseWriteFailsIsFinishedWhenOpenedAnew) {
  for (const auto loss : {MemoryStore::Loss::lost, MemoryStore::Loss::kept}) {
    Records records = open();
    ASSERT_TRUE(records.put(ref(1), record(1)).has_value());
    store_.fail_write(0, loss);
    EXPECT_EQ(records.erase(ref(1)).error().fault, Fault::storage);
    store_.reopen();
    expect_none(1);
    EXPECT_EQ(store_.content()["record"].empty(), loss == MemoryStore::Loss::kept);
    Records again = open();
    EXPECT_TRUE(store_.content()["record"].empty());
    expect_none(1);
  }
}

// A crash between slot and record: what it left must not outlive the erasure of the record that the
// repeated put stores with the same share.
TEST_F(RecordsTest, NoShareOfAnErasedRecordOutlivesACrash) {
  Records crashed = open();
  ASSERT_TRUE(crashed.put(ref(2), record(2)).has_value());
  store_.fail_write(0, MemoryStore::Loss::lost);
  ASSERT_FALSE(crashed.put(ref(1), record(1)).has_value());
  ASSERT_TRUE(holds(file(), record(1).share.view()));
  Records records = open();
  EXPECT_FALSE(holds(file(), record(1).share.view()));
  ASSERT_TRUE(records.put(ref(1), record(1)).has_value());
  ASSERT_TRUE(records.erase(ref(1)).has_value());
  EXPECT_FALSE(holds(file(), record(1).share.view()));
  expect_stored(2);
}

TEST_F(RecordsTest, ZeroesTheOneShareThatTheVeryFirstPutLeft) {
  store_.fail_write(0, MemoryStore::Loss::lost);
  ASSERT_FALSE(Records(std::move(*Records::open(store_, shares()))).put(ref(1), record(1)));
  ASSERT_TRUE(holds(file(), record(1).share.view()));
  Records records = open();
  EXPECT_EQ(file(), Bytes(kSlot, 0));
}

TEST_F(RecordsTest, ZeroesNoSharesBesideAStoreWithoutRecords) {
  {
    Records records = open();
    ASSERT_TRUE(records.put(ref(1), record(1)).has_value());
    ASSERT_TRUE(records.put(ref(2), record(2)).has_value());
  }
  MemoryStore other(kSpaces);
  EXPECT_EQ(Records::open(other, shares()).error().fault, Fault::storage);
  expect_stored(1);
  expect_stored(2);
}

TEST_F(RecordsTest, ASlotThatACrashLeftIsZeroedAndNeverUsedAgain) {
  {
    Records records = open();
    ASSERT_TRUE(records.put(ref(1), record(1)).has_value());
  }
  for (const std::size_t left : {1u, 32u, 63u, 64u, 70u}) {  // torn, whole, one and a bit
    Bytes with_rest = file();
    with_rest.resize(with_rest.size() + left, 0xaa);
    set_file(with_rest);
    const auto number = static_cast<std::uint8_t>(100 + left);
    Records records = open();
    ASSERT_TRUE(records.put(ref(number), record(number)).has_value());
    const auto whole = static_cast<std::ptrdiff_t>(with_rest.size() - left);
    EXPECT_TRUE(std::equal(with_rest.begin(), with_rest.begin() + whole, file().begin()));
    const std::size_t zeros = (left + kSlot - 1) / kSlot * kSlot;
    const Bytes after = file();
    ASSERT_EQ(after.size(), static_cast<std::size_t>(whole) + zeros + kSlot);
    EXPECT_TRUE(std::all_of(after.begin() + whole, after.end() - kSlot,
                            [](std::uint8_t byte) { return byte == 0; }));
    expect_stored(1);
    expect_stored(number);
  }
}

TEST_F(RecordsTest, SlotsAreNotSharedBetweenThreads) {
  Records records = open();
  {
    std::vector<std::jthread> writers;
    for (std::uint8_t writer = 0; writer < 4; ++writer) {
      writers.emplace_back([&records, writer] {
        for (std::uint8_t n = 0; n < 10; ++n) {
          const auto number = static_cast<std::uint8_t>(writer * 10 + n);
          EXPECT_TRUE(records.put(ref(number), record(number)).has_value());
        }
      });
    }
  }
  for (std::uint8_t number = 0; number < 40; ++number) expect_stored(number);
  EXPECT_EQ(file().size(), 40 * kSlot);
}

TEST_F(RecordsTest, NoticesEveryFlippedBitOfASlotAndATransposedOne) {
  Records records = open();
  ASSERT_TRUE(records.put(ref(1), record(1)).has_value());
  ASSERT_TRUE(records.put(ref(2), record(2)).has_value());
  const Bytes whole = file();
  for (std::size_t bit = 0; bit < kSlot * 8; ++bit) {
    Bytes altered = whole;
    altered[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    set_file(altered);
    ASSERT_EQ(read(1).error().fault, Fault::storage) << "bit " << bit;
  }
  Bytes swapped = whole;
  std::swap_ranges(swapped.begin(), swapped.begin() + kSlot, swapped.begin() + kSlot);
  set_file(swapped);
  EXPECT_EQ(read(1).error().fault, Fault::storage);
  EXPECT_EQ(read(2).error().fault, Fault::storage);
}

TEST_F(RecordsTest, RefusesAFileThatIsAnotherStores) {
  {
    Records records = open();
    ASSERT_TRUE(records.put(ref(1), record(1)).has_value());
    ASSERT_TRUE(records.put(ref(2), record(2)).has_value());
  }
  const Bytes whole = file();
  set_file(ByteView(whole).first(kSlot));
  const Result<Records> short_file = Records::open(store_, shares());
  ASSERT_FALSE(short_file.has_value());
  EXPECT_EQ(short_file.error().fault, Fault::storage);
  EXPECT_NE(short_file.error().detail.find("lacks slot 1"), std::string::npos);
  std::filesystem::remove(shares());
  EXPECT_EQ(Records::open(store_, shares()).error().fault, Fault::storage);
  std::filesystem::remove(shares());
  EXPECT_EQ(read(1).error().fault, Fault::storage);  // not "none": it is there, and unreadable
}

TEST_F(RecordsTest, SaysWhereItsFileCannotBe) {
  const auto missing = folder_.path() / "no" / "shares";
  const Result<Records> records = Records::open(store_, missing);
  ASSERT_FALSE(records.has_value());
  EXPECT_EQ(records.error().fault, Fault::storage);
  EXPECT_NE(records.error().detail.find(missing.string()), std::string::npos);
  EXPECT_EQ(Records::open(store_, folder_.path()).error().fault, Fault::storage);
}

TEST_F(RecordsTest, RefusesWhatIsTooLongAndGoesOn) {
  Records records = open();
  StoredRecord long_one = record(1);
  long_one.sealed.resize(kMaxSealed + 1);
  EXPECT_EQ(records.put(ref(1), long_one).error().fault, Fault::out_of_range);
  long_one.sealed.resize(kMaxSealed);
  EXPECT_TRUE(records.put(ref(1), long_one).has_value());
}

TEST_F(RecordsTest, ReportsADamagedRow) {
  Records records = open();
  ASSERT_TRUE(records.put(ref(1), record(1)).has_value());
  Bytes& row = store_.content()["record"].begin()->second;
  row[0] ^= 0x80;  // a slot far beyond the end
  EXPECT_EQ(read(1).error().fault, Fault::storage);
  row.resize(7);
  EXPECT_EQ(read(1).error().fault, Fault::storage);
  EXPECT_EQ(Records::open(store_, shares()).error().fault, Fault::storage);
}

}  // namespace
}  // namespace refledger::records
