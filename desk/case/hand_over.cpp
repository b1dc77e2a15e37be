// Handing over: messages to holders, and notices to HR.
//
// Order    The mail server is talked to while nothing is held but the right to do so.  A case whose
//          message is under way is looked at anew afterwards: it may have been withdrawn meanwhile.
#include <algorithm>
#include <array>

#include "desk/case/state.h"
#include "desk/delivery/message.h"
#include "ledger/core/encoding.h"

namespace refledger::desk {
namespace {

// After so many failures in a row the mail server is left alone until the next run.
constexpr int kPatience = 3;
constexpr std::chrono::minutes kNoticePause{5};

std::string new_message_id(Random& random, const std::string& from) {
  std::array<std::uint8_t, 16> drawn{};
  random.fill(drawn);
  return to_hex(drawn) + from.substr(std::min(from.find('@'), from.size()));
}

}  // namespace

Result<void> Desk::State::hand_over(SyncReport& report) {
  const std::unique_lock<std::mutex> one_at_a_time(delivering, std::try_to_lock);
  if (!one_at_a_time) return {};  // another thread is at it
  if (auto told = tell_hr(report); !told) return told;
  if (auto told = tell_of_lost(report); !told) return told;
  if (auto handed = hand_over_messages(report); !handed) return handed;
  const std::lock_guard<std::mutex> alone(changes);
  return destroy_what_is_over(report);
}

// Those tried least come first, so that a few dead mailboxes never hold up the others.
Result<void> Desk::State::hand_over_messages(SyncReport& report) {
  std::vector<Outline> due = book.where([](const Outline& one) {
    return has_work_left(one) && one.stage >= Stage::logged && one.stage != Stage::delivered &&
           one.stage != Stage::withdrawn;
  });
  std::stable_sort(due.begin(), due.end(),
                   [](const Outline& a, const Outline& b) { return a.tries < b.tries; });
  int failures = 0;
  for (const Outline& outline : due) {
    if (failures >= kPatience) break;
    Result<Handover> handover = hand_over_one(outline);
    if (!handover) {
      if (handover.error().fault == Fault::storage) return handover.error();
      report.problems.push_back(outline.case_id + ": " + handover.error().detail);
      continue;
    }
    if (*handover == Handover::not_answered || *handover == Handover::not_due) continue;
    const bool answered = *handover == Handover::delivered || *handover == Handover::refused;
    failures = answered ? 0 : failures + 1;
    if (*handover == Handover::delivered) ++report.delivered;
  }
  return {};
}

// An earlier run that was cut off inside the dialogue is settled before anything is asked.
Result<bool> Desk::State::may_be_sent(const Outline& outline) {
  Result<Kept> kept = archive.load(outline.item);
  if (!kept) return kept.error();
  if (kept->content.stage == Stage::sending) {
    const std::lock_guard<std::mutex> alone(changes);
    kept = archive.load(outline.item);
    if (!kept) return kept.error();
    if (kept->content.stage != Stage::sending) return false;
    if (auto counted = count_cut_off(bench, *kept); !counted) return counted.error();
  }
  return awaits_delivery(kept->content, bench.now());
}

Result<Handover> Desk::State::hand_over_one(const Outline& outline) {
  Result<bool> due = may_be_sent(outline);
  if (!due) return due.error();
  if (!*due) return Handover::not_due;
  Result<Kept> kept = archive.load(outline.item);
  if (!kept) return kept.error();
  const bool answers = parts.public_answers && parts.public_answers(kept->content.identity->id);
  if (!answers) return Handover::not_answered;
  std::unique_lock<std::mutex> alone(changes);
  kept = archive.load(outline.item);
  if (!kept) return kept.error();
  if (!awaits_delivery(kept->content, bench.now())) return Handover::not_due;
  Result<Outgoing> outgoing = begin_sending(bench, *kept);
  alone.unlock();
  if (!outgoing) return outgoing.error();
  const delivery::Delivered result =
      parts.transport->send(outgoing->message, outgoing->from, outgoing->to, outgoing->message_id);
  bench.done(step::handed_over);
  alone.lock();
  kept = archive.load(outline.item);
  if (!kept) return kept.error();
  if (kept->content.stage != Stage::sending) return Handover::not_due;  // withdrawn meanwhile
  return record_outcome(bench, *kept, result.outcome);
}

// ---- notices to HR ------------------------------------------------------------------------------

// Whether the mail server has taken it, as far as anybody can know.
Result<bool> Desk::State::mail_to_hr(const NoticeTexts& texts) {
  std::unique_lock<std::mutex> alone(changes);
  const std::string id = new_message_id(*parts.random, issuer.mail_from);
  alone.unlock();
  Result<delivery::Address> from = delivery::Address::parse(issuer.mail_from);
  if (!from) return from.error();
  Result<delivery::Address> to = delivery::Address::parse(issuer.hr_mail);
  if (!to) return to.error();
  Result<Bytes> message = delivery::compose(
      {*from, issuer.mail_from_name, *to, "", texts.subject, texts.text, {}, id, bench.now()});
  if (!message) return message.error();
  const delivery::Delivered result = parts.transport->send(*message, *from, *to, id);
  return result.outcome == delivery::Outcome::sent || result.outcome == delivery::Outcome::unknown;
}

Result<void> Desk::State::tell_hr(SyncReport& report) {
  std::unique_lock<std::mutex> alone(changes);
  const bool too_early = next_notice && bench.now() < *next_notice;
  const std::set<std::string> cases = to_notice;
  if (cases.empty() || too_early) return {};
  alone.unlock();
  const Result<bool> taken = mail_to_hr(planned_texts({cases.begin(), cases.end()}, tongue()));
  if (!taken) return taken.error();
  alone.lock();
  if (*taken) return note_told(cases, report);
  next_notice = bench.now() + kNoticePause;
  report.problems.push_back(
      "notice to HR: the mail server did not take it; nothing is issued by "
      "itself until it does");
  return {};
}

Result<void> Desk::State::note_told(const std::set<std::string>& told, SyncReport& report) {
  next_notice.reset();
  for (const std::string& case_id : told) {
    to_notice.erase(case_id);
    Result<Kept> kept = case_named(case_id);
    if (!kept && kept.error().fault == Fault::storage) return kept.error();
    if (!kept || !may_change(kept->content.stage)) continue;
    kept->content.noticed_at = bench.now();
    if (auto saved = archive.save(*kept); !saved) return saved;
    bench.done(step::noticed);
    ++report.noticed;
  }
  return {};
}

// What the HR system delivers no longer; without an address HR finds it in the list of cases.  A
// note that cannot be read is no reason to keep anybody's reference back.
Result<void> Desk::State::tell_of_lost(SyncReport& report) {
  std::unique_lock<std::mutex> alone(changes);
  const bool too_early = next_notice && bench.now() < *next_notice;
  if (!something_lost || too_early || issuer.hr_mail.empty()) return {};
  Result<HrReading> last = archive.reading(issuer.iss, issuer.account);
  if (!last && last.error().fault == Fault::storage) return last.error();
  const std::vector<std::string> lost = last ? last->lost : std::vector<std::string>{};
  something_lost = !lost.empty();
  if (!something_lost) return {};
  alone.unlock();
  const Result<bool> taken = mail_to_hr(lost_texts(lost, tongue()));
  if (!taken) return taken.error();
  alone.lock();
  if (!*taken) {
    next_notice = bench.now() + kNoticePause;
    report.problems.push_back("notice to HR: the mail server did not take it");
    return {};
  }
  last = archive.reading(issuer.iss, issuer.account);
  if (!last) return last.error();
  std::erase_if(last->lost, [&](const std::string& one) {
    return std::find(lost.begin(), lost.end(), one) != lost.end();
  });
  return archive.note_reading(issuer.iss, issuer.account, *last);
}

}  // namespace refledger::desk
