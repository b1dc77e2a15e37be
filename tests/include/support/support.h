// What tests share: fixed randomness, a clock turned by hand, a folder that vanishes, vectors.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "ledger/core/hash.h"
#include "ledger/core/random.h"
#include "ledger/core/time.h"

namespace refledger::test {

/// The same bytes in every run: SHA-256 of seed and a counter.
class FixedRandom : public Random {
 public:
  explicit FixedRandom(std::uint8_t seed = 1) : state_{seed} {}
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) {
      if (at_ == block_.size()) {
        block_ = sha256({state_, block_});
        at_ = 0;
      }
      byte = block_[at_++];
    }
  }

 private:
  std::array<std::uint8_t, 1> state_;
  Sha256 block_{};
  std::size_t at_ = 32;
};

class HandClock : public Clock {
 public:
  explicit HandClock(std::string_view rfc3339 = "2026-11-02T08:00:00.000Z")
      : now_(*parse_time(rfc3339, "clock")) {}
  UtcMillis now() const override { return now_; }
  void advance(std::chrono::milliseconds by) { now_ += by; }
  void set(std::string_view rfc3339) { now_ = *parse_time(rfc3339, "clock"); }

 private:
  UtcMillis now_;
};

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "refledger-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A file of tests/vectors, whole.
inline std::string vector_file(const std::string& name) {
  std::ifstream file(std::string(REFLEDGER_VECTORS) + "/" + name, std::ios::binary);
  EXPECT_TRUE(file.good()) << "tests/vectors/" << name << " is missing";
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace refledger::test
