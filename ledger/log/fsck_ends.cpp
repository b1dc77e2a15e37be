// The parts of fsck that are about the ends of logs: closings, and what an epoch went on from.
#include "ledger/format/origin.h"
#include "ledger/keys/closing.h"
#include "ledger/log/closing.h"
#include "ledger/log/fsck_parts.h"

namespace refledger::log {
namespace {

void check_closing(FsckScene& scene, const format::Closing& closing, Claims& claims) {
  const std::string what = "the closing of " + closing.last.origin;
  if (!format::is_same_log(closing.last.origin, scene.log_key.name)) {
    return scene.findings.add(what + " is another log's");
  }
  if (closing.last.origin == scene.log_key.name && closing.last.size != scene.size) {
    scene.findings.add("the log was closed at " + std::to_string(closing.last.size.leaves) +
                       " entries and has " + std::to_string(scene.size.leaves));
  }
  add_claim(scene, closing.last, what, claims);
}

Result<void> check_closings(FsckScene& scene, Claims& claims) {
  const Result<std::optional<std::string>> stored = stored_closings(scene.store);
  if (!stored) return stored.error();
  if (!*stored) return {};
  const Result<std::vector<std::string>> notes = format::parse_closings(**stored);
  if (!notes) {
    scene.findings.add("the closings: " + notes.error().detail);
    return {};
  }
  keys::Closings signed_ones(scene.options.roots);
  for (const std::string& text : *notes) {
    const Result<bool> taken = signed_ones.take(text);
    if (!taken) {
      scene.findings.add(taken.error().detail);
    } else if (!*taken && !scene.options.roots.empty()) {
      scene.findings.add("a closing is not signed by the root key");
    }
    const Result<format::Note> note = format::parse_note(text);
    const Result<format::Closing> closing = note ? format::parse_closing(note->text) : note.error();
    if (closing) check_closing(scene, *closing, claims);
  }
  return {};
}

// By whom it is signed is another log's affair; what it says must hold in this one.
Result<void> check_predecessor(FsckScene& scene, Claims& claims) {
  const Result<std::optional<std::string>> stored = stored_predecessor(scene.store);
  if (!stored) return stored.error();
  if (!*stored) return {};
  const Result<format::Note> note = format::parse_note(**stored);
  const Result<format::Checkpoint> checkpoint =
      note ? format::parse_checkpoint(note->text) : note.error();
  const bool earlier = checkpoint && checkpoint->origin != scene.log_key.name &&
                       format::is_same_log(checkpoint->origin, scene.log_key.name);
  if (!earlier) {
    scene.findings.add("the predecessor is no checkpoint of an epoch before");
    return {};
  }
  add_claim(scene, *checkpoint, "the predecessor", claims);
  return {};
}

}  // namespace

Result<void> check_ends(FsckScene& scene, Claims& claims) {
  if (Result<void> checked = check_closings(scene, claims); !checked) return checked;
  return check_predecessor(scene, claims);
}

}  // namespace refledger::log
