#include "ledger/log/cosigned.h"

#include "ledger/format/checkpoint.h"
#include "ledger/log/layout.h"

namespace refledger::log {

Result<std::optional<std::string>> read_cosigned(const store::Reader& store) {
  const auto stored = store.get(layout::kCosigned, layout::kNewestCosigned);
  if (!stored) return stored.error();
  if (!*stored) return std::optional<std::string>();
  return std::optional<std::string>(text_of(**stored));
}

Result<void> put_cosigned(store::Store& store, const std::string& note) {
  const Result<format::Note> parsed = format::parse_note(note);
  if (!parsed) return parsed.error();
  const Result<format::Checkpoint> checkpoint = format::parse_checkpoint(parsed->text);
  if (!checkpoint) return checkpoint.error();
  store::Batch batch;
  batch.put(layout::kCosigned, layout::kNewestCosigned, bytes_of(note));
  batch.put(layout::kCosigned, store::number_key(checkpoint->size.leaves), bytes_of(note));
  return store.write(batch);
}

Result<View> best_witnessed(const store::Reader& store, const View& newest, TreeSize matters) {
  const Result<std::optional<std::string>> note = read_cosigned(store);
  if (!note) return note.error();
  if (!*note) return newest;
  const Result<View> cosigned = newest.pinned_to(**note);
  // The store may have moved on between the two reads; then the newest view is the older one.
  if (!cosigned || cosigned->checkpoint().size < matters) return newest;
  return *cosigned;
}

}  // namespace refledger::log
