// The public process never shows an entry whose record it does not have yet.
#include "tools/refledger/followers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "ledger/core/file.h"
#include "ledger/log/view.h"
#include "ledger/records/records.h"
#include "support/support.h"

namespace refledger::tools {
namespace {

void put(store::Store& into, std::string_view space, std::string_view key) {
  store::Batch batch;
  batch.put(space, key, bytes_of("x"));
  ASSERT_TRUE(into.write(batch).has_value());
}

TEST(Followers, NeverShowAnEntryWithoutItsRecord) {
  const test::TemporaryFolder folder;
  auto ledger = store::open_rocksdb(folder.path() / "ledger", log::kSpaces);
  auto records = store::open_rocksdb(folder.path() / "records", records::kSpaces);
  ASSERT_TRUE(ledger && records);
  std::filesystem::create_directory(folder.path() / "scratch");
  const auto followers = Followers::open(folder.path() / "ledger", folder.path() / "records",
                                         folder.path() / "scratch");
  ASSERT_TRUE(followers.has_value()) << followers.error().detail;

  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int i = 0; i < 400; ++i) {
      const std::string key = std::to_string(1000 + i);
      put(**records, "record", key);
      put(**ledger, "entry", key);
    }
    done = true;
  });
  std::thread following([&] {
    while (!done) EXPECT_TRUE((*followers)->catch_up().has_value());
  });
  int seen = 0;
  for (int next = 1000; !done;) {
    const auto reading = (*followers)->read();
    const std::string key = std::to_string(next);
    if (!(*followers)->ledger().get("entry", key)->has_value()) continue;
    EXPECT_TRUE((*followers)->records().get("record", key)->has_value()) << key;
    ++next;
    ++seen;
  }
  writer.join();
  following.join();
  EXPECT_GT(seen, 100);
}

}  // namespace
}  // namespace refledger::tools
