// The audit log: what was written stays, in its order, and whoever changes it is found out.
#include "desk/audit/audit.h"

#include <gtest/gtest.h>

#include "ledger/core/file.h"
#include "support/memory_store.h"
#include "support/support.h"

namespace refledger::audit {
namespace {

struct AuditTest : testing::Test {
  test::TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "audit.log";
  test::MemoryStore store{vault::kSpaces};
  sign::MasterKey key = *sign::MasterKey::from_bytes(Bytes(32, 7));
  test::FixedRandom random;
  vault::Vault vault{store, key, random};
  UtcMillis now = *parse_time("2026-11-02T08:00:00.000Z", "now");

  std::string text() { return std::string(text_of(*read_file(file, 1 << 20))); }
  void write(const std::string& changed) { ASSERT_TRUE(write_file(file, bytes_of(changed))); }
  void fill(int events) {
    const auto audit = *Audit::open(file, vault);
    for (int at = 0; at < events; ++at) {
      ASSERT_TRUE(audit->add("u1", "case.view", "case" + std::to_string(at), now));
    }
  }
  bool opens() { return Audit::open(file, vault).has_value(); }
};

const auto kAll = [](const Event&) { return true; };

TEST_F(AuditTest, SaysWhoDidWhatTheNewestFirst) {
  fill(5);
  const auto audit = *Audit::open(file, vault);
  ASSERT_TRUE(audit->add("u2", "case.approve", "case1", now));
  const Audit::Page page = *audit->newest(0, 2, kAll);
  EXPECT_EQ(page.matching, 6u);
  ASSERT_EQ(page.events.size(), 2u);
  EXPECT_EQ(page.events[0].did, "case.approve");
  EXPECT_EQ(page.events[0].number, 6u);
  const Audit::Page next = *audit->newest(4, 4, kAll);
  ASSERT_EQ(next.events.size(), 2u);
  EXPECT_EQ(next.events[1].of, "case0");
  EXPECT_EQ(audit->newest(0, 9, [](const Event& event) { return event.of == "case1"; })->matching,
            2u);
  EXPECT_EQ(*audit->export_lines(), text());
}

TEST_F(AuditTest, TakesNothingButIds) {
  const auto audit = *Audit::open(file, vault);
  for (const char* bad : {"Anna Meier", "anna@firm.example", "a\"b", "\n"}) {
    EXPECT_EQ(audit->add("u1", "case.view", bad, now).error().fault, Fault::malformed);
  }
  EXPECT_EQ(audit->head().lines, 0u);
}

TEST_F(AuditTest, FindsEveryChangedByte) {
  fill(3);
  const std::string good = text();
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    write(bad);
    EXPECT_FALSE(opens()) << "byte " << at;
  }
  write(good);
  EXPECT_TRUE(opens());
}

TEST_F(AuditTest, FindsThatLinesAreMissingAtTheEndOrAltogether) {
  fill(3);
  const std::string good = text();
  write(good.substr(0, good.rfind('\n', good.size() - 2) + 1));
  EXPECT_EQ(verify_log(file, vault).error().fault, Fault::refused);
  std::filesystem::remove(file);
  EXPECT_FALSE(opens());
  write(good);
  EXPECT_TRUE(opens());
}

// A whole log, well chained, that somebody else wrote.
TEST_F(AuditTest, FindsALogThatWasWrittenAnew) {
  fill(3);
  test::MemoryStore elsewhere{vault::kSpaces};
  vault::Vault other(elsewhere, key, random);
  std::filesystem::remove(file);
  {
    const auto forged = *Audit::open(file, other);
    for (int at = 0; at < 3; ++at) ASSERT_TRUE(forged->add("u9", "case.view", "case9", now));
  }
  EXPECT_FALSE(opens());
}

TEST_F(AuditTest, CarriesOnAfterACrashBetweenLineAndCount) {
  fill(2);
  const std::string good = text();
  const auto before = store.content();
  fill(1);
  const std::string longer = text();
  store.content() = before;
  EXPECT_TRUE(opens()) << "one line more than counted";
  EXPECT_EQ(text(), longer);
  EXPECT_GT(longer.size(), good.size());
}

TEST_F(AuditTest, DropsALineThatWasNeverFinished) {
  fill(2);
  const std::string good = text();
  write(good + R"({"at":"2026-)");
  EXPECT_TRUE(opens());
  EXPECT_EQ(text(), good);
}

TEST_F(AuditTest, RefusesEverythingOnceAWriteFailed) {
  const auto audit = *Audit::open(file, vault);
  store.fail_write(0, test::MemoryStore::Loss::lost);
  EXPECT_EQ(audit->add("u1", "case.view", "case1", now).error().fault, Fault::storage);
  store.reopen();
  EXPECT_EQ(audit->add("u1", "case.view", "case1", now).error().fault, Fault::storage);
}

}  // namespace
}  // namespace refledger::audit
