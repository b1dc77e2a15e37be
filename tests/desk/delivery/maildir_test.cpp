// The maildir: one file a message, however often it is sent and whoever has read it.
#include <sys/stat.h>

#include "desk/delivery/transport.h"
#include "support/support.h"

namespace refledger::delivery {
namespace {

namespace fs = std::filesystem;

const Address kFrom = *Address::parse("hr@muster.example");
const Address kTo = *Address::parse("jana@example.org");

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  return files;
}

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Maildir : public testing::Test {
 protected:
  Maildir() : folder(temporary.path() / "mail") {
    Result<std::unique_ptr<Transport>> made = make_maildir(folder);
    EXPECT_TRUE(made);
    transport = std::move(*made);
  }
  Delivered send(std::string_view message, std::string_view id = "1@muster.example") {
    return transport->send(bytes_of(message), kFrom, kTo, id);
  }

  test::TemporaryFolder temporary;
  fs::path folder;
  std::unique_ptr<Transport> transport;
};

TEST_F(Maildir, KeepsTheBytesAsTheyAreInNew) {
  EXPECT_EQ(send("Subject: x\r\n\r\n.\r\n").outcome, Outcome::sent);
  const std::vector<fs::path> files = files_in(folder / "new");
  ASSERT_EQ(files.size(), 1u);
  EXPECT_EQ(content_of(files[0]), "Subject: x\r\n\r\n.\r\n");
  EXPECT_TRUE(files_in(folder / "tmp").empty());
  EXPECT_TRUE(files_in(folder / "cur").empty());
}

TEST_F(Maildir, KeepsItsFilesToTheirOwner) {
  ASSERT_EQ(send("a\r\n").outcome, Outcome::sent);
  struct stat info {};
  ASSERT_EQ(stat(files_in(folder / "new")[0].c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777u, 0600u);
  ASSERT_EQ(stat((folder / "new").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777u, 0700u);
}

TEST_F(Maildir, HoldsOneFileAMessageHoweverOftenItIsSent) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(send("a\r\n").outcome, Outcome::sent);
  EXPECT_EQ(files_in(folder / "new").size(), 1u);
  EXPECT_EQ(send("b\r\n", "2@muster.example").outcome, Outcome::sent);
  EXPECT_EQ(files_in(folder / "new").size(), 2u);
}

TEST_F(Maildir, RecognisesAMessageThatWasReadOrMoved) {
  for (const char* marks : {"", ":2,", ":2,RS"}) {
    ASSERT_EQ(send("a\r\n", marks + std::string("x")).outcome, Outcome::sent);
    const fs::path fresh = files_in(folder / "new")[0];
    fs::rename(fresh, folder / "cur" / (fresh.filename().string() + marks));
    EXPECT_EQ(send("a\r\n", marks + std::string("x")).outcome, Outcome::sent);
    EXPECT_TRUE(files_in(folder / "new").empty()) << marks;
  }
}

TEST_F(Maildir, OverwritesWhatACrashLeftInTmp) {
  ASSERT_EQ(send("whole\r\n").outcome, Outcome::sent);
  const fs::path fresh = files_in(folder / "new")[0];
  std::ofstream(folder / "tmp" / fresh.filename()) << "half of a much longer mess";
  fs::remove(fresh);
  ASSERT_EQ(send("whole\r\n").outcome, Outcome::sent);
  EXPECT_EQ(content_of(fresh), "whole\r\n");
  EXPECT_TRUE(files_in(folder / "tmp").empty());
}

TEST_F(Maildir, GivesNoMessageIdAWayOut) {
  for (const char* id : {"../../etc/passwd", "/tmp/x", "a/b", ".hidden", "a:2,S", "", "\n"}) {
    EXPECT_EQ(send("a\r\n", id).outcome, Outcome::sent);
  }
  EXPECT_EQ(files_in(folder / "new").size(), 7u);
  EXPECT_EQ(files_in(temporary.path()).size(), 1u);
  for (const fs::path& file : files_in(folder / "new")) {
    EXPECT_EQ(file.filename().string().find_first_not_of("0123456789abcdefrefledger."),
              std::string::npos);
  }
}

TEST_F(Maildir, SaysNotSentWhenAFolderIsGone) {
  for (const char* part : {"tmp", "new", "cur"}) {
    fs::remove(folder / part);
    const Delivered delivered = send("a\r\n", part);
    EXPECT_EQ(delivered.outcome, Outcome::not_sent) << part;
    EXPECT_EQ(delivered.detail.rfind("maildir: ", 0), 0u);
    fs::create_directory(folder / part);
  }
}

TEST_F(Maildir, FollowsNoLinkOutOfTmp) {
  ASSERT_EQ(send("a\r\n").outcome, Outcome::sent);
  const fs::path name = files_in(folder / "new")[0].filename();
  fs::create_symlink(temporary.path() / "elsewhere", folder / "tmp" / name);
  EXPECT_EQ(send("a\r\n").outcome, Outcome::not_sent);
  EXPECT_FALSE(fs::exists(temporary.path() / "elsewhere"));
}

TEST(MakeMaildir, OpensAFolderAgain) {
  const test::TemporaryFolder temporary;
  ASSERT_TRUE(make_maildir(temporary.path() / "mail"));
  EXPECT_TRUE(make_maildir(temporary.path() / "mail"));
}

TEST(MakeMaildir, FailsWhereAFileIsInTheWay) {
  const test::TemporaryFolder temporary;
  std::ofstream(temporary.path() / "mail") << "x";
  EXPECT_FALSE(make_maildir(temporary.path() / "mail"));
}

}  // namespace
}  // namespace refledger::delivery
