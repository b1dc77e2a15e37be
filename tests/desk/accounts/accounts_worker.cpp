// accounts_worker FOLDER: replaces an account's credentials by numbered ones, in a real store, and
// says each number once it is told that they are stored.  It is killed while it does so.
#include <unistd.h>

#include "ledger/store/rocksdb_store.h"
#include "systems.h"

namespace refledger::accounts {
namespace {

void say(std::uint64_t number) {
  if (::write(1, &number, sizeof number) != ssize_t{sizeof number}) ::_exit(3);
}

int work(const char* folder) {
  const auto store = store::open_rocksdb(folder, vault::kSpaces);
  if (!store) return 2;
  const sign::MasterKey master = *sign::MasterKey::from_bytes(Bytes(32, 7));
  SystemRandom random;
  const test::HandClock clock;
  vault::Vault vault(**store, master, random);
  Accounts accounts(vault, made_up_kinds(), {&clock, [](std::chrono::milliseconds) {}, &random});
  System& system = systems()[kStaffUrl];
  for (std::uint64_t number = 1;; ++number) {
    system.good_secret = "secret-" + std::to_string(number);
    system.secrets_seen.clear();
    const Credentials fresh{"papi-client-7f3a", system.good_secret};
    const Result<Outcome> stored =
        number == 1 && !accounts.find("hr")
            ? accounts.add({"hr", "staff", {{}, {}, {}, fresh}, {}}, Care::tested)
            : accounts.change("hr", {{}, {}, {}, fresh}, Care::tested);
    if (!stored || !stored->stored) return 4;
    say(number);
  }
}

}  // namespace
}  // namespace refledger::accounts

int main(int count, char** arguments) {
  return count == 2 ? refledger::accounts::work(arguments[1]) : 2;
}
