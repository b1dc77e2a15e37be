// The disk fills up while entries are appended: the process ends, nothing is lost, and once there
// is room it goes on.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <fstream>

#include "fault_run.h"
#include "other_reader.h"

namespace refledger::test {
namespace {

/// A disk of its own for the data folder.  Mounting takes root.
class SmallDisk {
 public:
  SmallDisk(const std::filesystem::path& folder, std::size_t kilobytes) : folder_(folder) {
    const std::string options = "mode=700,size=" + std::to_string(kilobytes) + "k";
    mounted_ = ::mount("faults", folder.c_str(), "tmpfs", 0, options.c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool is_mounted() const { return mounted_; }
  bool make_room() const {
    return ::mount("faults", folder_.c_str(), "tmpfs", MS_REMOUNT, "size=200000k") == 0;
  }

 private:
  std::filesystem::path folder_;
  bool mounted_ = false;
};

// From too small for an empty ledger to too small for many entries.
TEST(FullDisk, EndsTheProcessLosesNothingAndGoesOnWithRoom) {
  std::vector<std::size_t> sizes{1200, 2600, 9000};
  if (is_soak()) {
    sizes.clear();
    for (std::size_t size = 800; sizes.size() < 50; size += 200) sizes.push_back(size);
  }
  std::size_t filled = 0;
  std::size_t acknowledged = 0;
  for (const std::size_t size : sizes) {
    const FaultFolder folder;
    const SmallDisk disk(folder.data(), size);
    if (!disk.is_mounted()) GTEST_SKIP() << "mounting a small disk takes root";
    // Another program takes what is left once the ledger is there, all but a little.
    Worker worker(folder, {"callers", "4"});
    for (int tries = 0; tries < 400 && folder.promised().positions.size() < 8; ++tries) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    {
      std::ofstream ballast(folder.data() / "ballast", std::ios::binary);
      const std::string block(4096, 'x');
      while (ballast.write(block.data(), 4096).flush()) {
      }
    }
    const int code = worker.wait();
    ASSERT_TRUE(code == 3 || code == 4 || code == 128 + SIGABRT) << size << ": " << code;
    filled += folder.promised().positions.empty() ? 0 : 1;
    acknowledged += folder.promised().positions.size();
    ASSERT_TRUE(disk.make_room());
    auto ledger = LedgerFolder::open(folder.data());
    ASSERT_TRUE(ledger.has_value()) << size << ": " << ledger.error().detail;
    ASSERT_EQ(wrong_in(**ledger, folder.promised(), Entries::callers), "") << size;
    Company company;
    const std::vector<std::string> entries{company.first(), company.issue(1)};
    ASSERT_TRUE((*ledger)->log().append(entries).has_value());
    ledger->reset();
    ASSERT_EQ(wrong_by_other_reader(folder.data()), "") << size;
  }
  EXPECT_GT(filled, 0u);
  tell_figure("disk full: " + std::to_string(sizes.size()) + " sizes, " + std::to_string(filled) +
              " of them with " + std::to_string(acknowledged) + " entries before, 0 losses");
}

}  // namespace
}  // namespace refledger::test
