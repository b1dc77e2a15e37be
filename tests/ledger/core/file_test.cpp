// Files are replaced whole, or not at all.
#include "ledger/core/file.h"

#include <sys/stat.h>

#include "support/support.h"

namespace refledger {
namespace {

using test::TemporaryFolder;

unsigned mode_of(const std::filesystem::path& path) {
  struct stat found {};
  EXPECT_EQ(::stat(path.c_str(), &found), 0);
  return found.st_mode & 07777u;
}

TEST(File, IsReadAsItWasWritten) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a";
  for (const std::string& content : {std::string("one"), std::string(), std::string("\0\xff", 2)}) {
    ASSERT_TRUE(write_file(path, bytes_of(content)));
    EXPECT_EQ(text_of(*read_file(path, 100)), content);
  }
}

TEST(File, BelongsToItsOwnerAlone) {
  const TemporaryFolder folder;
  ASSERT_TRUE(write_file(folder.path() / "a", bytes_of("x")));
  EXPECT_EQ(mode_of(folder.path() / "a"), 0600u);
  ASSERT_TRUE(write_file(folder.path() / "a", bytes_of("x"), 0644));
  EXPECT_EQ(mode_of(folder.path() / "a"), 0644u);
  ASSERT_TRUE(make_private_folder(folder.path() / "b" / "c"));
  ASSERT_TRUE(make_private_folder(folder.path() / "b" / "c"));
  EXPECT_EQ(mode_of(folder.path() / "b" / "c"), 0700u);
}

TEST(File, SaysWhyItCannotBeRead) {
  const TemporaryFolder folder;
  EXPECT_EQ(read_file(folder.path() / "none", 10).error().fault, Fault::not_found);
  ASSERT_TRUE(write_file(folder.path() / "long", bytes_of("12345678901")));
  EXPECT_EQ(read_file(folder.path() / "long", 10).error().fault, Fault::out_of_range);
  EXPECT_TRUE(read_file(folder.path() / "long", 11));
  EXPECT_FALSE(read_file(folder.path(), 10));
}

TEST(File, ThatCannotBeWrittenLeavesTheOldOne) {
  const TemporaryFolder folder;
  EXPECT_EQ(write_file(folder.path() / "none" / "a", bytes_of("x")).error().fault,
            Fault::not_found);
  ASSERT_TRUE(make_private_folder(folder.path() / "a"));
  EXPECT_EQ(write_file(folder.path() / "a", bytes_of("x")).error().fault, Fault::storage);
  EXPECT_TRUE(std::filesystem::is_directory(folder.path() / "a"));
}

}  // namespace
}  // namespace refledger
