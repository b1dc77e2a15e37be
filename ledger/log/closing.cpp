#include "ledger/log/closing.h"

#include <algorithm>

#include "ledger/format/origin.h"
#include "ledger/log/layout.h"
#include "ledger/log/view.h"

namespace refledger::log {
namespace {

Result<std::optional<std::string>> text_at(const store::Reader& store, std::string_view key) {
  const auto stored = store.get(layout::kMeta, key);
  if (!stored) return stored.error();
  if (!*stored) return std::optional<std::string>();
  return std::optional(std::string(text_of(**stored)));
}

Error refused(const std::string& why) { return {Fault::refused, "closing: " + why}; }

Result<std::vector<format::Closing>> parsed(std::string_view closings) {
  const Result<std::vector<std::string>> notes = format::parse_closings(closings);
  if (!notes) return notes.error();
  std::vector<format::Closing> all;
  for (const std::string& text : *notes) {
    const Result<format::Note> note = format::parse_note(text);
    if (!note) return note.error();
    Result<format::Closing> closing = format::parse_closing(note->text);
    if (!closing) return closing.error();
    all.push_back(*std::move(closing));
  }
  return all;
}

Result<void> check_fits(const View& view, const std::vector<format::Closing>& closings) {
  const format::Checkpoint& now = view.checkpoint();
  for (const format::Closing& closing : closings) {
    const format::Checkpoint& last = closing.last;
    if (!format::is_same_log(last.origin, now.origin)) return refused("it is another log's");
    if (last.size > now.size || (last.origin == now.origin && last.size != now.size)) {
      return refused("the log has " + std::to_string(now.size.leaves) +
                     " entries, and was closed at " + std::to_string(last.size.leaves));
    }
    const Result<TreeHash> root = view.root(last.size);
    if (!root) return root.error();
    if (*root != last.root) return refused("the log tells another history than the closing");
  }
  return {};
}

Result<void> check_keeps(const std::string& before, const std::string& after) {
  const Result<std::vector<format::Closing>> kept = parsed(before);
  if (!kept) return Error{Fault::storage, "stored closings: " + kept.error().detail};
  for (const format::Closing& each : *kept) {
    const Result<std::optional<format::Closing>> now = closing_of(after, each.last.origin);
    if (!now) return now.error();
    const bool same = *now && (*now)->last == each.last && (*now)->key_stolen == each.key_stolen &&
                      (!each.next || (*now)->next == each.next);
    if (!same) return refused("it does not go with what is stored");
  }
  return {};
}

}  // namespace

Result<std::optional<std::string>> stored_closings(const store::Reader& store) {
  return text_at(store, layout::kClosingsKey);
}

Result<std::optional<std::string>> stored_predecessor(const store::Reader& store) {
  return text_at(store, layout::kPredecessorKey);
}

Result<std::optional<format::Closing>> closing_of(std::string_view closings,
                                                  std::string_view origin) {
  const Result<std::vector<format::Closing>> all = parsed(closings);
  if (!all) return all.error();
  std::optional<format::Closing> found;
  for (const format::Closing& each : *all) {
    if (each.last.origin == origin) found = each;
  }
  return found;
}

Result<void> store_closings(store::Store& store, const std::string& closings) {
  const Result<std::optional<std::string>> before = stored_closings(store);
  if (!before) return before.error();
  if (*before == closings) return {};
  const Result<std::vector<format::Closing>> all = parsed(closings);
  if (!all) return all.error();
  const Result<View> view = View::open(store);
  if (!view) return view.error();
  if (Result<void> fits = check_fits(*view, *all); !fits) return fits;
  if (*before) {
    if (Result<void> kept = check_keeps(**before, closings); !kept) return kept;
  }
  store::Batch batch;
  batch.expect(layout::kMeta, layout::kCheckpointKey, copy_of(bytes_of(view->signed_checkpoint())));
  batch.put(layout::kMeta, layout::kClosingsKey, bytes_of(closings));
  return store.write(batch);
}

}  // namespace refledger::log
