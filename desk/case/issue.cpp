// Steps 2 to 8 of the workflow: draft, approve, identify, attest, seal, store, append.
#include <array>

#include "desk/case/automatic.h"
#include "desk/case/prepared.h"
#include "desk/case/publishing.h"
#include "desk/case/steps.h"
#include "desk/case/subject.h"
#include "ingest/source/zone.h"
#include "ledger/core/hash.h"
#include "ledger/credential/sealed_record.h"
#include "ledger/credential/status_list.h"
#include "ledger/format/entry.h"
#include "ledger/format/link.h"
#include "render/letter/letter.h"

namespace refledger::desk {
namespace {

constexpr int kIndexTries = 64;

Error missing(std::string_view what) {
  return {Fault::malformed, "case: " + std::string(what) + " is missing"};
}

Result<void> move_to(const Bench& bench, Kept& kept, Stage stage, std::string_view name) {
  kept.content.stage = stage;
  if (auto saved = bench.archive.save(kept); !saved) return saved;
  bench.done(name);
  return {};
}

Result<void> back_to_open(const Bench& bench, Kept& kept, const std::string& field) {
  kept.content.credential.reset();
  kept.content.stage = Stage::open;
  kept.content.waiting = Waiting::text_not_printable;
  kept.content.waiting_field = field;
  return bench.archive.save(kept);
}

// The gate was passed before; it is asked again where it cannot be missed.
Result<void> approve(const Bench& bench, Kept& kept) {
  Result<Date> today = ingest::local_date(bench.now(), bench.issuer.time_zone);
  if (!today) return today.error();
  const auto rule = rule_for(bench.issuer.automatic, kept.content.facts);
  const bool lawful = law_lets_go(kept.content.facts, bench.issuer.rules->packs, *today);
  if (!gate_of(kept.content, rule, lawful, *today, bench.now()).open) {
    return Error{Fault::refused, "case: not approved"};
  }
  return move_to(bench, kept, Stage::approved, step::approved);
}

// The address is not part of it.
bool same_document(const Facts& a, const Facts& b) {
  const auto values = [](const Facts& facts) {
    std::map<std::string, std::string> all;
    for (const auto& [name, fact] : facts) all[name] = fact.value;
    all.erase("to");
    return all;
  };
  return values(a) == values(b);
}

// A number of the status list that no reference had before.
Result<std::uint64_t> draw_status_index(const Bench& bench) {
  for (int tries = 0; tries < kIndexTries; ++tries) {
    std::array<std::uint8_t, 4> drawn{};
    bench.parts.random->fill(drawn);
    std::uint64_t number = 0;
    for (const std::uint8_t byte : drawn) number = number << 8 | byte;
    number %= credential::kStatusListLength;  // a power of two: every index is equally likely
    auto claimed = bench.archive.claim_status_index(number);
    if (claimed) return number;
    if (claimed.error().fault != Fault::conflict) return claimed.error();
  }
  return Error{Fault::out_of_range, "status list: full"};
}

Result<void> identify(const Bench& bench, Kept& kept) {
  if (!kept.content.identity) {
    Result<std::uint64_t> number = draw_status_index(bench);
    if (!number) return number.error();
    bench.done(step::index_claimed);
    Random& random = *bench.parts.random;
    kept.content.identity = Identity{random.draw<ReferenceId>(), random.draw<LinkSecret>(),
                                     random.draw<Share>(), *number};
  }
  return move_to(bench, kept, Stage::identified, step::identified);
}

Result<void> attest(const Bench& bench, Kept& kept) {
  Case& one = kept.content;
  Result<bool> named = bench.archive.name_reference(one.identity->id, kept.item);
  if (!named) return named.error();
  if (*named) bench.done(step::named);
  // Whatever was prepared before bears another credential.
  if (auto gone = bench.archive.destroy("prepared", one); !gone) return gone.error();
  Result<Fact> dated = date_for(bench, one);
  if (!dated) return dated.error();
  one.facts["document_date"] = std::move(*dated);
  Result<Subject> subject = subject_of(bench, one);
  if (!subject) return subject.error();
  const std::string& host = bench.issuer.public_url;
  auto made = credential::make_credential(subject->claims, bench.issuer.iss,
                                          host + "/vct/employment-reference/1",
                                          {one.identity->status_index, host + "/status/0"},
                                          *bench.parts.issuer_key, *bench.parts.random);
  if (!made) return made.error();
  one.credential = std::move(*made);
  return move_to(bench, kept, Stage::attested, step::attested);
}

// A document that bears an earlier date than today, as the law may want it, goes without a
// timestamp, which would show the day of signing.
Result<std::optional<seal::Stamping>> stamping_of(const Bench& bench, Date document_date) {
  std::optional<seal::Stamping> stamping;
  if (bench.parts.timestamper == nullptr) return stamping;
  Result<Date> today = ingest::local_date(bench.now(), bench.issuer.time_zone);
  if (!today) return today.error();
  if (document_date >= *today) {
    stamping.emplace(seal::Stamping{*bench.parts.timestamper, document_date, *today});
  }
  return stamping;
}

// `refused` is kept for what the page cannot show; a key that does not sign is the desk's trouble.
Result<Bytes> as_trouble(Result<Bytes> file) {
  if (file || file.error().fault != Fault::refused) return file;
  return Error{Fault::upstream, file.error().detail};
}

// What will stand behind the first signature: at the levels above B-T what makes it last, which the
// day of signing shows in as in a timestamp.
pdf::Additions additions_of(const Bench& bench, bool stamped, bool two) {
  const bool lasts = stamped && bench.parts.lasting != nullptr;
  return {two, lasts, lasts && bench.parts.lasting->archives()};
}

// Nothing goes out below the level that the file was made for.
Result<Bytes> completed(const Bench& bench, Bytes file, const pdf::Additions& additions,
                        const std::vector<const seal::SignerChain*>& signers) {
  if (!additions.validation_data) return file;
  if (bench.parts.lasting == nullptr) {
    return Error{Fault::upstream, "seal.level: lower now than when the document was prepared"};
  }
  return as_trouble(bench.parts.lasting->complete(file, signers, additions.archive_timestamp));
}

Result<Bytes> sealed_file(const Bench& bench, pdf::Document document) {
  Result<std::optional<seal::Stamping>> stamping = stamping_of(bench, document.document_date);
  if (!stamping) return stamping.error();
  const seal::DocumentKey& key = *bench.parts.document_key;
  const std::size_t room =
      seal::reserve_for(key.chain(), *stamping ? bench.parts.timestamper : nullptr);
  document.additions = additions_of(bench, stamping->has_value(), false);
  Result<pdf::Prepared> prepared = pdf::render(document, *bench.parts.fonts, room);
  if (!prepared) return prepared.error();
  Result<Bytes> file = as_trouble(seal::sign_pdf(
      std::move(prepared->file), prepared->contents_begin, prepared->contents_end, key, *stamping));
  if (!file) return file;
  return completed(bench, std::move(*file), document.additions, {&key.chain()});
}

// The print, with lines to sign on and no signature in the file.
Result<Bytes> printed_file(const Bench& bench, const Case& one, Subject subject) {
  Result<pdf::Prepared> page =
      pdf::render(document_of(bench, std::move(subject), &one), *bench.parts.fonts);
  if (!page) return page.error();
  return std::move(page->file);
}

// ---- signed elsewhere ---------------------------------------------------------------------------

constexpr std::chrono::days kSignWithin{7};

// A document dated the day of signing is signed on that day; one that bears an earlier date, soon.
Date last_day_for(Date document_date, Date today) {
  return document_date >= today ? today : Date(std::chrono::sys_days(today) + kSignWithin);
}

// The place of the second signature, behind the first one.
Result<void> open_second(const Bench& bench, PreparedDocument& document, const Bytes& file,
                         const seal::SignerChain& chain, bool stamped) {
  Result<seal::Place> place = seal::open_second(
      file,
      seal::outside_room + seal::reserve_for(chain, stamped ? bench.parts.timestamper : nullptr));
  if (!place) return place.error();
  document.page = {std::move(place->file), place->contents_begin, place->contents_end};
  return {};
}

Result<void> ask_for_signature(PreparedDocument& document, const seal::SignerChain& chain) {
  Result<seal::ToBeSigned> asked = seal::prepare(document.page.file, document.page.contents_begin,
                                                 document.page.contents_end, chain);
  if (!asked) return asked.error();
  document.chain = chain.pem();
  document.asked = std::move(*asked);
  return {};
}

// Rendered for the first signature; where the seal makes that one, for the second.
Result<void> render_for(const Bench& bench, pdf::Document document, const Signers& signers,
                        const seal::SignerChain& chain,
                        const std::optional<seal::Stamping>& stamping, PreparedDocument& made) {
  seal::Timestamper* stamper = stamping ? bench.parts.timestamper : nullptr;
  const seal::DocumentKey& key = *bench.parts.document_key;
  const std::size_t room = signers.seal_first
                               ? seal::reserve_for(key.chain(), stamper)
                               : seal::reserve_for(chain, stamper) + seal::outside_room;
  Result<pdf::Prepared> page = pdf::render(document, *bench.parts.fonts, room);
  if (!page) return page.error();
  if (!signers.seal_first) {
    made.page = std::move(*page);
    return {};
  }
  Result<Bytes> file = as_trouble(seal::sign_pdf(std::move(page->file), page->contents_begin,
                                                 page->contents_end, key, stamping));
  if (!file) return file.error();
  made.signed_chain = key.chain().pem();
  return open_second(bench, made, *file, chain, stamping.has_value());
}

Result<PreparedDocument> prepared_for(const Bench& bench, const Case& one, Subject subject,
                                      const Signers& signers) {
  Result<seal::SignerChain> chain = seal::SignerChain::from_pem(signers.chain);
  if (!chain) return chain.error();
  Result<Date> today = ingest::local_date(bench.now(), bench.issuer.time_zone);
  if (!today) return today.error();
  Result<std::optional<seal::Stamping>> stamping = stamping_of(bench, subject.document_date);
  if (!stamping) return stamping.error();
  PreparedDocument made;
  made.last_day = last_day_for(subject.document_date, *today);
  made.next_chain = signers.second_chain;
  made.additions = additions_of(bench, stamping->has_value(),
                                signers.seal_first || !signers.second_chain.empty());
  pdf::Document document = document_of(bench, std::move(subject), &one);
  document.additions = made.additions;
  if (auto done = render_for(bench, std::move(document), signers, *chain, *stamping, made); !done) {
    return done.error();
  }
  if (auto asked = ask_for_signature(made, *chain); !asked) return asked.error();
  return made;
}

Result<void> prepare_elsewhere(const Bench& bench, Kept& kept, Subject subject) {
  Result<std::optional<Bytes>> before = bench.archive.kept("prepared", kept.content);
  if (!before) return before.error();
  if (*before) return {};
  Result<std::optional<Bytes>> named = bench.archive.kept("signer", kept.content);
  if (!named) return named.error();
  if (!*named) return missing("signer's certificate");
  const Result<Signers> signers = signers_from_json(text_of(**named));
  if (!signers) return signers.error();
  Result<PreparedDocument> made = prepared_for(bench, kept.content, std::move(subject), *signers);
  if (!made) return made.error();
  Result<std::string> text = to_canonical_json(to_json(*made));
  if (!text) return text.error();
  if (auto done = bench.archive.keep("prepared", kept.content, bytes_of(*text)); !done) return done;
  bench.done(step::document_prepared);
  return {};
}

Result<void> wait_for(const Bench& bench, Kept& kept, Waiting waiting, std::string_view name) {
  kept.content.waiting = waiting;
  if (auto saved = bench.archive.save(kept); !saved) return saved;
  bench.done(name);
  return {};
}

// Renders what the signing mode asks for.  Nothing where the signature comes from elsewhere.
Result<std::optional<Bytes>> make_document(const Bench& bench, Kept& kept) {
  Result<Subject> subject = subject_of(bench, kept.content);
  if (!subject) return subject.error();
  if (subject->signing == letter::SigningMode::qualified) {
    auto prepared = prepare_elsewhere(bench, kept, std::move(*subject));
    if (!prepared) return prepared.error();
    return std::optional<Bytes>{};
  }
  const bool by_hand = subject->signing == letter::SigningMode::by_hand;
  Result<Bytes> file =
      by_hand ? printed_file(bench, kept.content, std::move(*subject))
              : sealed_file(bench, document_of(bench, std::move(*subject), &kept.content));
  if (!file) return file.error();
  return std::optional(std::move(*file));
}

Result<void> seal_document(const Bench& bench, Kept& kept) {
  Case& one = kept.content;
  if (!one.credential || !one.identity->secret) return missing("credential");
  Result<std::optional<Bytes>> file = bench.archive.kept("document", one);
  if (!file) return file.error();
  if (!*file) {
    Result<std::optional<Bytes>> made = make_document(bench, kept);
    if (!made && made.error().fault == Fault::refused) {
      return back_to_open(bench, kept, made.error().detail);
    }
    if (!made) return made.error();
    if (!*made) {
      return wait_for(bench, kept, Waiting::signature_elsewhere, step::signature_asked);
    }
    if (auto kept_now = bench.archive.keep("document", one, **made); !kept_now) return kept_now;
    *file = std::move(*made);
    bench.done(step::document_kept);
  }
  one.document = sha256_as<DocumentHash>(**file);
  return move_to(bench, kept, Stage::sealed, step::sealed);
}

Result<void> store_record(const Bench& bench, Kept& kept) {
  const Case& one = kept.content;
  if (!one.credential || !one.identity->secret || !one.identity->share) return missing("secret");
  Result<std::optional<Bytes>> sealed = bench.archive.kept("record", one);
  if (!sealed) return sealed.error();
  if (!*sealed) {
    const credential::RecordKeys keys{one.identity->id, *one.identity->secret,
                                      *one.identity->share};
    Result<Bytes> made = credential::seal_record(*one.credential, keys, *bench.parts.random);
    if (!made) return made.error();
    if (auto kept_now = bench.archive.keep("record", one, *made); !kept_now) return kept_now;
    *sealed = std::move(*made);
    bench.done(step::record_kept);
  }
  auto put = bench.parts.records->put(hash_reference(one.identity->id),
                                      {std::move(**sealed), *one.identity->share});
  if (!put) return put;
  bench.done(step::record_put);
  return move_to(bench, kept, Stage::stored, step::stored);
}

// The entry of a document signed by hand names no file: the paper is the document.
Result<bool> is_on_paper(const Bench& bench, const Case& one) {
  Result<letter::SigningMode> signing = signing_of(bench, one);
  if (!signing) return signing.error();
  return *signing == letter::SigningMode::by_hand;
}

Result<void> enter(const Bench& bench, Kept& kept) {
  Case& one = kept.content;
  auto at = bench.parts.log->append(std::span(&one.entry, 1));
  if (!at) return at.error();
  bench.done(step::appended);
  one.entry_index = at->front().position;
  return move_to(bench, kept, Stage::logged, step::logged);
}

// The text that HR reads has the day and the hour of its own clock.
Result<void> queue(const Bench& bench, Kept& kept) {
  const std::string& zone = bench.issuer.time_zone;
  Result<UtcMillis> at = next_publication(bench.now(), *bench.issuer.publish_at, zone);
  if (!at) return at.error();
  Result<std::chrono::minutes> ahead = ingest::ahead_of_utc(*at, zone);
  if (!ahead) return ahead.error();
  const std::string local = format_time(*at + *ahead);  // "2026-11-02T18:00:00.000Z"
  kept.content.publish_at = *at;
  kept.content.waiting_field = local.substr(0, 10) + ", " + local.substr(11, 5);
  return wait_for(bench, kept, Waiting::to_publish, step::queued);
}

Result<void> append(const Bench& bench, Kept& kept) {
  Case& one = kept.content;
  if (!one.credential || !one.document) return missing("document");
  Result<bool> on_paper = is_on_paper(bench, one);
  if (!on_paper) return on_paper.error();
  if (*on_paper) {
    Result<std::optional<Bytes>> registered = bench.archive.kept("registration", one);
    if (!registered) return registered.error();
    if (!*registered) {
      return wait_for(bench, kept, Waiting::signature_by_hand, step::signature_asked);
    }
  }
  log::Log& log = *bench.parts.log;
  if (one.entry.empty()) {
    const format::Issued act{credential::hash_credential(*one.credential),
                             *on_paper ? std::nullopt : one.document,
                             hash_reference(one.identity->id)};
    one.entry = format::sign_entry(act, log.origin(), *bench.parts.issuer_key);
    if (auto saved = bench.archive.save(kept); !saved) return saved;
    bench.done(step::entry_kept);
  }
  if (bench.issuer.publish_at) return queue(bench, kept);
  return enter(bench, kept);
}

// A paper is in somebody's hands already; a file without an address goes there by HR's.
Result<void> settle_without_address(const Bench& bench, Kept& kept) {
  Case& one = kept.content;
  if (!one.written) return {};
  Result<bool> on_paper = is_on_paper(bench, one);
  if (!on_paper) return on_paper.error();
  if (*on_paper) {
    one.delivered_at = bench.now();
    return move_to(bench, kept, Stage::delivered, step::delivered);
  }
  if (value_of(one.facts, "to")) return {};
  return wait_for(bench, kept, Waiting::to_hand_out, step::handing_out);
}

}  // namespace

Result<Assembled> assembled(const Bench& bench, const Case& one, PreparedDocument prepared,
                            ByteView signature) {
  Result<seal::SignerChain> chain = seal::SignerChain::from_pem(prepared.chain);
  if (!chain) return chain.error();
  Result<Date> dated =
      parse_date(value_of(one.facts, "document_date").value_or(""), "document_date");
  if (!dated) return dated.error();
  Result<std::optional<seal::Stamping>> stamping = stamping_of(bench, *dated);
  if (!stamping) return stamping.error();
  Result<Bytes> file =
      seal::assemble(std::move(prepared.page.file), prepared.page.contents_begin,
                     prepared.page.contents_end, prepared.asked, signature, *chain, *stamping);
  if (!file) return file.error();
  if (!prepared.next_chain.empty()) {
    Result<seal::SignerChain> next = seal::SignerChain::from_pem(prepared.next_chain);
    if (!next) return next.error();
    auto opened = open_second(bench, prepared, *file, *next, stamping->has_value());
    if (!opened) return opened.error();
    prepared.signed_chain = prepared.chain;
    prepared.next_chain.clear();
    if (auto asked = ask_for_signature(prepared, *next); !asked) return asked.error();
    return Assembled(std::move(prepared));
  }
  if (prepared.signed_chain.empty()) {
    Result<Bytes> whole = completed(bench, std::move(*file), prepared.additions, {&*chain});
    return whole ? Result<Assembled>(std::move(*whole)) : whole.error();
  }
  Result<seal::SignerChain> first = seal::SignerChain::from_pem(prepared.signed_chain);
  if (!first) return first.error();
  Result<Bytes> whole = completed(bench, std::move(*file), prepared.additions, {&*first, &*chain});
  return whole ? Result<Assembled>(std::move(*whole)) : whole.error();
}

std::string typed_address(const std::string& base) {
  constexpr std::string_view kScheme = "https://";
  if (base.rfind(kScheme, 0) != 0) return base;
  std::string host = base.substr(kScheme.size());
  return host.find(':') == std::string::npos ? host : base;
}

Result<void> take_published(const Bench& bench, Kept& kept) {
  kept.content.waiting = Waiting::nothing;
  kept.content.waiting_field.clear();
  kept.content.publish_at.reset();
  return enter(bench, kept);
}

Result<void> take_draft(const Bench& bench, Kept& kept, Draft draft) {
  Case& one = kept.content;
  const bool waits = draft.waiting != Waiting::nothing;
  draft.facts = with_first_readings(std::move(draft.facts), one.facts);
  if (waits || (one.stage != Stage::open && !same_document(one.facts, draft.facts))) {
    one.noticed_at.reset();
    if (one.decisions.go == Go::released) one.decisions.go = Go::by_rule;
  }
  one.facts = std::move(draft.facts);
  one.waiting = draft.waiting;
  one.waiting_field = draft.waiting_field;
  one.changed.clear();
  one.decisions.recheck = false;
  if (!waits) return move_to(bench, kept, Stage::drafted, step::drafted);
  one.stage = Stage::open;
  return bench.archive.save(kept);
}

Result<void> try_seal(const Bench& bench) {
  Result<Date> today = ingest::local_date(bench.now(), bench.issuer.time_zone);
  if (!today) return today.error();
  pdf::Document document;
  document.letter.language = "en";
  document.letter.locale = "en-GB";
  document.letter.title = "Test";
  document.letter.sections = {{"opening", {"A test of the seal, about nobody."}}};
  document.letter.employer = bench.issuer.name;
  document.letterhead = bench.issuer.letterhead;
  document.attachment = {"reference.sd-jwt", "application/dc+sd-jwt", "Nothing", "test"};
  document.document_date = *today;
  document.holder = "Nobody";
  Result<Bytes> file = sealed_file(bench, std::move(document));
  if (!file) return file.error();
  return {};
}

Result<void> issue(const Bench& bench, Kept& kept) {
  for (;;) {
    if (kept.content.stage > Stage::approved && kept.content.waiting != Waiting::nothing) return {};
    Result<void> stepped;
    switch (kept.content.stage) {
      case Stage::drafted:
        stepped = approve(bench, kept);
        break;
      case Stage::approved:
        stepped = identify(bench, kept);
        break;
      case Stage::identified:
        stepped = attest(bench, kept);
        break;
      case Stage::attested:
        stepped = seal_document(bench, kept);
        break;
      case Stage::sealed:
        stepped = store_record(bench, kept);
        break;
      case Stage::stored:
        stepped = append(bench, kept);
        break;
      case Stage::logged:
        return settle_without_address(bench, kept);
      case Stage::open:
      case Stage::sending:
      case Stage::delivered:
      case Stage::delivery_unknown:
      case Stage::delivery_refused:
      case Stage::withdrawn:
        return {};
    }
    if (!stepped) return stepped;
  }
}

}  // namespace refledger::desk
