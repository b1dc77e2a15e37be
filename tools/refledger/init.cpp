#include "tools/refledger/init.h"

#include "ledger/core/encoding.h"
#include "ledger/core/file.h"
#include "ledger/core/jws.h"
#include "ledger/format/trust.h"
#include "ledger/sign/secret_file.h"
#include "tools/refledger/closing.h"
#include "tools/refledger/paper_key.h"
#include "tools/refledger/witnessing.h"

namespace refledger::tools {
namespace {

using sign::Ed25519Key;
using sign::MasterKey;

constexpr std::size_t kMaxFile = 64 * 1024;

Result<MasterKey> master_key(const std::filesystem::path& file, const Home& home, Random& random) {
  if (!std::filesystem::exists(file)) {
    if (std::filesystem::exists(home.key("log"))) {
      return Error{Fault::not_found, file.string() +
                                         " is missing, and a new master key would not "
                                         "open what is sealed under the old one"};
    }
    if (Result<void> created = MasterKey::create(file, random); !created) return created.error();
  }
  return MasterKey::read(file);
}

Result<std::unique_ptr<Ed25519Key>> sealed_key(const Home& home, std::string_view name,
                                               const MasterKey& master, Random& random) {
  const std::string purpose = "key " + std::string(name);
  if (std::filesystem::exists(home.key(name))) {
    const Result<Bytes> sealed = read_file(home.key(name), kMaxFile);
    if (!sealed) return sealed.error();
    return Ed25519Key::open(*sealed, master, purpose);
  }
  std::unique_ptr<Ed25519Key> key = Ed25519Key::generate(random);
  if (Result<void> written = write_file(home.key(name), key->seal(master, purpose, random));
      !written) {
    return written.error();
  }
  return key;
}

// The recovery key exists on this machine only until its file has been printed and deleted.
Result<PublicKey> recovery_key(const std::filesystem::path& file, Random& random) {
  if (!std::filesystem::exists(file)) return make_paper_key(PaperKey::recovery, file, random);
  // An interrupted run left it.
  const Result<std::unique_ptr<Ed25519Key>> key = read_paper_key(file);
  if (!key) return key.error();
  return (*key)->public_key();
}

// A certificate of our own making, for trying the product.
Result<seal::DocumentKey> demonstration_key(const Settings& settings, const Home& home) {
  const Result<seal::DemonstrationCa> made =
      seal::make_demonstration_ca(settings.issuer.name, SystemClock().now());
  if (!made) return made.error();
  if (Result<void> written = write_file(home.document_root(), bytes_of(made->root_pem), 0644);
      !written) {
    return written.error();
  }
  return seal::DocumentKey::from_pem(made->key_pem, made->chain_pem);
}

Result<seal::DocumentKey> given_key(const InitOptions& options) {
  if (!options.document_p12.empty()) {
    const Result<sign::GuardedText> file = sign::read_secret(options.document_p12, kMaxFile);
    if (!file) return file.error();
    const Result<sign::GuardedText> passphrase = sign::read_passphrase(options.document_passphrase);
    if (!passphrase) return passphrase.error();
    return seal::DocumentKey::from_pkcs12(bytes_of(*file), *passphrase);
  }
  const Result<sign::GuardedText> key = sign::read_secret(options.document_key, kMaxFile);
  if (!key) return key.error();
  const Result<Bytes> chain = read_file(options.document_chain, kMaxFile);
  if (!chain) return chain.error();
  return seal::DocumentKey::from_pem(*key, text_of(*chain));
}

Result<void> document_key(const Settings& settings, const InitOptions& options, const Home& home,
                          const MasterKey& master, Random& random, InitReport& report) {
  if (settings.seal_key) {  // stays on its token; opened here so that a mistake shows now
    if (!options.document_key.empty() || !options.document_p12.empty()) {
      return Error{Fault::malformed, "seal.key names a key already"};
    }
    const Result<seal::DocumentKey> key = open_token_key(*settings.seal_key);
    if (!key) return key.error();
    return {};
  }
  if (std::filesystem::exists(home.key("document"))) return {};
  report.demonstration_certificate = options.document_key.empty() && options.document_p12.empty();
  const Result<seal::DocumentKey> key =
      report.demonstration_certificate ? demonstration_key(settings, home) : given_key(options);
  if (!key) return key.error();
  if (Result<void> written = write_file(home.document_chain(), bytes_of(key->chain().pem()), 0644);
      !written) {
    return written;
  }
  const sign::GuardedText pem = key->pem();
  return write_file(home.key("document"), master.seal(bytes_of(pem), "key document", random));
}

Result<void> enrol_issuer(const Settings& settings, const InitOptions& options, log::Log& log,
                          const Signer& issuer, const Signer& status, Random& random,
                          InitReport& report) {
  if (log.issuers().find(settings.issuer.iss) != nullptr) return {};
  const Result<PublicKey> recovery = recovery_key(options.recovery_file, random);
  if (!recovery) return recovery.error();
  report.recovery_written = true;

  format::KeyAdded first;
  first.iss = settings.issuer.iss;
  first.key = issuer.public_key();
  first.name = settings.issuer.name;
  first.recovery = *recovery;
  if (Result<void> sound = format::check_act(first, settings.origin()); !sound) {
    return Error{sound.error().fault, "issuer settings: " + sound.error().detail};
  }
  const std::string first_jws = format::sign_key_added(first, settings.origin(), issuer, issuer);

  format::KeyAdded second;
  second.iss = settings.issuer.iss;
  second.key = status.public_key();
  second.name = settings.issuer.name;
  second.prev = format::hash_entry(first_jws);
  second.recovery = *recovery;
  second.use = format::KeyUse::status;
  const std::string second_jws = format::sign_key_added(second, settings.origin(), status, issuer);

  const std::vector<std::string> entries{first_jws, second_jws};
  const Result<std::vector<LeafIndex>> appended = log.append(entries);
  if (!appended) return appended.error();
  return {};
}

format::NoteKey note_key(const std::string& name, const PublicKey& key) {
  return {name, format::kNoteEd25519, key};
}

// The logs that were closed, with the keys that they had.
Result<void> add_closed(const Settings& settings, const Home& home, const MasterKey& master,
                        format::Trust& trust) {
  const Result<std::vector<format::Closing>> closings = read_closings(home);
  if (!closings) return closings.error();
  for (const format::Closing& closing : *closings) {
    trust.closed.push_back({closing.last, closing.key_stolen, std::nullopt});
    Settings then = settings;
    for (then.log_epoch = 1; then.log_epoch < settings.log_epoch; ++then.log_epoch) {
      if (then.origin() != closing.last.origin) continue;
      const auto key = open_key(home, master, log_key_name(home, then.log_epoch));
      if (!key) return key.error();
      trust.logs.push_back(note_key(closing.last.origin, (*key)->public_key()));
    }
  }
  const Result<format::NoteKey> root = read_root_key(home);
  if (root) trust.roots.push_back(*root);
  return {};
}

Result<format::Trust> trust_of(const Settings& settings, const Home& home, const MasterKey& master,
                               const Signer& log_key, const Signer& issuer) {
  format::Trust trust;
  if (!settings.witness_policy.empty()) {
    Result<format::Trust> policy = read_policy(settings.witness_policy);
    if (!policy) return policy.error();
    trust = *std::move(policy);
    trust.logs.clear();
    trust.issuers.clear();
    trust.roots.clear();
    trust.closed.clear();
  }
  trust.logs.push_back(note_key(settings.origin(), log_key.public_key()));
  trust.issuers.push_back({settings.issuer.iss, thumbprint(issuer.public_key())});
  if (Result<void> added = add_closed(settings, home, master, trust); !added) return added.error();
  return trust;
}

Result<void> keep_mail_password(const Home& home, const MasterKey& master, Random& random,
                                const std::optional<std::string>& password) {
  Result<std::unique_ptr<store::Store>> store = store::open_rocksdb(home.vault(), vault::kSpaces);
  if (!store) return store.error();
  if (!password) return {};
  vault::Vault vault(**store, master, random);
  return store_mail_password(vault, *password);
}

}  // namespace

Result<void> check_issuer(const Settings& settings) {
  format::KeyAdded entry;
  entry.iss = settings.issuer.iss;
  entry.name = settings.issuer.name;
  const Result<void> sound = format::check_act(entry, settings.origin());
  if (sound) return {};
  const bool name = sound.error().detail.find("name") != std::string::npos;
  return Error{Fault::malformed, (name ? "issuer.name " : "issuer.iss ") +
                                     std::string("cannot be: ") + sound.error().detail};
}

Result<void> write_public_files(const Settings& settings) {
  const Home home(settings.data);
  const Result<MasterKey> master = MasterKey::read(settings.master_key_file);
  if (!master) return master.error();
  const auto log_key = open_key(home, *master, log_key_name(home, settings.log_epoch));
  if (!log_key) return log_key.error();
  const auto issuer = open_key(home, *master, "issuer");
  if (!issuer) return issuer.error();
  const Result<format::Trust> trust = trust_of(settings, home, *master, **log_key, **issuer);
  if (!trust) return trust.error();
  const std::string vkey =
      format::format_vkey(note_key(settings.origin(), (*log_key)->public_key())) + "\n";
  if (Result<void> written = write_file(home.log_vkey(), bytes_of(vkey), 0644); !written) {
    return written;
  }
  return write_file(home.trust(), bytes_of(format::format_trust(*trust)), 0644);
}

Result<InitReport> initialise(const Settings& settings, const InitOptions& options) {
  if (!settings.missing.empty()) {
    return Error{Fault::malformed, settings.missing.front() + " is missing"};
  }
  const Home home(settings.data);
  SystemRandom random;
  InitReport report;
  if (Result<void> made = make_private_folder(home.data / "keys"); !made) return made.error();
  if (Result<void> made = make_private_folder(home.data); !made) return made.error();

  Result<MasterKey> master = master_key(settings.master_key_file, home, random);
  if (!master) return master.error();
  Result<std::unique_ptr<Ed25519Key>> log_key =
      sealed_key(home, log_key_name(home, settings.log_epoch), *master, random);
  if (!log_key) return log_key.error();
  Result<std::unique_ptr<Ed25519Key>> issuer = sealed_key(home, "issuer", *master, random);
  if (!issuer) return issuer.error();
  Result<std::unique_ptr<Ed25519Key>> status = sealed_key(home, "status", *master, random);
  if (!status) return status.error();
  if (Result<void> made = document_key(settings, options, home, *master, random, report); !made) {
    return made.error();
  }
  if (Result<void> kept = keep_mail_password(home, *master, random, options.mail_password); !kept) {
    return kept.error();
  }

  Result<std::unique_ptr<store::Store>> records =
      store::open_rocksdb(home.records(), records::kSpaces);
  if (!records) return records.error();
  const Result<records::Records> shares = records::Records::open(**records, home.shares());
  if (!shares) return shares.error();

  Result<std::unique_ptr<store::Store>> ledger = log::open_store(home.ledger());
  if (!ledger) return ledger.error();
  if (Result<void> closed = complete_closing(home, **ledger); !closed) return closed.error();
  const auto anchor = log::FileAnchor::open(home.ledger_head(), machine_name());
  if (!anchor) return anchor.error();
  const SystemClock clock;
  Result<std::unique_ptr<log::Log>> log =
      log::Log::open(**ledger, settings.origin(), **log_key, **anchor, clock);
  if (!log) return log.error();
  if (Result<void> enrolled =
          enrol_issuer(settings, options, **log, **issuer, **status, random, report);
      !enrolled) {
    return enrolled.error();
  }
  if (Result<void> written = write_public_files(settings); !written) return written.error();
  return report;
}

}  // namespace refledger::tools
