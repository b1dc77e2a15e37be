#include "desk/audit/audit.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <fstream>

#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "ledger/core/json.h"

namespace refledger::audit {
namespace {

constexpr std::string_view kKind = "audit-head";
constexpr std::size_t kMaxName = 80;
constexpr std::size_t kMaxLine = 1024;

const std::string kBeginning(64, '0');

// Ids and acts: no blank, so neither a name nor an address fits in.
bool is_word(std::string_view text) {
  return text.size() <= kMaxName && std::ranges::all_of(text, [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                  (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' ||
                  letter == '_';
         });
}

std::string hash_of(std::string_view line) { return to_hex(sha256(bytes_of(line))); }

Result<std::string> line_of(const Event& event, const std::string& prev) {
  return to_canonical_json({{"at", format_time(event.at)},
                            {"by", event.by},
                            {"did", event.did},
                            {"n", event.number},
                            {"of", event.of},
                            {"prev", prev}});
}

Error altered(std::uint64_t line) {
  return {Fault::refused, "audit log: line " + std::to_string(line) + " does not follow"};
}

Result<Event> event_of(std::string_view line, const Head& before) {
  const std::uint64_t number = before.lines + 1;
  const Result<Json> parsed = from_canonical_json(line, "audit log");
  if (!parsed || !has_exactly(*parsed, {"at", "by", "did", "n", "of", "prev"})) {
    return altered(number);
  }
  const Json& object = *parsed;
  for (const char* member : {"at", "by", "did", "of", "prev"}) {
    if (!object[member].is_string()) return altered(number);
  }
  if (object["prev"] != before.hash || object["n"] != number) return altered(number);
  const Result<UtcMillis> at = parse_time(object["at"].get<std::string>(), "at");
  if (!at) return altered(number);
  return Event{number, *at, object["by"], object["did"], object["of"]};
}

Error failed(const char* what) {
  return {Fault::storage, std::string("audit log: ") + what + ": " + std::strerror(errno)};
}

struct Counted {
  Head head;
  std::optional<vault::ItemId> item;
};

Result<Counted> counted(const vault::Vault& vault) {
  const auto item = vault.find(kKind, "all");
  if (!item) return item.error();
  if (!*item) return Counted{{0, kBeginning}, std::nullopt};
  const Result<Bytes> content = vault.get(**item, kKind);
  if (!content) return content.error();
  const Result<Json> parsed = from_canonical_json(text_of(*content), "audit log");
  if (!parsed) return parsed.error();
  const Result<std::uint64_t> lines = number_member(*parsed, "lines");
  if (!lines) return lines.error();
  const Result<std::string> hash = string_member(*parsed, "hash");
  if (!hash) return hash.error();
  return Counted{{*lines, *hash}, **item};
}

// The whole log, and that it holds what the vault counted: the same lines, and one more at most.
Result<Head> read_counted(const std::filesystem::path& file, const Head& known) {
  bool passed = known.lines == 0;
  const Result<Head> head = read_log(file, [&](const Event& event, std::string_view line) {
    if (event.number == known.lines) passed = hash_of(line) == known.hash;
  });
  if (!head) return head.error();
  if (!passed) return Error{Fault::refused, "audit log: lines are missing or were changed"};
  if (head->lines > known.lines + 1) {
    return Error{Fault::refused, "audit log: lines were added by somebody else"};
  }
  return head;
}

}  // namespace

Result<Head> read_log(const std::filesystem::path& file, const Visit& visit) {
  Head head{0, kBeginning};
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    if (!std::filesystem::exists(file)) return head;
    return failed("cannot be read");
  }
  for (std::string line; std::getline(stream, line);) {
    // A line without its end was being written when the power went: it never counted.
    if (stream.eof()) break;
    if (line.size() > kMaxLine) return altered(head.lines + 1);
    const Result<Event> event = event_of(line, head);
    if (!event) return event.error();
    visit(*event, line);
    head = {event->number, hash_of(line)};
  }
  if (stream.bad()) return failed("cannot be read");
  return head;
}

Result<Head> verify_log(const std::filesystem::path& file, const vault::Vault& vault) {
  const Result<Counted> known = counted(vault);
  if (!known) return known.error();
  return read_counted(file, known->head);
}

Result<std::unique_ptr<Audit>> Audit::open(const std::filesystem::path& file, vault::Vault& vault) {
  std::unique_ptr<Audit> audit(new Audit(file, vault));
  if (Result<void> started = audit->start(); !started) return started.error();
  return audit;
}

Audit::~Audit() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> Audit::start() {
  const Result<Head> head = verify_log(file_, *vault_);
  if (!head) return head.error();
  head_ = *head;
  descriptor_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0) return failed("cannot be opened");
  // What a crash left of a line that never counted goes.
  std::uint64_t whole = 0;
  const Result<Head> again =
      read_log(file_, [&](const Event&, std::string_view line) { whole += line.size() + 1; });
  if (!again) return again.error();
  if (::ftruncate(descriptor_, static_cast<off_t>(whole)) != 0) return failed("cannot be cut");
  if (::lseek(descriptor_, 0, SEEK_END) < 0) return failed("cannot be written");
  return keep_head(head_);
}

Result<void> Audit::keep_head(const Head& head) {
  const Result<Counted> known = counted(*vault_);
  if (!known) return known.error();
  const Result<std::string> text = to_canonical_json({{"hash", head.hash}, {"lines", head.lines}});
  if (!text) return text.error();
  if (known->item) return vault_->replace(*known->item, kKind, bytes_of(*text));
  const Result<vault::ItemId> added = vault_->add(kKind, "all", bytes_of(*text));
  if (!added) return added.error();
  return {};
}

Result<void> Audit::add(std::string_view by, std::string_view did, std::string_view of,
                        UtcMillis now) {
  if (by.empty() || did.empty() || !is_word(by) || !is_word(did) || !is_word(of)) {
    return Error{Fault::malformed, "audit log: not an id"};
  }
  const std::lock_guard<std::mutex> alone(alone_);
  if (broken_) return Error{Fault::storage, "audit log: an earlier write failed"};
  const Event event{head_.lines + 1, now, std::string(by), std::string(did), std::string(of)};
  Result<std::string> line = line_of(event, head_.hash);
  if (!line) return line.error();
  const Head next{event.number, hash_of(*line)};
  *line += '\n';
  broken_ = true;
  if (::write(descriptor_, line->data(), line->size()) != static_cast<ssize_t>(line->size())) {
    return failed("cannot be written");
  }
  if (::fdatasync(descriptor_) != 0) return failed("cannot be written");
  if (Result<void> kept = keep_head(next); !kept) return kept;
  broken_ = false;
  head_ = next;
  return {};
}

Result<Audit::Page> Audit::newest(std::uint64_t skip, std::size_t most,
                                  const std::function<bool(const Event&)>& holds) const {
  std::deque<Event> last;
  Page page;
  const Result<Head> read = read_log(file_, [&](const Event& event, std::string_view) {
    if (!holds(event)) return;
    ++page.matching;
    last.push_back(event);
    if (last.size() > skip + most) last.pop_front();
  });
  if (!read) return read.error();
  const std::size_t shown = last.size() > skip ? last.size() - static_cast<std::size_t>(skip) : 0;
  for (std::size_t at = shown; at > 0; --at) page.events.push_back(last[at - 1]);
  return page;
}

Result<std::string> Audit::export_lines() const {
  std::string lines;
  const Result<Head> read = read_log(file_, [&](const Event&, std::string_view line) {
    lines.append(line);
    lines += '\n';
  });
  if (!read) return read.error();
  return lines;
}

Head Audit::head() const {
  const std::lock_guard<std::mutex> alone(alone_);
  return head_;
}

}  // namespace refledger::audit
