#include "ledger/log/epoch.h"

#include "ledger/format/checkpoint.h"
#include "ledger/format/origin.h"
#include "ledger/log/closing.h"
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

// A log that was closed goes on where its root key said, and nowhere else.
Result<void> check_follows(const store::Reader& store, const std::string& before,
                           const format::NoteKey& epoch) {
  const Result<std::optional<std::string>> stored = stored_closings(store);
  if (!stored) return stored.error();
  if (!*stored) return {};
  const Result<std::optional<format::Closing>> closing = closing_of(**stored, before);
  if (!closing) return closing.error();
  if (!*closing || (*closing)->next == epoch) return {};
  return refused((*closing)->next
                     ? "the log was closed and goes on as " + format::format_vkey(*(*closing)->next)
                     : "the log was closed, and no successor is named");
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
  const bool begun = before.origin == origin;  // and interrupted before it was anchored
  if (!begun) {
    const format::NoteKey key{origin, format::kNoteEd25519, log_key.public_key()};
    if (Result<void> follows = check_follows(store, before.origin, key); !follows) return follows;
  }
  const std::string note = format::sign_checkpoint({origin, before.size, before.root}, log_key);
  store::Batch batch;
  batch.put(layout::kMeta, layout::kCheckpointKey, bytes_of(note));
  if (!begun) {
    batch.put(layout::kMeta, layout::kPredecessorKey, bytes_of(view->signed_checkpoint()));
  }
  for (const std::string_view space : {layout::kStatus, layout::kCosigned}) {
    if (Result<void> removed = remove_all(store, space, batch); !removed) return removed;
  }
  if (Result<void> written = store.write(batch); !written) return written;
  return anchor.write({note, before.size, before.size, {}, now});
}

}  // namespace refledger::log
