// A program that is killed while it replaces credentials leaves the old ones or the new, never
// none.
#include "desk/accounts/people.h"
#include "ledger/store/rocksdb_store.h"
#include "support/process.h"
#include "systems.h"

namespace refledger::accounts {
namespace {

class Nobody : public ingest::PeopleVisitor {
 public:
  void restart() override {}
  void person(ingest::Person&&) override {}
  void unusable(std::string) override {}
};

// The number of the credentials with which the account is read; nothing if it is not.
std::optional<std::uint64_t> number_in_use(const std::filesystem::path& folder) {
  const auto store = store::open_rocksdb(folder, vault::kSpaces);
  if (!store) return std::nullopt;
  const sign::MasterKey master = *sign::MasterKey::from_bytes(Bytes(32, 7));
  test::FixedRandom random;
  const test::HandClock clock;
  vault::Vault vault(**store, master, random);
  Accounts accounts(vault, made_up_kinds(), {&clock, [](std::chrono::milliseconds) {}, &random});
  systems().clear();
  Nobody nobody;
  if (!people_of(accounts, "hr")->read_people({}, nobody)) return std::nullopt;
  return std::stoull(systems()[kStaffUrl].secrets_seen.back().substr(7));
}

TEST(CrashedAccounts, HaveTheOldCredentialsOrTheNew) {
  for (std::uint64_t killed_after : {1, 2, 3, 7, 20}) {
    const test::TemporaryFolder folder;
    std::uint64_t last = 0;
    {
      test::Process worker({ACCOUNTS_WORKER, folder.path().string()});
      ASSERT_TRUE(worker.hear(killed_after));
      worker.kill();
      last = killed_after;
      while (const auto heard = worker.hear()) last = *heard;
    }
    const std::optional<std::uint64_t> number = number_in_use(folder.path());
    ASSERT_TRUE(number) << "none at all after " << last;
    EXPECT_GE(*number, last);
    EXPECT_LE(*number, last + 1);
  }
}

}  // namespace
}  // namespace refledger::accounts
