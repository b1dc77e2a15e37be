#include "ledger/format/closing.h"

#include "ledger/core/json.h"
#include "ledger/core/text.h"
#include "ledger/format/origin.h"

namespace refledger::format {
namespace {

constexpr std::string_view kFirstLine = "refledger-closing/v1";
constexpr std::string_view kEnded = "ended";
constexpr std::string_view kStolen = "key-stolen";
constexpr std::string_view kNext = "next ";
constexpr std::string_view kEnd = "end";
constexpr std::size_t kMaxClosings = std::size_t{1} << 16;

Error malformed(const char* what) { return {Fault::malformed, std::string("closing: ") + what}; }

// Of the same log and not before it: a successor continues the entries, and they name their log.
Result<NoteKey> successor_in(std::string_view line, const Checkpoint& last) {
  Result<NoteKey> key = parse_vkey(line.substr(kNext.size()));
  if (!key) return key;
  if (key->type != kNoteEd25519) return malformed("the successor's key is of another type");
  if (key->name == last.origin || !is_same_log(last.origin, key->name)) {
    return malformed("the successor is no later epoch of the log");
  }
  return key;
}

}  // namespace

std::string format_closing(const Closing& closing) {
  std::string text = std::string(kFirstLine) + "\n" + format_checkpoint(closing.last);
  text += std::string(closing.key_stolen ? kStolen : kEnded) + "\n";
  text += closing.next ? std::string(kNext) + format_vkey(*closing.next) : std::string(kEnd);
  return text + "\n";
}

Result<Closing> parse_closing(std::string_view note_text) {
  std::string_view rest = note_text;
  const std::optional<std::string_view> first = take_line(rest);
  if (first != kFirstLine) return malformed("first line");
  const std::string_view checkpoint = rest;
  for (int line = 0; line < 3; ++line) {
    if (!take_line(rest)) return malformed("lines");
  }
  Result<Checkpoint> last = parse_checkpoint(checkpoint.substr(0, checkpoint.size() - rest.size()));
  if (!last) return last.error();
  const std::optional<std::string_view> reason = take_line(rest);
  if (reason != kEnded && reason != kStolen) return malformed("reason");
  const std::optional<std::string_view> where = take_line(rest);
  if (!where || !rest.empty()) return malformed("lines");
  Closing closing{*std::move(last), reason == kStolen, std::nullopt};
  if (where == kEnd) return closing;
  if (!where->starts_with(kNext)) return malformed("successor");
  Result<NoteKey> next = successor_in(*where, closing.last);
  if (!next) return next.error();
  closing.next = *std::move(next);
  return closing;
}

std::string sign_closing(const Closing& closing, std::string_view root_name, const Signer& root) {
  return sign_note(format_closing(closing), root_name, root);
}

std::string format_closings(const std::vector<std::string>& notes) {
  Result<std::string> text = to_canonical_json(Json(notes));
  if (!text) std::abort();  // notes are UTF-8
  return *std::move(text);
}

Result<std::vector<std::string>> parse_closings(std::string_view text) {
  if (text.size() > kMaxClosings) return malformed("longer than 64 KiB");
  const Result<Json> list = from_canonical_json(text, "closings");
  if (!list) return list.error();
  if (!list->is_array() || list->empty()) return malformed("a list expected");
  std::vector<std::string> notes;
  for (const Json& each : *list) {
    if (!each.is_string()) return malformed("a list of notes expected");
    notes.push_back(each.get<std::string>());
    const Result<Note> note = parse_note(notes.back());
    if (!note) return note.error();
    if (const Result<Closing> closing = parse_closing(note->text); !closing) {
      return closing.error();
    }
  }
  return notes;
}

}  // namespace refledger::format
