// `refledger key rotate`, `retire` and `recovery`: key entries, appended while no desk is running.
#include <algorithm>
#include <array>
#include <iostream>

#include "ledger/core/encoding.h"
#include "ledger/core/file.h"
#include "ledger/core/jws.h"
#include "ledger/core/text.h"
#include "tools/refledger/commands/command.h"
#include "tools/refledger/commands/key_parts.h"
#include "tools/refledger/home.h"
#include "tools/refledger/paper_key.h"

namespace refledger::tools {
namespace {

using sign::Ed25519Key;

// What a change of keys works on: the open installation, and who signs the entry.
struct Bench {
  const Settings& settings;
  Home paths;
  std::unique_ptr<OpenHome> home;
  std::unique_ptr<Ed25519Key> recovery;  // nothing where the present key signs
  const Signer& signer() const {
    return recovery ? static_cast<const Signer&>(*recovery) : home->issuer_key();
  }
};

Result<Bench> open_bench(const Settings& settings, const Arguments& arguments) {
  Bench bench{settings, Home(settings.data), nullptr, nullptr};
  if (const std::string file = arguments.value("--recovery-file"); !file.empty()) {
    Result<std::unique_ptr<Ed25519Key>> recovery = read_paper_key(file);
    if (!recovery) return recovery.error();
    bench.recovery = *std::move(recovery);
  }
  Result<std::unique_ptr<OpenHome>> home = OpenHome::open(settings);
  if (!home && home.error().fault == Fault::conflict) {
    return Error{Fault::conflict, "stop the desk first: " + home.error().detail};
  }
  if (!home) return home.error();
  bench.home = *std::move(home);
  return bench;
}

Result<void> append(const Bench& bench, const std::string& jws) {
  const std::vector<std::string> one{jws};
  const auto appended = bench.home->log().append(one);
  if (!appended) return appended.error();
  return {};
}

// A credential is signed by the key that signs its entry, so no reference may be between the two.
Result<void> check_nothing_on_its_way(const Bench& bench) {
  const Result<std::vector<desk::CaseSummary>> cases = bench.home->desk().cases();
  if (!cases) return cases.error();
  const auto on_its_way = std::ranges::count_if(*cases, [](const desk::CaseSummary& each) {
    return each.stage >= desk::Stage::attested && each.stage < desk::Stage::logged;
  });
  if (on_its_way == 0) return {};
  return Error{Fault::refused, std::to_string(on_its_way) +
                                   " references are being issued: start the desk, let it finish "
                                   "them, and rotate then"};
}

// Kept before it is announced: a run that was interrupted goes on with the same key.
Result<std::unique_ptr<Ed25519Key>> next_key(const Bench& bench, const std::string& use) {
  const std::filesystem::path file = bench.paths.key(use + ".next");
  const std::string purpose = "key " + use;
  const Result<Bytes> kept = read_file(file, 4096);
  if (kept) return Ed25519Key::open(*kept, bench.home->master_key(), purpose);
  if (kept.error().fault != Fault::not_found) return kept.error();
  SystemRandom random;
  std::unique_ptr<Ed25519Key> key = Ed25519Key::generate(random);
  const Bytes sealed = key->seal(bench.home->master_key(), purpose, random);
  if (Result<void> written = write_file(file, sealed); !written) return written.error();
  return key;
}

Result<void> announce(const Bench& bench, const Ed25519Key& next, format::KeyUse use,
                      const std::optional<PublicKey>& new_recovery) {
  const keys::Issuers issuers = bench.home->log().issuers();
  const keys::IssuerKeys* const issuer = issuers.find(bench.settings.issuer.iss);
  if (issuer == nullptr) return Error{Fault::not_found, "the ledger knows no such issuer"};
  if (issuer->find(thumbprint(next.public_key()), use)) return {};
  format::KeyAdded act;
  act.iss = bench.settings.issuer.iss;
  act.key = next.public_key();
  act.name = bench.settings.issuer.name;
  act.prev = issuer->last();
  act.recovery = new_recovery;
  act.use = use;
  return append(bench, format::sign_key_added(act, bench.settings.origin(), next, bench.signer()));
}

Result<std::string> rotate(const Bench& bench, const Arguments& arguments) {
  const std::string use = arguments.value("--use", "issuer");
  const bool issues = use == "issuer";
  if (issues) {
    if (Result<void> idle = check_nothing_on_its_way(bench); !idle) return idle.error();
  }
  std::optional<PublicKey> new_recovery;
  if (const std::string text = arguments.value("--new-recovery"); !text.empty()) {
    const Result<PublicKey> key = from_base64url_as<PublicKey>(text, "--new-recovery");
    if (!key) return key.error();
    new_recovery = *key;
  }
  const Result<std::unique_ptr<Ed25519Key>> next = next_key(bench, use);
  if (!next) return next.error();
  const auto key_use = issues ? format::KeyUse::issuer : format::KeyUse::status;
  if (Result<void> told = announce(bench, **next, key_use, new_recovery); !told) {
    return told.error();
  }
  const Result<Bytes> sealed = read_file(bench.paths.key(use + ".next"), 4096);
  if (!sealed) return sealed.error();
  if (Result<void> taken = write_file(bench.paths.key(use), *sealed); !taken) return taken.error();
  std::error_code ignored;
  std::filesystem::remove(bench.paths.key(use + ".next"), ignored);
  return thumbprint((*next)->public_key());
}

Result<void> retire(const Bench& bench, const std::string& kid, const Arguments& arguments) {
  const keys::Issuers issuers = bench.home->log().issuers();
  const keys::IssuerKeys* const issuer = issuers.find(bench.settings.issuer.iss);
  if (issuer == nullptr) return Error{Fault::not_found, "the ledger knows no such issuer"};
  if (kid == thumbprint(bench.home->issuer_key().public_key())) {
    return Error{Fault::refused, "this key is in use: rotate first"};
  }
  format::KeyRetired act{std::nullopt, bench.settings.issuer.iss, kid, *issuer->last()};
  if (const std::string from = arguments.value("--bad-from"); !from.empty()) {
    const Result<std::uint64_t> index = from_decimal(from, "--bad-from");
    if (!index) return index.error();
    act.bad_from = *index;
  }
  if (Result<void> sound = format::check_act(act, bench.settings.origin()); !sound) return sound;
  return append(bench, format::sign_entry(act, bench.settings.origin(), bench.signer()));
}

bool confirmed() {
  std::cerr << "This cannot be undone. Retire the key? [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace

int key_rotate(const Arguments& arguments) {
  const std::string use = arguments.value("--use", "issuer");
  if (use != "issuer" && use != "status") {
    return wrong_use({Fault::malformed, "--use takes issuer or status"});
  }
  const Result<Settings> settings = settings_of(arguments);
  if (!settings) return failed(settings.error());
  const Result<Bench> bench = open_bench(*settings, arguments);
  if (!bench) return failed(bench.error());
  const Result<std::string> kid = rotate(*bench, arguments);
  if (!kid) return failed(kid.error());
  std::cout << *kid << " is the " << use << " key from now on. The one before stays current until "
            << "it is retired.\n";
  return 0;
}

int key_retire(const Arguments& arguments) {
  if (arguments.words.size() != 2) return wrong_use({Fault::malformed, "retire which key?"});
  const Result<Settings> settings = settings_of(arguments);
  if (!settings) return failed(settings.error());
  if (!arguments.has("--yes") && !confirmed()) {
    std::cerr << "Nothing was changed.\n";
    return kExitFailed;
  }
  const Result<Bench> bench = open_bench(*settings, arguments);
  if (!bench) return failed(bench.error());
  if (Result<void> done = retire(*bench, arguments.words[1], arguments); !done) {
    return failed(done.error());
  }
  std::cout << arguments.words[1] << " is retired.\n";
  return 0;
}

int key_recovery(const Arguments& arguments) {
  if (arguments.words.size() != 2 || arguments.words[1] != "create" ||
      arguments.value("--out").empty()) {
    return wrong_use({Fault::malformed, "key recovery create needs --out"});
  }
  SystemRandom random;
  const Result<PublicKey> made =
      make_paper_key(PaperKey::recovery, arguments.value("--out"), random);
  if (!made) return failed(made.error());
  std::cout << to_base64url(made->view()) << "\n";
  std::cerr << "Print " << arguments.value("--out")
            << ", keep the page away from the server, then delete the file.\n";
  return 0;
}

}  // namespace refledger::tools
