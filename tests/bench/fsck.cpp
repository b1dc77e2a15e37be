// What checking a whole ledger takes, beside what hashing and Ed25519 alone take for the same
// bytes:
//   fsck_bench make FOLDER ENTRIES    a ledger on disk
//   fsck_bench check FOLDER           each measurement once, as a line of JSON
// Two processes, so that the second one's memory is the check's own.
#include <chrono>
#include <cstdio>
#include <fstream>

#include "bench/scene.h"
#include "ledger/core/file.h"
#include "ledger/core/hash.h"
#include "ledger/core/random.h"
#include "ledger/format/note.h"
#include "ledger/keys/ed25519.h"
#include "ledger/log/fsck.h"
#include "ledger/merkle/edge.h"

namespace refledger::bench {
namespace {

using std::chrono::steady_clock;

constexpr const char* kOrigin = "bench.example/log";
constexpr std::size_t kBatch = 1000;
constexpr std::size_t kCache = std::size_t{12} << 20;  // as `refledger log fsck`

void make(const std::filesystem::path& folder, std::size_t entries) {
  SystemRandom random;
  const test::HandClock clock;
  const auto log_key = sign::Ed25519Key::generate(random);
  const auto issuer = sign::Ed25519Key::generate(random);
  const auto store = need(log::open_store(folder / "ledger"));
  const auto anchor = need(log::FileAnchor::open(folder / "ledger.head", "this machine"));
  const auto log = need(log::Log::open(*store, kOrigin, *log_key, *anchor, clock));
  format::KeyAdded first;
  first.iss = "https://www.example.com";
  first.key = issuer->public_key();
  first.name = "Muster AG";
  std::vector<std::string> batch{format::sign_key_added(first, kOrigin, *issuer, *issuer)};
  for (std::size_t made = 1; made < entries; ++made) {
    batch.push_back(format::sign_entry(
        format::Issued{random.draw<CredentialHash>(), random.draw<DocumentHash>(),
                       random.draw<ReferenceHash>()},
        kOrigin, *issuer));
    if (batch.size() < kBatch && made + 1 < entries) continue;
    need(log->append(batch));
    batch.clear();
  }
  const std::string vkey =
      format::format_vkey({kOrigin, format::kNoteEd25519, log_key->public_key()});
  if (!write_file(folder / "log.vkey", bytes_of(vkey))) std::abort();
}

template <class Work>
double seconds(const Work& work) {
  const auto start = steady_clock::now();
  work();
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

double check(const store::Reader& store, const PublicKey& key, unsigned threads, bool tree_only) {
  log::FsckOptions options;
  options.threads = threads;
  options.tree_only = tree_only;
  log::FsckReport report;
  const double took = seconds([&] { report = log::fsck(store, kOrigin, key, options); });
  if (report.wrong > 0 || report.ended_early) std::abort();
  return took;
}

// Peak resident memory in MiB, as the kernel counts it.
double peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

// The limits work on some entries in memory: as many bytes as fit without being the check's memory.
struct Sample {
  std::vector<format::Entry> entries;
  PublicKey key;
};

Sample sample_of(const store::Reader& store, std::size_t count) {
  Sample sample;
  const auto scanned =
      store.scan("entry", "", store::number_key(count + 1), [&](std::string_view, ByteView jws) {
        auto entry = need(format::parse_entry(text_of(jws)));
        if (const auto* added = std::get_if<format::KeyAdded>(&entry.act)) {
          sample.key = added->key;
        } else {
          sample.entries.push_back(std::move(entry));
        }
        return true;
      });
  if (!scanned) std::abort();
  return sample;
}

double hash_seconds(const Sample& sample) {
  return seconds([&] {
    merkle::Edge edge;
    for (const format::Entry& entry : sample.entries) edge.append(hash_leaf(bytes_of(entry.jws)));
    if (edge.root() == hash_empty()) std::abort();
  });
}

double verify_seconds(const Sample& sample) {
  return seconds([&] {
    for (const format::Entry& entry : sample.entries) {
      if (!keys::signature_holds(sample.key, bytes_of(entry.signing_input), entry.signature)) {
        std::abort();
      }
    }
  });
}

void say(const char* name, double value, const char* end = ",") {
  std::printf("\"%s\":%f%s", name, value, end);
}

void measure(const std::filesystem::path& folder) {
  const Bytes vkey = need(read_file(folder / "log.vkey", 1024));
  const format::NoteKey key = need(format::parse_vkey(text_of(vkey)));
  test::TemporaryFolder scratch;
  const auto store =
      need(store::follow_rocksdb(folder / "ledger", scratch.path(), log::kSpaces, kCache));
  const auto entries = static_cast<double>(need(log::View::open(*store)).checkpoint().size.leaves);
  const double both = entries / check(*store, key.key, 2, false);
  const double memory = peak_memory();  // before the limits' own sample is in it
  const Sample sample = sample_of(*store, 10'000);
  const auto count = static_cast<double>(sample.entries.size());
  std::printf("{");
  say("entries", entries);
  say("peak_mib", memory);
  say("hash_limit", count / hash_seconds(sample));
  say("tree_1", entries / check(*store, key.key, 1, true));
  say("tree_2", entries / check(*store, key.key, 2, true));
  say("ed25519_limit", count / verify_seconds(sample));
  say("full_1", entries / check(*store, key.key, 1, false));
  say("full_2", both, "}\n");
}

}  // namespace
}  // namespace refledger::bench

int main(int count, char** words) {
  const std::vector<std::string> given(words + 1, words + count);
  if (given.size() == 3 && given[0] == "make") {
    refledger::bench::make(given[1], std::stoul(given[2]));
    return 0;
  }
  if (given.size() == 2 && given[0] == "check") {
    refledger::bench::measure(given[1]);
    return 0;
  }
  std::fputs("usage: fsck_bench make FOLDER ENTRIES | check FOLDER\n", stderr);
  return 2;
}
