// Takes a delivered message apart again, and judges what it brought.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "company.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "ledger/format/link.h"
#include "ledger/format/proof_file.h"
#include "verify/check/check.h"
#include "verify/pdf/pdf.h"

namespace refledger::desk {

/// The bytes of the attachment whose part header names `mime_type`; empty if there is none.
inline Bytes attachment(std::string_view message, std::string_view mime_type) {
  const std::size_t named = message.find("Content-Type: " + std::string(mime_type));
  if (named == std::string_view::npos) return {};
  const std::size_t begin = message.find("\r\n\r\n", named) + 4;
  std::string lines(message.substr(begin, message.find("\r\n--", begin) - begin));
  lines.erase(
      std::remove_if(lines.begin(), lines.end(), [](char c) { return c == '\r' || c == '\n'; }),
      lines.end());
  Result<Bytes> bytes = from_base64(lines, "attachment");
  return bytes ? *bytes : Bytes();
}

/// The text part of a message.
inline std::string text_part_of(std::string_view message) {
  return std::string(text_of(attachment(message, "text/plain")));
}

/// A header's value, its folded lines put together.
inline std::string header_of(std::string_view message, std::string_view name) {
  const std::size_t at = message.find("\r\n" + std::string(name) + ":");
  if (at == std::string_view::npos) return "";
  std::size_t end = message.find("\r\n", at + 2);
  while (message.substr(end, 3) == "\r\n ") end = message.find("\r\n", end + 2);
  std::string value(message.substr(at + name.size() + 3, end - at - name.size() - 3));
  value.erase(
      std::remove_if(value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n'; }),
      value.end());
  return value.substr(std::min(value.find_first_not_of(' '), value.size()));
}

struct Brought {
  Bytes document;
  format::ProofFile proof;
  verify::PdfFindings findings;
  verify::Report report;
};

/// What an employer finds who gets PDF and proof file and trusts the log's and the issuer's keys.
inline Brought judge(std::string_view message, UtcMillis now) {
  Brought brought;
  brought.document = attachment(message, "application/pdf");
  const Bytes proof = attachment(message, "application/json");
  auto parsed = format::parse_proof_file(text_of(proof));
  EXPECT_TRUE(parsed.has_value());
  auto findings = verify::inspect_pdf(brought.document);
  EXPECT_TRUE(findings.has_value()) << findings.error().detail;
  if (!parsed || !findings) return brought;
  brought.proof = *parsed;
  brought.findings = *findings;
  verify::Evidence evidence;
  evidence.credential = *credential::parse_sd_jwt(findings->sd_jwt);
  evidence.proof = *parsed;
  evidence.document = sha256_as<DocumentHash>(brought.document);
  evidence.trust.logs.push_back({kOrigin, format::kNoteEd25519, key_of(1)->public_key()});
  evidence.now = now;
  brought.report = verify::check(evidence);
  return brought;
}

}  // namespace refledger::desk
