// How fast the parts of one reference's way are, each beside what limits it (docs/performance.md).
#include <benchmark/benchmark.h>

#include "bench/scene.h"
#include "ledger/keys/ed25519.h"
#include "render/letter/letter.h"
#include "render/pdf/pdf.h"
#include "render/seal/seal.h"

namespace refledger::bench {
namespace {

void synced_file(benchmark::State& state) {
  SyncedFile file;
  for (auto _ : state) file.append();
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(synced_file)->UseRealTime();

void append(benchmark::State& state) {
  const auto batch = static_cast<std::size_t>(state.range(0));
  Ledger ledger;
  for (auto _ : state) {
    state.PauseTiming();
    const std::vector<std::string> entries = ledger.entries(batch);
    state.ResumeTiming();
    need(ledger.log().append(entries));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(append)->Arg(1)->Arg(64)->Arg(1000)->UseRealTime();

void receipt(benchmark::State& state) {
  Ledger ledger;
  need(ledger.log().append(ledger.entries(1000)));
  const log::View view = need(ledger.log().view());
  std::uint64_t at = 0;
  for (auto _ : state) benchmark::DoNotOptimize(need(view.receipt({at++ % 1000})));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(receipt);

void ed25519_verify(benchmark::State& state) {
  test::FixedRandom random;
  const auto key = sign::Ed25519Key::generate(random);
  const std::string message(300, 'x');
  const Signature signature = key->sign(bytes_of(message));
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        keys::signature_holds(key->public_key(), bytes_of(message), signature));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(ed25519_verify);

pdf::Document document() {
  letter::Facts facts;
  facts.given_name = "Jana";
  facts.family_name = "Muster";
  facts.employer = "Muster AG";
  facts.employer_place = "Zürich";
  facts.position = "Buchhalterin";
  facts.employed_from = need(parse_date("2019-03-01", "date"));
  facts.employed_to = need(parse_date("2026-09-30", "date"));
  facts.governing_law = "CH";
  facts.language = "de";
  facts.document_date = facts.employed_to;
  facts.signatory = "Personalabteilung";
  pdf::Document made;
  made.letter = need(letter::confirmation_of_employment(facts));
  made.letterhead.name = "Muster AG";
  made.qr = pdf::QrBlock{};
  made.qr->qr_text =
      "HTTPS://REFS.EXAMPLE.COM/V/0123456789ABCDEFGHJKMNPQR0#0123456789ABCDEFGHJKMNPQR0";
  made.qr->address = "refs.example.com";
  made.qr->typed_id = made.qr->typed_secret = "0123 4567 89AB CDEF GHJK MNPQ R00";
  made.attachment = {"reference.sd-jwt", "application/dc+sd-jwt", "claims", std::string(2000, 'a')};
  made.document_date = facts.document_date;
  return made;
}

void render_and_seal(benchmark::State& state) {
  const pdf::Document page = document();
  const pdf::Fonts fonts = need(pdf::Fonts::load());
  const seal::DemonstrationCa ca =
      need(seal::make_demonstration_ca("Muster AG", test::HandClock().now()));
  const seal::DocumentKey key = need(seal::DocumentKey::from_pem(ca.key_pem, ca.chain_pem));
  for (auto _ : state) {
    pdf::Prepared prepared = need(pdf::render(page, fonts));
    benchmark::DoNotOptimize(need(seal::sign_pdf(std::move(prepared.file), prepared.contents_begin,
                                                 prepared.contents_end, key)));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(render_and_seal);

}  // namespace
}  // namespace refledger::bench

BENCHMARK_MAIN();
