#include "tools/refledger/verify_command.h"

#include <algorithm>

#include "ledger/core/encoding.h"
#include "ledger/core/file.h"
#include "ledger/core/hash.h"
#include "ledger/format/entry.h"
#include "tools/refledger/evidence.h"
#include "tools/refledger/identity.h"
#include "verify/pdf/pdf.h"

namespace refledger::tools {
namespace {

using verify::Evidence;
using verify::Layer;
using verify::Report;
using verify::Verdict;

constexpr std::size_t kMaxPdf = 32 * 1024 * 1024;
constexpr std::size_t kMaxText = 1024 * 1024;

Report report_of(Verdict verdict, std::string reason, std::optional<Layer> failed = std::nullopt) {
  Report report;
  report.verdict = verdict;
  report.failed = failed;
  report.reason = std::move(reason);
  return report;
}

Report unreachable(const Error& error) {
  return report_of(Verdict::cannot_check_now,
                   error.detail + ". Try again, or use the proof file that came with the PDF.");
}

bool is_link(const std::string& subject) {
  const std::size_t colon = subject.find("://");
  return colon != std::string::npos && colon <= 5;
}

Result<format::Trust> read_trust(const std::filesystem::path& file) {
  const Result<Bytes> text = read_file(file, kMaxText);
  if (!text) return text.error();
  return format::parse_trust(text_of(*text));
}

// Asks the link's server for whatever the evidence still lacks.  A Report means: cannot go on.
std::optional<Report> ask_server(const format::Link& link, const VerifyOptions& options,
                                 Evidence& evidence) {
  const Result<void> told = add_told(link, options.fetch, evidence);
  if (!told && told.error().fault == Fault::not_found) {
    return report_of(Verdict::unknown, "The server knows no reference with this number.");
  }
  if (!told) return unreachable(told.error());
  if (options.trust_file.empty()) {
    if (Result<void> trust = add_trust_of_server(link, options.fetch, evidence); !trust) {
      return unreachable(trust.error());
    }
  }
  return std::nullopt;
}

Report verify_link(const format::Link& link, const VerifyOptions& options, Evidence& evidence) {
  if (options.offline) {
    return report_of(Verdict::cannot_check_now, "A link alone cannot be checked offline.");
  }
  if (std::optional<Report> stop = ask_server(link, options, evidence)) return *stop;
  if (link.secret) {
    const Result<void> opened = add_record(link, options.fetch, evidence);
    if (!opened && opened.error().fault == Fault::refused) {
      return report_of(Verdict::not_this_document,
                       "The record does not open with this link's secret.", Layer::record);
    }
    if (!opened && opened.error().fault == Fault::malformed) {
      return report_of(Verdict::not_this_document, "The record is not what a reference holds.",
                       Layer::record);
    }
    if (!opened && opened.error().fault == Fault::not_found) {
      return report_of(Verdict::cannot_check_now,
                       "The record is no longer kept here. Check the PDF file itself.");
    }
    if (!opened) return unreachable(opened.error());
  }
  return verify::check(evidence);
}

// The certificates of a PEM file as DER.  They are parsed where they are used.
Result<std::vector<Bytes>> read_authorities(const std::filesystem::path& file) {
  std::vector<Bytes> authorities;
  if (file.empty()) return authorities;
  const Result<Bytes> pem = read_file(file, kMaxText);
  if (!pem) return pem.error();
  constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
  constexpr std::string_view end = "-----END CERTIFICATE-----";
  std::string_view rest = text_of(*pem);
  for (std::size_t at = rest.find(begin); at != std::string_view::npos; at = rest.find(begin)) {
    rest.remove_prefix(at + begin.size());
    std::string base64;
    for (const char c : rest.substr(0, rest.find(end))) {
      if (c > ' ') base64 += c;
    }
    Result<Bytes> der = from_base64(base64, file.string());
    if (!der) return der.error();
    authorities.push_back(*std::move(der));
  }
  if (authorities.empty()) return Error{Fault::malformed, file.string() + ": no certificate"};
  return authorities;
}

Report signature_only(const verify::PdfFindings& findings) {
  if (findings.signature == verify::PdfSignature::whole_file) {
    return report_of(
        Verdict::cannot_check_now,
        "The file's signature is intact; whose it is, log and withdrawal were not checked. "
        "Put the proof file beside the PDF, or check online.");
  }
  return report_of(Verdict::not_this_document,
                   "The file's signature does not hold: it was altered after it was issued.",
                   Layer::document);
}

Result<std::optional<format::ProofFile>> find_proof(const VerifyOptions& options) {
  std::filesystem::path file = options.proof_file;
  if (file.empty()) file = std::filesystem::path(options.subject).replace_extension(".refproof");
  const Result<Bytes> text = read_file(file, kMaxText);
  if (!text && options.proof_file.empty()) return std::optional<format::ProofFile>{};
  if (!text) return text.error();
  Result<format::ProofFile> proof = format::parse_proof_file(text_of(*text));
  if (!proof) return Error{proof.error().fault, file.string() + ": " + proof.error().detail};
  return std::optional<format::ProofFile>{*std::move(proof)};
}

// What the file and its proof file say is final only as far as the proof goes: the server is asked
// whether there was a withdrawal since.  Its word counts where it holds; else it is as if silent.
Report with_news(Report report, const format::Link& link, const VerifyOptions& options,
                 Evidence& evidence) {
  Evidence newer = evidence;
  if (add_told(link, options.fetch, newer)) {
    Report told = verify::check(newer);
    if (verify::is_genuine(told.verdict)) {
      evidence = std::move(newer);
      return told;
    }
  }
  report.reason += " The server could not be asked about a withdrawal since.";
  report.remarks.push_back(verify::Remark::withdrawal_last_checked);
  return report;
}

Report verify_pdf(const verify::PdfFindings& findings, const VerifyOptions& options,
                  Evidence& evidence) {
  const Result<format::Link> link = format::parse_link(findings.link);
  const bool may_ask = !options.offline && link.has_value();
  const bool can_decide_offline = evidence.proof && !options.trust_file.empty();
  if (can_decide_offline) {
    Report report = verify::check(evidence);
    if (!may_ask) return report;
    if (report.verdict == Verdict::genuine_and_valid) {
      return with_news(std::move(report), *link, options, evidence);
    }
    if (report.verdict != Verdict::cannot_check_now) return report;
  }
  if (!may_ask) return signature_only(findings);
  if (std::optional<Report> stop = ask_server(*link, options, evidence)) {
    return stop->verdict == Verdict::cannot_check_now && can_decide_offline
               ? verify::check(evidence)
               : *stop;
  }
  return verify::check(evidence);
}

// A file that was added to still begins with the bytes that were issued.
void look_inside(ByteView file, const Evidence& evidence, Report& report) {
  if (report.failed != Layer::document || !evidence.proof) return;
  const Result<format::Entry> entry = format::parse_entry(evidence.proof->issued.entry);
  if (!entry) return;
  const auto* issued = std::get_if<format::Issued>(&entry->act);
  if (issued == nullptr || !issued->doc) return;
  if (const std::optional<std::size_t> length = verify::original_inside(file, *issued->doc)) {
    report.reason += " The document that was issued is inside: it is the first " +
                     std::to_string(*length) + " bytes of this file.";
  }
}

Result<Report> verify_file(const VerifyOptions& options, Evidence& evidence) {
  const Result<Bytes> file = read_file(options.subject, kMaxPdf);
  if (!file) return file.error();
  evidence.document = sha256_as<DocumentHash>(*file);
  const Result<std::vector<Bytes>> authorities = read_authorities(options.timestamp_authority);
  if (!authorities) return authorities.error();
  const Result<verify::PdfFindings> findings = verify::inspect_pdf(*file, *authorities);
  if (!findings) {
    return report_of(
        Verdict::unknown,
        "This file carries no reference that could be checked: " + findings.error().detail + ".",
        Layer::document);
  }
  Result<credential::Credential> credential = credential::parse_sd_jwt(findings->sd_jwt);
  if (!credential) {
    return report_of(Verdict::not_this_document, "The claims inside the file are damaged.",
                     Layer::credential);
  }
  evidence.credential = *std::move(credential);
  Result<std::optional<format::ProofFile>> proof = find_proof(options);
  if (!proof) return proof.error();
  evidence.proof = *std::move(proof);
  Report report = verify_pdf(*findings, options, evidence);
  look_inside(*file, evidence, report);
  report.stamped_at = findings->stamped_at;
  return report;
}

bool has(const Report& report, verify::Remark remark) {
  return std::find(report.remarks.begin(), report.remarks.end(), remark) != report.remarks.end();
}

// An issuer whom nobody pinned may be confirmed by its own domain.
void confirm_issuer(const VerifyOptions& options, Evidence& evidence, Report& report) {
  constexpr verify::Remark doubt = verify::Remark::issuer_not_confirmed;
  if (options.offline || !verify::is_genuine(report.verdict) || !has(report, doubt)) return;
  const auto vouched = ask_domain(report.iss, evidence.trust.logs, options.fetch);
  if (!vouched) return;
  evidence.trust.issuers.insert(evidence.trust.issuers.end(), vouched->begin(), vouched->end());
  if (!has(verify::check(evidence), doubt)) std::erase(report.remarks, doubt);
}

Result<Report> verify_evidence(const VerifyOptions& options, Evidence& evidence) {
  if (!is_link(options.subject)) return verify_file(options, evidence);
  const Result<format::Link> link = format::parse_link(options.subject);
  if (!link) return link.error();
  return verify_link(*link, options, evidence);
}

}  // namespace

Result<Report> verify_subject(const VerifyOptions& options, UtcMillis now) {
  Evidence evidence;
  evidence.now = now;
  if (!options.trust_file.empty()) {
    Result<format::Trust> trust = read_trust(options.trust_file);
    if (!trust) return trust.error();
    evidence.trust = *std::move(trust);
  }
  Result<Report> report = verify_evidence(options, evidence);
  if (report) confirm_issuer(options, evidence, *report);
  return report;
}

}  // namespace refledger::tools
