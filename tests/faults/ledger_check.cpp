#include "ledger_check.h"

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "ledger/keys/note.h"
#include "ledger/log/fsck.h"
#include "ledger_scenario.h"
#include "support/merkle_reference.h"

namespace refledger::test {
namespace {

std::string entry_of(std::size_t number, Entries which) {
  static const Company company;
  return which == Entries::callers ? company.issue(number) : scenario_entries().at(number);
}

// The root and every receipt, by the tree that was written a second time.
std::string wrong_in_tree(const LedgerFolder& ledger, const log::View& view,
                          const std::vector<std::string>& entries) {
  std::vector<TreeHash> leaves;
  for (const std::string& entry : entries) leaves.push_back(hash_leaf(bytes_of(entry)));
  const format::Checkpoint said = view.checkpoint();
  if (said.root != tree_hash(leaves)) return "the root is not that of the entries";
  const auto note = format::parse_note(view.signed_checkpoint());
  const format::NoteKey key{kOrigin, format::kNoteEd25519, ledger.key().public_key()};
  if (!note || keys::check_note(*note, key) != keys::NoteTrust::signed_by_key) {
    return "the checkpoint is not signed by the log";
  }
  for (std::uint64_t at = 0; at < leaves.size(); ++at) {
    const auto receipt = view.receipt({at});
    if (!receipt) return "no receipt for entry " + std::to_string(at);
    if (!inclusion_holds(leaves[at], at, leaves.size(), said.root, receipt->path)) {
      return "the receipt of entry " + std::to_string(at) + " does not hold";
    }
  }
  return {};
}

std::string wrong_in_indexes(const log::View& view, const std::vector<std::string>& entries) {
  for (std::uint64_t at = 0; at < entries.size(); ++at) {
    const auto entry = format::parse_entry(entries[at]);
    if (!entry) return "entry " + std::to_string(at) + " cannot be read";
    const auto* issued = std::get_if<format::Issued>(&entry->act);
    const auto* withdrawn = std::get_if<format::Withdrawn>(&entry->act);
    if (issued == nullptr && withdrawn == nullptr) continue;
    const auto found = view.find(issued != nullptr ? issued->ref : withdrawn->ref);
    if (!found) return "the reference of entry " + std::to_string(at) + " is not found";
    const bool right = issued != nullptr ? found->issued.position == at
                                         : found->withdrawn == std::optional(LeafIndex{at});
    if (!right) return "the reference of entry " + std::to_string(at) + " is told wrongly";
  }
  return {};
}

std::string wrong_in_token(const log::View& view, const Promised& promised) {
  if (!promised.token) return {};
  const auto token = view.status_token(0);
  if (!token) return "the status token is lost";
  for (std::size_t newer = *promised.token; newer < kBatches.size(); ++newer) {
    if (*token == scenario_token(newer)) return {};
  }
  return "the status token is an older one";
}

// A ledger without its status tokens, which are made up here and not signed.
class WithoutTokens final : public store::Reader {
 public:
  explicit WithoutTokens(const store::Reader& whole) : whole_(whole) {}
  Result<std::optional<Bytes>> get(std::string_view space, std::string_view key) const override {
    if (space == "status") return std::optional<Bytes>();
    return whole_.get(space, key);
  }
  Result<void> scan(std::string_view space, std::string_view from, std::string_view to,
                    const Visit& visit) const override {
    return space == "status" ? Result<void>() : whole_.scan(space, from, to, visit);
  }

 private:
  const store::Reader& whole_;
};

}  // namespace

Promised Promised::of(const std::string& notes) {
  Promised promised;
  std::istringstream lines(notes);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string kind;
    std::size_t number = 0;
    std::uint64_t position = 0;
    words >> kind;
    if (kind == "!") {
      if (promised.faults++ == 0) promised.first_fault = line.substr(2);
    } else if (kind == "a" && words >> number >> position) {
      promised.positions[number] = position;
      if (promised.faults > 0) ++promised.after_fault;
    } else if (kind == "t" && words >> number) {
      promised.token = number;
      if (promised.faults > 0) ++promised.after_fault;
    }
  }
  return promised;
}

std::string wrong_by_fsck(const LedgerFolder& ledger) {
  log::FsckOptions options;
  options.threads = 1;
  const auto now = ledger.store().snapshot();  // the log may be writing on behind its callers
  if (!now) return "no snapshot: " + now.error().detail;
  const WithoutTokens store(**now);
  const log::FsckReport report = log::fsck(store, kOrigin, ledger.key().public_key(), options);
  if (report.wrong == 0 && !report.ended_early) return {};
  return "fsck says: " + (report.findings.empty() ? "ended early" : report.findings.front());
}

std::string wrong_in(const LedgerFolder& ledger, const Promised& promised, Entries which) {
  const auto view = ledger.log().view();
  if (!view && view.error().fault == Fault::not_found) {
    return promised.positions.empty() ? "" : "the ledger is empty";
  }
  if (!view) return "no view: " + view.error().detail;
  std::vector<std::string> entries;
  for (std::uint64_t at = 0; at < view->checkpoint().size.leaves; ++at) {
    auto entry = view->entry({at});
    if (!entry) return "entry " + std::to_string(at) + " cannot be read: " + entry.error().detail;
    entries.push_back(*std::move(entry));
  }
  for (const auto& [number, position] : promised.positions) {
    if (position >= entries.size() || entries[position] != entry_of(number, which)) {
      return "entry " + std::to_string(number) + " was acknowledged and is lost";
    }
  }
  if (std::set(entries.begin(), entries.end()).size() != entries.size()) {
    return "an entry is there twice";
  }
  if (which == Entries::scenario) {
    for (std::size_t at = 0; at < entries.size(); ++at) {
      if (at >= scenario_entries().size() || entries[at] != scenario_entries()[at]) {
        return "entry " + std::to_string(at) + " is none that was handed in here";
      }
    }
  }
  if (std::string wrong = wrong_in_tree(ledger, *view, entries); !wrong.empty()) return wrong;
  if (std::string wrong = wrong_in_indexes(*view, entries); !wrong.empty()) return wrong;
  if (std::string wrong = wrong_in_token(*view, promised); !wrong.empty()) return wrong;
  return wrong_by_fsck(ledger);
}

std::string wrong_after(const std::filesystem::path& folder, const Promised& promised,
                        bool repeats) {
  const auto ledger = LedgerFolder::open(folder);
  if (!ledger) return "it does not open: " + ledger.error().detail;
  if (std::string wrong = wrong_in(**ledger, promised); !wrong.empty()) return wrong;
  if (!repeats) return {};
  const std::vector<std::string>& entries = scenario_entries();
  const auto repeated = (*ledger)->log().append(entries);
  if (!repeated) return "it takes nothing more: " + repeated.error().detail;
  Promised all;
  for (std::size_t number = 0; number < entries.size(); ++number) {
    all.positions[number] = number;
    if ((*repeated)[number].position != number) return "a repeated entry got another position";
  }
  std::string wrong = wrong_in(**ledger, all);
  return wrong.empty() ? wrong : "after the repetition: " + wrong;
}

std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace refledger::test
