// What a root key says of the ends of logs, and what of it counts.
#include "ledger/keys/closing.h"

#include <gtest/gtest.h>

#include "support/example.h"

namespace refledger::keys {
namespace {

using format::Checkpoint;
using format::Closing;
using format::NoteKey;
using test::key_of;
using test::kOrigin;

const std::string kRoot = kOrigin + "/root";

NoteKey vkey(const std::string& name, std::uint8_t number) {
  return {name, format::kNoteEd25519, key_of(number)->public_key()};
}
std::string epoch(unsigned number) { return kOrigin + "/epoch-" + std::to_string(number); }
Closing closing_of(const std::string& origin, std::uint64_t size) {
  return {{origin, {size}, sha256_as<TreeHash>(bytes_of(std::to_string(size)))}, false, {}};
}
std::string by_root(const Closing& closing, std::uint8_t key = 7) {
  return format::sign_closing(closing, kRoot, *key_of(key));
}

struct ClosingsOfALog : testing::Test {
  Closings closings{{vkey(kRoot, 7)}};
  NoteKey log = vkey(kOrigin, 1);
};

TEST_F(ClosingsOfALog, CountByAKnownRootAndNobodyElse) {
  EXPECT_EQ(closings.find(kOrigin), nullptr);
  EXPECT_EQ(closings.newest(log), log);
  Closing closing = closing_of(kOrigin, 7);
  closing.next = vkey(epoch(2), 2);
  const auto other = closings.take(format::sign_closing(closing, "else.example/root", *key_of(8)));
  ASSERT_TRUE(other.has_value());
  EXPECT_FALSE(*other);
  EXPECT_EQ(closings.find(kOrigin), nullptr);
  EXPECT_TRUE(*closings.take(by_root(closing)));
  EXPECT_EQ(*closings.find(kOrigin), closing);
  EXPECT_EQ(closings.newest(log), vkey(epoch(2), 2));
}

TEST_F(ClosingsOfALog, AForgedSignatureIsRefused) {
  std::string note = by_root(closing_of(kOrigin, 7));
  note[note.size() - 10] = note[note.size() - 10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(closings.take(note).error().fault, Fault::refused);
  EXPECT_EQ(closings.take("no note").error().fault, Fault::malformed);
}

TEST_F(ClosingsOfALog, LeadFromEpochToEpoch) {
  Closing first = closing_of(kOrigin, 7);
  Closing second = closing_of(epoch(2), 9);
  first.next = vkey(epoch(2), 2);
  second.next = vkey(epoch(4), 4);
  ASSERT_TRUE(closings.take_all({by_root(first), by_root(second)}));
  EXPECT_EQ(closings.newest(log), vkey(epoch(4), 4));
  EXPECT_EQ(closings.all().size(), 2u);
}

TEST_F(ClosingsOfALog, MayLaterSayWhereItGoesOnAndNothingElse) {
  const Closing closing = closing_of(kOrigin, 7);
  ASSERT_TRUE(*closings.take(by_root(closing)));
  Closing next = closing;
  next.next = vkey(epoch(2), 2);
  ASSERT_TRUE(*closings.take(by_root(next)));
  EXPECT_EQ(*closings.find(kOrigin), next);
  ASSERT_TRUE(*closings.take(by_root(closing)));  // told again, it takes nothing back
  EXPECT_EQ(*closings.find(kOrigin), next);
  Closing elsewhere = closing;
  elsewhere.next = vkey(epoch(2), 3);
  Closing longer = closing_of(kOrigin, 8);
  Closing stolen = closing;
  stolen.key_stolen = true;
  for (const Closing& each : {elsewhere, longer, stolen}) {
    EXPECT_EQ(closings.take(by_root(each)).error().fault, Fault::refused);
  }
}

TEST(AClosing, LeavesEarlierStatesInForceUnlessTheKeyWasStolen) {
  Closing closing = closing_of(kOrigin, 7);
  const Checkpoint before = closing_of(kOrigin, 6).last;
  const Checkpoint beyond = closing_of(kOrigin, 8).last;
  Checkpoint other = closing.last;
  other.root.bytes[0] ^= 1;
  EXPECT_TRUE(counts_in(closing.last, closing));
  EXPECT_TRUE(counts_in(before, closing));
  EXPECT_FALSE(counts_in(beyond, closing));
  EXPECT_FALSE(counts_in(other, closing));
  closing.key_stolen = true;
  EXPECT_TRUE(counts_in(closing.last, closing));
  EXPECT_FALSE(counts_in(before, closing));
}

}  // namespace
}  // namespace refledger::keys
