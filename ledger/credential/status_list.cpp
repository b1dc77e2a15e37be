#include "ledger/credential/status_list.h"

#include <zlib.h>

#include <cstdlib>

#include "ledger/core/encoding.h"
#include "ledger/core/json.h"
#include "ledger/core/jws.h"

namespace refledger::credential {
namespace {

constexpr std::string_view kType = "statuslist+jwt";
constexpr unsigned kBits = 2;
constexpr unsigned kPerByte = 8 / kBits;
constexpr std::uint64_t kInvalid = 1;
constexpr std::size_t kMaxUnpacked = std::size_t{1} << 20;
constexpr std::size_t kMaxToken = std::size_t{1} << 18;
constexpr std::int64_t kMaxSeconds = 253402300799;  // the last second of the year 9999

Error bad(const char* why) { return {Fault::malformed, std::string("status token: ") + why}; }

std::int64_t seconds_of(UtcMillis time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

Json payload_of(const StatusList& list) {
  const std::int64_t issued = seconds_of(list.issued_at);
  return {{"exp", issued + list.lifetime.count()},
          {"iat", issued},
          {"iss", list.iss},
          {"refledger",
           {{"origin", list.origin},
            {"root", to_base64url(list.root.view())},
            {"size", list.size.leaves}}},
          {"status_list",
           {{"bits", kBits},
            {"lst", compress_status(pack_status_bits(list.withdrawn, kStatusListLength))}}},
          {"sub", list.uri},
          {"ttl", kStatusTtl.count()}};
}

Result<std::set<std::uint64_t>> withdrawn_of(ByteView bits) {
  if (bits.size() != kStatusListLength / kPerByte) return bad("list of another length");
  std::set<std::uint64_t> withdrawn;
  for (std::size_t at = 0; at < bits.size(); ++at) {
    for (unsigned within = 0; bits[at] != 0 && within < kPerByte; ++within) {
      const unsigned status = (bits[at] >> (within * kBits)) & ((1u << kBits) - 1);
      if (status > kInvalid) return bad("a status other than valid and invalid");
      if (status == kInvalid) withdrawn.insert(std::uint64_t{at} * kPerByte + within);
    }
  }
  return withdrawn;
}

Result<void> take_times(const Json& payload, StatusList& list) {
  const Result<std::uint64_t> issued = number_member(payload, "iat");
  if (!issued) return issued.error();
  const Result<std::uint64_t> expires = number_member(payload, "exp");
  if (!expires) return expires.error();
  if (*expires <= *issued || *expires > static_cast<std::uint64_t>(kMaxSeconds)) return bad("exp");
  if (payload["ttl"] != kStatusTtl.count()) return bad("ttl");
  list.issued_at = UtcMillis{std::chrono::seconds{*issued}};
  list.lifetime = std::chrono::seconds{*expires - *issued};
  return {};
}

Result<void> take_log(const Json& log, StatusList& list) {
  if (!has_exactly(log, {"origin", "root", "size"})) return bad("refledger");
  Result<std::string> origin = string_member(log, "origin");
  if (!origin) return origin.error();
  const Result<std::string> root_text = string_member(log, "root");
  if (!root_text) return root_text.error();
  const Result<TreeHash> root = from_base64url_as<TreeHash>(*root_text, "root");
  if (!root) return root.error();
  const Result<std::uint64_t> size = number_member(log, "size");
  if (!size) return size.error();
  list.origin = *std::move(origin);
  list.root = *root;
  list.size = {*size};
  return {};
}

Result<void> take_list(const Json& status, StatusList& list) {
  if (!has_exactly(status, {"bits", "lst"}) || status["bits"] != kBits) return bad("status_list");
  const Result<std::string> lst = string_member(status, "lst");
  if (!lst) return lst.error();
  const Result<Bytes> bits = decompress_status(*lst);
  if (!bits) return bits.error();
  Result<std::set<std::uint64_t>> withdrawn = withdrawn_of(*bits);
  if (!withdrawn) return withdrawn.error();
  list.withdrawn = *std::move(withdrawn);
  return {};
}

Result<void> take_names(const Json& payload, StatusList& list) {
  Result<std::string> iss = string_member(payload, "iss");
  if (!iss) return iss.error();
  Result<std::string> uri = string_member(payload, "sub");
  if (!uri) return uri.error();
  list.iss = *std::move(iss);
  list.uri = *std::move(uri);
  return {};
}

Result<StatusList> parse_payload(std::string_view text) {
  const Result<Json> payload = from_canonical_json(text, "status token payload");
  if (!payload) return payload.error();
  if (!has_exactly(*payload, {"exp", "iat", "iss", "refledger", "status_list", "sub", "ttl"})) {
    return bad("members");
  }
  StatusList list;
  if (const Result<void> taken = take_times(*payload, list); !taken) return taken.error();
  if (const Result<void> taken = take_names(*payload, list); !taken) return taken.error();
  if (const Result<void> taken = take_log((*payload)["refledger"], list); !taken) {
    return taken.error();
  }
  if (const Result<void> taken = take_list((*payload)["status_list"], list); !taken) {
    return taken.error();
  }
  return list;
}

}  // namespace

Bytes pack_status_bits(const std::set<std::uint64_t>& withdrawn, std::uint64_t length) {
  Bytes bits((length + kPerByte - 1) / kPerByte);
  for (const std::uint64_t index : withdrawn) {
    if (index >= length) std::abort();
    bits[index / kPerByte] |= static_cast<std::uint8_t>(kInvalid << (index % kPerByte * kBits));
  }
  return bits;
}

std::string compress_status(ByteView bits) {
  Bytes packed(compressBound(bits.size()));
  uLongf length = packed.size();
  if (compress2(packed.data(), &length, bits.data(), bits.size(), Z_BEST_COMPRESSION) != Z_OK) {
    std::abort();  // only out of memory
  }
  return to_base64url(ByteView(packed).first(length));
}

Result<Bytes> decompress_status(std::string_view lst) {
  const Result<Bytes> packed = from_base64url(lst, "status token: lst");
  if (!packed) return packed.error();
  Bytes bits(kMaxUnpacked);
  uLongf length = bits.size();
  uLong used = packed->size();
  if (uncompress2(bits.data(), &length, packed->data(), &used) != Z_OK || used != packed->size()) {
    return bad("lst: not zlib, longer than 1 MiB, or something behind it");
  }
  bits.resize(length);
  return bits;
}

std::string make_status_token(const StatusList& list, const Signer& status_key) {
  const Result<std::string> payload = to_canonical_json(payload_of(list));
  if (!payload) std::abort();
  return sign_jws(kType, *payload, status_key);
}

Result<ParsedStatusToken> parse_status_token(std::string_view jwt) {
  if (jwt.size() > kMaxToken) return bad("longer than 256 KiB");
  Result<Jws> jws = split_jws(jwt, kType);
  if (!jws) return jws.error();
  Result<StatusList> list = parse_payload(jws->payload);
  if (!list) return list.error();
  return ParsedStatusToken{jws->header["kid"].get<std::string>(), *std::move(list),
                           std::move(jws->signing_input), jws->signature};
}

}  // namespace refledger::credential
