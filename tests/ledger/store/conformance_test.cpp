// The store on disk and the one that tests use keep what every store promises.
#include "ledger/store/rocksdb_store.h"
#include "support/memory_store.h"
#include "support/store_conformance.h"

namespace refledger::test {
namespace {

class OnDisk final : public StoreFactory {
 public:
  std::unique_ptr<store::Store> open(const std::vector<std::string>& spaces) override {
    auto opened = store::open_rocksdb(folder_.path() / "store", spaces);
    EXPECT_TRUE(opened.has_value()) << opened.error().detail;
    return *std::move(opened);
  }

 private:
  TemporaryFolder folder_;
};

// Its content outlives each opening, as a disk's does.
class InMemory final : public StoreFactory {
 public:
  std::unique_ptr<store::Store> open(const std::vector<std::string>& spaces) override {
    if (!kept_) kept_ = std::make_unique<MemoryStore>(spaces);
    return std::make_unique<Opened>(*kept_);
  }

 private:
  class Opened final : public store::Store {
   public:
    explicit Opened(MemoryStore& kept) : kept_(kept) {}
    Result<std::optional<Bytes>> get(std::string_view space, std::string_view key) const override {
      return kept_.get(space, key);
    }
    Result<void> scan(std::string_view space, std::string_view from, std::string_view to,
                      const Visit& visit) const override {
      return kept_.scan(space, from, to, visit);
    }
    Result<void> write(const store::Batch& batch) override { return kept_.write(batch); }
    Result<std::unique_ptr<const store::Reader>> snapshot() const override {
      return kept_.snapshot();
    }

   private:
    MemoryStore& kept_;
  };
  std::unique_ptr<MemoryStore> kept_;
};

template <class Factory>
std::unique_ptr<StoreFactory> make() {
  return std::make_unique<Factory>();
}

INSTANTIATE_TEST_SUITE_P(OnDisk, StoreConformance, testing::Values(&make<OnDisk>));
INSTANTIATE_TEST_SUITE_P(InMemory, StoreConformance, testing::Values(&make<InMemory>));

}  // namespace
}  // namespace refledger::test

namespace refledger::store {
namespace {

TEST(NumberKey, OrdersAsTheNumbersDo) {
  EXPECT_EQ(number_key(0), std::string(8, '\0'));
  EXPECT_EQ(number_key(0x0102030405060708), "\x01\x02\x03\x04\x05\x06\x07\x08");
  EXPECT_LT(number_key(255), number_key(256));
  EXPECT_LT(number_key((std::uint64_t{1} << 63) - 1), number_key(~std::uint64_t{0}));
}

}  // namespace
}  // namespace refledger::store
