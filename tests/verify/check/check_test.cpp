// Every verdict, every layer that can fail, every remark.
#include "verify/check/check.h"

#include <algorithm>

#include "world.h"

namespace refledger::verify {
namespace {

bool has(const Report& report, Remark remark) {
  return std::find(report.remarks.begin(), report.remarks.end(), remark) != report.remarks.end();
}

void expect(const Report& report, Verdict verdict, std::optional<Layer> failed) {
  EXPECT_EQ(report.verdict, verdict) << report.reason;
  EXPECT_EQ(report.failed, failed) << report.reason;
  EXPECT_FALSE(report.reason.empty());
}

// ---- the worked example -------------------------------------------------------------------------

Evidence example_evidence() {
  Evidence evidence;
  evidence.credential = *credential::parse_sd_jwt(test::example("reference.sd-jwt"));
  evidence.proof = *format::parse_proof_file(test::example("example.refproof"));
  evidence.document = sha256_as<DocumentHash>(bytes_of(test::example("document.pdf.txt")));
  evidence.trust = *format::parse_trust(test::example("trust.txt"));
  evidence.now = *parse_time("2026-10-31T12:00:00.000Z", "now");
  return evidence;
}

TEST(Check, TheWorkedExampleIsGenuineAndValid) {
  const Report report = check(example_evidence());
  expect(report, Verdict::genuine_and_valid, std::nullopt);
  EXPECT_EQ(report.iss, kIss);
  EXPECT_EQ(report.issuer_name, "Muster AG");
  EXPECT_EQ(report.claims.at("given_name"), "Zoë");
  EXPECT_EQ(format_time(*report.status_as_of), "2026-10-31T00:00:00.000Z");
  EXPECT_EQ(report.remarks, std::vector<Remark>{Remark::no_independent_witness});
}

TEST(Check, TheWorkedExampleADayLaterCannotBeCheckedForWithdrawal) {
  Evidence evidence = example_evidence();
  evidence.now = *parse_time("2026-11-01T00:00:00.000Z", "now");
  const Report report = check(evidence);
  expect(report, Verdict::cannot_check_now, Layer::status);
  EXPECT_TRUE(has(report, Remark::withdrawal_last_checked));
  EXPECT_EQ(report.claims.at("given_name"), "Zoë");
  ASSERT_TRUE(report.status_as_of);
}

// No byte of the proof may change.  (Every third is tried here; the parsers' own tests try all.)
TEST(Check, NoChangedByteOfTheProofIsGenuine) {
  const Evidence good = example_evidence();
  const auto refuse_each = [&](auto part) {
    Evidence evidence = good;
    const std::string whole = part(*evidence.proof);
    for (std::size_t at = 0; at < whole.size(); at += 3) {
      part(*evidence.proof) = test::flipped(whole, at, 1);
      const Verdict verdict = check(evidence).verdict;
      ASSERT_NE(verdict, Verdict::genuine_and_valid) << at;
      ASSERT_NE(verdict, Verdict::genuine_no_longer_valid) << at;
    }
  };
  using File = format::ProofFile;
  refuse_each([](File& file) -> std::string& { return file.issued.entry; });
  refuse_each([](File& file) -> std::string& { return file.issued.receipt; });
  refuse_each([](File& file) -> std::string& { return file.keys[0].entry; });
  refuse_each([](File& file) -> std::string& { return file.keys[1].receipt; });
  refuse_each([](File& file) -> std::string& { return file.status; });
}

TEST(Check, NoChangedByteOfTheCredentialIsGenuine) {
  const Evidence good = example_evidence();
  Evidence evidence = good;
  for (std::size_t at = 0; at < good.credential->jwt.size(); at += 5) {
    evidence.credential->jwt = test::flipped(good.credential->jwt, at);
    const Report report = check(evidence);
    ASSERT_EQ(report.verdict, Verdict::not_this_document);
    ASSERT_EQ(report.failed, Layer::credential);
    ASSERT_TRUE(report.claims.empty());
  }
  evidence = good;
  for (std::size_t i = 0; i < good.credential->disclosures.size(); ++i) {
    evidence.credential->disclosures[i] = test::flipped(good.credential->disclosures[i], 9);
    expect(check(evidence), Verdict::not_this_document, Layer::disclosure);
    evidence.credential->disclosures[i] = good.credential->disclosures[i];
  }
}

// ---- what is in hand ----------------------------------------------------------------------------

TEST(Check, ADocumentWithItsCredentialIsGenuineAndValid) {
  const Report report = check(World().evidence());
  expect(report, Verdict::genuine_and_valid, std::nullopt);
  EXPECT_NE(report.reason.find("This file"), std::string::npos);
}

TEST(Check, ACredentialAloneIsToBeComparedWithThePaper) {
  Evidence evidence = World().evidence();
  evidence.document.reset();
  const Report report = check(evidence);
  expect(report, Verdict::genuine_and_valid, std::nullopt);
  EXPECT_NE(report.reason.find("Compare every line with the paper"), std::string::npos);
}

TEST(Check, AnotherFileIsNotThisDocument) {
  Evidence evidence = World().evidence();
  evidence.document->bytes[0] ^= 1;
  expect(check(evidence), Verdict::not_this_document, Layer::document);
  evidence.credential.reset();
  expect(check(evidence), Verdict::not_this_document, Layer::document);
}

TEST(Check, ANumberAloneSaysNothingAboutThePaper) {
  Evidence evidence = World().evidence();
  evidence.credential.reset();
  evidence.document.reset();
  const Report report = check(evidence);
  expect(report, Verdict::cannot_check_now, std::nullopt);
  EXPECT_NE(report.reason.find("nothing about the paper"), std::string::npos);
  EXPECT_EQ(report.iss, kIss);
}

TEST(Check, ADocumentAloneIsGenuineButItsWithdrawalIsNotKnown) {
  Evidence evidence = World().evidence();
  evidence.credential.reset();
  expect(check(evidence), Verdict::cannot_check_now, Layer::status);
}

TEST(Check, NoFileCanBeComparedWithWhatWasSignedByHand) {
  World world;
  world.leaves.resize(2);
  world.issue(*world.issuer, false);
  Evidence evidence = world.evidence();
  expect(check(evidence), Verdict::cannot_check_now, Layer::document);
  evidence.document.reset();
  const Report report = check(evidence);
  expect(report, Verdict::genuine_and_valid, std::nullopt);
  EXPECT_NE(report.reason.find("Compare every line with the paper"), std::string::npos);
}

TEST(Check, ACredentialOfAnotherReferenceIsRefused) {
  World world;
  Evidence evidence = world.evidence();
  world.make_credential(*world.other);
  evidence.credential = world.credential;
  expect(check(evidence), Verdict::not_this_document, Layer::credential);
}

TEST(Check, TheCredentialIsSignedByTheKeyOfItsEntry) {
  World world;
  world.leaves.resize(2);
  world.make_credential(*world.other);  // the entry vouches for it, but the signer is another
  world.issue(*world.issuer, true);
  expect(check(world.evidence()), Verdict::not_this_document, Layer::credential);
}

TEST(Check, AnEntryOfAnotherNumberIsNotThisReference) {
  Evidence evidence = World().evidence();
  evidence.proof->id.bytes[0] ^= 1;
  expect(check(evidence), Verdict::not_this_document, Layer::entry);
}

// ---- the ledger's evidence ----------------------------------------------------------------------

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

// ---- keys ---------------------------------------------------------------------------------------

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

// ---- withdrawal and status ----------------------------------------------------------------------

TEST(Check, AWithdrawnReferenceIsNoLongerValid) {
  World world;
  const std::size_t at = world.withdraw(*world.issuer);
  Evidence evidence = world.evidence();
  evidence.withdrawal = world.logged(at);
  expect(check(evidence), Verdict::genuine_no_longer_valid, std::nullopt);
  evidence.document.reset();
  expect(check(evidence), Verdict::genuine_no_longer_valid, std::nullopt);
  evidence.credential.reset();
  const Report report = check(evidence);
  expect(report, Verdict::cannot_check_now, std::nullopt);
  EXPECT_NE(report.reason.find("withdrawn"), std::string::npos);
}

TEST(Check, SourcesThatDisagreeAboutAWithdrawalAreNamedAndWithdrawnWins) {
  World world;
  const std::size_t at = world.withdraw(*world.issuer);
  Evidence evidence = world.evidence();
  evidence.withdrawal = world.logged(at);
  const auto disagree = [&](const credential::StatusList& list) {
    evidence.proof->status = credential::make_status_token(list, *world.status);
    const Report report = check(evidence);
    expect(report, Verdict::genuine_no_longer_valid, std::nullopt);
    return has(report, Remark::sources_disagree);
  };
  credential::StatusList list = world.status_list();
  EXPECT_TRUE(disagree(list));  // the token covers the withdrawal and does not list it
  list.withdrawn = {world.index.idx};
  EXPECT_FALSE(disagree(list));
  evidence.server_says_withdrawn = true;
  EXPECT_FALSE(disagree(list));
  evidence.server_says_withdrawn = false;
  EXPECT_TRUE(disagree(list));
  evidence.server_says_withdrawn.reset();
  const Leaves whole = world.leaves;
  world.leaves.resize(at);
  const credential::StatusList before = world.status_list();
  EXPECT_FALSE(disagree(before));  // true when it was signed
  world.leaves = whole;
  evidence.proof->status = credential::make_status_token(world.status_list(), *world.other);
  EXPECT_FALSE(has(check(evidence), Remark::sources_disagree));  // nobody's token
}

TEST(Check, AServerThatDeniesWhatTheListSaysIsNamed) {
  const World world;
  credential::StatusList list = world.status_list();
  list.withdrawn = {world.index.idx};
  Evidence evidence = world.evidence();
  evidence.proof->status = credential::make_status_token(list, *world.status);
  EXPECT_FALSE(has(check(evidence), Remark::sources_disagree));
  evidence.server_says_withdrawn = false;
  const Report report = check(evidence);
  expect(report, Verdict::genuine_no_longer_valid, std::nullopt);
  EXPECT_TRUE(has(report, Remark::sources_disagree));
}

TEST(Check, AWithdrawalThatIsToldWithoutProofIsNeitherHeededNorIgnored) {
  Evidence evidence = World().evidence();
  evidence.server_says_withdrawn = true;
  expect(check(evidence), Verdict::cannot_check_now, Layer::status);
  evidence.server_says_withdrawn = false;
  expect(check(evidence), Verdict::genuine_and_valid, std::nullopt);
}

TEST(Check, AWithdrawalDoesNotMakeAnotherFileGenuine) {
  World world;
  const std::size_t at = world.withdraw(*world.issuer);
  Evidence evidence = world.evidence();
  evidence.withdrawal = world.logged(at);
  evidence.document->bytes[0] ^= 1;
  expect(check(evidence), Verdict::not_this_document, Layer::document);
}

TEST(Check, AWithdrawalThatDoesNotHoldIsNeitherHeededNorIgnored) {
  World world;
  const std::size_t forged = world.withdraw(*world.other);
  const std::size_t by_status = world.withdraw(*world.status);
  world.leaves.push_back(
      format::sign_entry(format::Withdrawn{1, 0, ReferenceHash{}}, kOrigin, *world.issuer));
  const std::size_t of_another = world.leaves.size() - 1;
  Evidence evidence = world.evidence();
  for (const std::size_t at : {forged, by_status, of_another, world.issued_at}) {
    evidence.withdrawal = world.logged(at);
    expect(check(evidence), Verdict::cannot_check_now, Layer::status);
  }
  evidence.withdrawal = format::LoggedEntry{"x", "y"};
  expect(check(evidence), Verdict::cannot_check_now, Layer::status);
  const std::size_t good = world.withdraw(*world.issuer);
  evidence = world.evidence();
  evidence.withdrawal = format::LoggedEntry{world.leaves[good], world.logged(good - 1).receipt};
  expect(check(evidence), Verdict::cannot_check_now, Layer::status);
  evidence.withdrawal = world.logged(good);
  expect(check(evidence), Verdict::genuine_no_longer_valid, std::nullopt);
}

Report with_status(const World& world, const credential::StatusList& list, const Signer& signer) {
  Evidence evidence = world.evidence();
  evidence.proof->status = credential::make_status_token(list, signer);
  return check(evidence);
}

TEST(Check, TheStatusListAloneAlsoWithdrawsEvenWhenItIsOld) {
  const World world;
  credential::StatusList list = world.status_list();
  list.withdrawn = {world.index.idx};
  expect(with_status(world, list, *world.status), Verdict::genuine_no_longer_valid, std::nullopt);
  list.issued_at -= std::chrono::hours(1000);
  expect(with_status(world, list, *world.status), Verdict::genuine_no_longer_valid, std::nullopt);
  list = world.status_list();
  list.withdrawn = {world.index.idx - 1, world.index.idx + 1};
  expect(with_status(world, list, *world.status), Verdict::genuine_and_valid, std::nullopt);
}

TEST(Check, TheStatusTokenIsSignedByAStatusKeyOfTheIssuerOnly) {
  const World world;
  expect(with_status(world, world.status_list(), *world.status), Verdict::genuine_and_valid,
         std::nullopt);
  for (const Key* signer : {&world.issuer, &world.other, &world.recovery, &world.log}) {
    expect(with_status(world, world.status_list(), **signer), Verdict::cannot_check_now,
           Layer::status);
  }
  World retired;
  retired.retire(*retired.status, *retired.issuer, std::nullopt);
  expect(with_status(retired, retired.status_list(), *retired.status), Verdict::cannot_check_now,
         Layer::status);
}

TEST(Check, TheStatusTokenIsAboutThisListLogAndState) {
  const World world;
  const auto expect_refused = [&](auto change) {
    credential::StatusList list = world.status_list();
    change(list);
    expect(with_status(world, list, *world.status), Verdict::cannot_check_now, Layer::status);
  };
  using List = credential::StatusList;
  expect_refused([](List& list) { list.uri += "1"; });
  expect_refused([](List& list) { list.iss += "x"; });
  expect_refused([](List& list) { list.origin = "other.example/log"; });
  expect_refused([](List& list) { list.root = hash_empty(); });
  expect_refused([&](List& list) { list.size = {world.issued_at}; });
  expect_refused([](List& list) { list.issued_at += std::chrono::hours(2); });
  Evidence evidence = world.evidence();
  evidence.proof->status = "";
  expect(check(evidence), Verdict::cannot_check_now, Layer::status);
}

TEST(Check, AnIndexBeyondTheListIsRefused) {
  World world;
  world.leaves.resize(2);
  world.index.idx = credential::kStatusListLength;
  world.make_credential(*world.issuer);
  world.issue(*world.issuer, true);
  expect(check(world.evidence()), Verdict::cannot_check_now, Layer::status);
}

TEST(Check, AStatusCountsUntilItExpires) {
  const World world;
  credential::StatusList list = world.status_list();
  list.issued_at = world.now - list.lifetime + std::chrono::seconds(1);
  expect(with_status(world, list, *world.status), Verdict::genuine_and_valid, std::nullopt);
  list.issued_at = world.now - list.lifetime;
  const Report report = with_status(world, list, *world.status);
  expect(report, Verdict::cannot_check_now, Layer::status);
  EXPECT_TRUE(has(report, Remark::withdrawal_last_checked));
  EXPECT_EQ(report.status_as_of, list.issued_at);
}

// ---- witnesses ----------------------------------------------------------------------------------

std::uint64_t seconds(UtcMillis time) {
  return static_cast<std::uint64_t>(time.time_since_epoch().count() / 1000);
}

TEST(Check, AQuorumThatIsReachedMakesTheRemarkGo) {
  World world;
  world.cosigners = {{"w.example", seconds(world.now) - 60}};
  Evidence evidence = world.evidence();
  evidence.trust.quorum = "w";
  const Report report = check(evidence);
  expect(report, Verdict::genuine_and_valid, std::nullopt);
  EXPECT_TRUE(report.remarks.empty());
}

TEST(Check, AQuorumThatIsNotReachedIsClosed) {
  World world;
  Evidence evidence = world.evidence();
  for (const char* quorum : {"w", "nobody", ""}) {
    evidence.trust.quorum = quorum;
    expect(check(evidence), Verdict::cannot_check_now, Layer::checkpoint);
  }
  world.cosigners = {{"other.example", seconds(world.now)}};
  evidence = world.evidence();
  evidence.trust.quorum = "w";
  expect(check(evidence), Verdict::cannot_check_now, Layer::checkpoint);
  world.cosigners = {{"w.example", seconds(world.now) + 3600}};
  evidence = world.evidence();
  evidence.trust.quorum = "w";
  expect(check(evidence), Verdict::cannot_check_now, Layer::checkpoint);
}

TEST(Check, AQuorumOfYesterdayDoesNotSayValidToday) {
  World world;
  world.cosigners = {{"w.example", seconds(world.now) - 25 * 3600}};
  Evidence evidence = world.evidence();
  evidence.trust.quorum = "w";
  const Report report = check(evidence);
  expect(report, Verdict::cannot_check_now, Layer::status);
  EXPECT_TRUE(has(report, Remark::withdrawal_last_checked));
}

TEST(Check, TheFreshQuorumIsOverAStateAsLargeAsTheStatus) {
  World world;
  world.cosigners = {{"w.example", seconds(world.now)}};
  Evidence evidence = world.evidence();
  evidence.trust.quorum = "w";
  credential::StatusList list = world.status_list();
  list.size.leaves += 1;
  evidence.proof->status = credential::make_status_token(list, *world.status);
  expect(check(evidence), Verdict::cannot_check_now, Layer::status);
}

TEST(Check, GroupsOfWitnessesCountAsTheTrustFileSays) {
  World world;
  world.cosigners = {{"w.example", seconds(world.now)}};
  Evidence evidence = world.evidence();
  evidence.trust.witnesses["v"] = {"v.example", format::kNoteCosignature, key_of(7)->public_key()};
  evidence.trust.groups["any"] = {1, {"v", "w"}};
  evidence.trust.groups["all"] = {2, {"v", "w"}};
  evidence.trust.groups["over"] = {1, {"all", "any"}};
  evidence.trust.groups["none-needed"] = {0, {"v"}};
  evidence.trust.groups["loop"] = {1, {"loop"}};
  for (const auto& [quorum, reached] :
       std::vector<std::pair<std::string, bool>>{{"any", true},
                                                 {"all", false},
                                                 {"over", true},
                                                 {"none-needed", false},
                                                 {"loop", false}}) {
    evidence.trust.quorum = quorum;
    EXPECT_EQ(check(evidence).verdict == Verdict::genuine_and_valid, reached) << quorum;
  }
}

// ---- remarks and words --------------------------------------------------------------------------

TEST(Check, RemarksStandBesideAnyVerdict) {
  World world;
  Evidence evidence = world.evidence();
  EXPECT_TRUE(has(check(evidence), Remark::no_independent_witness));
  EXPECT_FALSE(has(check(evidence), Remark::issuer_not_confirmed));
  evidence.trust.issuers[0].kid = thumbprint(world.other->public_key());
  EXPECT_TRUE(has(check(evidence), Remark::issuer_not_confirmed));
  evidence.trust.issuers = {{"https://other.example", thumbprint(world.issuer->public_key())}};
  EXPECT_TRUE(has(check(evidence), Remark::issuer_not_confirmed));
  evidence.trust_from_the_same_server = true;
  evidence.document->bytes[0] ^= 1;
  const Report report = check(evidence);
  expect(report, Verdict::not_this_document, Layer::document);
  EXPECT_TRUE(has(report, Remark::trust_from_the_same_server));
  EXPECT_TRUE(has(report, Remark::issuer_not_confirmed));
}

TEST(Check, EveryVerdictHasItsWordsAndExitCode) {
  const std::vector<std::tuple<Verdict, std::string, int>> all{
      {Verdict::genuine_and_valid, "genuine and valid", 0},
      {Verdict::genuine_no_longer_valid, "genuine but no longer valid", 4},
      {Verdict::not_this_document, "not this document", 1},
      {Verdict::unknown, "unknown", 1},
      {Verdict::cannot_check_now, "cannot check now", 3}};
  for (const auto& [verdict, words, code] : all) {
    EXPECT_EQ(words_for(verdict), words);
    EXPECT_EQ(exit_code(verdict), code);
  }
  EXPECT_STREQ(name_of(Layer::disclosure), "disclosure");
  EXPECT_STREQ(words_for(Remark::issuer_not_confirmed), "issuer's identity not confirmed");
  EXPECT_STREQ(words_for(Remark::sources_disagree),
               "the sources disagree; in doubt the reference counts as withdrawn");
}

// A reason is shown and logged: it may name a layer, never a person.
TEST(Check, NoReasonHoldsWhatTheCredentialSays) {
  const World world;
  Evidence evidence = world.evidence();
  std::vector<Report> reports{check(evidence)};
  evidence.credential->disclosures.pop_back();
  reports.push_back(check(evidence));
  evidence.credential->jwt += "x";
  reports.push_back(check(evidence));
  for (const Report& report : reports) {
    for (const char* value : {"Zoë", "Leiterin", "Muster"}) {
      EXPECT_EQ(report.reason.find(value), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace refledger::verify
