// One bit flips anywhere in the ledger's folder or its anchor: found, or harmless; never a wrong
// answer, neither from the desk's side nor from a follower's.
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "fault_run.h"
#include "ledger_scenario.h"

namespace refledger::test {
namespace {

namespace fs = std::filesystem;

struct Figures {
  std::size_t flips = 0;
  std::size_t refused = 0;       // the log did not open
  std::size_t found = 0;         // it did, and its check finds it
  std::size_t unanswered = 0;    // the follower did not open, or had no answer to something
  std::size_t follower_old = 0;  // the follower saw the ledger before its last batch
};

// Every file of the folder, by name, as it was left.
std::map<std::string, std::string> files_in(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (file.is_regular_file()) files[file.path().string()] = text_of_file(file.path());
  }
  return files;
}

// Whoever answers says the truth as of some checkpoint the log has signed, or gives no answer.
std::string wrong_answer(const store::Reader& store, Figures& figures) {
  const auto view = log::View::open(store);
  if (!view) {
    ++figures.unanswered;
    return view.error().fault == Fault::storage ? "" : "it says: " + view.error().detail;
  }
  const std::vector<std::string>& entries = scenario_entries();
  const std::uint64_t size = view->checkpoint().size.leaves;
  if (size < kBatches.back()) return "it has " + std::to_string(size) + " entries only";
  if (size < entries.size()) ++figures.follower_old;
  bool silent = false;
  for (std::uint64_t at = 0; at < size; ++at) {
    const auto entry = view->entry({at});
    if (!entry) {
      if (entry.error().fault != Fault::storage) return "an entry is not found";
      silent = true;
    } else if (*entry != entries[at]) {
      return "it tells another entry";
    }
    const auto act = format::parse_entry(entries[at])->act;
    const auto* const withdrawn = std::get_if<format::Withdrawn>(&act);
    if (withdrawn == nullptr) continue;
    const auto found = view->find(withdrawn->ref);
    if (!found && found.error().fault == Fault::storage) {
      silent = true;
    } else if (!found || found->withdrawn != std::optional(LeafIndex{at})) {
      return "it tells a withdrawn reference wrongly: " +
             (found ? std::string("as issued") : found.error().detail);
    }
  }
  figures.unanswered += silent;
  return {};
}

std::string wrong_in_follower(const FaultFolder& folder, Figures& figures) {
  const auto follower =
      store::follow_rocksdb(folder.data() / "ledger", folder.beside("scratch"), log::kSpaces);
  if (!follower) return ++figures.unanswered, "";
  return wrong_answer(**follower, figures);
}

// What opening did not look at, the check beside the desk finds; until then no answer is wrong.
std::string wrong_in_desk(const FaultFolder& folder, const Promised& promised, Figures& figures) {
  const auto ledger = LedgerFolder::open(folder.data());
  if (!ledger) {
    ++figures.refused;
    return ledger.error().detail.find('\n') == std::string::npos ? "" : "more than one line";
  }
  Figures of_desk;
  if (std::string wrong = wrong_answer((*ledger)->store(), of_desk); !wrong.empty()) return wrong;
  if (!wrong_by_fsck(**ledger).empty()) return ++figures.found, "";
  return wrong_in(**ledger, promised);
}

class BitFlip : public testing::Test {
 protected:
  // Tables from before, and in the write-ahead log what came since: as a kill leaves it.
  void SetUp() override {
    ASSERT_EQ(Worker(folder_).wait(), 0);
    promised_ = folder_.promised();
    image_.folders = {(folder_.data() / "ledger").string()};
    image_.files = files_in(folder_.data());
  }
  FaultFolder folder_;
  Promised promised_;
  DiskImage image_;
};

TEST_F(BitFlip, IsFoundOrHarmlessWhereverItIs) {
  std::mt19937_64 random(soak_seed());
  const std::size_t each = is_soak() ? 700 : 7;
  Figures figures;
  for (const auto& [path, content] : image_.files) {
    if (content.empty()) continue;
    const bool is_text_log = fs::path(path).filename().string().starts_with("LOG");
    for (std::size_t flip = 0; flip < (is_text_log ? 1 : each); ++flip) {
      // The anchor is mostly room: the first bytes of its slots are what counts.
      std::size_t at = random() % content.size();
      if (path.ends_with("ledger.head")) at %= 16384;  // the records; what is behind is blank
      DiskImage damaged = image_;
      damaged.files[path][at] = static_cast<char>(content[at] ^ (1 << random() % 8));
      folder_.lay_out(damaged);
      ++figures.flips;
      ASSERT_EQ(wrong_in_follower(folder_, figures), "") << path << " byte " << at;
      ASSERT_EQ(wrong_in_desk(folder_, promised_, figures), "") << path << " byte " << at;
    }
  }
  EXPECT_GT(figures.refused + figures.found, figures.flips / 10);
  tell_figure("bit flips: " + std::to_string(figures.flips) + " in " +
              std::to_string(image_.files.size()) + " files, " + std::to_string(figures.refused) +
              " refused at start, " + std::to_string(figures.found) + " found by the check, " +
              std::to_string(figures.unanswered) + " without an answer from a follower, " +
              std::to_string(figures.follower_old) +
              " followers one batch behind, 0 wrong answers");
}

// The control: the same look finds a wrong answer where a value was changed and the store's own
// checksums are right, and the log's audit did not run first.
TEST_F(BitFlip, IsFoundToLeadToAWrongAnswerWhereNothingIsChecked) {
  {
    const auto store = *log::open_store(folder_.data() / "ledger");
    Bytes entry = **store->get("entry", store::number_key(5));
    entry[entry.size() / 2] ^= 1;
    store::Batch batch;
    batch.put("entry", store::number_key(5), entry);
    ASSERT_TRUE(store->write(batch).has_value());
  }
  Figures figures;
  EXPECT_NE(wrong_in_follower(folder_, figures), "");
  EXPECT_EQ(wrong_in_desk(folder_, promised_, figures), "");
  EXPECT_EQ(figures.refused, 1u);
}

}  // namespace
}  // namespace refledger::test
