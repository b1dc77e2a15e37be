// ledger_worker FOLDER NOTES [go-on | early | callers N]: appends to the ledger in FOLDER and notes
// what was acknowledged (ledger_scenario.h).
//
//   (none)     the scenario, in its order; entries that are there already get their old positions
//   go-on      a control: a failed append is noted as if it had been acknowledged
//   early      a control: each entry is noted before it is appended
//   callers N  N threads, each appending entries of its own, until killed
//
// Exit  0 done; 3 the ledger does not open; 4 an append failed; 5 it was acknowledged wrongly
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <thread>

#include "ledger/store/rocksdb_store.h"
#include "ledger_folder.h"
#include "ledger_scenario.h"

namespace refledger::test {
namespace {

enum class Mode { plain, go_on, early };

class Notes {
 public:
  explicit Notes(const char* path)
      : file_(::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {}
  void add(const std::string& line) const {
    const std::string whole = line + "\n";
    if (::write(file_, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size())) _exit(2);
  }
  void acknowledged(std::size_t number, std::uint64_t position) const {
    add("a " + std::to_string(number) + " " + std::to_string(position));
  }

 private:
  int file_;
};

[[noreturn]] void stop(int code, const Error& error) {
  std::fprintf(stderr, "%s\n", error.detail.c_str());
  std::fflush(stderr);
  _exit(code);  // as a program that stops: nothing is closed in good order
}

std::unique_ptr<LedgerFolder> must_open(const std::filesystem::path& folder, Mode mode) {
  std::function<void(const Error&)> on_stop;
  if (mode == Mode::plain) on_stop = [](const Error& error) { stop(4, error); };
  auto opened = LedgerFolder::open(folder, HandClock(), nullptr, std::move(on_stop));
  if (!opened) stop(3, opened.error());
  return *std::move(opened);
}

int run_scenario(const std::filesystem::path& folder, const Notes& notes, Mode mode) {
  const std::vector<std::string>& entries = scenario_entries();
  auto ledger = must_open(folder, mode);
  for (std::size_t batch = 0; batch < kBatches.size(); ++batch) {
    if (kReopenings.contains(batch)) {
      ledger.reset();
      ledger = must_open(folder, mode);
    }
    const std::size_t from = kBatches[batch];
    const std::size_t to = batch + 1 < kBatches.size() ? kBatches[batch + 1] : entries.size();
    if (mode == Mode::early) notes.acknowledged(from, from);
    const auto positions = ledger->log().append(std::span(entries).subspan(from, to - from));
    if (!positions && mode != Mode::go_on) stop(4, positions.error());
    for (std::size_t number = from; number < to; ++number) {
      const std::uint64_t position = positions ? (*positions)[number - from].position : number;
      if (position != number) return 5;
      notes.acknowledged(number, position);
    }
    if (batch % 3 != 2) continue;
    const auto stored = ledger->log().put_status_token(0, scenario_token(batch));
    if (!stored && mode != Mode::go_on) stop(4, stored.error());
    notes.add("t " + std::to_string(batch));
  }
  return 0;
}

int run_callers(const std::filesystem::path& folder, const Notes& notes, std::size_t callers) {
  const auto ledger = must_open(folder, Mode::plain);
  Company company;
  const std::vector<std::string> first{company.first()};
  if (const auto began = ledger->log().append(first); !began) stop(4, began.error());
  notes.add("open");
  const std::uint64_t there = ledger->log().view()->checkpoint().size.leaves;
  std::vector<std::jthread> threads;
  for (std::size_t caller = 0; caller < callers; ++caller) {
    threads.emplace_back([&, caller] {
      for (std::uint64_t number = 1000 + there * callers + caller;; number += callers) {
        const std::vector<std::string> entry{company.issue(number)};
        const auto positions = ledger->log().append(entry);
        if (!positions) stop(4, positions.error());
        notes.acknowledged(number, positions->front().position);
      }
    });
  }
  return 0;
}

}  // namespace
}  // namespace refledger::test

int main(int count, char** words) {
  using refledger::test::Mode;
  if (count < 3) return 2;
  const refledger::test::Notes notes(words[2]);
  const std::string mode = count > 3 ? words[3] : "";
  if (mode == "callers" && count > 4) {
    return refledger::test::run_callers(words[1], notes, std::strtoul(words[4], nullptr, 10));
  }
  return refledger::test::run_scenario(words[1], notes,
                                       mode == "go-on"   ? Mode::go_on
                                       : mode == "early" ? Mode::early
                                                         : Mode::plain);
}
