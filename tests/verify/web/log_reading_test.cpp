// The log as programs read it: proofs by reference and by entry, consistency, caching; and the
// whole of it, over HTTP, with another project's library (tests/tlog).
#include <gtest/gtest.h>

#include "asking.h"
#include "ledger/format/witness_request.h"
#include "ledger/keys/note.h"
#include "ledger/log/cosigned.h"
#include "support/command.h"
#include "support/serving.h"
#include "verify/check/consistency.h"
#include "verify/check/inclusion.h"

namespace refledger::web {
namespace {

constexpr std::uint64_t kSeconds = 1'793'606'400;  // the hand clock's 2026-11-02T08:00:00Z

void grow(const World& world, std::size_t entries, const std::string& what) {
  std::vector<std::string> made;
  for (std::size_t number = 0; number < entries; ++number) {
    const std::string name = what + std::to_string(number);
    made.push_back(
        format::sign_entry(format::Issued{{}, {}, sha256_as<ReferenceHash>(bytes_of(name))},
                           world.origin, *world.issuer_key));
  }
  const auto appended = world.log->append(made);
  ASSERT_TRUE(appended.has_value()) << appended.error().detail;
}

// With a witness's cosignature, stored as the desk does.
std::string cosign(const World& world, std::uint64_t time) {
  test::FixedRandom random(77);
  const auto witness = sign::Ed25519Key::generate(random);
  const std::string note = world.log->view()->signed_checkpoint();
  const auto line = keys::cosign(format::parse_note(note)->text, "w.example", time, *witness);
  const std::string cosigned = note + format::format_note_signature(line);
  EXPECT_TRUE(log::put_cosigned(*world.ledger, cosigned).has_value());
  return cosigned;
}

void expect_proves(const std::string& receipt_text, const std::string& jws) {
  const Result<format::Receipt> receipt = format::parse_receipt(receipt_text);
  ASSERT_TRUE(receipt.has_value()) << receipt_text;
  const auto note = format::parse_note(receipt->checkpoint);
  const auto checkpoint = format::parse_checkpoint(note->text);
  EXPECT_TRUE(verify::is_included(hash_leaf(bytes_of(jws)), receipt->index, checkpoint->size,
                                  receipt->path, checkpoint->root));
}

TEST(LogReading, ServesTheProofOfAnEntryByReferenceAndByItsHash) {
  const World world;
  const Json told = ask_json(world, path_of(world.withdrawn));
  for (const auto& [part, entry] : {std::pair<std::string, std::string>{"/receipt", told["entry"]},
                                    {"/withdrawal", told["withdrawn"]["entry"]}}) {
    const http::Response by_reference = ask(world, path_of(world.withdrawn) + part);
    EXPECT_EQ(by_reference.status(), 200u);
    EXPECT_EQ(header(by_reference, "Cache-Control"), "no-store");
    expect_proves(by_reference.body(), entry);
    const std::string leaf = to_hex(hash_leaf(bytes_of(entry)).view());
    const http::Response by_hash = ask(world, "/log/proof/" + leaf);
    EXPECT_EQ(by_hash.body(), by_reference.body());
    EXPECT_EQ(header(by_hash, "Cache-Control"), "public, max-age=2");
    EXPECT_EQ(header(by_hash, "Access-Control-Allow-Origin"), "*");
  }
  EXPECT_EQ(ask(world, path_of(world.valid) + "/withdrawal").status(), 404u);
  EXPECT_EQ(ask(world, "/v/" + std::string(kUnknownId) + "/receipt").status(), 404u);
}

TEST(LogReading, AProofOfNothingIsNotFoundAndNotKept) {
  const World world;
  for (const std::string path :
       {"/log/proof/", "/log/proof/00", "/log/proof/x", "/log/consistency/", "/log/consistency/0",
        "/log/consistency/6", "/log/consistency/01", "/log/consistency/-1",
        "/log/consistency/99999999999999999999", "/log/tile/0/000.p/6", "/log/tile/0/001",
        "/log/tile/entries/000.p/0"}) {
    const http::Response response = ask(world, path);
    EXPECT_EQ(response.status(), 404u) << path;
    EXPECT_EQ(header(response, "Cache-Control"), "no-store") << path;
  }
  EXPECT_EQ(ask(world, "/log/proof/" + std::string(64, '0')).status(), 404u);
}

TEST(LogReading, ServesConsistencyFromEverySizeInTheFormThatAWitnessTakes) {
  const World world;
  const log::View view = *world.log->view();
  for (std::uint64_t from = 1; from <= view.checkpoint().size.leaves; ++from) {
    const http::Response response = ask(world, "/log/consistency/" + std::to_string(from));
    ASSERT_EQ(response.status(), 200u);
    const auto request = format::parse_witness_request(response.body());
    ASSERT_TRUE(request.has_value());
    EXPECT_EQ(request->old.leaves, from);
    EXPECT_EQ(request->checkpoint, view.signed_checkpoint());
    EXPECT_TRUE(verify::is_consistent({from}, *view.root({from}), view.checkpoint().size,
                                      view.checkpoint().root, request->proof));
  }
}

TEST(LogReading, ACosignedCheckpointIsServedUntilItsWitnessesHaveBeenSilentForAMinute) {
  World world;
  const std::string cosigned = cosign(world, kSeconds);
  EXPECT_EQ(ask(world, "/log/checkpoint").body(), cosigned) << "of the same size: always";
  grow(world, 1, "newer");
  EXPECT_EQ(ask(world, "/log/checkpoint").body(), cosigned);
  world.clock.advance(std::chrono::seconds(61));
  EXPECT_EQ(ask(world, "/log/checkpoint").body(), world.log->view()->signed_checkpoint());
}

TEST(LogReading, AReferenceIsProvenUnderTheCosignedCheckpointUnlessThatShowsLess) {
  World world;
  const std::string cosigned = cosign(world, kSeconds);
  grow(world, 1, "newer");
  const auto checkpoint_of = [&](const test::Holding& holding) {
    const Json told = ask_json(world, path_of(holding));
    return format::parse_receipt(told["receipt"].get<std::string>())->checkpoint;
  };
  EXPECT_EQ(checkpoint_of(world.valid), cosigned);
  world.withdraw(world.valid);
  EXPECT_EQ(checkpoint_of(world.valid), world.log->view()->signed_checkpoint())
      << "the withdrawal is not in the cosigned one yet";
  EXPECT_EQ(checkpoint_of(world.withdrawn), cosigned);
  const test::Holding later = world.issue(99);
  EXPECT_EQ(checkpoint_of(later), world.log->view()->signed_checkpoint());
}

// ---- read with golang.org/x/mod
// ------------------------------------------------------------------

#ifdef REFLEDGER_TLOG_READER
class OtherReader : public testing::Test {
 protected:
  OtherReader()
      : server_(test::serve(test::on_loopback(), [this](const http::Request& request) {
          http::Response response = world_.endpoint().answer(request);
          return spoil_ ? spoil_(request, response) : response;
        })) {}

  // The program's exit code: 0 where everything holds.
  int read(const std::string& more = "") const {
    const std::string command = std::string(REFLEDGER_TLOG_READER) +
                                " http://127.0.0.1:" + std::to_string(server_->port()) + "/log '" +
                                world_.vkey() + "' " + more;
    return test::run(command).status;
  }
  // Every answer whose path begins so has one bit of its body flipped.
  void flip(const std::string& path) {
    spoil_ = [path](const http::Request& request, const http::Response& right) {
      if (!request.path.starts_with(path) || right.status() != 200) return right;
      std::string body = right.body();
      body[body.size() / 3] = static_cast<char>(body[body.size() / 3] ^ 1);
      return http::Response(200, "application/octet-stream", body);
    };
  }

  World world_;
  std::function<http::Response(const http::Request&, const http::Response&)> spoil_;
  std::unique_ptr<http::Server> server_;
};

TEST_F(OtherReader, VerifiesEverySmallLogAndOneOfSeveralTiles) {
  const std::string seen = (world_.folder.path() / "seen").string();
  EXPECT_EQ(read(seen), 0);
  for (int round = 0; round < 3; ++round) {
    grow(world_, 1, "small" + std::to_string(round));
    EXPECT_EQ(read(seen), 0);
  }
  grow(world_, 600, "more");
  EXPECT_EQ(read(seen), 0) << "and it continues what was seen before";
  cosign(world_, kSeconds);
  EXPECT_EQ(read(seen), 0) << "signatures of others do not disturb it";
}

TEST_F(OtherReader, RefusesWhateverIsAltered) {
  grow(world_, 300, "more");
  ASSERT_EQ(read(), 0);
  for (const char* path : {"/log/checkpoint", "/log/tile/0/", "/log/tile/1/", "/log/tile/entries/",
                           "/log/proof/", "/log/consistency/"}) {
    flip(path);
    EXPECT_NE(read(), 0) << path;
  }
  spoil_ = nullptr;
  EXPECT_EQ(read(), 0);
}

TEST_F(OtherReader, SeesALogThatShrank) {
  const std::string seen = (world_.folder.path() / "seen").string();
  const std::string old = world_.log->view()->signed_checkpoint();
  grow(world_, 5, "more");
  ASSERT_EQ(read(seen), 0);
  spoil_ = [old](const http::Request& request, const http::Response& right) {
    return request.path == "/log/checkpoint" ? http::Response(200, "text/plain", old) : right;
  };
  EXPECT_NE(read(seen), 0);
}
#endif

}  // namespace
}  // namespace refledger::web
