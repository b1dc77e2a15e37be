// The ledger's evidence, and the keys that count in it.
#include "ledger/format/origin.h"
#include "report.h"

namespace refledger::verify {
namespace {

TEST(Check, WithoutProofOrTrustNothingCanBeChecked) {
  Evidence evidence = World().evidence();
  evidence.trust = {};
  expect(check(evidence), Verdict::cannot_check_now, std::nullopt);
  evidence = World().evidence();
  evidence.proof.reset();
  expect(check(evidence), Verdict::cannot_check_now, std::nullopt);
}

TEST(Check, ALedgerThatIsNotTrustedKnowsNothing) {
  Evidence evidence = World().evidence();
  evidence.trust.logs[0].key = key_of(9)->public_key();
  expect(check(evidence), Verdict::unknown, Layer::checkpoint);
  evidence = World().evidence();
  evidence.trust.logs[0].name = "other.example/log";
  expect(check(evidence), Verdict::unknown, Layer::checkpoint);
}

TEST(Check, EachLayerOfTheProofIsNamedWhenItIsAltered) {
  const World world;
  Evidence evidence = world.evidence();
  format::Receipt receipt = *format::parse_receipt(evidence.proof->issued.receipt);
  receipt.path[1].bytes[0] ^= 1;
  evidence.proof->issued.receipt = format::format_receipt(receipt);
  expect(check(evidence), Verdict::cannot_check_now, Layer::proof);

  evidence = world.evidence();
  receipt = *format::parse_receipt(evidence.proof->issued.receipt);
  format::Note note = *format::parse_note(receipt.checkpoint);
  note.signatures[0].signature[9] ^= 1;
  receipt.checkpoint = format::format_note(note);
  evidence.proof->issued.receipt = format::format_receipt(receipt);
  expect(check(evidence), Verdict::cannot_check_now, Layer::checkpoint);

  evidence = world.evidence();
  format::Entry entry = *format::parse_entry(evidence.proof->issued.entry);
  entry.signature.bytes[0] ^= 1;
  evidence.proof->issued.entry = entry.signing_input + "." + to_base64url(entry.signature.view());
  expect(check(evidence), Verdict::cannot_check_now, Layer::entry);

  evidence = world.evidence();
  evidence.proof->issued.entry = "x";
  expect(check(evidence), Verdict::cannot_check_now, Layer::entry);
  evidence = world.evidence();
  evidence.proof->issued.receipt = "x";
  expect(check(evidence), Verdict::cannot_check_now, Layer::proof);
  evidence = world.evidence();
  evidence.proof->keys[1].entry = "x";
  expect(check(evidence), Verdict::cannot_check_now, Layer::keys);
}

TEST(Check, AnEntryStaysGenuineInALaterEpochOfItsLogAndInNoOtherLog) {
  const auto seen_in = [](const std::string& origin) {
    World world;  // its entries name the log's first epoch
    world.origin = origin;
    Evidence evidence = world.evidence();
    evidence.trust.logs[0].name = origin;
    return check(evidence);
  };
  expect(seen_in(format::origin_of_epoch(kOrigin, 2)), Verdict::genuine_and_valid, std::nullopt);
  expect(seen_in("other.example/log/epoch-2"), Verdict::cannot_check_now, Layer::entry);
}

TEST(Check, AKeyEntryIsNoReference) {
  const World world;
  Evidence evidence = world.evidence();
  evidence.proof->issued = world.logged(0);
  expect(check(evidence), Verdict::cannot_check_now, Layer::entry);
}

TEST(Check, AllProofsAreFromOneLedgerInOneState) {
  const World world;
  World twin;
  twin.leaves.back() = format::sign_entry(format::Issued{}, kOrigin, *twin.issuer);
  Evidence evidence = world.evidence();
  evidence.proof->keys[0] = twin.logged(0);  // signed, of the same size, with another root
  expect(check(evidence), Verdict::cannot_check_now, Layer::checkpoint);

  World elsewhere;
  elsewhere.origin = "other.example/log";
  evidence = world.evidence();
  evidence.trust.logs.push_back(
      {elsewhere.origin, format::kNoteEd25519, elsewhere.log->public_key()});
  evidence.proof->keys[0] = elsewhere.logged(0);
  expect(check(evidence), Verdict::cannot_check_now, Layer::checkpoint);
}

TEST(Check, AnEntryCountsInItsOwnLedgerOnly) {
  World world;
  world.leaves.resize(2);
  world.origin = "other.example/log";  // signed for that one, logged in this one
  world.issue(*world.issuer, true);
  world.origin = kOrigin;
  expect(check(world.evidence()), Verdict::cannot_check_now, Layer::entry);
}

TEST(Check, TheKeyHistoryIsThereAndWhole) {
  World world;
  Evidence evidence = world.evidence();
  evidence.proof->keys.clear();
  expect(check(evidence), Verdict::cannot_check_now, Layer::keys);
  evidence = world.evidence();
  evidence.proof->keys.erase(evidence.proof->keys.begin());
  expect(check(evidence), Verdict::cannot_check_now, Layer::keys);
  evidence = world.evidence();
  std::swap(evidence.proof->keys[0], evidence.proof->keys[1]);
  expect(check(evidence), Verdict::cannot_check_now, Layer::keys);
}

TEST(Check, AnEntryOfAKeyThatWasNeverAddedDoesNotCount) {
  World world;
  world.leaves.resize(2);
  world.make_credential(*world.other);
  world.issue(*world.other, true);
  expect(check(world.evidence()), Verdict::cannot_check_now, Layer::keys);
  world.leaves.resize(2);
  world.make_credential(*world.status);
  world.issue(*world.status, true);
  expect(check(world.evidence()), Verdict::cannot_check_now, Layer::keys);
}

TEST(Check, WhatAKeySignedBeforeItWasRetiredStaysGenuine) {
  World world;
  world.add_key(*world.other, *world.issuer, format::KeyUse::issuer);
  world.retire(*world.issuer, *world.other, std::nullopt);
  expect(check(world.evidence()), Verdict::genuine_and_valid, std::nullopt);
}

TEST(Check, WhatARetiredOrStolenKeySignedIsUnknown) {
  World world;
  world.add_key(*world.other, *world.issuer, format::KeyUse::issuer);
  world.retire(*world.issuer, *world.other, std::nullopt);
  world.issue(*world.issuer, true);
  expect(check(world.evidence()), Verdict::unknown, Layer::keys);
  World stolen;
  stolen.add_key(*stolen.other, *stolen.issuer, format::KeyUse::issuer);
  stolen.retire(*stolen.issuer, *stolen.recovery, 2);
  expect(check(stolen.evidence()), Verdict::unknown, Layer::keys);
}

}  // namespace
}  // namespace refledger::verify
