// A last write that a power cut left in pieces is dropped; damage to anything before it is not.
#include "ledger/store/torn_tail.h"

#include <fstream>
#include <iterator>

#include "ledger/store/rocksdb_store.h"
#include "numbered.h"
#include "support/support.h"

namespace refledger::store {
namespace {

namespace fs = std::filesystem;

std::string text_of_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A store of three batches as a kill leaves it, and its log's length after each.
class TornTail : public testing::Test {
 protected:
  void fill(std::size_t last_size) {
    const fs::path path = folder_.path() / "store";
    const auto store = *open_rocksdb(path, test::kNumberedSpaces);
    for (const fs::directory_entry& file : fs::directory_iterator(path)) {
      if (file.path().extension() == ".log") log_ = file.path().filename();
    }
    for (const std::size_t size : {std::size_t{900}, std::size_t{3000}, last_size}) {
      ASSERT_TRUE(store->write(test::numbered(++batches_, size)).has_value());
      ends_.push_back(fs::file_size(path / log_));
    }
    fs::copy(path, folder_.path() / "copy", fs::copy_options::recursive);
    content_ = text_of_file(folder_.path() / "copy" / log_);
    content_.resize(ends_.back());
  }
  std::optional<std::size_t> torn(const std::string& content) const {
    return torn_tail(bytes_of(content));
  }
  std::string zeroed(std::size_t from, std::size_t to) const {
    std::string content = content_;
    std::fill(content.begin() + static_cast<std::ptrdiff_t>(from),
              content.begin() + static_cast<std::ptrdiff_t>(to), '\0');
    return content;
  }
  /// How many batches a store with this log has; nothing if it does not open.
  std::optional<std::uint64_t> opens_with(const std::string& content) const {
    std::ofstream(folder_.path() / "copy" / log_, std::ios::binary | std::ios::trunc) << content;
    const auto store = open_rocksdb(folder_.path() / "copy", test::kNumberedSpaces);
    if (!store) return std::nullopt;
    EXPECT_TRUE(test::is_whole(**store));
    return *test::head_of(**store);
  }

  test::TemporaryFolder folder_;
  fs::path log_;
  std::uint64_t batches_ = 0;
  std::vector<std::size_t> ends_;
  std::string content_;
};

TEST_F(TornTail, IsNoneInALogThatIsWholeOrCutOff) {
  fill(5000);
  EXPECT_EQ(torn(content_), std::nullopt);
  EXPECT_EQ(torn(""), std::nullopt);
  EXPECT_EQ(torn(content_.substr(0, ends_[1])), std::nullopt);
  EXPECT_EQ(opens_with(content_), 3u);
}

TEST_F(TornTail, BeginsWithTheLastBatchWhicheverOfItsSectorsIsMissing) {
  for (const std::size_t size : {std::size_t{5000}, std::size_t{100'000}}) {
    ends_.clear();
    batches_ = 0;
    fs::remove_all(folder_.path() / "store");
    fs::remove_all(folder_.path() / "copy");
    fill(size);
    for (std::size_t at = ends_[1]; at < ends_[2];) {
      const std::size_t end = std::min(at + 512 - at % 512, ends_[2]);
      EXPECT_EQ(torn(zeroed(at, end)), ends_[1]) << "a hole from " << at << " of " << ends_[2];
      at = end;
    }
  }
}

TEST_F(TornTail, IsDroppedWhenTheStoreOpens) {
  fill(100'000);
  const std::size_t hole = (ends_[1] / 512 + 3) * 512;
  EXPECT_EQ(opens_with(zeroed(hole, hole + 512)), 2u);
}

TEST_F(TornTail, IsNoneWhereAnIntactBatchFollows) {
  fill(100'000);
  for (std::size_t at = (ends_[0] / 512 + 1) * 512; at + 512 < ends_[1]; at += 512) {
    EXPECT_EQ(torn(zeroed(at, at + 512)), std::nullopt) << at;
  }
  const std::size_t hole = (ends_[0] / 512 + 1) * 512;
  EXPECT_EQ(opens_with(zeroed(hole, hole + 512)), std::nullopt);
  EXPECT_EQ(opens_with(content_), 3u);  // and nothing was cut
}

TEST_F(TornTail, IsNoneWhereABitFlipped) {
  fill(5000);
  for (std::size_t at = 0; at < content_.size(); at += 97) {
    std::string content = content_;
    content[at] = static_cast<char>(content[at] ^ 4);
    EXPECT_EQ(torn(content), std::nullopt) << at;
  }
}

TEST_F(TornTail, IsCutOnce) {
  fill(100'000);
  const std::size_t hole = (ends_[1] / 512 + 3) * 512;
  const fs::path copy = folder_.path() / "copy";
  std::ofstream(copy / log_, std::ios::binary | std::ios::trunc) << zeroed(hole, hole + 512);
  EXPECT_TRUE(*cut_torn_tail(copy));
  EXPECT_EQ(fs::file_size(copy / log_), ends_[1]);
  EXPECT_FALSE(*cut_torn_tail(copy));
}

}  // namespace
}  // namespace refledger::store
