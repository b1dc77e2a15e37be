// The desk on stores in memory, a scripted mail server and a clock turned by hand.
#pragma once

#include <memory>

#include "message_parts.h"
#include "render/seal/seal.h"
#include "support/letters.h"
#include "support/memory_anchor.h"
#include "support/memory_store.h"
#include "support/support.h"

namespace refledger::desk {

/// Answers as told, in turn, then always `sent`; remembers every message.
class ScriptedTransport : public delivery::Transport {
 public:
  struct Sent {
    std::string message;
    std::string to;
    std::string message_id;
  };
  std::vector<delivery::Outcome> answers;
  std::vector<Sent> sent;
  std::function<void()> on_send;

  delivery::Delivered send(ByteView message, const delivery::Address&, const delivery::Address& to,
                           std::string_view message_id) override {
    sent.push_back({std::string(text_of(message)), to.text(), std::string(message_id)});
    if (on_send) on_send();
    if (answers.empty()) return {delivery::Outcome::sent, ""};
    const delivery::Outcome next = answers.front();
    answers.erase(answers.begin());
    return {next, "as told"};
  }
};

/// What after_step throws where a test lets the process "die": the stores stay, all else is lost.
struct Killed {};

struct World {
  test::MemoryStore ledger{log::kSpaces};
  test::MemoryStore records_store{records::kSpaces};
  test::MemoryStore vault_store{vault::kSpaces};
  test::TemporaryFolder folder;
  sign::MasterKey master = *sign::MasterKey::from_bytes(Bytes(32, 9));
  std::unique_ptr<sign::Ed25519Key> log_key = key_of(1);
  std::unique_ptr<sign::Ed25519Key> issuer_key = key_of(2);
  std::unique_ptr<sign::Ed25519Key> status_key = key_of(3);
  test::HandClock clock;
  seal::DemonstrationCa ca = *seal::make_demonstration_ca("Muster Werke AG", clock.now());
  seal::DocumentKey document_key = *seal::DocumentKey::from_pem(ca.key_pem, ca.chain_pem);
  pdf::Fonts fonts = test::fonts();
  ScriptedSource source;
  ScriptedTransport transport;
  seal::Timestamper* timestamper = nullptr;
  std::vector<FurtherSource> further;
  seal::Lasting* lasting = nullptr;
  bool public_answers = true;
  int unanswered = 0;  ///< so many questions the public process leaves unanswered
  std::vector<std::string> steps;
  std::optional<std::size_t> die_after;  ///< this many steps
  IssuerSettings issuer = example_issuer();

  std::unique_ptr<test::FixedRandom> random;
  std::unique_ptr<vault::Vault> vault;
  std::unique_ptr<records::Records> records;
  std::string origin = kOrigin;  ///< the log's name
  test::MemoryAnchor anchor;
  std::unique_ptr<log::Log> log;
  std::unique_ptr<Desk> desk;

  World() { start(1); }

  /// As a new process: nothing is left but the stores.  Another seed draws other bytes, so anything
  /// drawn twice would show.
  void start(std::uint8_t seed) {
    desk.reset();
    anchor.reopen();
    for (test::MemoryStore* store : {&ledger, &records_store, &vault_store}) store->reopen();
    random = std::make_unique<test::FixedRandom>(seed);
    vault = std::make_unique<vault::Vault>(vault_store, master, *random);
    records = std::make_unique<records::Records>(
        *records::Records::open(records_store, folder.path() / "shares"));
    log::Settings quiet;  // each write is one that a test knows of
    quiet.index_in_background = false;
    log = std::move(*log::Log::open(ledger, origin, *log_key, anchor, clock, quiet));
    ASSERT_TRUE(enrol(*log, *issuer_key, *status_key));
    Parts parts{vault.get(),
                records.get(),
                log.get(),
                issuer_key.get(),
                status_key.get(),
                &document_key,
                &fonts,
                &source,
                &transport,
                random.get(),
                &clock,
                [this](const ReferenceId& id) { return unanswered-- <= 0 && answers(id); },
                [this](std::string_view step) { after(step); },
                timestamper,
                further,
                lasting};
    desk = std::make_unique<Desk>(issuer, std::move(parts));
  }

  bool answers(const ReferenceId& id) const {
    auto view = log->view();
    return public_answers && view && view->find(hash_reference(id)).has_value();
  }
  void after(std::string_view step) {
    steps.emplace_back(step);
    if (die_after && steps.size() == *die_after) throw Killed{};
  }

  SyncReport sync() {
    Result<SyncReport> report = desk->sync();
    EXPECT_TRUE(report.has_value()) << report.error().detail;
    if (!report) return {};
    EXPECT_EQ(report->problems, std::vector<std::string>());
    return *report;
  }
  CaseSummary only_case() const {
    auto cases = desk->cases();
    EXPECT_TRUE(cases.has_value());
    EXPECT_EQ(cases->size(), 1u);
    return cases->empty() ? CaseSummary{} : cases->front();
  }
  /// How many entries of the kind the log holds.
  template <class Act>
  std::size_t count() const {
    const log::View view = *log->view();
    std::size_t found = 0;
    for (std::uint64_t at = 0; at < view.checkpoint().size.leaves; ++at) {
      const format::Entry entry = *format::parse_entry(*view.entry({at}));
      found += std::holds_alternative<Act>(entry.act) ? 1 : 0;
    }
    return found;
  }
};

}  // namespace refledger::desk
