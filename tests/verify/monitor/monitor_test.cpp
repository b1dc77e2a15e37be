// A monitor reads every entry once, remembers what it was shown, and raises an alarm at whatever a
// log must not do.
#include "verify/monitor/monitor.h"

#include <gtest/gtest.h>

#include "ledger/core/hash.h"
#include "ledger/core/jws.h"
#include "ledger/format/checkpoint.h"
#include "ledger/format/entry.h"
#include "ledger/format/origin.h"
#include "ledger/format/tile.h"
#include "support/example.h"
#include "support/merkle_reference.h"

namespace refledger::monitor {
namespace {

using test::key_of;
using test::kIss;
using test::kOrigin;

// A log that serves what it likes.
class Served {
 public:
  std::vector<std::string> entries;
  std::size_t shown = 0;  ///< of them
  bool partial_bundles = true;
  std::string origin = kOrigin;  ///< what its checkpoints name

  void add_issuer(std::uint8_t key, const std::string& iss) {
    format::KeyAdded act;
    act.iss = iss;
    act.name = "Muster AG";
    add(format::sign_key_added(act, kOrigin, *key_of(key), *key_of(key)));
  }
  void issue(std::uint8_t key, std::uint64_t number) {
    format::Issued act;
    act.ref = sha256_as<ReferenceHash>(bytes_of("ref" + std::to_string(number)));
    add(format::sign_entry(act, kOrigin, *key_of(key)));
  }
  void add(std::string jws) {
    entries.push_back(std::move(jws));
    shown = entries.size();
  }
  TreeHash root() const {
    std::vector<TreeHash> leaves;
    for (std::size_t at = 0; at < shown; ++at) leaves.push_back(hash_leaf(bytes_of(entries[at])));
    return test::tree_hash(leaves);
  }
  std::uint8_t log_key = 99;
  std::vector<std::string> closings;

  Result<std::string> get(const std::string& path) const {
    if (path == "checkpoint") {
      return format::sign_checkpoint({origin, {shown}, root()}, *key_of(log_key));
    }
    if (path == "closing") {
      if (closings.empty()) return Error{Fault::not_found, "404"};
      return format::format_closings(closings);
    }
    const Result<format::TilePath> tile = format::parse_tile_path(path);
    EXPECT_TRUE(tile.has_value() && tile->entries) << path;
    if (tile->width < 256 && !partial_bundles) return Error{Fault::not_found, "404"};
    const auto from = entries.begin() + static_cast<std::ptrdiff_t>(tile->index * 256);
    const std::size_t there = static_cast<std::size_t>(entries.end() - from);
    const std::size_t width = std::min<std::size_t>(tile->width, there);
    const Bytes bundle = format::format_bundle({from, from + static_cast<std::ptrdiff_t>(width)});
    return std::string(text_of(bundle));
  }
};

class Monitoring : public testing::Test {
 protected:
  Monitoring() {
    log_.add_issuer(1, kIss);
    log_.add_issuer(2, "https://other.example");
  }
  Result<Report> run(std::string_view iss = "") {
    // As a program that ends and starts again.
    Result<Memory> recalled = parse_memory(format_memory(memory_));
    EXPECT_TRUE(recalled.has_value());
    memory_ = *recalled;
    return follow([this](const std::string& path) { return log_.get(path); }, key_, iss, memory_);
  }

  Served log_;
  format::NoteKey key_{kOrigin, format::kNoteEd25519, key_of(99)->public_key()};
  Memory memory_;
};

TEST_F(Monitoring, TellsEachNewEntryOnceAndWhose) {
  log_.issue(1, 1);
  log_.issue(2, 2);
  const Result<Report> first = run(kIss);
  ASSERT_TRUE(first.has_value()) << first.error().detail;
  EXPECT_TRUE(first->alarms.empty());
  EXPECT_EQ(first->now.leaves, 4u);
  ASSERT_EQ(first->entries.size(), 3u)
      << "key entries of all, and what the issuer asked for signed";
  EXPECT_STREQ(first->entries[2].act, "issued");
  EXPECT_EQ(first->entries[2].iss, kIss);
  EXPECT_EQ(first->entries[2].kid, thumbprint(key_of(1)->public_key()));
  EXPECT_TRUE(run()->entries.empty());
  log_.issue(2, 3);
  EXPECT_TRUE(run(kIss)->entries.empty());
  log_.issue(2, 4);
  EXPECT_EQ(run()->entries.size(), 1u);
}

TEST_F(Monitoring, FollowsALogOverManyBundlesFromAnySize) {
  for (std::uint64_t number = 1; log_.entries.size() < 700; ++number) log_.issue(1, number);
  for (const std::size_t size : {3, 255, 256, 257, 512, 600, 700}) {
    log_.shown = size;
    const Result<Report> report = run();
    ASSERT_TRUE(report.has_value());
    EXPECT_TRUE(report->alarms.empty()) << report->alarms.front();
    EXPECT_EQ(report->now.leaves, size);
  }
}

TEST_F(Monitoring, TakesTheWholeBundleWhereThePartialOneIsGone) {
  for (std::uint64_t number = 1; log_.entries.size() < 300; ++number) log_.issue(1, number);
  log_.shown = 200;
  log_.partial_bundles = false;
  EXPECT_TRUE(run()->alarms.empty());
}

TEST_F(Monitoring, FollowsALaterEpochFromItsFirstEntryOnAndNoOtherLog) {
  log_.issue(1, 1);
  log_.origin = format::origin_of_epoch(kOrigin, 2);
  key_.name = log_.origin;
  const Result<Report> report = run();
  ASSERT_TRUE(report.has_value()) << report.error().detail;
  EXPECT_TRUE(report->alarms.empty()) << report->alarms.front();
  EXPECT_EQ(report->entries.size(), 3u);
  memory_ = {};
  log_.origin = "other.example/log";
  key_.name = log_.origin;
  EXPECT_EQ(run()->alarms.size(), 3u);
}

TEST_F(Monitoring, AlarmsAtALogThatShrinksOrTellsAnotherHistoryAndKeepsWhatItKnew) {
  log_.issue(1, 1);
  log_.issue(1, 2);
  ASSERT_TRUE(run()->alarms.empty());
  const std::string kept = format_memory(memory_);
  log_.shown = 3;
  EXPECT_EQ(run()->alarms.front(), "the log shows 3 entries and has shown 4");
  log_.entries[2] = log_.entries[3];
  log_.shown = 4;
  const Result<Report> other = run();
  EXPECT_EQ(other->alarms.size(), 1u) << "the same size, another root";
  EXPECT_EQ(other->evidence, *log_.get("checkpoint"));
  log_.issue(1, 3);
  EXPECT_EQ(run()->alarms.size(), 1u) << "grown from another root";
  EXPECT_EQ(format_memory(memory_), kept);
}

TEST_F(Monitoring, AlarmsAtAnEntryThatBreaksTheRulesAndGoesOn) {
  log_.issue(3, 1);  // a key that was never added
  log_.add("no entry at all");
  log_.issue(1, 2);
  const Result<Report> report = run();
  ASSERT_EQ(report->alarms.size(), 2u);
  EXPECT_EQ(report->alarms[0], "entry 2: entry: signed by a key that was never added");
  EXPECT_EQ(report->entries.size(), 3u);
  EXPECT_EQ(memory_.peaks.size(), 2u);
  EXPECT_TRUE(run()->alarms.empty());
}

TEST_F(Monitoring, BelievesNoCheckpointOfAnotherKeyAndNoMemoryThatWasAltered) {
  key_.key = key_of(98)->public_key();
  EXPECT_EQ(run()->alarms.size(), 1u);
  key_.key = key_of(99)->public_key();
  ASSERT_TRUE(run()->alarms.empty());
  memory_.peaks.front().bytes[3] ^= 1;
  EXPECT_FALSE(run().has_value());
}

// ---- a log that ends ----------------------------------------------------------------------------

class MonitoringAnEnd : public Monitoring {
 protected:
  MonitoringAnEnd() {
    log_.issue(1, 1);
    log_.issue(1, 2);
  }
  format::Closing end() const { return {{log_.origin, {log_.shown}, log_.root()}, false, {}}; }
  void close(const format::Closing& closing) {
    log_.closings.push_back(format::sign_closing(closing, kOrigin + "/root", *key_of(70)));
  }
  // The same entries under another name and key, as the root key said.
  void go_on() {
    format::Closing closing = end();
    log_.origin = format::origin_of_epoch(kOrigin, 2);
    log_.log_key = 98;
    closing.next = format::NoteKey{log_.origin, format::kNoteEd25519, key_of(98)->public_key()};
    close(closing);
  }
  Result<Report> watch() {
    Result<Memory> recalled = parse_memory(format_memory(memory_));
    EXPECT_TRUE(recalled.has_value());
    memory_ = *recalled;
    return follow([this](const std::string& path) { return log_.get(path); }, key_, "", memory_,
                  {{kOrigin + "/root", format::kNoteEd25519, key_of(70)->public_key()}});
  }
  std::string alarm() {
    const Result<Report> report = watch();
    EXPECT_TRUE(report.has_value()) << report.error().detail;
    return report && !report->alarms.empty() ? report->alarms.front() : "none";
  }
};

TEST_F(MonitoringAnEnd, TellsItAndFollowsTheSuccessorInTheSameMemory) {
  EXPECT_FALSE(watch()->closed.has_value());
  log_.issue(1, 3);  // between what was seen and the end
  go_on();
  log_.issue(1, 4);  // by the successor
  const Result<Report> told = watch();
  ASSERT_TRUE(told.has_value()) << told.error().detail;
  EXPECT_TRUE(told->alarms.empty()) << told->alarms.front();
  EXPECT_EQ(told->closed->last.size.leaves, 5u);
  EXPECT_EQ(told->entries.size(), 2u);
  log_.issue(1, 5);
  EXPECT_EQ(watch()->entries.size(), 1u);
  Memory none;
  memory_ = none;
  EXPECT_EQ(watch()->now.leaves, 7u) << "from nothing, with the old key";
}

TEST_F(MonitoringAnEnd, IsAnAlarmToWhoDoesNotKnowTheRoot) {
  go_on();
  EXPECT_EQ(run()->alarms.size(), 1u);
}

TEST_F(MonitoringAnEnd, AlarmsAtALogThatGoesOnAfterIt) {
  close(end());
  EXPECT_EQ(alarm(), "none");
  log_.issue(1, 3);
  EXPECT_EQ(alarm(), "the log was closed at 4 entries and shows another state");
  log_.shown = 3;
  EXPECT_EQ(alarm(), "the log shows 3 entries and has shown 4");
}

TEST_F(MonitoringAnEnd, AlarmsAtAnEndThatLiesBeforeWhatWasShown) {
  const format::Closing early = end();
  log_.issue(1, 3);
  EXPECT_EQ(alarm(), "none");
  close(early);
  EXPECT_EQ(alarm(), "the log is said to have been closed at 4 entries and has shown 5");
}

TEST_F(MonitoringAnEnd, AlarmsAtASuccessorThatTellsAnotherHistory) {
  format::Closing other = end();
  EXPECT_EQ(alarm(), "none");
  log_.issue(1, 3);
  other = end();
  other.last.root.bytes[0] ^= 1;
  other.next = format::NoteKey{format::origin_of_epoch(kOrigin, 2), format::kNoteEd25519,
                               key_of(98)->public_key()};
  close(other);
  log_.origin = other.next->name;
  log_.log_key = 98;
  EXPECT_EQ(alarm(), "the entries do not lead to the state that " + kOrigin + " was closed at");
  EXPECT_TRUE(memory_.closings.empty()) << "nothing is remembered of it";
}

TEST_F(MonitoringAnEnd, AlarmsAtAnEndThatIsForgedContradictedOrNoLongerShown) {
  close(end());
  EXPECT_EQ(alarm(), "none");
  const std::vector<std::string> right = log_.closings;
  format::Closing other = end();
  other.key_stolen = true;
  close(other);
  EXPECT_EQ(alarm(),
            "the closing that is shown: closing: the root key contradicts itself about one log");
  log_.closings.clear();
  EXPECT_EQ(alarm(), "the log was closed, and its closing is no longer shown");
  log_.closings = right;
  std::string& note = log_.closings.front();
  note[note.size() - 10] = note[note.size() - 10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(alarm(), "the closing that is shown: closing: the root key's signature does not hold");
}

}  // namespace
}  // namespace refledger::monitor
