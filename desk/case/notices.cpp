#include "desk/case/notices.h"

#include <algorithm>
#include <array>
#include <mutex>

#include "desk/case/board.h"
#include "desk/case/drafts.h"
#include "desk/case/notice_state.h"
#include "desk/case/notice_texts.h"
#include "desk/delivery/message.h"
#include "ingest/source/zone.h"

namespace refledger::desk {
namespace {

using namespace std::chrono_literals;

constexpr auto kLook = 20s;
// One failed reading may be a hiccup.
constexpr std::uint64_t kReadings = 3;
constexpr auto kLongEnough = 1h;
constexpr std::array<std::chrono::seconds, 4> kAfterFailure{10s, 1min, 5min, 30min};
constexpr auto kAfterRefusal = 6h;
// So many copies may lie in HR's mailbox.
constexpr std::uint64_t kMaxUnknown = 5;

using Matters = std::vector<NoticeFact>;

bool is_due(const std::optional<UtcMillis>& next, UtcMillis now, std::chrono::milliseconds most) {
  // A time far ahead comes from a clock that was wrong when it was noted.
  return !next || now >= *next || *next - now > most;
}

// Opened because somebody leaves, and not told of by the notice about what is issued by itself.
bool is_new_leaver(const Case& one, const Row& row) {
  return !row.interim && !one.decisions.opened_by_hand && !one.noticed_at &&
         one.handing.correction_of.empty() && may_change(one.stage) &&
         row.standing != Standing::resting;
}

void add_facts(const Case& one, const Sheet& sheet, const Row& row, Matters& facts) {
  const auto add = [&](NoticeKind kind, const std::string& which) {
    facts.push_back({kind, one.case_id, which});
  };
  if (is_new_leaver(one, row)) add(NoticeKind::leaver, "");
  if (row.overdue) add(NoticeKind::overdue, row.due);
  if (row.standing == Standing::to_approve && sheet.asked) {
    add(NoticeKind::approval, format_time(sheet.asked->by.at));
  }
  if (row.standing == Standing::undelivered) add(NoticeKind::undelivered, one.message_id);
}

}  // namespace

struct Notices::Work : Drafts {
  NoticeStore store;
  std::mutex alone;  // over the kept state; never held while the mail server is talked to
  std::optional<UtcMillis> next_look = {};
  std::optional<UtcMillis> next_try = {};
  std::size_t failures = 0;

  explicit Work(const Desk& of)
      : Drafts(of), store(*state.parts.vault, state.issuer.iss, state.issuer.account) {}

  UtcMillis now() const { return state.bench.now(); }
  const NoticeRules& rules() const { return state.issuer.notices; }

  // ---- what there is to tell --------------------------------------------------------------------

  Result<Matters> facts_of_cases() const {
    Matters facts;
    if (auto opened = state.book.open(); !opened) return opened.error();
    Result<Date> day = state.today();
    if (!day) return day.error();
    Result<std::vector<Kept>> cases = state.book.load(state.book.where([](const Outline& one) {
      return may_change(one.stage) || one.stage == Stage::delivery_refused ||
             one.stage == Stage::delivery_unknown;
    }));
    if (!cases) return cases.error();
    for (const Kept& kept : *cases) {
      Result<Sheet> sheet = sheet_of(kept.content);
      if (!sheet && sheet.error().fault == Fault::storage) return sheet.error();
      if (!sheet) continue;  // its own page says so, and the others do not wait for it
      const Row row =
          row_of(kept.content, *sheet, state.issuer.policy, *day, state.issuer.time_zone);
      add_facts(kept.content, *sheet, row, facts);
    }
    return facts;
  }

  void add_failing(const NoticeState& kept, Matters& facts) const {
    const std::optional<FailingReadings>& failing = kept.failing;
    if (!failing) return;
    if (failing->count < kReadings && now() - failing->since < kLongEnough) return;
    const NoticeKind kind = failing->refused ? NoticeKind::credential : NoticeKind::sync;
    facts.push_back({kind, "", format_time(failing->since)});
  }

  // The first digest comes with the first morning after the connection, not in the middle of it.
  Result<bool> is_digest_due(NoticeState& kept) const {
    const auto ahead = ingest::ahead_of_utc(now(), state.issuer.time_zone);
    if (!ahead) return ahead.error();
    const auto local = now() + *ahead;
    const auto midnight = std::chrono::floor<std::chrono::days>(local);
    const bool is_morning = local - midnight >= std::chrono::hours(rules().hour);
    const Date today{midnight};
    if (!kept.digest_on)
      kept.digest_on = is_morning ? today : Date{midnight - std::chrono::days(1)};
    if (*kept.digest_on == today || !is_morning) return false;
    kept.digest_on = today;
    return true;
  }

  Matters choose(const NoticeState& kept, const Matters& facts, bool digest) const {
    Matters chosen;
    for (const NoticeFact& fact : facts) {
      const NoticeTime time = rules().of(fact.kind);
      const bool counts = time == NoticeTime::at_once || (time == NoticeTime::daily && digest);
      if (counts && kept.told.count(fact.key()) == 0) chosen.push_back(fact);
    }
    return chosen;
  }

  // What does not hold any more may come about again, and is then told again.
  static void forget_what_is_over(NoticeState& kept, const Matters& facts) {
    std::set<std::string> holds;
    for (const NoticeFact& fact : facts) holds.insert(fact.key());
    if (kept.failing) {  // a system that fails now in this way and now in that is told of once each
      for (const NoticeKind kind : {NoticeKind::sync, NoticeKind::credential}) {
        holds.insert(NoticeFact{kind, "", format_time(kept.failing->since)}.key());
      }
    }
    std::erase_if(kept.told, [&](const std::string& key) { return holds.count(key) == 0; });
  }

  // ---- the message ------------------------------------------------------------------------------

  NoticeMessage message_of(const Matters& facts) const {
    const std::string& from = state.issuer.mail_from;
    std::array<std::uint8_t, 16> drawn{};
    {
      const std::lock_guard<std::mutex> drawing(state.changes);
      state.parts.random->fill(drawn);
    }
    const NoticeTexts texts =
        notice_texts(facts, rules().desk_url, state.issuer.time_zone, state.tongue());
    NoticeMessage message{to_hex(drawn) + from.substr(std::min(from.find('@'), from.size())), now(),
                          state.issuer.hr_mail, texts.subject, texts.text};
    for (const NoticeFact& fact : facts) message.facts.insert(fact.key());
    return message;
  }

  Result<delivery::Outcome> send(const NoticeMessage& message) const {
    Result<delivery::Address> from = delivery::Address::parse(state.issuer.mail_from);
    if (!from) return from.error();
    Result<delivery::Address> to = delivery::Address::parse(message.to);
    if (!to) return to.error();
    Result<Bytes> bytes = delivery::compose({*from,
                                             state.issuer.mail_from_name,
                                             *to,
                                             "",
                                             message.subject,
                                             message.text,
                                             {},
                                             message.id,
                                             message.date});
    if (!bytes) return bytes.error();
    const auto outcome = state.parts.transport->send(*bytes, *from, *to, message.id).outcome;
    state.bench.done(step::notice_sent);
    return outcome;
  }

  // Whether the message is out of the way.
  bool settle(NoticeMessage& message, delivery::Outcome outcome) {
    if (outcome == delivery::Outcome::unknown) ++message.unknowns;
    if (outcome == delivery::Outcome::sent || message.unknowns >= kMaxUnknown) {
      failures = 0;
      next_try.reset();
      return true;
    }
    const auto pause = outcome == delivery::Outcome::refused
                           ? std::chrono::seconds(kAfterRefusal)
                           : kAfterFailure.at(std::min(failures, kAfterFailure.size() - 1));
    ++failures;
    next_try = now() + pause;
    return false;
  }

  Result<void> save(const NoticeState& kept) {
    if (auto saved = store.save(kept); !saved) return saved;
    state.bench.done(step::notices_kept);
    return {};
  }

  // ---- in turn ----------------------------------------------------------------------------------

  /// The message to hand over now, kept; nothing: there is nothing to tell yet.
  Result<std::optional<NoticeMessage>> next_message() {
    const std::lock_guard<std::mutex> one(alone);
    Result<NoticeState> kept = store.load();
    if (!kept) return kept.error();
    if (kept->message && kept->message->to != state.issuer.hr_mail) kept->message.reset();
    if (kept->message) {
      return is_due(next_try, now(), kAfterRefusal) ? kept->message
                                                    : std::optional<NoticeMessage>{};
    }
    if (!is_due(next_look, now(), kLook)) return std::optional<NoticeMessage>{};
    next_look = now() + kLook;
    Result<Matters> facts = facts_of_cases();
    if (!facts) return facts.error();
    const NoticeState before = *kept;
    add_failing(*kept, *facts);
    forget_what_is_over(*kept, *facts);
    Result<bool> digest = is_digest_due(*kept);
    if (!digest) return digest.error();
    const Matters chosen = choose(*kept, *facts, *digest);
    if (!chosen.empty()) kept->message = message_of(chosen);
    if (!(*kept == before)) {
      if (auto saved = save(*kept); !saved) return saved.error();
    }
    return kept->message;
  }

  Result<NoticeReport> record(const std::string& id, delivery::Outcome outcome) {
    const std::lock_guard<std::mutex> one(alone);
    Result<NoticeState> kept = store.load();
    if (!kept) return kept.error();
    if (!kept->message || kept->message->id != id) return NoticeReport{};
    const bool over = settle(*kept->message, outcome);
    NoticeReport report{0, !over};
    if (over) {
      report.told = kept->message->facts.size();
      kept->told.merge(kept->message->facts);
      kept->message.reset();
    }
    if (auto saved = save(*kept); !saved) return saved.error();
    return report;
  }

  Result<void> note_reading(const Result<void>& outcome) {
    const std::lock_guard<std::mutex> one(alone);
    Result<NoticeState> kept = store.load();
    if (!kept) return kept.error();
    const NoticeState before = *kept;
    if (outcome) {
      kept->failing.reset();
    } else {
      if (!kept->failing) kept->failing = FailingReadings{now()};
      FailingReadings& failing = *kept->failing;
      failing.count = std::min(failing.count + 1, kReadings);
      failing.refused = outcome.error().fault == Fault::refused;
    }
    if (*kept == before) return {};
    next_look.reset();
    return save(*kept);
  }
};

Notices::Notices(Desk& desk) : work_(std::make_unique<Work>(desk)) {}
Notices::~Notices() = default;

Result<void> Notices::note_reading(const Result<void>& outcome) {
  if (work_->state.issuer.hr_mail.empty()) return {};
  return work_->note_reading(outcome);
}

Result<NoticeReport> Notices::tell() {
  if (work_->state.issuer.hr_mail.empty()) return NoticeReport{};
  const std::unique_lock<std::mutex> one_at_a_time(work_->state.delivering, std::try_to_lock);
  if (!one_at_a_time) return NoticeReport{};
  Result<std::optional<NoticeMessage>> message = work_->next_message();
  if (!message) return message.error();
  if (!*message) return NoticeReport{};
  const Result<delivery::Outcome> outcome = work_->send(**message);
  if (!outcome) return outcome.error();
  return work_->record((*message)->id, *outcome);
}

}  // namespace refledger::desk
