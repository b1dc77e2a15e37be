// A desk that kills itself: a whole run over real stores, ended by SIGKILL after a given step.
//
//   crash_desk FOLDER run K      runs sync(); K > 0: SIGKILL after the K-th step.  0: to the end
//   crash_desk FOLDER MODE K     the same of what a person orders, as often as it is called:
//                                release (drafted, stopped, released), company-seal, qualified,
//                                by-hand (references that HR writes)
//   crash_desk FOLDER report     prints as JSON what the log and the vault hold
//
// Exit codes: 0 done, 1 something failed (on standard error).
#include <openssl/evp.h>
#include <openssl/pem.h>
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
#include "orders.h"

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
      : ledger(must(log::open_store(folder / "ledger"), "ledger")),
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

// What a conflict means here: a life before this one has done it.
void done_or_past(const Result<void>& result, const char* what) {
  if (!result && result.error().fault != Fault::conflict) must(result, what);
}

int release(const fs::path& folder, long kill_after) {
  Life life(folder);
  IssuerSettings issuer = example_issuer();
  issuer.automatic = {};
  issuer.automatic.set("CH", "", {ingest::AutomaticMode::draft, 30, {}, {}});
  Desk desk(issuer, life.parts(kill_after));
  must(desk.sync(), "sync");
  const std::string case_id = must(desk.cases(), "cases").at(0).case_id;
  done_or_past(desk.hold(case_id), "hold");
  done_or_past(desk.release(case_id), "release");
  const SyncReport report = must(desk.sync(), "sync");
  return report.problems.empty() ? 0 : 1;
}

Bytes signature_by(const fs::path& folder, const Sha256& digest) {
  const Bytes pem = must(read_file(folder / "document.key", 1 << 16), "key");
  BIO* in = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  EVP_PKEY* key = PEM_read_bio_PrivateKey(in, nullptr, nullptr, nullptr);
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(key, nullptr);
  Bytes der(128);
  std::size_t length = der.size();
  const bool made = EVP_PKEY_sign_init(context) == 1 &&
                    EVP_PKEY_sign(context, der.data(), &length, digest.data(), digest.size()) == 1;
  der.resize(made ? length : 0);
  EVP_PKEY_CTX_free(context);
  EVP_PKEY_free(key);
  BIO_free(in);
  return der;
}

int write(const fs::path& folder, letter::SigningMode mode, long kill_after) {
  Life life(folder);
  life.source.people.clear();
  Desk desk(example_issuer(), life.parts(kill_after));
  const bool elsewhere = mode == letter::SigningMode::qualified;
  const Bytes chain = must(read_file(folder / "document.pem", 1 << 16), "chain");
  const Json file = mode == letter::SigningMode::company_seal ? full_order() : order_to_sign();
  const Issued issued = must(
      desk.issue_order(file.dump(), mode, {elsewhere ? std::string(text_of(chain)) : ""}), "issue");
  if (issued.signature) {
    const Bytes signature = signature_by(folder, issued.signature->asked.digest);
    must(desk.assemble(issued.case_id, signature), "assemble");
  }
  if (issued.waiting == Waiting::signature_by_hand) {
    must(desk.register_signed(issued.case_id, "P. Muster"), "register");
  }
  const SyncReport report = must(desk.resume(), "resume");
  return report.problems.empty() ? 0 : 1;
}

Json documents_in(const log::Log& log) {
  Json documents = Json::array();
  const log::View view = must(log.view(), "view");
  for (std::uint64_t at = 0; at < view.checkpoint().size.leaves; ++at) {
    const auto entry = must(format::parse_entry(must(view.entry({at}), "entry")), "entry");
    const auto* act = std::get_if<format::Issued>(&entry.act);
    if (act != nullptr) documents.push_back(act->doc ? to_hex(act->doc->view()) : "by hand");
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
  if (argc == 4) {
    const long kill_after = std::strtol(argv[3], nullptr, 10);
    if (what == "run") return refledger::desk::run(argv[1], kill_after);
    if (what == "release") return refledger::desk::release(argv[1], kill_after);
    const auto mode = refledger::letter::parse_signing_mode(what);
    if (mode) return refledger::desk::write(argv[1], *mode, kill_after);
  }
  std::cerr << "usage: crash_desk FOLDER run|MODE K | report\n";
  return 1;
}
