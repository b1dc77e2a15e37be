#include "ledger/keys/closing.h"

#include <algorithm>

#include "ledger/keys/note.h"

namespace refledger::keys {

Result<bool> Closings::take(const std::string& text) {
  const Result<format::Note> note = format::parse_note(text);
  if (!note) return note.error();
  Result<format::Closing> closing = format::parse_closing(note->text);
  if (!closing) return closing.error();
  bool known = false;
  for (const format::NoteKey& root : roots_) {
    const NoteTrust trust = check_note(*note, root);
    if (trust == NoteTrust::bad_signature) {
      return Error{Fault::refused, "closing: the root key's signature does not hold"};
    }
    known = known || trust == NoteTrust::signed_by_key;
  }
  if (!known) return false;
  const auto before = std::ranges::find(known_, closing->last.origin,
                                        [](const auto& each) { return each.last.origin; });
  if (before == known_.end()) {
    known_.push_back(*std::move(closing));
    return true;
  }
  const bool same = before->last == closing->last && before->key_stolen == closing->key_stolen;
  if (!same || (before->next && closing->next && *before->next != *closing->next)) {
    return Error{Fault::refused, "closing: the root key contradicts itself about one log"};
  }
  if (closing->next) before->next = closing->next;
  return true;
}

Result<void> Closings::take_all(const std::vector<std::string>& notes) {
  for (const std::string& note : notes) {
    if (const Result<bool> taken = take(note); !taken) return taken.error();
  }
  return {};
}

const format::Closing* Closings::find(std::string_view origin) const {
  const auto found = std::ranges::find_if(
      known_, [&](const format::Closing& each) { return each.last.origin == origin; });
  return found == known_.end() ? nullptr : &*found;
}

// Each successor is a later epoch than the one before, so this ends.
const format::NoteKey& Closings::newest(const format::NoteKey& key) const {
  const format::NoteKey* at = &key;
  for (const format::Closing* end = find(at->name); end != nullptr && end->next;
       end = find(at->name)) {
    at = &*end->next;
  }
  return *at;
}

bool counts_in(const format::Checkpoint& state, const format::Closing& closing) {
  if (state.size == closing.last.size) return state.root == closing.last.root;
  return state.size < closing.last.size && !closing.key_stolen;
}

}  // namespace refledger::keys
