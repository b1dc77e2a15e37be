#include "tools/refledger/followers.h"

#include "ledger/log/view.h"
#include "ledger/records/records.h"

namespace refledger::tools {

Result<std::unique_ptr<Followers>> Followers::open(const std::filesystem::path& ledger,
                                                   const std::filesystem::path& records,
                                                   const std::filesystem::path& scratch) {
  auto both = std::make_unique<Followers>();
  auto first = store::follow_rocksdb(ledger, scratch / "ledger", log::kSpaces);
  if (!first) return first.error();
  auto second = store::follow_rocksdb(records, scratch / "records", records::kSpaces);
  if (!second) return second.error();
  both->ledger_ = *std::move(first);
  both->records_ = *std::move(second);
  return both;
}

Result<void> Followers::catch_up() {
  Result<void> ledger;
  Result<void> records;
  gate_.change([&] {
    ledger = ledger_->catch_up();
    records = records_->catch_up();  // after, so that it is the younger of the two
  });
  return ledger ? records : ledger;
}

}  // namespace refledger::tools
