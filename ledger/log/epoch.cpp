#include "ledger/log/epoch.h"

#include "ledger/format/checkpoint.h"
#include "ledger/format/origin.h"
#include "ledger/log/layout.h"
#include "ledger/log/view.h"

namespace refledger::log {
namespace {

Error refused(const std::string& why) { return {Fault::refused, "new epoch: " + why}; }

Result<void> remove_all(const store::Reader& store, std::string_view space, store::Batch& batch) {
  return store.scan(space, "", "", [&](std::string_view key, ByteView) {
    batch.remove(space, key);
    return true;
  });
}

}  // namespace

Result<void> start_epoch(store::Store& store, const std::string& origin, const Signer& log_key,
                         Anchor& anchor, UtcMillis now) {
  const Result<std::optional<Head>> head = anchor.read();
  if (!head) return head.error();
  if (*head) return refused("the head anchor is not a new one");
  const Result<View> view = View::open(store);
  if (!view) return view.error();
  const format::Checkpoint& before = view->checkpoint();
  if (!format::is_same_log(before.origin, origin)) {
    return refused("the ledger is of " + before.origin + ", not of an epoch before " + origin);
  }
  const std::string note = format::sign_checkpoint({origin, before.size, before.root}, log_key);
  store::Batch batch;
  batch.put(layout::kMeta, layout::kCheckpointKey, bytes_of(note));
  for (const std::string_view space : {layout::kStatus, layout::kCosigned}) {
    if (Result<void> removed = remove_all(store, space, batch); !removed) return removed;
  }
  if (Result<void> written = store.write(batch); !written) return written;
  return anchor.write({note, before.size, before.size, {}, now});
}

}  // namespace refledger::log
