// What the vault knows to be in the log, appended again where the log has lost it.
//
// A ledger that goes on from an older state, under the name of a new epoch, has lost entries for
// good.  Those of the cases are here: `issued` as it was kept, `withdrawn` as it is signed again,
// which comes to the same bytes.
#include "desk/case/state.h"
#include "ledger/core/hash.h"

namespace refledger::desk {
namespace {

// The name of the log when it last held everything; an entry's own, where that was never noted.
Result<std::string> withdrawal_of(const Bench& bench, const Case& one,
                                  const std::optional<std::string>& before) {
  std::string origin;
  if (before) {
    origin = *before;
  } else {
    Result<format::Entry> issued = format::parse_entry(one.entry);
    if (!issued) return Error{Fault::storage, "case: entry"};
    origin = issued->log;
  }
  const format::Withdrawn act{one.identity->status_index, 0, hash_reference(one.identity->id)};
  return format::sign_entry(act, origin, *bench.parts.issuer_key);
}

}  // namespace

Result<std::vector<std::string>> Desk::State::missing_entries(
    const Case& one, const std::optional<std::string>& before) const {
  std::vector<std::string> missing;
  if (!one.identity || one.entry.empty()) return missing;
  Result<log::View> view = parts.log->view();
  if (!view && view.error().fault != Fault::not_found) return view.error();
  Result<log::View::Reference> there = view ? view->find(hash_reference(one.identity->id))
                                            : Error{Fault::not_found, "the log is empty"};
  if (!there && there.error().fault != Fault::not_found) return there.error();
  if (!there) missing.push_back(one.entry);
  if (one.stage == Stage::withdrawn && (!there || !there->withdrawn)) {
    Result<std::string> withdrawal = withdrawal_of(bench, one, before);
    if (!withdrawal) return withdrawal.error();
    missing.push_back(*std::move(withdrawal));
  }
  return missing;
}

Result<bool> Desk::State::enter_again(Kept& kept, const std::optional<std::string>& before) {
  Result<std::vector<std::string>> missing = missing_entries(kept.content, before);
  if (!missing) return missing.error();
  if (missing->empty()) return false;
  auto at = parts.log->append(*missing);
  if (!at) return at.error();
  bench.done(step::appended_again);
  if (missing->front() != kept.content.entry) return true;
  // What is handed out from now on proves the place that it has now.
  if (auto gone = archive.destroy("proof", kept.content); !gone) return gone;
  kept.content.entry_index = at->front().position;
  if (auto saved = archive.save(kept); !saved) return saved.error();
  return true;
}

Result<void> Desk::State::enter_lost(SyncReport& report) {
  if (entries_known) return {};
  const std::string& origin = parts.log->origin();
  Result<std::optional<std::string>> before = archive.log_known(issuer.iss, issuer.account);
  if (!before) return before.error();
  entries_known = true;
  if (*before == origin) return {};
  bool all = true;
  for (const Outline& outline :
       book.where([](const Outline& one) { return is_issued(one.stage); })) {
    Result<Kept> kept = archive.load(outline.item);
    if (!kept) return kept.error();
    Result<bool> entered = enter_again(*kept, *before);
    if (!entered && entered.error().fault == Fault::storage) return entered.error();
    if (!entered) report.problems.push_back(outline.case_id + ": " + entered.error().detail);
    if (entered && *entered) ++report.entered_again;
    all = all && entered.has_value();
  }
  // Otherwise the next start tries again.
  return all ? archive.note_log(issuer.iss, issuer.account, origin) : Result<void>();
}

}  // namespace refledger::desk
