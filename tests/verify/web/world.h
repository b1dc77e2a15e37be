// A small ledger with everything the public endpoint can be asked about, made in a temporary folder
// with fixed keys: for the tests of the endpoint and for the fixtures of the page's tests.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ledger/credential/credential.h"
#include "ledger/credential/sealed_record.h"
#include "ledger/credential/status_list.h"
#include "ledger/format/entry.h"
#include "ledger/format/link.h"
#include "ledger/format/note.h"
#include "ledger/log/log.h"
#include "ledger/records/records.h"
#include "ledger/sign/ed25519_key.h"
#include "ledger/store/rocksdb_store.h"
#include "support/memory_anchor.h"
#include "support/support.h"
#include "verify/web/web.h"

namespace refledger::test {

inline credential::Claims example_claims() {
  return {{"birthdate", "1991-04-17"},
          {"document_date", "2026-10-31"},
          {"employed_from", "2019-03-01"},
          {"employed_to", "2026-10-31"},
          {"employer", "Bergbahn & S\u00f6hne AG"},
          {"family_name", "M\u00fcller-Na\u00efm"},
          {"given_name", "Zo\u00eb"},
          {"governing_law", "CH"},
          {"language", "de"},
          {"position", "Leiterin Fahrbetrieb"},
          {"reference_type", "confirmation"},
          {"signing_mode", "company-seal"},
          {"text",
           "Arbeitsbest\u00e4tigung\n\nFrau Zo\u00eb M\u00fcller-Na\u00efm war vom 1. M\u00e4rz "
           "2019 bis zum "
           "31. Oktober 2026 als Leiterin Fahrbetrieb in unserem Unternehmen "
           "besch\u00e4ftigt.\n\nDiese "
           "Best\u00e4tigung ersetzt das Arbeitszeugnis nicht."}};
}

/// One issued reference and all that its holder has.
struct Holding {
  ReferenceId id;
  LinkSecret secret;
  credential::Credential credential;
  std::string pdf;
  std::uint64_t index = 0;  ///< in the status list
};

class World {
 public:
  explicit World(const std::string& issuer_name = "Bergbahn & S\u00f6hne AG",
                 const std::string& url = "https://verify.example",
                 std::string_view time = "2026-11-02T08:00:00.000Z",
                 std::string issuer_url = "https://bergbahn.example")
      : public_url{url},
        origin{url.substr(url.find("//") + 2) + "/log"},
        clock{time},
        iss{std::move(issuer_url)} {
    log = *log::Log::open(*ledger, origin, *log_key, anchor, clock);
    add_keys(issuer_name);
    valid = issue(4711);
    withdrawn = issue(815);
    withdraw(withdrawn);
    put_status();
  }

  const web::PublicEndpoint& endpoint() const {
    if (!endpoint_) {
      const web::Settings settings{public_url, origin, vkey(), folder.path() / "shares"};
      endpoint_ = std::make_unique<web::PublicEndpoint>(settings, *ledger, *record_store, clock);
    }
    return *endpoint_;
  }

  std::string vkey() const {
    return format::format_vkey({origin, format::kNoteEd25519, log_key->public_key()});
  }

  Holding issue(std::uint64_t index) { return issue(index, example_claims(), true); }

  /// Signed on paper: its entry has no `doc`.
  Holding issue_by_hand(std::uint64_t index) {
    credential::Claims claims = example_claims();
    claims["signing_mode"] = "by-hand";
    return issue(index, claims, false);
  }

  Holding issue(std::uint64_t index, const credential::Claims& claims, bool as_file) {
    Holding made;
    made.id = random.draw<ReferenceId>();
    made.secret = random.draw<LinkSecret>();
    made.index = index;
    made.credential =
        *credential::make_credential(claims, iss, public_url + "/vct/employment-reference/1",
                                     {index, public_url + "/status/0"}, *issuer_key, random);
    made.pdf = make_pdf(made, public_url);
    const Share share = random.draw<Share>();
    const Bytes sealed =
        *credential::seal_record(made.credential, {made.id, made.secret, share}, random);
    EXPECT_TRUE(records->put(hash_reference(made.id), {sealed, share}));
    format::Issued act{credential::hash_credential(made.credential), {}, hash_reference(made.id)};
    if (as_file) act.doc = sha256_as<DocumentHash>(bytes_of(made.pdf));
    append(format::sign_entry(act, origin, *issuer_key));
    return made;
  }

  void withdraw(const Holding& holding) {
    append(format::sign_entry(format::Withdrawn{holding.index, 0, hash_reference(holding.id)},
                              origin, *issuer_key));
    indexes.insert(holding.index);
  }

  void put_status() { EXPECT_TRUE(log->put_status_token(0, status_token(indexes, 0))); }

  /// A list over all entries but the last `without`.
  std::string status_token(const std::set<std::uint64_t>& withdrawn_indexes,
                           std::uint64_t without) const {
    credential::StatusList list;
    const log::View view = *log->view();
    list.uri = public_url + "/status/0";
    list.iss = iss;
    list.origin = origin;
    list.size = {view.checkpoint().size.leaves - without};
    list.root = view.checkpoint().root;
    list.issued_at = std::chrono::floor<std::chrono::seconds>(clock.now());
    list.withdrawn = withdrawn_indexes;
    return credential::make_status_token(list, *status_key);
  }

  /// As little of a PDF as carries an attachment, unless a test wants more.
  std::function<std::string(const Holding&, const std::string& url)> make_pdf =
      [](const Holding& holding, const std::string&) {
        return pdf_with(credential::format_sd_jwt(holding.credential));
      };

  FixedRandom random{7};
  TemporaryFolder folder;
  std::string public_url;
  std::string origin;
  HandClock clock;
  std::string iss;
  std::unique_ptr<store::Store> ledger =
      *store::open_rocksdb(folder.path() / "ledger", log::kSpaces);
  std::unique_ptr<store::Store> record_store =
      *store::open_rocksdb(folder.path() / "records", records::kSpaces);
  std::unique_ptr<records::Records> records = std::make_unique<records::Records>(
      *records::Records::open(*record_store, folder.path() / "shares"));
  std::unique_ptr<sign::Ed25519Key> log_key = sign::Ed25519Key::generate(random);
  std::unique_ptr<sign::Ed25519Key> issuer_key = sign::Ed25519Key::generate(random);
  std::unique_ptr<sign::Ed25519Key> recovery_key = sign::Ed25519Key::generate(random);
  std::unique_ptr<sign::Ed25519Key> status_key = sign::Ed25519Key::generate(random);
  MemoryAnchor anchor;
  std::unique_ptr<log::Log> log;
  std::set<std::uint64_t> indexes;
  EntryHash last_key;  ///< of the issuer's last key entry
  Holding valid;
  Holding withdrawn;

 private:
  mutable std::unique_ptr<web::PublicEndpoint> endpoint_;

  void append(const std::string& jws) {
    const std::vector<std::string> one{jws};
    const auto appended = log->append(one);
    EXPECT_TRUE(appended) << appended.error().detail;
  }

  void add_keys(const std::string& issuer_name) {
    format::KeyAdded first;
    first.iss = iss;
    first.name = issuer_name;
    first.recovery = recovery_key->public_key();
    const std::string jws = format::sign_key_added(first, origin, *issuer_key, *issuer_key);
    append(jws);
    format::KeyAdded status;
    status.iss = iss;
    status.name = "status list";
    status.use = format::KeyUse::status;
    status.prev = format::hash_entry(jws);
    const std::string second = format::sign_key_added(status, origin, *status_key, *issuer_key);
    append(second);
    last_key = format::hash_entry(second);
  }

  static std::string pdf_with(const std::string& attachment) {
    return "%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile /Length " +
           std::to_string(attachment.size()) + " >>\nstream\n" + attachment +
           "\nendstream\nendobj\n2 0 obj\n(Zeugnis)\nendobj\n%%EOF\n";
  }
};

}  // namespace refledger::test
