// An installation closes its log by the root key and goes on in a successor, interrupted wherever
// it may be.
#include "tools/refledger/closing.h"

#include "ledger/core/file.h"
#include "ledger/format/origin.h"
#include "ledger/format/trust.h"
#include "ledger/log/closing.h"
#include "ledger/log/fsck.h"
#include "support/support.h"
#include "tools/refledger/init.h"
#include "tools/refledger/ledger_reader.h"

namespace refledger::tools {
namespace {

struct Killed {};

class LogClosing : public testing::Test {
 protected:
  void SetUp() override {
    write_settings(1);
    InitOptions options;
    options.recovery_file = path("recovery.txt");
    const Result<InitReport> made = initialise(settings(), options);
    ASSERT_TRUE(made) << made.error().detail;
    ASSERT_TRUE(make_root_key(settings(), root()));
  }
  void write_settings(unsigned epoch) const {
    const std::string text =
        "data = data\nmaster.key_file = master.key\npublic.url = https://refs.example.com\n"
        "issuer.iss = https://www.example.com\nissuer.name = Muster AG\nissuer.place = Zürich\n"
        "mail.from = hr@example.com\nmail.maildir = mail\nlog.epoch = " +
        std::to_string(epoch) + "\nrules = " + REFLEDGER_RULES + "\n";
    ASSERT_TRUE(write_file(path("refledger.conf"), bytes_of(text)));
  }
  std::filesystem::path path(const char* name) const { return folder_.path() / name; }
  std::filesystem::path root() const { return path("root.txt"); }
  Settings settings() const { return *read_settings(path("refledger.conf")); }
  Home home() const { return Home(settings().data); }
  std::string text_at(const std::filesystem::path& file) const {
    const Result<Bytes> content = read_file(file, 1 << 20);
    return content ? std::string(text_of(*content)) : std::string("missing");
  }
  format::Trust trust() const { return *format::parse_trust(text_at(home().trust())); }

  // Whether the desk's log takes an entry, or why not.
  std::string append() const {
    const auto opened = OpenHome::open(settings());
    if (!opened) return opened.error().detail;
    SystemRandom random;
    const format::Issued act{{}, {}, random.draw<ReferenceHash>()};
    const std::string entry = format::sign_entry(act, settings().origin(), (*opened)->issuer_key());
    const auto at = (*opened)->log().append(std::vector{entry});
    return at ? "taken" : at.error().detail;
  }
  log::FsckReport fsck() const {
    const auto ledger = LedgerReader::open(settings());
    log::FsckOptions options;
    options.roots.push_back(*read_root_key(home()));
    return log::fsck(ledger->store(), ledger->log_key().name, ledger->log_key().key, options);
  }
  test::TemporaryFolder folder_;
};

TEST_F(LogClosing, TheRootKeyIsMadeOnceAndNamedInTheTrustFile) {
  const format::NoteKey key = *read_root_key(home());
  EXPECT_EQ(key.name, "refs.example.com/log/root");
  EXPECT_EQ(trust().roots, std::vector{key});
  EXPECT_EQ(make_root_key(settings(), path("another.txt")).error().fault, Fault::conflict);
  EXPECT_FALSE(std::filesystem::exists(path("another.txt")));
}

TEST_F(LogClosing, IsForTheRootKeyAlone) {
  EXPECT_EQ(close_log(settings(), path("recovery.txt"), false).error().fault, Fault::refused);
  EXPECT_EQ(close_log(settings(), path("missing.txt"), false).error().fault, Fault::not_found);
  EXPECT_EQ(append(), "taken");
  std::filesystem::remove(home().root_vkey());
  EXPECT_EQ(close_log(settings(), root(), false).error().fault, Fault::not_found);
}

TEST_F(LogClosing, EndsItForTheDeskAndIsNotDoneTwice) {
  const Result<format::Closing> closed = close_log(settings(), root(), false);
  ASSERT_TRUE(closed) << closed.error().detail;
  EXPECT_EQ(closed->last.size.leaves, 2u);
  EXPECT_EQ(append(), "log: closed by its root key at 2 entries");
  EXPECT_EQ(*close_log(settings(), root(), false), *closed);
  EXPECT_EQ(close_log(settings(), root(), true).error().fault, Fault::refused);
  const log::FsckReport report = fsck();
  EXPECT_EQ(report.wrong, 0u) << report.findings.front();
}

TEST_F(LogClosing, ARunningDeskIsNotClosedUnderItsHands) {
  const auto running = OpenHome::open(settings());
  ASSERT_TRUE(running) << running.error().detail;
  EXPECT_EQ(close_log(settings(), root(), false).error().fault, Fault::conflict);
  EXPECT_FALSE(std::filesystem::exists(home().closings()));
}

class LogClosingKilled : public LogClosing, public testing::WithParamInterface<int> {};
INSTANTIATE_TEST_SUITE_P(AfterEachStep, LogClosingKilled, testing::Values(0, 1, 2));

// Before the file is there the log is open, after it closed, whatever the store knows.
TEST_P(LogClosingKilled, LeavesItOpenOrClosed) {
  const bool closed = GetParam() > 0;
  int steps = 0;
  const auto die = [&](std::string_view) {
    if (steps++ == GetParam()) throw Killed{};
  };
  EXPECT_THROW((void)close_log(settings(), root(), false, die).has_value(), Killed);
  EXPECT_EQ(std::filesystem::exists(home().closings()), closed);
  EXPECT_EQ(append() == "taken", !closed);
  const Result<format::Closing> again = close_log(settings(), root(), false);
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(again->last.size.leaves, closed ? 2u : 3u);
  EXPECT_EQ(append(),
            "log: closed by its root key at " + std::string(closed ? "2" : "3") + " entries");
}

TEST_F(LogClosing, IsGoneOnFromUnderAnotherNameAndKey) {
  const std::string before = text_at(home().log_vkey());
  ASSERT_TRUE(close_log(settings(), root(), true));
  EXPECT_EQ(succeed_log(settings(), root()).error().fault, Fault::refused) << "the same name";
  write_settings(2);
  EXPECT_NE(append(), "taken") << "not before the successor has begun";
  EXPECT_EQ(succeed_log(settings(), path("recovery.txt")).error().fault, Fault::refused);
  const Result<format::Closing> done = succeed_log(settings(), root());
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_EQ(done->next->name, "refs.example.com/log/epoch-2");
  EXPECT_EQ(append(), "taken");
  EXPECT_EQ(text_at(home().log_vkey()), format::format_vkey(*done->next) + "\n");
  const format::Trust both = trust();
  ASSERT_EQ(both.logs.size(), 2u);
  EXPECT_EQ(both.logs[0], *done->next);
  EXPECT_EQ(format::format_vkey(both.logs[1]) + "\n", before);
  ASSERT_EQ(both.closed.size(), 1u);
  EXPECT_EQ(both.closed[0].last, done->last);
  EXPECT_TRUE(both.closed[0].key_stolen);
  const log::FsckReport report = fsck();
  EXPECT_EQ(report.wrong, 0u) << report.findings.front();
  EXPECT_EQ(report.checkpoints, 3u) << "its own, the closing's and the predecessor's";
  EXPECT_EQ(*succeed_log(settings(), root()), *done) << "the same again is no error";
}

TEST_F(LogClosing, ASuccessionKilledAtAnyStepIsRunAgain) {
  ASSERT_TRUE(close_log(settings(), root(), false));
  write_settings(2);
  for (const std::string_view last :
       {"key kept", "successor written", "successor stored", "anchor set aside", "epoch started",
        "trust file set aside"}) {
    const auto die = [&](std::string_view step) {
      if (step == last) throw Killed{};
    };
    EXPECT_THROW((void)succeed_log(settings(), root(), die).has_value(), Killed) << last;
    const bool begun = last == "epoch started" || last == "trust file set aside";
    EXPECT_EQ(append() == "taken", begun) << last;
  }
  ASSERT_TRUE(succeed_log(settings(), root()));
  EXPECT_EQ(append(), "taken");
  const log::FsckReport report = fsck();
  EXPECT_EQ(report.wrong, 0u) << report.findings.front();
  EXPECT_EQ(report.size.leaves, 5u) << "what the desk took meanwhile is kept";
  EXPECT_EQ(trust().logs.size(), 2u);
}

TEST_F(LogClosing, ASuccessorIsClosedAndSucceededInItsTurn) {
  for (unsigned epoch = 2; epoch <= 3; ++epoch) {
    ASSERT_TRUE(close_log(settings(), root(), false));
    write_settings(epoch);
    const Result<format::Closing> done = succeed_log(settings(), root());
    ASSERT_TRUE(done) << done.error().detail;
    EXPECT_EQ(append(), "taken");
  }
  EXPECT_EQ(trust().logs.size(), 3u);
  EXPECT_EQ(read_closings(home())->size(), 2u);
  EXPECT_EQ(fsck().wrong, 0u);
}

// A store that was put back to before its end: the file beside it knows better.
TEST_F(LogClosing, IsNotUndoneByAnOlderStore) {
  std::filesystem::copy(home().ledger(), path("older"), std::filesystem::copy_options::recursive);
  ASSERT_TRUE(close_log(settings(), root(), false));
  std::filesystem::remove_all(home().ledger());
  std::filesystem::rename(path("older"), home().ledger());
  EXPECT_EQ(append(), "log: closed by its root key at 2 entries");
}

}  // namespace
}  // namespace refledger::tools
