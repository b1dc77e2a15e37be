// One measurement of the ledger at a time, each in a process of its own: tests/bench/ledger.py runs
// them in turns with their peers (docs/performance.md).
//
// Shape    ledger_bench WHAT FOLDER ARGUMENTS...; prints one line of JSON.
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <deque>
#include <iostream>
#include <random>
#include <thread>

#include "bench/scene.h"
#include "ledger/core/encoding.h"
#include "ledger/core/jws.h"
#include "ledger/keys/ed25519.h"

namespace refledger::bench {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

long peak_kib() {
  struct rusage usage {};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

void say(const std::string& numbers) {
  std::cout << "{" << numbers << ",\"peak_kib\":" << peak_kib() << "}\n";
}

std::string number(const char* name, double value) {
  return "\"" + std::string(name) + "\":" + std::to_string(value);
}

bool believe(const PublicKey&, ByteView, const Signature&) { return true; }

/// References signed by nobody, made quickly: for what is measured without the check.
class Unsigned {
 public:
  explicit Unsigned(const PublicKey& key, std::uint64_t seed) : draw_(seed) {
    head_ = to_base64url(bytes_of(R"({"alg":"EdDSA","kid":")" + thumbprint(key) +
                                  R"(","typ":"refledger-entry+jws"})")) +
            ".";
  }
  std::string next() {
    return head_ +
           to_base64url(bytes_of(R"({"act":"issued","cred":")" + hash() + R"(","doc":")" + hash() +
                                 R"(","log":"bench.example/log","ref":")" + hash() +
                                 R"(","v":1})")) +
           "." + to_base64url(bytes<64>());
  }

 private:
  template <std::size_t N>
  std::array<std::uint8_t, N> bytes() {
    std::array<std::uint8_t, N> drawn{};
    for (std::size_t at = 0; at < N; at += 8) {
      const std::uint64_t word = draw_();
      std::memcpy(&drawn[at], &word, 8);
    }
    return drawn;
  }
  std::string hash() { return to_base64url(bytes<32>()); }

  std::mt19937_64 draw_;
  std::string head_;
};

std::vector<std::string> entries_for(Ledger& ledger, std::size_t count, bool checked,
                                     std::uint64_t seed) {
  if (checked) return ledger.entries(count);
  Unsigned made(ledger.issuer(), seed);
  std::vector<std::string> entries;
  entries.reserve(count);
  for (std::size_t n = 0; n < count; ++n) entries.push_back(made.next());
  return entries;
}

log::Settings settings_for(bool checked) {
  log::Settings settings;
  if (!checked) settings.signature_holds = believe;
  return settings;
}

void fsync_loop(const std::filesystem::path& folder, std::size_t count) {
  SyncedFile file(folder);
  const auto start = Clock::now();
  for (std::size_t n = 0; n < count; ++n) file.append();
  say(number("rate", static_cast<double>(count) / since(start)));
}

void callers(const std::filesystem::path& folder, std::size_t how_many, std::size_t count,
             bool checked) {
  Ledger ledger(folder, settings_for(checked));
  const std::vector<std::string> entries = entries_for(ledger, count, checked, 1);
  std::atomic<std::size_t> next = 0;
  std::vector<std::vector<double>> waits(how_many);
  const auto start = Clock::now();
  {
    std::vector<std::jthread> threads;
    for (std::size_t caller = 0; caller < how_many; ++caller) {
      threads.emplace_back([&, caller] {
        for (std::size_t at = next++; at < count; at = next++) {
          const auto asked = Clock::now();
          need(ledger.log().append({&entries[at], 1}));
          waits[caller].push_back(since(asked));
        }
      });
    }
  }
  const double taken = since(start);
  std::vector<double> all;
  for (const auto& each : waits) all.insert(all.end(), each.begin(), each.end());
  std::ranges::sort(all);
  say(number("rate", static_cast<double>(count) / taken) + "," +
      number("p50_ms", 1e3 * all[all.size() / 2]) + "," +
      number("p99_ms", 1e3 * all[all.size() * 99 / 100]));
}

// From asking for one entry to holding the receipt that proves it, one after the other.
void receipts(const std::filesystem::path& folder, std::size_t count) {
  Ledger ledger(folder, settings_for(true));
  const std::vector<std::string> entries = ledger.entries(count);
  std::vector<double> waits;
  for (const std::string& entry : entries) {
    const auto asked = Clock::now();
    const LeafIndex at = need(ledger.log().append({&entry, 1})).front();
    const format::Receipt receipt = need(need(ledger.log().view()).receipt(at));
    if (receipt.index != at) std::abort();
    waits.push_back(since(asked));
  }
  double all = 0;
  for (const double wait : waits) all += wait;
  std::ranges::sort(waits);
  say(number("rate", static_cast<double>(count) / all) + "," +
      number("p50_ms", 1e3 * waits[waits.size() / 2]) + "," +
      number("p99_ms", 1e3 * waits[waits.size() * 99 / 100]));
}

void append_under_way(log::Log& log, std::size_t window, std::size_t count, const auto& entry) {
  std::deque<log::Log::Ticket> under_way;
  for (std::size_t n = 0; n < count; ++n) {
    const std::string jws = entry(n);
    if (under_way.size() == window) {
      need(under_way.front().wait());
      under_way.pop_front();
    }
    under_way.push_back(need(log.submit({&jws, 1})));
  }
  for (const log::Log::Ticket& ticket : under_way) need(ticket.wait());
}

void pipelined(const std::filesystem::path& folder, std::size_t window, std::size_t count,
               bool checked) {
  Ledger ledger(folder, settings_for(checked));
  const std::vector<std::string> entries = entries_for(ledger, count, checked, 1);
  const auto start = Clock::now();
  append_under_way(ledger.log(), window, count,
                   [&](std::size_t n) -> const std::string& { return entries[n]; });
  const double taken = since(start);
  need(ledger.log().build_indexes());
  say(number("rate", static_cast<double>(count) / taken) + "," +
      number("with_indexes", static_cast<double>(count) / since(start)));
}

void verify_limit(std::size_t threads, std::size_t count) {
  test::FixedRandom random;
  const auto key = sign::Ed25519Key::generate(random);
  const std::string message(440, 'x');
  const Signature signature = key->sign(bytes_of(message));
  const auto start = Clock::now();
  {
    std::vector<std::jthread> workers;
    for (std::size_t n = 0; n < threads; ++n) {
      workers.emplace_back([&] {
        for (std::size_t at = 0; at < count / threads; ++at) {
          if (!keys::signature_holds(key->public_key(), bytes_of(message), signature)) std::abort();
        }
      });
    }
  }
  say(number("rate", static_cast<double>(count) / since(start)));
}

std::uintmax_t bytes_in(const std::filesystem::path& folder) {
  std::uintmax_t bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() == ".sst") bytes += file.file_size();
  }
  return bytes;
}

void grow(const std::filesystem::path& folder, std::size_t count) {
  const auto start = Clock::now();
  {
    Ledger ledger(folder, settings_for(false));
    Unsigned made(ledger.issuer(), 1);
    append_under_way(ledger.log(), 1000, count, [&](std::size_t) { return made.next(); });
    need(ledger.log().build_indexes());
  }
  const double taken = since(start);
  const auto store =
      need(log::open_store(folder / "ledger"));  // what was in its log is in tables now
  std::uint64_t rows = 0;
  for (const std::string& space : log::kSpaces) {
    if (space == "tile") continue;
    need(store->scan(space, "", "", [&](std::string_view key, ByteView value) {
      rows += key.size() + value.size();
      return true;
    }));
  }
  say(number("rate", static_cast<double>(count) / taken) + "," +
      number("entries", static_cast<double>(count)) + "," +
      number("key_value_bytes", static_cast<double>(rows)) + "," +
      number("disk_bytes", static_cast<double>(bytes_in(folder / "ledger"))));
}

void proofs(const std::filesystem::path& folder, std::size_t count) {
  const auto store = need(log::open_store(folder / "ledger"));
  const log::View view = need(log::View::open(*store));
  std::mt19937_64 draw(7);
  const std::uint64_t size = view.checkpoint().size.leaves;
  std::size_t hashes = 0;
  const auto prove = [&](std::size_t times) {
    const auto start = Clock::now();
    for (std::size_t n = 0; n < times; ++n) {
      hashes += need(view.receipt({draw() % size})).path.size();
    }
    return since(start);
  };
  prove(count / 4);  // the caches of a process that has run for a while
  const double taken = prove(count);
  say(number("rate", static_cast<double>(count) / taken) + "," +
      number("size", static_cast<double>(size)) + "," +
      number("hashes", static_cast<double>(hashes)));
}

int run(const std::vector<std::string>& words) {
  const auto count = [&](std::size_t at) {
    return static_cast<std::size_t>(std::stoull(words.at(at)));
  };
  const std::string& what = words.at(0);
  const std::filesystem::path folder = words.at(1);
  if (what == "fsync") fsync_loop(folder, count(2));
  if (what == "callers") callers(folder, count(2), count(3), words.at(4) == "checked");
  if (what == "receipts") receipts(folder, count(2));
  if (what == "pipelined") pipelined(folder, count(2), count(3), words.at(4) == "checked");
  if (what == "verify") verify_limit(count(2), count(3));
  if (what == "grow") grow(folder, count(2));
  if (what == "proofs") proofs(folder, count(2));
  return 0;
}

}  // namespace
}  // namespace refledger::bench

int main(int argc, char** argv) { return refledger::bench::run({argv + 1, argv + argc}); }
