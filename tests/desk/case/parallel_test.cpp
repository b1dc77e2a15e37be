// Two hundred at once, over real stores: one approval counts, one reference comes of it.
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>

#include "desk/case/drafting.h"
#include "ledger/core/hash.h"
#include "ledger/store/rocksdb_store.h"
#include "support/letters.h"
#include "support/memory_anchor.h"
#include "support/support.h"
#include "world.h"

namespace refledger::desk {
namespace {

constexpr int kMany = 200;
const Actor kWriter{"u-writer", "Writer", {Role::clerk}};

/// The desk of world.h on stores on disk, with a generator that many may ask at once.
struct OnDisk {
  test::TemporaryFolder folder;
  test::HandClock clock;
  SystemRandom random;
  std::unique_ptr<sign::Ed25519Key> log_key = key_of(1);
  std::unique_ptr<sign::Ed25519Key> issuer_key = key_of(2);
  std::unique_ptr<sign::Ed25519Key> status_key = key_of(3);
  sign::MasterKey master = *sign::MasterKey::from_bytes(Bytes(32, 9));
  std::unique_ptr<store::Store> ledger =
      *store::open_rocksdb(folder.path() / "ledger", log::kSpaces);
  std::unique_ptr<store::Store> records_store =
      *store::open_rocksdb(folder.path() / "records", records::kSpaces);
  std::unique_ptr<store::Store> vault_store =
      *store::open_rocksdb(folder.path() / "vault", vault::kSpaces);
  vault::Vault vault{*vault_store, master, random};
  records::Records records = *records::Records::open(*records_store, folder.path() / "shares");
  test::MemoryAnchor anchor;
  std::unique_ptr<log::Log> log = *log::Log::open(*ledger, kOrigin, *log_key, anchor, clock);
  seal::DemonstrationCa ca = *seal::make_demonstration_ca("Muster Werke AG", clock.now());
  seal::DocumentKey key = *seal::DocumentKey::from_pem(ca.key_pem, ca.chain_pem);
  pdf::Fonts fonts = test::fonts();
  ScriptedSource source;
  ScriptedTransport transport;
  std::unique_ptr<Desk> desk;

  OnDisk() {
    EXPECT_TRUE(enrol(*log, *issuer_key, *status_key));
    source.people = {leaver("7")};
    source.people[0].mapped["reference_wish"] = told<std::string>("full", "dynamic_4");
    IssuerSettings issuer = example_issuer();
    issuer.policy.four_eyes = {"*"};
    Parts parts{&vault,
                &records,
                log.get(),
                issuer_key.get(),
                status_key.get(),
                &key,
                &fonts,
                &source,
                &transport,
                &random,
                &clock,
                [this](const ReferenceId& id) {
                  auto view = log->view();
                  return view && view->find(hash_reference(id)).has_value();
                },
                [](std::string_view) {}};
    desk = std::make_unique<Desk>(std::move(issuer), std::move(parts));
  }
};

// `act` by so many at the same time, each with a number of its own.
template <class Act>
void at_once(Act act) {
  std::latch start(kMany);
  std::vector<std::thread> all;
  for (int n = 0; n < kMany; ++n) {
    all.emplace_back([&, n] {
      start.arrive_and_wait();
      act(n);
    });
  }
  for (std::thread& one : all) one.join();
}

TEST(Parallel, TwoHundredApprovalsAndIssuesGiveOneReference) {
  OnDisk world;
  ASSERT_TRUE(world.desk->sync().has_value());
  Drafting desk(*world.desk);
  const std::string case_id = (*desk.board(kWriter))[0].case_id;
  Fields fields{{"type", "full_final"},
                {"functions.1.tasks", "Fräsen"},
                {"overrides.seal.finding", "signing_mode_insufficient"},
                {"overrides.seal.reason", "Original folgt"}};
  for (const char* criterion : {"expertise", "quality", "quantity", "conduct_managers",
                                "conduct_colleagues", "conduct_clients"}) {
    fields["ratings." + std::string(criterion) + ".grade"] = "2";
  }
  ASSERT_TRUE(desk.save(case_id, 0, fields, kWriter).has_value());
  ASSERT_TRUE(desk.ask_approval(case_id, 1, kWriter).has_value());

  std::atomic<int> approved = 0;
  at_once([&](int n) {
    const Actor approver{"u-" + std::to_string(n), "Approver", {Role::approver}};
    if (desk.approve(case_id, 1, approver)) ++approved;
  });
  EXPECT_EQ(approved, 1);

  std::mutex alone;
  std::set<std::string> references;
  at_once([&](int) {
    Result<Issued> issued = desk.issue(case_id, 1, kWriter);
    const std::lock_guard<std::mutex> one(alone);
    ASSERT_TRUE(issued.has_value()) << issued.error().detail;
    references.insert(issued->reference_id);
  });
  EXPECT_EQ(references.size(), 1u);
  const log::View view = *world.log->view();
  std::size_t entries = 0;
  for (std::uint64_t at = 0; at < view.checkpoint().size.leaves; ++at) {
    const format::Entry entry = *format::parse_entry(*view.entry({at}));
    entries += std::holds_alternative<format::Issued>(entry.act) ? 1 : 0;
  }
  EXPECT_EQ(entries, 1u);
  ASSERT_TRUE(world.desk->resume().has_value());
  EXPECT_EQ(world.transport.sent.size(), 1u);
}

TEST(Parallel, TwoHundredSavesOnTheSameVersionLoseNoField) {
  OnDisk world;
  ASSERT_TRUE(world.desk->sync().has_value());
  Drafting desk(*world.desk);
  const std::string case_id = (*desk.board(kWriter))[0].case_id;
  at_once([&](int n) {
    const std::string field = "edited.s" + std::to_string(n);
    EXPECT_TRUE(desk.save(case_id, 0, {{field, std::to_string(n)}}, kWriter).has_value());
  });
  EXPECT_EQ(desk.dossier(case_id, kWriter)->sheet.texts().size(), 200u);
}

}  // namespace
}  // namespace refledger::desk
