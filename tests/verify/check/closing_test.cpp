// References of a log that was closed, and of the one that goes on from it.
#include "ledger/format/closing.h"
#include "ledger/format/origin.h"
#include "report.h"

namespace refledger::verify {
namespace {

const std::string kNext = format::origin_of_epoch(kOrigin, 2);
const std::string kRoot = kOrigin + "/root";

struct ClosedLog : testing::Test {
  World world;
  Key root = key_of(110);
  Key next_key = key_of(111);

  format::NoteKey next() const { return {kNext, format::kNoteEd25519, next_key->public_key()}; }
  format::Closing closing(bool stolen = false) const { return {world.checkpoint(), stolen, {}}; }
  std::string note(const format::Closing& of, const Key& by) const {
    return format::sign_closing(of, kRoot, *by);
  }
  Evidence with_root(Evidence evidence) const {
    evidence.trust.roots = {{kRoot, format::kNoteEd25519, root->public_key()}};
    return evidence;
  }
  // The same entries under the successor's name and key.
  World successor() const {
    World after;
    after.origin = kNext;
    after.log = key_of(111);
    return after;
  }
};

TEST_F(ClosedLog, WhatWasProvenInItStaysProven) {
  Evidence evidence = world.evidence();
  evidence.trust.closed = {closing()};
  expect(check(evidence), Verdict::genuine_and_valid, std::nullopt);
  // Proven before the end came.
  format::Closing later = closing();
  later.last.size.leaves += 3;
  evidence.trust.closed = {later};
  expect(check(evidence), Verdict::genuine_and_valid, std::nullopt);
}

TEST_F(ClosedLog, NothingBeyondItsEndCountsNorAnotherEnd) {
  Evidence evidence = world.evidence();
  format::Closing earlier = closing();
  earlier.last.size.leaves -= 1;
  evidence.trust.closed = {earlier};
  expect(check(evidence), Verdict::cannot_check_now, Layer::checkpoint);
  format::Closing other = closing();
  other.last.root.bytes[0] ^= 1;
  evidence.trust.closed = {other};
  expect(check(evidence), Verdict::cannot_check_now, Layer::checkpoint);
}

TEST_F(ClosedLog, WhereItsKeyWasStolenOnlyTheLastStateCounts) {
  Evidence evidence = world.evidence();
  evidence.trust.closed = {closing(true)};
  expect(check(evidence), Verdict::genuine_and_valid, std::nullopt);
  evidence.trust.closed[0].last.size.leaves += 3;
  expect(check(evidence), Verdict::cannot_check_now, Layer::checkpoint);
}

TEST_F(ClosedLog, ARootThatIsTrustedLeadsToTheSuccessor) {
  format::Closing ends = closing();
  ends.next = next();
  Evidence evidence = with_root(successor().evidence());
  expect(check(evidence), Verdict::unknown, Layer::checkpoint);
  evidence.closings = {note(ends, root)};
  expect(check(evidence), Verdict::genuine_and_valid, std::nullopt);
}

TEST_F(ClosedLog, NobodyElseLeadsAnywhere) {
  format::Closing ends = closing();
  ends.next = next();
  Evidence evidence = with_root(successor().evidence());
  evidence.closings = {format::sign_closing(ends, "else.example/root", *next_key)};
  expect(check(evidence), Verdict::unknown, Layer::checkpoint);
  evidence.closings = {note(ends, next_key)};  // of the same name, by another key
  expect(check(evidence), Verdict::unknown, Layer::checkpoint);
  // A root's word on a log that is not trusted adds none.
  evidence.closings = {note(ends, root)};
  evidence.trust.logs[0].name = "else.example/log";
  expect(check(evidence), Verdict::unknown, Layer::checkpoint);
}

TEST_F(ClosedLog, ARootThatContradictsItselfIsNotBelieved) {
  format::Closing ends = closing();
  format::Closing other = ends;
  other.last.size.leaves += 1;
  Evidence evidence = with_root(world.evidence());
  evidence.closings = {note(ends, root), note(other, root)};
  expect(check(evidence), Verdict::cannot_check_now, Layer::checkpoint);
}

// Its withdrawals are in the successor: the closed log's own word on them is only as of its end.
TEST_F(ClosedLog, WhetherItWasWithdrawnSinceIsForTheSuccessorToSay) {
  Evidence evidence = world.evidence();
  evidence.trust.closed = {closing()};
  evidence.trust.logs.push_back(next());
  const Report report = check(evidence);
  expect(report, Verdict::cannot_check_now, Layer::status);
  EXPECT_TRUE(has(report, Remark::withdrawal_last_checked));

  World after = successor();
  const std::size_t at = after.withdraw(*after.issuer);
  Evidence fresh = after.evidence();
  fresh.trust = evidence.trust;
  fresh.withdrawal = after.logged(at);
  expect(check(fresh), Verdict::genuine_no_longer_valid, std::nullopt);
}

TEST_F(ClosedLog, OneTrustFileHoldsBoth) {
  format::Trust both = world.trust();
  both.logs.push_back(next());
  both.closed = {closing()};
  Evidence evidence = successor().evidence();
  evidence.trust = both;
  expect(check(evidence), Verdict::genuine_and_valid, std::nullopt);
}

}  // namespace
}  // namespace refledger::verify
