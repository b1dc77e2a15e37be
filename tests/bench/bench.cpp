// How fast the parts of one reference's way are, each beside what limits it (docs/performance.md).
#include <benchmark/benchmark.h>

#include "bench/scene.h"
#include "ledger/keys/ed25519.h"

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

}  // namespace
}  // namespace refledger::bench

BENCHMARK_MAIN();
