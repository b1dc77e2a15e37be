#include "desk/case/leaver_side.h"

#include "desk/case/claim.h"
#include "desk/case/drafts.h"
#include "desk/case/sheet_order.h"
#include "desk/delivery/message.h"

namespace refledger::desk {
namespace {

constexpr const char* kHearing = "hearing";
constexpr const char* kConsent = "signing_mode_consent";

constexpr ingest::Wording kReason{
    "Einwilligung in die elektronische Form, von der Person auf der Seite des Entwurfs erteilt "
    "am {}",
    "Accord à la forme électronique, donné par la personne sur la page du projet le {}",
    "Consenso alla forma elettronica, dato dalla persona sulla pagina della bozza il {}",
    "Consent to the electronic form, given by the person on the page of the draft on {}"};

std::string name_of(const Facts& facts) {
  return value_of(facts, "given_name").value_or("") + " " +
         value_of(facts, "family_name").value_or("");
}

// Where the decision about the consent stands in the sheet.
std::optional<std::string> consent_root(const Examined& examined) {
  for (const letter::Finding& one : examined.findings) {
    if (one.id == kConsent) {
      return "overrides." + decision_key(one.id, one.section, one.excerpt) + ".";
    }
  }
  return std::nullopt;
}

// What was approved stays so: an approval counts by the document's digest, whatever version.
void keep_what_was_said(const Sheet& before, Sheet& after) {
  after.asked = before.asked;
  after.approval = before.approval;
  if (after.asked) after.asked->version = after.version;
  if (after.approval) after.approval->version = after.version;
}

}  // namespace

struct LeaverSide::Work : Drafts {
  using Drafts::Drafts;

  struct Opened {
    Kept kept;
    UtcMillis good_until{};
  };
  Result<Opened> opened(const std::string& code, const std::string& pin) const {
    if (auto book = state.book.open(); !book) return book.error();
    Result<Claim> claim = check_claim(*state.parts.vault, code, pin, state.bench.now());
    if (!claim) return claim.error();
    Result<Kept> kept = open_draft(claim->case_id);
    if (!kept) return kept.error();
    return Opened{std::move(*kept), claim->good_until};
  }

  Result<Hearing> hearing_of(const Case& one) const {
    Result<std::optional<Bytes>> kept = state.archive.kept(kHearing, one);
    if (!kept) return kept.error();
    if (!*kept) return Hearing{};
    return hearing_from(text_of(**kept));
  }

  Result<void> keep_hearing(const Case& one, const Hearing& hearing) const {
    Result<std::string> text = to_text(hearing);
    if (!text) return text.error();
    if (auto put = state.archive.put(kHearing, one, bytes_of(*text)); !put) return put;
    state.bench.done(step::hearing_kept);
    return {};
  }

  // Whether another document would come of the draft than the person saw; one that is not whole is
  // another one.
  bool has_changed(const Hearing& hearing, const Result<Seen>& seen) const {
    if (!hearing.seen_at) return false;
    if (!seen) return true;
    const Result<std::string> digest = digest_of(seen->order, seen->examined);
    return !digest || *digest != hearing.seen_digest;
  }

  // As the person, over whatever stands there now.
  Result<void> write(const Case& one, const Fields& changes) const {
    Result<Sheet> sheet = sheet_of(one);
    if (!sheet) return sheet.error();
    const Sheet before = *sheet;
    const Signed by{kPersonId, name_of(one.facts), state.bench.now()};
    if (Result<Saved> saved = save(*sheet, before.version, changes, by); !saved) {
      return saved.error();
    }
    if (*sheet == before) return {};
    keep_what_was_said(before, *sheet);
    return keep(one, *sheet);
  }
};

// ---- HR -----------------------------------------------------------------------------------------

Result<ClaimTicket> LeaverSide::invite(std::string_view case_id, const Actor& actor) {
  if (auto able = need(actor, Right::write); !able) return able.error();
  const Work work(*desk_);
  const std::lock_guard<std::mutex> alone(work.state.changes);
  Result<Kept> kept = work.open_draft(case_id);
  if (!kept) return kept.error();
  const Case& one = kept->content;
  Result<Sheet> sheet = work.sheet_of(one);
  if (!sheet) return sheet.error();
  if (Result<Bytes> whole = work.preview(one, *sheet); !whole) {
    if (whole.error().fault == Fault::storage) return whole.error();
    return Error{Fault::refused, "the draft is not whole yet"};
  }
  Result<Hearing> hearing = work.hearing_of(one);
  if (!hearing) return hearing.error();
  const UtcMillis now = work.state.bench.now();
  hearing->invited_at = now;
  if (auto put = work.keep_hearing(one, *hearing); !put) return put.error();
  Result<ClaimTicket> ticket = draw_claim(*work.state.parts.vault, *work.state.parts.random,
                                          one.case_id, now + work.state.issuer.claim_days);
  if (ticket) work.state.bench.done(step::claim_made);
  return ticket;
}

Result<Heard> LeaverSide::heard(std::string_view case_id, const Actor& actor) const {
  if (auto able = need(actor, Right::look); !able) return able.error();
  const Work work(*desk_);
  Result<Kept> kept = work.case_named(case_id);
  if (!kept) return kept.error();
  Result<Hearing> hearing = work.hearing_of(kept->content);
  if (!hearing) return hearing.error();
  Heard heard{*std::move(hearing)};
  if (!heard.hearing.seen_at || !may_change(kept->content.stage)) return heard;
  Result<Sheet> sheet = work.sheet_of(kept->content);
  if (!sheet) return sheet.error();
  heard.changed = work.has_changed(heard.hearing, work.see(kept->content, *sheet));
  return heard;
}

// ---- the person ---------------------------------------------------------------------------------

Result<DraftView> LeaverSide::draft(const std::string& code, const std::string& pin) {
  const Work work(*desk_);
  const std::lock_guard<std::mutex> alone(work.state.changes);
  Result<Work::Opened> opened = work.opened(code, pin);
  if (!opened) return opened.error();
  const Case& one = opened->kept.content;
  Result<Sheet> sheet = work.sheet_of(one);
  if (!sheet) return sheet.error();
  Result<Hearing> hearing = work.hearing_of(one);
  if (!hearing) return hearing.error();
  DraftView view;
  view.holder = name_of(one.facts);
  view.language = value_of(one.facts, "language").value_or("");
  view.address = sheet->text("to");
  view.good_until = opened->good_until;
  const Result<Seen> seen = work.see(one, *sheet);
  if (seen) {
    const std::optional<std::string> root = consent_root(seen->examined);
    view.asks_consent = root.has_value();
    view.has_consented = root && !sheet->text(*root + "reason").empty();
  }
  view.changed = work.has_changed(*hearing, seen);
  view.hearing = std::move(*hearing);
  return view;
}

Result<Bytes> LeaverSide::document(const std::string& code, const std::string& pin) {
  const Work work(*desk_);
  const std::lock_guard<std::mutex> alone(work.state.changes);
  Result<Work::Opened> opened = work.opened(code, pin);
  if (!opened) return opened.error();
  const Case& one = opened->kept.content;
  Result<Sheet> sheet = work.sheet_of(one);
  if (!sheet) return sheet.error();
  Result<Hearing> hearing = work.hearing_of(one);
  if (!hearing) return hearing.error();
  Result<Seen> seen = work.see(one, *sheet);
  if (!seen) return seen.error();
  Result<std::string> digest = digest_of(seen->order, seen->examined);
  if (!digest) return digest.error();
  Result<Bytes> file = work.preview(one, *sheet);
  if (!file) return file;
  hearing->seen_at = work.state.bench.now();
  hearing->seen_digest = *std::move(digest);
  if (auto put = work.keep_hearing(one, *hearing); !put) return put.error();
  return file;
}

Result<void> LeaverSide::say(const std::string& code, const std::string& pin,
                             const std::string& text) {
  const Work work(*desk_);
  const std::lock_guard<std::mutex> alone(work.state.changes);
  Result<Work::Opened> opened = work.opened(code, pin);
  if (!opened) return opened.error();
  Result<Hearing> hearing = work.hearing_of(opened->kept.content);
  if (!hearing) return hearing.error();
  if (auto said = desk::say(*hearing, text, work.state.bench.now()); !said) return said;
  return work.keep_hearing(opened->kept.content, *hearing);
}

Result<void> LeaverSide::consent(const std::string& code, const std::string& pin, bool given) {
  const Work work(*desk_);
  const std::lock_guard<std::mutex> alone(work.state.changes);
  Result<Work::Opened> opened = work.opened(code, pin);
  if (!opened) return opened.error();
  const Case& one = opened->kept.content;
  Result<Sheet> sheet = work.sheet_of(one);
  if (!sheet) return sheet.error();
  Result<Seen> seen = work.see(one, *sheet);
  if (!seen) return seen.error();
  const std::optional<std::string> root = consent_root(seen->examined);
  if (!root) return Error{Fault::conflict, "case: nobody asks for a consent"};
  const std::string day = format_time(work.state.bench.now()).substr(0, 10);
  const std::string reason = filled(pick(kReason, work.state.tongue()), day);
  return work.write(
      one, {{*root + "finding", given ? kConsent : ""}, {*root + "reason", given ? reason : ""}});
}

Result<void> LeaverSide::send_to(const std::string& code, const std::string& pin,
                                 const std::string& address) {
  Result<delivery::Address> parsed = delivery::Address::parse(address);
  if (!parsed) return parsed.error();
  const Work work(*desk_);
  const std::lock_guard<std::mutex> alone(work.state.changes);
  Result<Work::Opened> opened = work.opened(code, pin);
  if (!opened) return opened.error();
  return work.write(opened->kept.content, {{"to", parsed->text()}});
}

}  // namespace refledger::desk
