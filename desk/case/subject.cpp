#include "desk/case/subject.h"

#include "ingest/source/zone.h"
#include "ledger/format/link.h"

namespace refledger::desk {
namespace {

credential::Claims claims_of(const Written& written) {
  const letter::Reference& reference = written.reference;
  credential::Claims claims{{"given_name", reference.given_name},
                            {"family_name", reference.family_name},
                            {"employer", reference.employer},
                            {"employed_from", format_date(reference.employed_from)},
                            {"reference_type", reference.type},
                            {"governing_law", reference.country},
                            {"document_date", format_date(reference.document_date)},
                            {"language", reference.language},
                            {"signing_mode", letter::name_of(reference.signing)},
                            {"text", written.letter.text()}};
  if (reference.employed_to) claims["employed_to"] = format_date(*reference.employed_to);
  if (reference.birthdate) claims["birthdate"] = format_date(*reference.birthdate);
  if (reference.functions.empty()) return claims;
  const letter::Function& last = reference.functions.back();
  claims["position"] = last.title;
  if (last.department) claims["department"] = *last.department;
  if (last.workload) claims["workload"] = *last.workload;
  return claims;
}

// The confirmation of employment that goes out by rule.
Result<Subject> subject_by_rule(const Bench& bench, const Facts& facts) {
  Result<letter::Reference> said = reference_of(facts);
  if (!said) return said.error();
  Result<letter::Letter> letter = letter::compose(*said, bench.issuer.rules->packs);
  if (!letter) return letter.error();
  return subject_of(Written{std::move(*said), std::move(*letter)}, Order{});
}

pdf::QrBlock qr_of(const std::string& base, const ReferenceId& id, const LinkSecret& secret) {
  return {format::format_qr_text({base, id, secret}), typed_address(base),
          format::format_typed(id.view()), format::format_typed(secret.view())};
}

}  // namespace

Result<std::optional<Order>> order_of(const Bench& bench, const Case& one) {
  if (!one.written) return std::optional<Order>{};
  Result<std::optional<Bytes>> kept = bench.archive.kept("order", one);
  if (!kept) return kept.error();
  if (!*kept) return Error{Fault::malformed, "case: order is missing"};
  Result<Order> order = parse_order(text_of(**kept));
  if (!order) return order.error();
  return std::optional(std::move(*order));
}

Result<letter::SigningMode> signing_of(const Bench& bench, const Case& one) {
  Result<std::optional<Order>> order = order_of(bench, one);
  if (!order) return order.error();
  return *order ? (*order)->reference.signing : letter::SigningMode::company_seal;
}

Subject subject_of(const Written& written, const Order& order) {
  return {written.letter,
          claims_of(written),
          written.reference.document_date,
          written.reference.signing,
          written.reference.given_name + " " + written.reference.family_name,
          order.with_qr};
}

Result<Subject> subject_of(const Bench& bench, const Case& one) {
  Result<std::optional<Order>> order = order_of(bench, one);
  if (!order) return order.error();
  if (!*order) return subject_by_rule(bench, one.facts);
  Result<Written> written = write_letter(**order, one.facts, *bench.issuer.rules);
  if (!written) return written.error();
  return subject_of(*written, **order);
}

Result<Fact> date_for(const Bench& bench, const Case& one) {
  Result<Date> today = ingest::local_date(bench.now(), bench.issuer.time_zone);
  if (!today) return today.error();
  Result<std::optional<Order>> order = order_of(bench, one);
  if (!order) return order.error();
  if (!*order) return document_date(one.facts, bench.issuer.rules->packs, *today, bench.now());
  return document_date(**order, one.facts, *bench.issuer.rules, *today, bench.now());
}

pdf::Document document_of(const Bench& bench, Subject subject, const Case* one) {
  // A test document shows where the code will stand; the number zero is nobody's.
  const ReferenceId id = one == nullptr ? ReferenceId{} : one->identity->id;
  const LinkSecret secret = one == nullptr ? LinkSecret{} : *one->identity->secret;
  pdf::Document document;
  document.letter = std::move(subject.letter);
  document.letterhead = bench.issuer.letterhead;
  document.attachment = {"reference.sd-jwt", "application/dc+sd-jwt",
                         "The same statements, readable by machines",
                         one == nullptr ? "specimen" : credential::format_sd_jwt(*one->credential)};
  document.document_date = subject.document_date;
  document.holder = std::move(subject.holder);
  document.signing = subject.signing;
  document.specimen = one == nullptr;
  if (subject.with_qr) document.qr = qr_of(bench.issuer.public_url, id, secret);
  return document;
}

}  // namespace refledger::desk
