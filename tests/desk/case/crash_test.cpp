// kill -9 after every step, on real stores and a real maildir: exactly one reference, one entry,
// one message, the same bytes.
//
// Order    This process never opens a store itself: crash_desk does, in processes of its own.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>

#include <csignal>
#include <map>

#include "ledger/core/file.h"
#include "message_parts.h"
#include "support/support.h"

extern char** environ;

namespace refledger::desk {
namespace {

namespace fs = std::filesystem;

struct Ended {
  int status = -1;
  std::string output;

  bool well() const { return WIFEXITED(status) && WEXITSTATUS(status) == 0; }
  bool killed() const { return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL; }
};

Ended crash_desk(const fs::path& folder, std::vector<std::string> arguments) {
  const fs::path output = folder / "output";
  arguments.insert(arguments.begin(), {CRASH_DESK, folder.string()});
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t child = 0;
  Ended ended;
  if (posix_spawn(&child, argv[0], &actions, nullptr, argv.data(), environ) == 0) {
    waitpid(child, &ended.status, 0);
  }
  posix_spawn_file_actions_destroy(&actions);
  if (auto bytes = read_file(output, 1 << 20)) ended.output = text_of(*bytes);
  return ended;
}

std::map<std::string, std::string> messages_in(const fs::path& folder) {
  std::map<std::string, std::string> messages;
  if (!fs::exists(folder / "mail" / "new")) return messages;
  for (const auto& file : fs::directory_iterator(folder / "mail" / "new")) {
    messages[file.path().filename()] = text_of(*read_file(file.path(), 16 << 20));
  }
  return messages;
}

std::string everything_below(const fs::path& folder) {
  std::string all;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (file.is_regular_file()) all += text_of(*read_file(file.path(), 64 << 20));
  }
  return all;
}

// What must be nowhere in ledger and vault: who it is about, and what opens the record.
std::vector<std::string> canaries(const Brought& brought) {
  std::vector<std::string> words{"Canaria", "Vogelsang7", "Polymechanikerin",
                                 "private7@example.org"};
  const auto link = format::parse_link(brought.findings.link);
  EXPECT_TRUE(link && link->secret);
  if (!link || !link->secret) return words;
  for (const ByteView secret : {link->id.view(), link->secret->view()}) {
    words.emplace_back(text_of(secret));
    words.push_back(to_hex(secret));
    words.push_back(to_base32(secret));
    words.push_back(to_base64url(secret));
  }
  return words;
}

void expect_nothing_readable(const fs::path& folder, const Brought& brought) {
  for (const char* store : {"ledger", "vault"}) {
    const std::string all = everything_below(folder / store);
    for (const std::string& word : canaries(brought)) {
      EXPECT_EQ(all.find(word), std::string::npos) << store << " holds a canary";
    }
  }
  EXPECT_NE(everything_below(folder / "ledger").find(kOrigin), std::string::npos)
      << "the search must be able to find something";
}

void expect_exactly_one_of_each(const fs::path& folder) {
  const auto messages = messages_in(folder);
  ASSERT_EQ(messages.size(), 1u);
  const std::string& message = messages.begin()->second;
  const Brought brought = judge(message, *parse_time("2026-11-02T08:00:00.000Z", "now"));
  EXPECT_EQ(brought.report.verdict, verify::Verdict::genuine_and_valid) << brought.report.reason;
  EXPECT_EQ(brought.findings.signature, verify::PdfSignature::whole_file);
  expect_nothing_readable(folder, brought);

  const Ended reported = crash_desk(folder, {"report"});
  ASSERT_TRUE(reported.well());
  const Json told = Json::parse(reported.output);
  EXPECT_EQ(told["size"], 3) << "two keys, one reference";
  ASSERT_EQ(told["documents"].size(), 1u);
  EXPECT_EQ(told["documents"][0], to_hex(sha256(brought.document)));
  ASSERT_EQ(told["cases"].size(), 1u);
  EXPECT_EQ(told["cases"][0]["stage"], "delivered");
  EXPECT_EQ(told["cases"][0]["destroyed"], true);
  EXPECT_EQ(header_of("\r\n" + message, "Message-ID"),
            "<" + told["cases"][0]["message_id"].get<std::string>() + ">");
  for (const char* kind : {"message", "document", "record", "proof"}) {
    EXPECT_EQ(told["kept"][kind], 0) << kind;
  }
  EXPECT_EQ(told["kept"]["reference"], 1);
}

TEST(DeskCrash, AKillAfterAnyStepLeavesExactlyOneOfEach) {
  for (std::size_t step = 1; step <= step_names().size(); ++step) {
    SCOPED_TRACE(testing::Message() << "killed after \"" << step_names()[step - 1] << "\"");
    const test::TemporaryFolder folder;
    ASSERT_TRUE(crash_desk(folder.path(), {"run", std::to_string(step)}).killed());
    const auto before = messages_in(folder.path());
    ASSERT_TRUE(crash_desk(folder.path(), {"run", "0"}).well());
    expect_exactly_one_of_each(folder.path());
    if (!before.empty()) {
      EXPECT_EQ(messages_in(folder.path()), before) << "the same bytes again";
    }
  }
}

TEST(DeskCrash, ThereIsNoStepBeyondThoseNamed) {
  const test::TemporaryFolder folder;
  const std::string beyond = std::to_string(step_names().size() + 1);
  EXPECT_TRUE(crash_desk(folder.path(), {"run", beyond}).well());
  expect_exactly_one_of_each(folder.path());
}

// What HR orders, killed here and there on the way and ordered again.
TEST(DeskCrash, AKilledOrderComesToOneReferenceWhenItIsRepeated) {
  for (const std::string mode : {"release", "company-seal", "qualified", "by-hand"}) {
    std::size_t killed = 0;
    for (long step = 3;; step += 9) {
      SCOPED_TRACE(testing::Message() << mode << ", killed after step " << step);
      const test::TemporaryFolder folder;
      const Ended first = crash_desk(folder.path(), {mode, std::to_string(step)});
      if (first.well()) break;
      ASSERT_TRUE(first.killed()) << first.output;
      ++killed;
      ASSERT_TRUE(crash_desk(folder.path(), {mode, "0"}).well());
      EXPECT_EQ(messages_in(folder.path()).size(), mode == "by-hand" ? 0u : 1u);
      const Json told = Json::parse(crash_desk(folder.path(), {"report"}).output);
      EXPECT_EQ(told["size"], 3) << "two keys, one reference";
      ASSERT_EQ(told["cases"].size(), 1u);
      EXPECT_EQ(told["cases"][0]["stage"], "delivered");
      EXPECT_EQ(told["cases"][0]["destroyed"], true);
    }
    EXPECT_GE(killed, 2u) << mode;
  }
}

// The negative control: a message that is not destroyed must be found by the same search.
TEST(DeskCrash, TheSearchForCanariesFindsThemInTheMaildir) {
  const test::TemporaryFolder folder;
  ASSERT_TRUE(crash_desk(folder.path(), {"run", "0"}).well());
  EXPECT_NE(everything_below(folder.path() / "mail").find("private7@example.org"),
            std::string::npos);
}

}  // namespace
}  // namespace refledger::desk
