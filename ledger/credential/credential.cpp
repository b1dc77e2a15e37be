#include "ledger/credential/credential.h"

#include <algorithm>
#include <array>
#include <set>

#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "ledger/core/json.h"
#include "ledger/core/jws.h"
#include "ledger/core/text.h"

namespace refledger::credential {
namespace {

using Salt = FixedBytes<struct SaltTag, 16>;

constexpr std::string_view kType = "dc+sd-jwt";
constexpr std::string_view kHashName = "sha-256";
constexpr std::array<std::string_view, 15> kClaims{
    "birthdate", "department",     "document_date", "employed_from", "employed_to",
    "employer",  "family_name",    "given_name",    "governing_law", "language",
    "position",  "reference_type", "signing_mode",  "text",          "workload"};

Error bad(std::string_view why) { return {Fault::malformed, "credential: " + std::string(why)}; }
Error bad_disclosure(std::string_view why) {
  return {Fault::malformed, "disclosure: " + std::string(why)};
}

bool is_claim(std::string_view name) {
  return std::find(kClaims.begin(), kClaims.end(), name) != kClaims.end();
}

// What is signed reads as it is written: nothing in it may hide or reorder what a reader sees.
// Whether it is UTF-8 at all is the JSON's business.
bool reads_as_written(const std::string& name, const std::string& value) {
  const std::optional<std::u32string> points = decode_utf8(value);
  return !points || std::none_of(points->begin(), points->end(), [&](char32_t point) {
    return is_hidden_control(point) && !(point == '\n' && name == "text");
  });
}

Result<void> check_claims(const Claims& claims) {
  for (const auto& [name, value] : claims) {
    if (!is_claim(name)) return bad("unknown claim");
    if (!reads_as_written(name, value)) return bad(name + " holds control characters");
  }
  for (const std::string_view name : kClaims) {
    if (!is_optional_claim(name) && !claims.contains(std::string(name))) {
      return bad(std::string(name) + " is missing");
    }
  }
  return {};
}

/// The digest is over the disclosure's own text, so no reader has to encode it again.
std::string digest_of(std::string_view disclosure) {
  return to_base64url(sha256(bytes_of(disclosure)));
}

Result<std::string> make_disclosure(const std::string& name, const std::string& value,
                                    Random& random) {
  const Salt salt = random.draw<Salt>();
  const Result<std::string> text =
      to_canonical_json(Json::array({to_base64url(salt.view()), name, value}));
  if (!text) return text.error();
  return to_base64url(bytes_of(*text));
}

Result<std::string> make_payload(const std::vector<std::string>& digests, const std::string& iss,
                                 const std::string& vct, const StatusIndex& status) {
  return to_canonical_json(
      {{"_sd", digests},
       {"_sd_alg", kHashName},
       {"iss", iss},
       {"status", {{"status_list", {{"idx", status.idx}, {"uri", status.uri}}}}},
       {"vct", vct}});
}

// ---- reading ------------------------------------------------------------------------------------

// Ascending, so that their order tells nothing about the claims; and none twice (RFC 9901 §7.1, 4).
Result<std::vector<std::string>> parse_digests(const Json& list) {
  if (!list.is_array() || list.size() > kClaims.size()) return bad("_sd");
  std::vector<std::string> digests;
  for (const Json& each : list) {
    if (!each.is_string()) return bad("_sd");
    digests.push_back(each.get<std::string>());
    if (!from_base64url_as<TreeHash>(digests.back(), "_sd")) return bad("_sd: no SHA-256 digest");
  }
  if (std::adjacent_find(digests.begin(), digests.end(), std::greater_equal<>()) != digests.end()) {
    return bad("_sd: not sorted, or a digest twice");
  }
  return digests;
}

Result<StatusIndex> parse_status(const Json& status) {
  if (!has_exactly(status, {"status_list"})) return bad("status");
  const Json& list = status["status_list"];
  if (!has_exactly(list, {"idx", "uri"})) return bad("status");
  const Result<std::uint64_t> idx = number_member(list, "idx");
  if (!idx) return idx.error();
  Result<std::string> uri = string_member(list, "uri");
  if (!uri) return uri.error();
  return StatusIndex{*idx, *std::move(uri)};
}

struct Disclosure {
  std::string name;
  std::string value;
};

Result<Disclosure> parse_disclosure(std::string_view text) {
  const Result<Bytes> decoded = from_base64url(text, "disclosure: not base64url");
  if (!decoded) return decoded.error();
  const Result<Json> array = from_canonical_json(text_of(*decoded), "disclosure");
  if (!array) return array.error();
  const auto is_text = [](const Json& each) { return each.is_string(); };
  if (!array->is_array() || array->size() != 3 ||
      !std::all_of(array->begin(), array->end(), is_text)) {
    return bad_disclosure("salt, name and value expected");
  }
  if (!from_base64url_as<Salt>((*array)[0].get<std::string>(), "disclosure: salt")) {
    return bad_disclosure("salt of another length");
  }
  Disclosure made{(*array)[1].get<std::string>(), (*array)[2].get<std::string>()};
  // This also covers `_sd`, `...` and the names that stand in the JWT itself (RFC 9901 §7.1, 3).
  if (!is_claim(made.name)) return bad_disclosure("unknown claim");
  return made;
}

Result<Claims> disclose(const std::vector<std::string>& digests,
                        const std::vector<std::string>& disclosures) {
  if (disclosures.size() != digests.size()) return bad_disclosure("as many as digests expected");
  Claims claims;
  for (const std::string& text : disclosures) {
    if (!std::binary_search(digests.begin(), digests.end(), digest_of(text))) {
      return bad_disclosure("its digest is not in the credential");
    }
    Result<Disclosure> read = parse_disclosure(text);
    if (!read) return read.error();
    // In the order of their names: as written, and none twice.
    if (!claims.empty() && claims.rbegin()->first >= read->name) {
      return bad_disclosure("out of order, or a claim twice");
    }
    claims.emplace(std::move(read->name), std::move(read->value));
  }
  return claims;
}

std::size_t size_of(const Credential& credential) {
  std::size_t size = credential.jwt.size() + 1;
  for (const std::string& each : credential.disclosures) size += each.size() + 1;
  return size;
}

}  // namespace

bool is_optional_claim(std::string_view name) {
  return name == "birthdate" || name == "department" || name == "employed_to" || name == "workload";
}

Result<Credential> make_credential(const Claims& claims, const std::string& iss,
                                   const std::string& vct, const StatusIndex& status,
                                   const Signer& issuer, Random& random) {
  if (const Result<void> checked = check_claims(claims); !checked) return checked.error();
  Credential made;
  std::vector<std::string> digests;
  for (const auto& [name, value] : claims) {
    Result<std::string> disclosure = make_disclosure(name, value, random);
    if (!disclosure) return disclosure.error();
    digests.push_back(digest_of(*disclosure));
    made.disclosures.push_back(*std::move(disclosure));
  }
  std::sort(digests.begin(), digests.end());
  const Result<std::string> payload = make_payload(digests, iss, vct, status);
  if (!payload) return payload.error();
  made.jwt = sign_jws(kType, *payload, issuer);
  if (size_of(made) > kMaxSdJwt) return bad("longer than 64 KiB");
  return made;
}

Result<ParsedJwt> parse_jwt(std::string_view jwt) {
  if (jwt.size() > kMaxSdJwt) return bad("longer than 64 KiB");
  Result<Jws> jws = split_jws(jwt, kType);
  if (!jws) return jws.error();
  const Result<Json> payload = from_canonical_json(jws->payload, "credential payload");
  if (!payload) return payload.error();
  if (!has_exactly(*payload, {"_sd", "_sd_alg", "iss", "status", "vct"})) return bad("members");
  if ((*payload)["_sd_alg"] != kHashName) return bad("unknown _sd_alg");
  Result<std::vector<std::string>> digests = parse_digests((*payload)["_sd"]);
  if (!digests) return digests.error();
  Result<std::string> iss = string_member(*payload, "iss");
  if (!iss) return iss.error();
  Result<std::string> vct = string_member(*payload, "vct");
  if (!vct) return vct.error();
  Result<StatusIndex> status = parse_status((*payload)["status"]);
  if (!status) return status.error();
  return ParsedJwt{*std::move(iss),     jws->header["kid"].get<std::string>(),
                   *std::move(vct),     *std::move(status),
                   *std::move(digests), std::move(jws->signing_input),
                   jws->signature};
}

Result<ParsedCredential> parse_credential(const Credential& credential) {
  if (size_of(credential) > kMaxSdJwt) return bad("longer than 64 KiB");
  Result<ParsedJwt> jwt = parse_jwt(credential.jwt);
  if (!jwt) return jwt.error();
  Result<Claims> claims = disclose(jwt->digests, credential.disclosures);
  if (!claims) return claims.error();
  if (const Result<void> checked = check_claims(*claims); !checked) return checked.error();
  return ParsedCredential{*std::move(jwt), *std::move(claims)};
}

std::string format_sd_jwt(const Credential& credential) {
  std::string out = credential.jwt + "~";
  for (const std::string& each : credential.disclosures) out += each + "~";
  return out;
}

Result<Credential> parse_sd_jwt(std::string_view text) {
  if (text.size() > kMaxSdJwt) return bad("longer than 64 KiB");
  if (!text.ends_with('~')) return bad("ends in ~");
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find('~');
    parts.emplace_back(text.substr(0, end));
    if (parts.back().empty()) return bad("an empty part");
    if (parts.size() > kClaims.size() + 1) return bad("too many disclosures");
    text.remove_prefix(end + 1);
  }
  return Credential{parts.front(), {parts.begin() + 1, parts.end()}};
}

CredentialHash hash_credential(const Credential& credential) {
  return sha256_as<CredentialHash>(bytes_of(credential.jwt));
}

}  // namespace refledger::credential
