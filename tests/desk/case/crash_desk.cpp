// A desk that kills itself: a whole run over real stores, ended by SIGKILL after a given step.
//
//   crash_desk FOLDER run K      runs sync(); K > 0: SIGKILL after the K-th step.  0: to the end
//   crash_desk FOLDER report     prints as JSON what the log and the vault hold
//
// Exit codes: 0 done, 1 something failed (on standard error).
#include <unistd.h>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "company.h"
#include "desk/case/archive.h"
#include "ledger/core/encoding.h"
#include "ledger/core/file.h"
#include "ledger/core/hash.h"
#include "ledger/format/link.h"
#include "ledger/store/rocksdb_store.h"

namespace refledger::desk {
namespace {

namespace fs = std::filesystem;

class FixedClock : public Clock {
 public:
  UtcMillis now() const override { return *parse_time("2026-11-02T08:00:00.000Z", "clock"); }
};

// Whatever fails here is the end of the program: it is the test that judges.
template <class T>
T must(Result<T> result, const char* what) {
  if (!result) {
    std::cerr << what << ": " << result.error().detail << "\n";
    std::exit(1);
  }
  return std::move(*result);
}
void must(const Result<void>& result, const char* what) {
  if (result) return;
  std::cerr << what << ": " << result.error().detail << "\n";
  std::exit(1);
}

// The document key is made once: the same certificate in both lives.
seal::DocumentKey document_key(const fs::path& folder, UtcMillis now) {
  const fs::path key_file = folder / "document.key";
  const fs::path chain_file = folder / "document.pem";
  if (!fs::exists(key_file)) {
    const auto ca = must(seal::make_demonstration_ca("Muster Werke AG", now), "ca");
    must(write_file(chain_file, bytes_of(ca.chain_pem)), "chain");
    must(write_file(key_file, bytes_of(ca.key_pem)), "key");
  }
  const Bytes key = must(read_file(key_file, 1 << 16), "key");
  const Bytes chain = must(read_file(chain_file, 1 << 16), "chain");
  return must(seal::DocumentKey::from_pem(text_of(key), text_of(chain)), "document key");
}

struct Life {
  explicit Life(const fs::path& folder)
      : ledger(must(store::open_rocksdb(folder / "ledger", log::kSpaces), "ledger")),
        records_store(must(store::open_rocksdb(folder / "records", records::kSpaces), "records")),
        vault_store(must(store::open_rocksdb(folder / "vault", vault::kSpaces), "vault")),
        vault(*vault_store, master, random),
        records(must(records::Records::open(*records_store, folder / "shares"), "shares")),
        anchor(must(log::FileAnchor::open(folder / "ledger.head", "this machine"), "anchor")),
        log(must(log::Log::open(*ledger, kOrigin, *log_key, *anchor, clock), "log")),
        transport(must(delivery::make_maildir(folder / "mail"), "maildir")),
        key(document_key(folder, clock.now())) {
    must(enrol(*log, *issuer_key, *status_key), "keys");
    source.people = {leaver("7")};
  }

  Parts parts(long kill_after) {
    return {&vault,
            &records,
            log.get(),
            issuer_key.get(),
            status_key.get(),
            &key,
            &fonts,
            &source,
            transport.get(),
            &random,
            &clock,
            [this](const ReferenceId& id) {
              auto view = log->view();
              return view && view->find(hash_reference(id)).has_value();
            },
            [this, kill_after](std::string_view) {
              if (++steps == kill_after) ::kill(::getpid(), SIGKILL);
            }};
  }

  FixedClock clock;
  SystemRandom random;
  std::unique_ptr<sign::Ed25519Key> log_key = key_of(1);
  std::unique_ptr<sign::Ed25519Key> issuer_key = key_of(2);
  std::unique_ptr<sign::Ed25519Key> status_key = key_of(3);
  sign::MasterKey master = must(sign::MasterKey::from_bytes(Bytes(32, 9)), "master");
  std::unique_ptr<store::Store> ledger;
  std::unique_ptr<store::Store> records_store;
  std::unique_ptr<store::Store> vault_store;
  vault::Vault vault;
  records::Records records;
  std::unique_ptr<log::FileAnchor> anchor;
  std::unique_ptr<log::Log> log;
  std::unique_ptr<delivery::Transport> transport;
  seal::DocumentKey key;
  pdf::Fonts fonts = *pdf::Fonts::load();
  ScriptedSource source;
  long steps = 0;
};

int run(const fs::path& folder, long kill_after) {
  Life life(folder);
  Desk desk(example_issuer(), life.parts(kill_after));
  const SyncReport report = must(desk.sync(), "sync");
  for (const std::string& problem : report.problems) std::cerr << problem << "\n";
  return report.problems.empty() ? 0 : 1;
}

Json documents_in(const log::Log& log) {
  Json documents = Json::array();
  const log::View view = must(log.view(), "view");
  for (std::uint64_t at = 0; at < view.checkpoint().size.leaves; ++at) {
    const auto entry = must(format::parse_entry(must(view.entry({at}), "entry")), "entry");
    const auto* act = std::get_if<format::Issued>(&entry.act);
    if (act != nullptr) documents.push_back(to_hex(act->doc->view()));
  }
  return documents;
}

int report(const fs::path& folder) {
  Life life(folder);
  Json told{{"documents", documents_in(*life.log)},
            {"size", must(life.log->view(), "view").checkpoint().size.leaves}};
  const Archive archive(life.vault);
  for (const Kept& kept : must(archive.load_all(kIss, "personio"), "cases")) {
    told["cases"].push_back({{"stage", name_of(kept.content.stage)},
                             {"destroyed", kept.content.destroyed},
                             {"message_id", kept.content.message_id}});
  }
  for (const char* kind : {"message", "document", "record", "proof", "status-index", "reference"}) {
    told["kept"][kind] = must(life.vault.list(kind), kind).size();
  }
  std::cout << told.dump() << "\n";
  return 0;
}

}  // namespace
}  // namespace refledger::desk

int main(int argc, char** argv) {
  const std::string what = argc > 2 ? argv[2] : "";
  if (argc == 3 && what == "report") return refledger::desk::report(argv[1]);
  if (argc == 4 && what == "run") {
    return refledger::desk::run(argv[1], std::strtol(argv[3], nullptr, 10));
  }
  std::cerr << "usage: crash_desk FOLDER run K | report\n";
  return 1;
}
