// A witness cosigns what continues and nothing else, remembers across restarts, and stops rather
// than forget.
#include "verify/witness/witness.h"

#include "ledger/core/file.h"
#include "ledger/keys/note.h"
#include "world.h"

namespace refledger::witness {
namespace {

class WitnessTest : public testing::Test {
 protected:
  WitnessTest() { log_.grow(40); }

  Result<std::unique_ptr<Witness>> try_open() {
    return Witness::open(folder_.path() / "witness", {log_.verifier_key()},
                         {"witness.example", key_.get()}, clock_);
  }
  void open() {
    witness_.reset();
    auto opened = try_open();
    ASSERT_TRUE(opened.has_value()) << opened.error().detail;
    witness_ = *std::move(opened);
  }
  Answer ask(const std::string& request) { return witness_->add_checkpoint(request); }
  unsigned status(const std::string& request) { return ask(request).status; }
  std::filesystem::path state_file() const {
    return folder_.path() / "witness" / to_hex(sha256(bytes_of(test::kOrigin)));
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<sign::Ed25519Key> key_ = test::key_of(70);
  test::HandClock clock_;
  WatchedLog log_;
  std::unique_ptr<Witness> witness_;
};

TEST_F(WitnessTest, CosignsWhatContinuesAndTheSignatureHolds) {
  open();
  for (const auto& [from, to] :
       {std::pair<std::size_t, std::size_t>{0, 0}, {0, 7}, {7, 7}, {7, 8}, {8, 40}}) {
    const Answer answer = ask(log_.request(from, to));
    ASSERT_EQ(answer.status, 200u) << from << " " << to << answer.body;
    const auto note = format::parse_note(log_.checkpoint(to) + answer.body);
    ASSERT_TRUE(note.has_value());
    const keys::Cosignature found = keys::check_cosignature(*note, witness_->verifier_key());
    EXPECT_EQ(found.trust, keys::NoteTrust::signed_by_key);
    EXPECT_EQ(found.time,
              static_cast<std::uint64_t>(clock_.now().time_since_epoch().count() / 1000));
  }
}

TEST_F(WitnessTest, AnswersWithTheStatusOfTheSpecification) {
  open();
  ASSERT_EQ(status(log_.request(0, 7)), 200u);
  EXPECT_EQ(status("nonsense"), 400u);
  EXPECT_EQ(status("old 8\n\n" + log_.checkpoint(7)), 400u);
  EXPECT_EQ(status(format::format_witness_request({{7}, {}, log_.checkpoint(8) + "x"})), 400u);

  WatchedLog stranger("stranger.example/log");
  stranger.grow(9);
  EXPECT_EQ(status(stranger.request(0, 9)), 404u);

  WatchedLog impostor(test::kOrigin, 98);
  impostor.grow(9);
  EXPECT_EQ(status(impostor.request(7, 9)), 403u);
  std::string spoilt = log_.request(7, 8);
  spoilt[spoilt.size() - 10] = spoilt[spoilt.size() - 10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(status(spoilt), 403u);

  for (const std::size_t from : {0, 3, 6}) {
    const Answer answer = ask(log_.request(from, 8));
    EXPECT_EQ(answer.status, 409u);
    EXPECT_EQ(answer.media_type, "text/x.tlog.size");
    EXPECT_EQ(answer.body, "7\n");
  }
}

TEST_F(WitnessTest, NeverCosignsAnotherHistory) {
  open();
  ASSERT_EQ(status(log_.request(0, 7)), 200u);
  WatchedLog forked;
  forked.grow(7, "other");
  forked.grow(20);
  EXPECT_EQ(status(forked.request(7, 7)), 422u) << "the same size, another root";
  EXPECT_EQ(status(forked.request(7, 20)), 422u);
  // The true log's proof under the fork's checkpoint, and proofs that are too long or cut.
  format::WitnessRequest request{{7}, log_.proof(7, 20), forked.checkpoint(20)};
  EXPECT_EQ(status(format::format_witness_request(request)), 422u);
  request.checkpoint = log_.checkpoint(20);
  request.proof.push_back(log_.root(3));
  EXPECT_EQ(status(format::format_witness_request(request)), 422u);
  request.proof.pop_back();
  request.proof.pop_back();
  EXPECT_EQ(status(format::format_witness_request(request)), 422u);
  // What it has cosigned it never un-cosigns: an older state is a conflict.
  EXPECT_EQ(status(log_.request(3, 5)), 409u);
  EXPECT_EQ(status("old 7\n\n" + log_.checkpoint(5)), 400u);
  EXPECT_EQ(status(log_.request(7, 20)), 200u);
}

TEST_F(WitnessTest, TakesNoProofForTheFirstCheckpointAndNoRootForAnEmptyLog) {
  open();
  format::WitnessRequest request{{0}, {log_.root(3)}, log_.checkpoint(7)};
  EXPECT_EQ(status(format::format_witness_request(request)), 422u);
  request = {{0}, {}, format::sign_checkpoint({test::kOrigin, {0}, log_.root(3)}, log_.key())};
  EXPECT_EQ(status(format::format_witness_request(request)), 422u);
}

TEST_F(WitnessTest, RemembersAcrossARestart) {
  open();
  ASSERT_EQ(status(log_.request(0, 7)), 200u);
  open();
  EXPECT_EQ(ask(log_.request(0, 8)).body, "7\n");
  EXPECT_EQ(status(log_.request(7, 8)), 200u);
  const std::string hashed = to_hex(sha256(bytes_of(test::kOrigin)));
  EXPECT_NE(witness_->checkpoint(hashed).body.find(test::kOrigin + "\n8\n"), std::string::npos);
  EXPECT_EQ(witness_->checkpoint("00").status, 404u);
}

TEST_F(WitnessTest, StopsWhenItCannotStoreAndSignsNothingMore) {
  open();
  std::filesystem::remove_all(folder_.path() / "witness");
  const Answer refused = ask(log_.request(0, 7));
  EXPECT_EQ(refused.status, 500u);
  EXPECT_EQ(refused.body.find("witness.example"), std::string::npos);
  std::filesystem::create_directory(folder_.path() / "witness");
  EXPECT_EQ(status(log_.request(0, 7)), 500u) << "whether it had signed is not known";
  EXPECT_TRUE(witness_->stopped());
  open();
  EXPECT_EQ(status(log_.request(0, 7)), 200u);
}

TEST_F(WitnessTest, RefusesAFolderInUseAndAStateThatIsDamaged) {
  open();
  ASSERT_EQ(status(log_.request(0, 7)), 200u);
  const auto second = try_open();
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().fault, Fault::conflict);
  witness_.reset();
  const std::string right(text_of(*read_file(state_file(), 1 << 16)));
  for (std::size_t at = 0; at < right.size(); at += 5) {
    ASSERT_TRUE(write_file(state_file(), bytes_of(test::flipped(right, at))).has_value());
    const auto opened = try_open();
    // A flip in the log's own signature changes nothing that this witness says.
    const bool in_log_signature = at > right.find("\n\n") && at < right.rfind("\u2014");
    EXPECT_TRUE(!opened.has_value() || in_log_signature) << at;
  }
}

TEST_F(WitnessTest, SignsNothingWhileItsClockIsBehindItsLastSignature) {
  open();
  ASSERT_EQ(status(log_.request(0, 7)), 200u);
  clock_.advance(-std::chrono::seconds(2));
  EXPECT_EQ(status(log_.request(7, 8)), 503u);
  clock_.advance(std::chrono::seconds(2));
  EXPECT_EQ(status(log_.request(7, 8)), 200u);
}

}  // namespace
}  // namespace refledger::witness
