// The rules of docs/format/entry.md: what each entry needs, and how each rule is broken.
#include "ledger/keys/history.h"

#include "ledger/format/origin.h"
#include "support/example.h"

namespace refledger::keys {
namespace {

using format::Entry;
using format::Issued;
using format::KeyAdded;
using format::KeyRetired;
using format::KeyUse;
using format::Withdrawn;
using test::key_of;
using test::kIss;
using test::kOrigin;

using Key = sign::Ed25519Key;

ReferenceHash ref(std::uint8_t number) { return {sha256({std::array{number}})}; }

// A log that is written line by line, each by the rules or against them.
class Ledger {
 public:
  LedgerState state{kOrigin};
  std::uint64_t size = 0;

  Result<void> take(const std::string& jws) {
    const Result<Entry> entry = format::parse_entry(jws);
    EXPECT_TRUE(entry) << "test writes what does not parse";
    const Result<void> applied = state.apply(*entry, {size});
    if (applied) ++size;
    return applied;
  }

  KeyAdded key_entry(KeyUse use = KeyUse::issuer, const std::string& iss = kIss) const {
    KeyAdded act;
    act.iss = iss;
    act.name = "Muster AG";
    act.use = use;
    if (const IssuerKeys* keys = state.issuer(iss)) act.prev = keys->last();
    return act;
  }
  Result<void> add(const Key& added, const Key& signer, KeyUse use = KeyUse::issuer) {
    return take(format::sign_key_added(key_entry(use), kOrigin, added, signer));
  }
  Result<void> retire(const Key& retired, const Key& signer,
                      std::optional<std::uint64_t> bad_from = std::nullopt) {
    const KeyRetired act{bad_from, kIss, thumbprint(retired.public_key()),
                         *state.issuer(kIss)->last()};
    return take(format::sign_entry(act, kOrigin, signer));
  }
  Result<void> issue(std::uint8_t number, const Key& signer) {
    return take(format::sign_entry(Issued{{}, {}, ref(number)}, kOrigin, signer));
  }
  Result<void> withdraw(std::uint8_t number, const Key& signer) {
    return take(format::sign_entry(Withdrawn{7, 0, ref(number)}, kOrigin, signer));
  }
  bool may_attest(const Key& key, std::uint64_t at) const {
    return state.issuer(kIss)->may_attest(thumbprint(key.public_key()), {at});
  }
};

const auto a = key_of(1), b = key_of(2), c = key_of(3), d = key_of(4), r = key_of(5), s = key_of(6);

// a is the first key, r the recovery key.
Ledger begun() {
  Ledger ledger;
  KeyAdded first = ledger.key_entry();
  first.recovery = r->public_key();
  EXPECT_TRUE(ledger.take(format::sign_key_added(first, kOrigin, *a, *a)));
  return ledger;
}

void expect_fault(const Result<void>& result, Fault fault, const std::string& why) {
  ASSERT_FALSE(result) << why;
  EXPECT_EQ(result.error().fault, fault) << result.error().detail;
  EXPECT_NE(result.error().detail.find(why), std::string::npos) << result.error().detail;
}

TEST(History, TakesTheWorkedExampleWhole) {
  LedgerState state(kOrigin);
  for (std::uint64_t at = 0; at < 7; ++at) {
    const auto entry = format::parse_entry(test::example("entry-" + std::to_string(at) + ".jws"));
    const Result<void> applied = state.apply(*entry, {at});
    ASSERT_TRUE(applied) << at << " " << applied.error().detail;
  }
  const ReferenceHash kept = hash_reference(test::ExampleSecrets().fixed<ReferenceId>("id"));
  ASSERT_NE(state.find(kept), nullptr);
  EXPECT_EQ(state.find(kept)->issued, LeafIndex{2});
  EXPECT_EQ(state.find(kept)->iss, kIss);
  EXPECT_FALSE(state.find(kept)->withdrawn);
  EXPECT_EQ(state.issuer(kIss)->name(), "Muster AG");
  EXPECT_EQ(state.issuer("https://other.example"), nullptr);
  EXPECT_EQ(state.find(ref(1)), nullptr);
}

// ---- an issuer's first entry --------------------------------------------------------------------

TEST(History, AnIssuerBeginsWithItsSelfSignedKey) {
  Ledger ledger;
  expect_fault(ledger.issue(1, *a), Fault::refused, "never added");
  expect_fault(ledger.add(*a, *b), Fault::refused, "signs itself");
  expect_fault(ledger.add(*a, *a, KeyUse::status), Fault::refused, "use issuer");
  KeyAdded with_prev = ledger.key_entry();
  with_prev.prev = EntryHash{};
  expect_fault(ledger.take(format::sign_key_added(with_prev, kOrigin, *a, *a)), Fault::refused,
               "prev");
  expect_fault(ledger.take(format::sign_entry(
                   KeyRetired{std::nullopt, kIss, thumbprint(a->public_key()), {}}, kOrigin, *a)),
               Fault::refused, "first entry");
  EXPECT_EQ(ledger.state.issuer(kIss), nullptr);
  EXPECT_TRUE(ledger.add(*a, *a));
}

TEST(History, AnEntryCountsInItsEpochAndInThoseAfter) {
  const std::string second = format::origin_of_epoch(kOrigin, 2);
  const std::string third = format::origin_of_epoch(kOrigin, 3);
  Ledger ledger = begun();
  ledger.state = LedgerState{second};
  ledger.size = 0;
  expect_fault(ledger.take(format::sign_key_added(ledger.key_entry(), third, *a, *a)),
               Fault::malformed, "another log");
  EXPECT_TRUE(ledger.add(*a, *a));
  EXPECT_TRUE(ledger.issue(1, *a));
  EXPECT_TRUE(ledger.take(format::sign_entry(Issued{{}, {}, ref(2)}, second, *a)));
  expect_fault(ledger.take(format::sign_entry(Issued{{}, {}, ref(3)}, third, *a)), Fault::malformed,
               "another log");
  // An issuer's key entries never go back to an epoch before.
  EXPECT_TRUE(ledger.take(format::sign_key_added(ledger.key_entry(), second, *b, *a)));
  expect_fault(ledger.add(*c, *a), Fault::malformed, "another log");
  EXPECT_TRUE(ledger.issue(4, *b));
}

TEST(History, EveryEntryNamesThisLogAndItsPlace) {
  Ledger ledger = begun();
  const std::string elsewhere = format::sign_entry(Issued{{}, {}, ref(1)}, "other.example/log", *a);
  expect_fault(ledger.take(elsewhere), Fault::malformed, "another log");
  const Entry entry = *format::parse_entry(format::sign_entry(Issued{{}, {}, ref(1)}, kOrigin, *a));
  for (const std::uint64_t at : {0, 2, 3}) {
    expect_fault(ledger.state.apply(entry, {at}), Fault::refused, "out of order");
  }
  EXPECT_TRUE(ledger.state.apply(entry, {1}));
}

TEST(History, EverySignatureIsChecked) {
  Ledger ledger = begun();
  const auto forged = [](const std::string& jws) {
    Entry entry = *format::parse_entry(jws);
    entry.signature.bytes[3] ^= 1;
    return entry;
  };
  const std::vector<std::string> texts{
      format::sign_entry(Issued{{}, {}, ref(1)}, kOrigin, *a),
      format::sign_key_added(ledger.key_entry(), kOrigin, *b, *a),
      format::sign_entry(KeyRetired{std::nullopt, kIss, thumbprint(a->public_key()),
                                    *ledger.state.issuer(kIss)->last()},
                         kOrigin, *r)};
  for (const std::string& jws : texts) {
    expect_fault(ledger.state.apply(forged(jws), {1}), Fault::malformed, "signature");
  }
  const std::string first = format::sign_key_added(Ledger().key_entry(), kOrigin, *a, *a);
  expect_fault(LedgerState(kOrigin).apply(forged(first), {0}), Fault::malformed, "signature");
}

// ---- later keys ---------------------------------------------------------------------------------

TEST(History, LaterKeysAreAddedByACurrentKeyOrTheRecoveryKey) {
  Ledger ledger = begun();
  expect_fault(ledger.add(*b, *b), Fault::refused, "no current issuer key");
  expect_fault(ledger.add(*b, *c), Fault::refused, "no current issuer key");
  EXPECT_TRUE(ledger.add(*b, *a));
  EXPECT_TRUE(ledger.add(*c, *b));
  EXPECT_TRUE(ledger.add(*d, *r));
  EXPECT_TRUE(ledger.issue(1, *d));
}

TEST(History, PrevIsTheIssuersLatestKeyEntry) {
  Ledger ledger = begun();
  KeyAdded stale = ledger.key_entry();
  ASSERT_TRUE(ledger.add(*b, *a));
  expect_fault(ledger.take(format::sign_key_added(stale, kOrigin, *c, *a)), Fault::refused, "prev");
  stale.prev.reset();
  expect_fault(ledger.take(format::sign_key_added(stale, kOrigin, *c, *a)), Fault::refused, "prev");
  expect_fault(ledger.take(format::sign_entry(
                   KeyRetired{std::nullopt, kIss, thumbprint(b->public_key()), {}}, kOrigin, *a)),
               Fault::refused, "prev");
}

TEST(History, AKidIsAddedOnceInTheWholeLog) {
  Ledger ledger = begun();
  ASSERT_TRUE(ledger.add(*b, *a));
  expect_fault(ledger.add(*b, *a), Fault::conflict, "added already");
  expect_fault(ledger.add(*a, *a), Fault::conflict, "added already");
  ASSERT_TRUE(ledger.retire(*b, *a));
  expect_fault(ledger.add(*b, *a), Fault::conflict, "added already");
  KeyAdded other = ledger.key_entry(KeyUse::issuer, "https://other.example");
  expect_fault(ledger.take(format::sign_key_added(other, kOrigin, *b, *b)), Fault::conflict,
               "added already");
  EXPECT_TRUE(ledger.take(format::sign_key_added(other, kOrigin, *c, *c)));
}

TEST(History, TheAddedKeyProvesThatItIsThere) {
  Ledger ledger = begun();
  KeyAdded act = ledger.key_entry();
  act.key = b->public_key();
  act.pop = a->sign(format::pop_message(act, kOrigin));  // by the wrong key
  expect_fault(ledger.take(format::sign_entry(act, kOrigin, *a)), Fault::malformed, "possession");
  act.pop = b->sign(format::pop_message(act, "other.example/log"));  // for another log
  expect_fault(ledger.take(format::sign_entry(act, kOrigin, *a)), Fault::malformed, "possession");
  act.pop = b->sign(format::pop_message(act, kOrigin));
  act.name = "Other AG";  // for another entry
  expect_fault(ledger.take(format::sign_entry(act, kOrigin, *a)), Fault::malformed, "possession");
}

TEST(History, NoKeyOfSmallOrderIsAdded) {
  Ledger ledger = begun();
  KeyAdded act = ledger.key_entry();
  act.key = PublicKey{};
  act.pop = Signature{};
  expect_fault(ledger.take(format::sign_entry(act, kOrigin, *a)), Fault::refused, "subgroup");
  act = ledger.key_entry();
  act.recovery = PublicKey{};
  expect_fault(ledger.take(format::sign_key_added(act, kOrigin, *b, *a)), Fault::refused,
               "recovery key");
}

TEST(History, TheRecoveryKeySignsKeyEntriesOnly) {
  Ledger ledger = begun();
  expect_fault(ledger.issue(1, *r), Fault::refused, "never added");
  expect_fault(ledger.add(*r, *a), Fault::refused, "key entries only");
  KeyAdded itself = ledger.key_entry();
  itself.recovery = b->public_key();
  expect_fault(ledger.take(format::sign_key_added(itself, kOrigin, *b, *r)), Fault::refused,
               "key entries only");
}

TEST(History, NoEnrolledKeyIsNamedRecoveryKeyAndNoRecoveryKeyEnrolled) {
  Ledger ledger;
  ASSERT_TRUE(ledger.add(*a, *a));
  ASSERT_TRUE(ledger.add(*s, *a, KeyUse::status));
  const auto naming = [&](const Key& recovery, const Key& added, const Key& signer) {
    KeyAdded act = ledger.key_entry();
    act.recovery = recovery.public_key();
    return ledger.take(format::sign_key_added(act, kOrigin, added, signer));
  };
  expect_fault(naming(*a, *b, *a), Fault::refused, "key entries only");
  expect_fault(naming(*s, *b, *a), Fault::refused, "key entries only");
  ASSERT_TRUE(naming(*r, *b, *a));
  expect_fault(naming(*b, *c, *r), Fault::refused, "key entries only");
  ASSERT_TRUE(ledger.retire(*s, *a));
  expect_fault(naming(*s, *c, *r), Fault::refused, "key entries only");  // a retired one neither
  ASSERT_TRUE(naming(*d, *c, *r));
  expect_fault(ledger.add(*d, *a), Fault::refused, "key entries only");
  expect_fault(ledger.add(*r, *a), Fault::refused, "key entries only");  // it was one once
}

TEST(History, OnlyTheRecoveryKeyNamesAnotherRecoveryKey) {
  Ledger ledger = begun();
  KeyAdded act = ledger.key_entry();
  act.recovery = s->public_key();
  expect_fault(ledger.take(format::sign_key_added(act, kOrigin, *b, *a)), Fault::refused,
               "another recovery key");
  EXPECT_TRUE(ledger.take(format::sign_key_added(act, kOrigin, *b, *r)));
  expect_fault(ledger.add(*c, *r), Fault::refused, "no current issuer key");
  EXPECT_TRUE(ledger.add(*c, *s));
  Ledger without;
  ASSERT_TRUE(without.add(*a, *a));
  act = without.key_entry();
  act.recovery = r->public_key();
  ASSERT_TRUE(without.take(format::sign_key_added(act, kOrigin, *b, *a)));
  EXPECT_TRUE(without.add(*c, *r));
}

TEST(History, OneIssuerCannotSpeakForAnother) {
  Ledger ledger = begun();
  const std::string other = "https://other.example";
  ASSERT_TRUE(ledger.take(
      format::sign_key_added(ledger.key_entry(KeyUse::issuer, other), kOrigin, *b, *b)));
  expect_fault(ledger.add(*c, *b), Fault::refused, "no current issuer key");
  expect_fault(ledger.retire(*a, *b), Fault::refused, "no current issuer key");
  ASSERT_TRUE(ledger.issue(1, *a));
  expect_fault(ledger.withdraw(1, *b), Fault::refused, "another issuer's");
  IssuerKeys keys = *ledger.state.issuer(kIss);
  const std::string foreign =
      format::sign_key_added(ledger.key_entry(KeyUse::issuer, other), kOrigin, *c, *b);
  expect_fault(keys.apply(*format::parse_entry(foreign), {9}), Fault::refused, "another issuer");
}

// ---- retiring -----------------------------------------------------------------------------------

TEST(History, ARetiredKeyCountsUpToItsRetirementOnly) {
  Ledger ledger = begun();
  ASSERT_TRUE(ledger.add(*b, *a));     // 1
  ASSERT_TRUE(ledger.issue(1, *b));    // 2
  ASSERT_TRUE(ledger.retire(*b, *a));  // 3
  expect_fault(ledger.issue(2, *b), Fault::refused, "no current issuer key");
  expect_fault(ledger.add(*c, *b), Fault::refused, "no current issuer key");
  EXPECT_FALSE(ledger.may_attest(*b, 1));  // not before it was added
  EXPECT_TRUE(ledger.may_attest(*b, 2));
  EXPECT_TRUE(ledger.may_attest(*b, 3));
  EXPECT_FALSE(ledger.may_attest(*b, 4));
  EXPECT_TRUE(ledger.state.issuer(kIss)->find(thumbprint(b->public_key()), KeyUse::issuer));
  expect_fault(ledger.retire(*b, *a), Fault::conflict, "retired already");
  expect_fault(ledger.retire(*c, *a), Fault::refused, "never added");
}

TEST(History, AKeyMayRetireItselfAndTheRecoveryKeyGoesOn) {
  Ledger ledger = begun();
  ASSERT_TRUE(ledger.retire(*a, *a));
  expect_fault(ledger.add(*b, *a), Fault::refused, "no current issuer key");
  EXPECT_TRUE(ledger.add(*b, *r));
  EXPECT_TRUE(ledger.issue(1, *b));
}

TEST(History, AStolenKeyIsBadFromTheGivenPlaceOn) {
  Ledger ledger = begun();
  ASSERT_TRUE(ledger.add(*b, *a));   // 1
  ASSERT_TRUE(ledger.issue(1, *b));  // 2
  ASSERT_TRUE(ledger.issue(2, *b));  // 3
  expect_fault(ledger.retire(*b, *a, 5), Fault::refused, "ahead");
  ASSERT_TRUE(ledger.retire(*b, *a, 3));  // 4
  EXPECT_TRUE(ledger.may_attest(*b, 2));
  EXPECT_FALSE(ledger.may_attest(*b, 3));
  EXPECT_FALSE(ledger.may_attest(*b, 4));
}

TEST(History, AnEarlierTheftMayComeToLightLater) {
  Ledger ledger = begun();
  ASSERT_TRUE(ledger.add(*b, *a));     // 1
  ASSERT_TRUE(ledger.issue(1, *b));    // 2
  ASSERT_TRUE(ledger.retire(*b, *a));  // 3
  ASSERT_TRUE(ledger.retire(*b, *a, 3));
  expect_fault(ledger.retire(*b, *a, 3), Fault::conflict, "retired already");
  expect_fault(ledger.retire(*b, *a), Fault::conflict, "retired already");
  EXPECT_TRUE(ledger.may_attest(*b, 2));
  ASSERT_TRUE(ledger.retire(*b, *a, 2));
  EXPECT_FALSE(ledger.may_attest(*b, 2));
}

TEST(History, WhatABadKeyAddedIsBadToo) {
  Ledger ledger = begun();
  ASSERT_TRUE(ledger.add(*b, *a));   // 1
  ASSERT_TRUE(ledger.add(*c, *b));   // 2: by the thief
  ASSERT_TRUE(ledger.add(*d, *c));   // 3
  ASSERT_TRUE(ledger.issue(1, *d));  // 4
  ASSERT_TRUE(ledger.add(*s, *d, KeyUse::status));
  EXPECT_TRUE(ledger.state.issuer(kIss)->may_sign_status(thumbprint(s->public_key()), {6}));
  ASSERT_TRUE(ledger.retire(*b, *a, 2));
  EXPECT_FALSE(ledger.may_attest(*c, 3));
  EXPECT_FALSE(ledger.may_attest(*d, 4));
  EXPECT_FALSE(ledger.state.issuer(kIss)->may_sign_status(thumbprint(s->public_key()), {6}));
  EXPECT_TRUE(ledger.may_attest(*a, 7));
}

TEST(History, WhatABadKeyRetiredIsNotRetired) {
  Ledger ledger = begun();
  ASSERT_TRUE(ledger.issue(1, *a));       // 1
  ASSERT_TRUE(ledger.add(*b, *a));        // 2
  ASSERT_TRUE(ledger.retire(*a, *b, 0));  // 3: the thief disowns the owner
  EXPECT_FALSE(ledger.may_attest(*a, 1));
  ASSERT_TRUE(ledger.retire(*b, *r, 3));  // 4: the owner, with the paper key
  EXPECT_TRUE(ledger.may_attest(*a, 1));
  EXPECT_TRUE(ledger.may_attest(*a, 5));
  EXPECT_FALSE(ledger.may_attest(*b, 5));
  EXPECT_TRUE(ledger.issue(2, *a));
}

TEST(History, AThiefCannotSpeakTheLastWordAboutTheKeyHeStole) {
  Ledger ledger = begun();
  ASSERT_TRUE(ledger.issue(1, *a));       // 1
  ASSERT_TRUE(ledger.issue(2, *a));       // 2: by the thief
  ASSERT_TRUE(ledger.retire(*a, *a, 0));  // 3: to make all the owner's references worthless
  EXPECT_FALSE(ledger.may_attest(*a, 1));
  ASSERT_TRUE(ledger.retire(*a, *r, 2));  // 4
  EXPECT_TRUE(ledger.may_attest(*a, 1));
  EXPECT_FALSE(ledger.may_attest(*a, 2));
  EXPECT_FALSE(ledger.may_attest(*a, 5));
  EXPECT_TRUE(ledger.add(*b, *r));
  EXPECT_TRUE(ledger.issue(3, *b));
}

TEST(History, TheRecoveryKeyMayCorrectItselfAndBringsNoKeyBackToLife) {
  Ledger ledger = begun();
  ASSERT_TRUE(ledger.add(*b, *a));        // 1
  ASSERT_TRUE(ledger.issue(1, *b));       // 2
  ASSERT_TRUE(ledger.retire(*b, *a, 1));  // 3
  ASSERT_TRUE(ledger.issue(2, *a));       // 4
  ASSERT_TRUE(ledger.retire(*b, *r));     // 5: nothing was stolen
  EXPECT_TRUE(ledger.may_attest(*b, 2));
  EXPECT_TRUE(ledger.may_attest(*b, 3));
  EXPECT_FALSE(ledger.may_attest(*b, 4));  // its end stays where it was
  ASSERT_TRUE(ledger.retire(*b, *r, 3));   // 6: or was it
  EXPECT_TRUE(ledger.may_attest(*b, 2));
  EXPECT_FALSE(ledger.may_attest(*b, 3));
  ASSERT_TRUE(ledger.retire(*b, *a, 2));  // 7: an issuer key may still say more
  EXPECT_FALSE(ledger.may_attest(*b, 2));
  expect_fault(ledger.retire(*b, *a, 2), Fault::conflict, "retired already");
  ASSERT_TRUE(ledger.retire(*b, *r, 3));  // 8
  EXPECT_TRUE(ledger.may_attest(*b, 2));
}

TEST(History, ABadKeysNameAndRecoveryKeyAreForgotten) {
  Ledger ledger;
  ASSERT_TRUE(ledger.add(*a, *a));  // 0, without a recovery key
  ASSERT_TRUE(ledger.add(*b, *a));  // 1
  KeyAdded act = ledger.key_entry();
  act.name = "Thief AG";
  act.recovery = r->public_key();
  ASSERT_TRUE(ledger.take(format::sign_key_added(act, kOrigin, *c, *b)));  // 2
  EXPECT_EQ(ledger.state.issuer(kIss)->name(), "Thief AG");
  ASSERT_TRUE(ledger.retire(*b, *a, 2));  // 3
  EXPECT_EQ(ledger.state.issuer(kIss)->name(), "Muster AG");
  expect_fault(ledger.add(*d, *r), Fault::refused, "no current issuer key");
}

// ---- references ---------------------------------------------------------------------------------

TEST(History, TheFirstIssuedWinsAndAWithdrawalIsFinal) {
  Ledger ledger = begun();
  expect_fault(ledger.withdraw(1, *a), Fault::refused, "never issued");
  ASSERT_TRUE(ledger.issue(1, *a));
  expect_fault(ledger.issue(1, *a), Fault::conflict, "issued already");
  ASSERT_TRUE(ledger.add(*b, *a));
  ASSERT_TRUE(ledger.withdraw(1, *b));
  expect_fault(ledger.withdraw(1, *a), Fault::conflict, "withdrawn already");
  expect_fault(ledger.issue(1, *a), Fault::conflict, "issued already");
  EXPECT_EQ(ledger.state.find(ref(1))->withdrawn, LeafIndex{3});
  EXPECT_EQ(ledger.state.find(ref(1))->issued, LeafIndex{1});
}

TEST(History, AStatusKeyNeverAttests) {
  Ledger ledger = begun();
  ASSERT_TRUE(ledger.add(*s, *a, KeyUse::status));  // 1
  expect_fault(ledger.issue(1, *s), Fault::refused, "no current issuer key");
  expect_fault(ledger.add(*b, *s), Fault::refused, "no current issuer key");
  ASSERT_TRUE(ledger.issue(1, *a));  // 2
  expect_fault(ledger.withdraw(1, *s), Fault::refused, "no current issuer key");
  const IssuerKeys& keys = *ledger.state.issuer(kIss);
  const std::string kid = thumbprint(s->public_key());
  EXPECT_TRUE(keys.find(kid, KeyUse::status));
  EXPECT_FALSE(keys.find(kid, KeyUse::issuer));
  EXPECT_FALSE(keys.may_sign_status(kid, {1}));  // not of a log that does not hold it yet
  EXPECT_TRUE(keys.may_sign_status(kid, {2}));
  EXPECT_FALSE(keys.may_sign_status(thumbprint(a->public_key()), {2}));  // an issuer key
  EXPECT_FALSE(keys.may_sign_status(thumbprint(b->public_key()), {2}));
  ASSERT_TRUE(ledger.retire(*s, *a));  // 3
  EXPECT_TRUE(ledger.state.issuer(kIss)->may_sign_status(kid, {3}));
  EXPECT_FALSE(ledger.state.issuer(kIss)->may_sign_status(kid, {4}));
}

TEST(IssuerKeys, TakesKeyEntriesOnlyAndInTheirOrder) {
  IssuerKeys keys;
  const Entry issued = *format::parse_entry(format::sign_entry(Issued{}, kOrigin, *a));
  expect_fault(keys.apply(issued, {0}), Fault::refused, "another act");
  const Entry first = *format::parse_entry(test::example("entry-0.jws"));
  ASSERT_TRUE(keys.apply(first, {3}));
  const Entry second = *format::parse_entry(test::example("entry-1.jws"));
  expect_fault(keys.apply(second, {3}), Fault::refused, "out of order");
  expect_fault(keys.apply(second, {2}), Fault::refused, "out of order");
  ASSERT_TRUE(keys.apply(second, {9}));
  EXPECT_EQ(keys.last(), format::hash_entry(second.jws));
  EXPECT_EQ(keys.iss(), kIss);
}

}  // namespace
}  // namespace refledger::keys
