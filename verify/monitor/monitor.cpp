#include "verify/monitor/monitor.h"

#include <bit>

#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "ledger/core/json.h"
#include "ledger/format/checkpoint.h"
#include "ledger/format/entry.h"
#include "ledger/format/origin.h"
#include "ledger/format/tile.h"
#include "ledger/keys/closing.h"
#include "ledger/keys/ed25519.h"
#include "ledger/keys/history.h"
#include "ledger/keys/note.h"

namespace refledger::monitor {
namespace {

using format::Checkpoint;

constexpr std::size_t kMaxMemory = std::size_t{64} << 20;

// A growing tree of which only the complete subtrees are kept: one for each bit of its size
// (RFC 9162 §2.1.1).
class Range {
 public:
  Range(TreeSize size, std::vector<TreeHash> peaks) : size_(size), peaks_(std::move(peaks)) {}

  bool is_sound() const {
    return peaks_.size() == static_cast<std::size_t>(std::popcount(size_.leaves));
  }
  void append(const TreeHash& leaf) {
    peaks_.push_back(leaf);
    for (std::uint64_t full = size_.leaves; (full & 1) == 1; full >>= 1) {
      const TreeHash right = peaks_.back();
      peaks_.pop_back();
      peaks_.back() = hash_children(peaks_.back(), right);
    }
    ++size_.leaves;
  }
  TreeHash root() const {
    if (peaks_.empty()) return hash_empty();
    TreeHash joined = peaks_.back();
    for (std::size_t at = peaks_.size() - 1; at-- > 0;) joined = hash_children(peaks_[at], joined);
    return joined;
  }
  TreeSize size() const { return size_; }
  const std::vector<TreeHash>& peaks() const { return peaks_; }

 private:
  TreeSize size_;
  std::vector<TreeHash> peaks_;
};

Error malformed(const char* what) {
  return {Fault::malformed, std::string("monitor's memory: ") + what};
}

Result<Checkpoint> signed_checkpoint(const std::string& text, const format::NoteKey& log) {
  const Result<format::Note> note = format::parse_note(text);
  if (!note) return note.error();
  const Result<Checkpoint> checkpoint = format::parse_checkpoint(note->text);
  if (!checkpoint) return checkpoint.error();
  if (checkpoint->origin != log.name ||
      keys::check_note(*note, log) != keys::NoteTrust::signed_by_key) {
    return Error{Fault::refused, "the checkpoint is not signed by this log's key"};
  }
  return *checkpoint;
}

class Following {
 public:
  Following(const Get& get, const format::NoteKey& log, std::string_view iss, Memory& memory,
            const std::vector<format::NoteKey>& roots)
      : get_(get),
        asked_(log),
        log_(log),
        iss_(iss),
        memory_(memory),
        follows_closings_(!roots.empty()),
        closings_(roots),
        range_({}, {}) {}

  Result<Report> run() {
    if (Result<void> recalled = recall(); !recalled) return recalled.error();
    const Result<bool> ends = read_closings();
    if (!ends) return ends.error();
    if (!*ends) return report_;
    const Result<std::string> shown = get_("checkpoint");
    if (!shown) return shown.error();
    const Result<Checkpoint> now = signed_checkpoint(*shown, log_);
    if (!now) {
      alarm("the checkpoint that is shown: " + now.error().detail, *shown);
      return report_;
    }
    report_.now = now->size;
    if (now->size < report_.before) {
      alarm("the log shows " + std::to_string(now->size.leaves) + " entries and has shown " +
                std::to_string(report_.before.leaves),
            *shown);
      return report_;
    }
    if (const format::Closing* end = contradicted_by(*now)) {
      alarm("the log was closed at " + std::to_string(end->last.size.leaves) +
                " entries and shows another state",
            *shown);
      return report_;
    }
    if (Result<void> read = read_entries(now->size); !read) return read.error();
    if (lost_an_end_) return report_;
    if (range_.root() != now->root) {
      alarm("the entries do not lead from what was shown before to what is shown now", *shown);
      return report_;
    }
    memory_.checkpoint = *shown;
    memory_.peaks = range_.peaks();
    memory_.closings = closing_notes_;
    memory_.keys.insert(memory_.keys.end(), new_keys_.begin(), new_keys_.end());
    return report_;
  }

 private:
  void alarm(std::string what, const std::string& evidence = "") {
    report_.alarms.push_back(std::move(what));
    if (!evidence.empty()) report_.evidence = evidence;
  }

  Result<void> recall() {
    if (Result<void> taken = closings_.take_all(memory_.closings); !taken) return taken;
    log_ = closings_.newest(asked_);
    if (memory_.checkpoint.empty()) return {};
    const Result<Checkpoint> kept = signed_checkpoint(memory_.checkpoint, log_);
    if (!kept) return malformed("its checkpoint is another log's");
    range_ = Range(kept->size, memory_.peaks);
    if (!range_.is_sound() || range_.root() != kept->root) return malformed("subtrees");
    report_.before = kept->size;
    for (const KeyEntry& each : memory_.keys) {
      const Result<format::Entry> entry = format::parse_entry(each.jws);
      if (!entry) return malformed("key entry");
      // One that broke the rules was an alarm when it came.
      [[maybe_unused]] const Result<void> applied = issuers_.apply(*entry, {each.index});
    }
    return {};
  }

  // What the root key says of the log's end.  False: it must not say that.
  Result<bool> read_closings() {
    if (!follows_closings_) return true;
    const std::size_t known = closings_.all().size();
    const Result<std::string> shown = get_("closing");
    if (!shown && shown.error().fault != Fault::not_found) return shown.error();
    if (shown) {
      const Result<std::vector<std::string>> notes = format::parse_closings(*shown);
      const Result<void> taken = notes ? closings_.take_all(*notes) : notes.error();
      if (!taken) {
        alarm("the closing that is shown: " + taken.error().detail, *shown);
        return false;
      }
      closing_notes_ = *notes;
    } else if (known > 0) {
      alarm("the log was closed, and its closing is no longer shown");
      return false;
    }
    log_ = closings_.newest(asked_);
    if (const format::Closing* end = closings_.find(asked_.name)) report_.closed = *end;
    return new_ends_fit(known);
  }

  // An end that is told only now lies ahead of what was shown before, or right there.
  bool new_ends_fit(std::size_t known) {
    for (std::size_t at = known; at < closings_.all().size(); ++at) {
      const Checkpoint& last = closings_.all()[at].last;
      if (is_ours(last) && last.size < report_.before) {
        alarm("the log is said to have been closed at " + std::to_string(last.size.leaves) +
              " entries and has shown " + std::to_string(report_.before.leaves));
        return false;
      }
      if (!holds_at_end(last)) return false;
    }
    return true;
  }

  bool is_ours(const Checkpoint& last) const { return format::is_same_log(last.origin, log_.name); }

  // A closed log shows its end, a successor that or more.
  const format::Closing* contradicted_by(const Checkpoint& now) const {
    for (const format::Closing& end : closings_.all()) {
      const bool same = now.origin == end.last.origin;
      if (is_ours(end.last) && (same ? now != end.last : now.size < end.last.size)) return &end;
    }
    return nullptr;
  }

  bool holds_at_end(const Checkpoint& last) {
    if (!is_ours(last) || last.size != range_.size() || last.root == range_.root()) return true;
    alarm("the entries do not lead to the state that " + last.origin + " was closed at");
    return false;
  }

  Result<void> read_entries(TreeSize size) {
    while (range_.size() < size) {
      const std::uint64_t index = range_.size().leaves / format::kTileWidth;
      const std::uint64_t first = index * format::kTileWidth;
      const auto width = static_cast<unsigned>(std::min(size.leaves - first, format::kTileWidth));
      const Result<std::vector<std::string>> entries = bundle(index, width);
      if (!entries) return entries.error();
      for (std::uint64_t nth = range_.size().leaves - first; nth < width; ++nth) {
        take((*entries)[nth], first + nth);
      }
    }
    return {};
  }

  // A partial bundle may have gone since the whole one is there.
  Result<std::vector<std::string>> bundle(std::uint64_t index, unsigned width) const {
    Result<std::string> body = get_(format::format_tile_path({true, 0, index, width}));
    if (!body && body.error().fault == Fault::not_found && width < format::kTileWidth) {
      body = get_(format::format_tile_path({true, 0, index, format::kTileWidth}));
    }
    if (!body) return body.error();
    Result<std::vector<std::string>> entries = format::parse_bundle(bytes_of(*body));
    if (!entries) return entries;
    if (entries->size() < width) return Error{Fault::upstream, "an entry bundle is too short"};
    return entries;
  }

  void take(const std::string& jws, std::uint64_t at) {
    range_.append(hash_leaf(bytes_of(jws)));
    for (const format::Closing& end : closings_.all()) {
      lost_an_end_ = !holds_at_end(end.last) || lost_an_end_;
    }
    const Result<format::Entry> entry = format::parse_entry(jws);
    const Result<std::string> iss = entry ? judge(*entry, at) : entry.error();
    if (!iss) {
      alarm("entry " + std::to_string(at) + ": " + iss.error().detail);
      return;
    }
    const bool is_key = std::holds_alternative<format::KeyAdded>(entry->act) ||
                        std::holds_alternative<format::KeyRetired>(entry->act);
    if (is_key) new_keys_.push_back({at, jws});
    if (is_key || iss_.empty() || iss_ == *iss) {
      report_.entries.push_back({at, name_of(entry->act), *iss, entry->kid});
    }
  }

  static const char* name_of(const format::Act& act) {
    static constexpr std::array kNames{"issued", "withdrawn", "key-added", "key-retired"};
    return kNames[act.index()];
  }

  // The issuer whose entry it is, if its signature holds and its signer counts there.
  Result<std::string> judge(const format::Entry& entry, std::uint64_t at) {
    if (!format::is_same_log(entry.log, log_.name)) {
      return Error{Fault::malformed, "made for another log"};
    }
    if (const auto* added = std::get_if<format::KeyAdded>(&entry.act)) {
      const Result<void> applied = issuers_.apply(entry, {at});
      return applied ? Result<std::string>(added->iss) : applied.error();
    }
    if (const auto* retired = std::get_if<format::KeyRetired>(&entry.act)) {
      const Result<void> applied = issuers_.apply(entry, {at});
      return applied ? Result<std::string>(retired->iss) : applied.error();
    }
    const auto issuer = issuers_.attester(entry.kid, {at});
    if (!issuer) return issuer.error();
    const std::optional<PublicKey> key = (*issuer)->find(entry.kid, format::KeyUse::issuer);
    if (!keys::signature_holds(*key, bytes_of(entry.signing_input), entry.signature)) {
      return Error{Fault::malformed, "signature does not hold"};
    }
    return (*issuer)->iss();
  }

  const Get& get_;
  const format::NoteKey& asked_;
  format::NoteKey log_;  // the one that is followed: `asked_` or what it goes on as
  std::string_view iss_;
  Memory& memory_;
  bool follows_closings_;
  keys::Closings closings_;
  std::vector<std::string> closing_notes_;
  bool lost_an_end_ = false;
  Range range_;
  keys::Issuers issuers_;
  std::vector<KeyEntry> new_keys_;
  Report report_;
};

}  // namespace

std::string format_memory(const Memory& memory) {
  Json peaks = Json::array();
  for (const TreeHash& peak : memory.peaks) peaks.push_back(to_base64url(peak.view()));
  Json keys = Json::array();
  for (const KeyEntry& key : memory.keys)
    keys.push_back({{"entry", key.jws}, {"index", key.index}});
  const Result<std::string> text = to_canonical_json({{"checkpoint", memory.checkpoint},
                                                      {"closings", memory.closings},
                                                      {"keys", keys},
                                                      {"peaks", peaks},
                                                      {"v", 1}});
  if (!text) std::abort();  // texts and small numbers
  return *text;
}

Result<Memory> parse_memory(std::string_view text) {
  if (text.size() > kMaxMemory) return malformed("too long");
  const Result<Json> json = from_canonical_json(text, "monitor's memory");
  if (!json) return json.error();
  if (!has_exactly(*json, {"checkpoint", "closings", "keys", "peaks", "v"}) || (*json)["v"] != 1 ||
      !(*json)["keys"].is_array() || !(*json)["closings"].is_array() ||
      !(*json)["peaks"].is_array()) {
    return malformed("members");
  }
  Memory memory;
  const Result<std::string> checkpoint = string_member(*json, "checkpoint");
  if (!checkpoint) return checkpoint.error();
  memory.checkpoint = *checkpoint;
  for (const Json& peak : (*json)["peaks"]) {
    if (!peak.is_string()) return malformed("peaks");
    const Result<TreeHash> hash = from_base64url_as<TreeHash>(peak.get<std::string>(), "peak");
    if (!hash) return hash.error();
    memory.peaks.push_back(*hash);
  }
  for (const Json& note : (*json)["closings"]) {
    if (!note.is_string()) return malformed("closings");
    memory.closings.push_back(note.get<std::string>());
  }
  for (const Json& key : (*json)["keys"]) {
    const Result<std::string> jws = string_member(key, "entry");
    const Result<std::uint64_t> index = number_member(key, "index");
    if (!jws || !index || !has_exactly(key, {"entry", "index"})) return malformed("keys");
    memory.keys.push_back({*index, *jws});
  }
  return memory;
}

Result<Report> follow(const Get& get, const format::NoteKey& log, std::string_view iss,
                      Memory& memory, const std::vector<format::NoteKey>& roots) {
  return Following(get, log, iss, memory, roots).run();
}

}  // namespace refledger::monitor
