// A process's folder on a tmpfs goes with the process, one way or the other.
#include "tools/refledger/scratch.h"

#include <optional>
#include <set>

#include "support/support.h"

namespace refledger::tools {
namespace {

std::set<std::string> names_in(const std::filesystem::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

void write(const std::filesystem::path& file) { std::ofstream(file) << "content"; }

TEST(Scratch, IsRemovedWithItsContentWhenItsOwnerIsDone) {
  const test::TemporaryFolder parent;
  {
    const Result<Scratch> scratch = Scratch::make(parent.path());
    ASSERT_TRUE(scratch.has_value());
    std::filesystem::create_directories(scratch->path() / "ledger");
    write(scratch->path() / "ledger" / "LOG");
    EXPECT_EQ(names_in(parent.path()).size(), 1u);
  }
  EXPECT_TRUE(names_in(parent.path()).empty());
}

TEST(Scratch, OfAKilledProcessIsRemovedByTheNextAndOneInUseIsNot) {
  const test::TemporaryFolder parent;
  std::optional<Result<Scratch>> in_use = Scratch::make(parent.path());
  ASSERT_TRUE(in_use->has_value());
  const std::filesystem::path abandoned = parent.path() / "refledger-public-AAAAAA";
  std::filesystem::create_directories(abandoned / "records");
  write(abandoned / "records" / "LOG");

  const Result<Scratch> next = Scratch::make(parent.path());
  ASSERT_TRUE(next.has_value());
  EXPECT_FALSE(std::filesystem::exists(abandoned));
  EXPECT_TRUE(std::filesystem::exists((*in_use)->path()));
  EXPECT_NE(next->path(), (*in_use)->path());
}

TEST(Scratch, LeavesOtherThingsAloneAndFollowsNoLink) {
  const test::TemporaryFolder parent;
  std::filesystem::create_directories(parent.path() / "other");
  write(parent.path() / "other" / "file");
  write(parent.path() / "refledger-public-file");
  std::filesystem::create_directory_symlink(parent.path() / "other",
                                            parent.path() / "refledger-public-link");
  const Result<Scratch> scratch = Scratch::make(parent.path());
  ASSERT_TRUE(scratch.has_value());
  EXPECT_TRUE(std::filesystem::exists(parent.path() / "other" / "file"));
  EXPECT_TRUE(std::filesystem::exists(parent.path() / "refledger-public-file"));
}

TEST(Scratch, IsAStorageFaultWhereNoFolderCanBeMade) {
  EXPECT_EQ(Scratch::make("/nonexistent").error().fault, Fault::storage);
}

}  // namespace
}  // namespace refledger::tools
