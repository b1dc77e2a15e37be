// The end of a case: everything personal of it is destroyed, by HR's order or when its time is
// over.  What stays is that this employment had one (an HMAC), and what a withdrawal needs.
#include "desk/case/claim.h"
#include "desk/case/retention.h"
#include "desk/case/state.h"
#include "desk/case/subject.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "ledger/format/link.h"

namespace refledger::desk {
namespace {

constexpr std::chrono::hours kExpiryInterval{24};

Json parsed(const Bytes& text) {
  Result<Json> json = parse_json(text_of(text), kMaxOrder, "kept");
  return json ? std::move(*json) : Json(nullptr);
}

// As HR reads the case, without the keys to the record that lies open for whoever has the link.
Json record_of(const Case& one) {
  Json record = to_json(one);
  for (const char* key : {"credential", "identity"}) record.erase(key);
  if (one.identity) record["reference"] = format::format_id(one.identity->id);
  if (one.credential) record["claims"] = one.credential->disclosures;
  return record;
}

}  // namespace

// The mark comes first: after a crash the case is still there and is erased once more, and no
// reading opens another one in between.
Result<void> Desk::State::erase(const Kept& kept) {
  const Case& one = kept.content;
  if (auto marked = archive.mark_erased(one); !marked) return marked;
  if (one.identity) {
    auto gone = parts.records->erase(hash_reference(one.identity->id));
    if (!gone) return gone;
  }
  if (Result<bool> gone = destroy_claim(*parts.vault, one.case_id); !gone) return gone.error();
  for (const std::string_view kind : kinds_of_case()) {
    if (Result<bool> gone = archive.destroy(kind, one); !gone) return gone.error();
  }
  if (auto gone = archive.erase(kept); !gone) return gone;
  book.forget(one.case_id);
  to_notice.erase(one.case_id);
  bench.done(step::erased);
  return {};
}

Result<void> Desk::erase(std::string_view case_id) {
  if (auto opened = state_->book.open(); !opened) return opened;
  const std::lock_guard<std::mutex> alone(state_->changes);
  Result<Kept> kept = state_->case_named(case_id);
  if (!kept) return kept.error();
  if (kept->content.stage == Stage::sending) {
    return Error{Fault::conflict, "case: its message is just being handed over; try again"};
  }
  return state_->erase(*kept);
}

// Once a day, and never what is still under way.
Result<void> Desk::State::erase_expired(SyncReport& report) {
  if (next_expiry && bench.now() < *next_expiry) return {};
  Result<Date> day = today();
  if (!day) return day.error();
  Result<std::vector<Kept>> ended = book.load(
      book.where([](const Outline& one) { return one.stage == Stage::open || one.destroyed; }));
  if (!ended) return ended.error();
  next_expiry = bench.now() + kExpiryInterval;
  return for_each(*ended, report, [&](const Kept& kept) -> Result<void> {
    const Case& one = kept.content;
    std::string type = type_of(one.facts);
    if (Result<std::optional<Order>> order = order_of(bench, one); order && *order) {
      type = (*order)->reference.type;
    }
    const auto end = retention_end(one.facts, type, issuer.rules->packs, issuer.retention_years);
    if (!end || *day < *end) return {};
    ++report.erased;
    return erase(kept);
  });
}

Result<Json> Desk::all_about(std::string_view case_id) const {
  if (auto opened = state_->book.open(); !opened) return opened.error();
  const std::lock_guard<std::mutex> alone(state_->changes);
  Result<Kept> kept = state_->case_named(case_id);
  if (!kept) return kept.error();
  Json all{{"case", record_of(kept->content)}, {"kept", Json::object()}, {"v", 1}};
  for (const std::string_view kind : kinds_of_case()) {
    Result<std::optional<Bytes>> bytes = state_->archive.kept(kind, kept->content);
    if (!bytes) return bytes.error();
    if (!*bytes) continue;
    const Json json = parsed(**bytes);
    all["kept"][std::string(kind)] = json.is_null() ? Json(to_base64(**bytes)) : json;
  }
  return all;
}

}  // namespace refledger::desk
