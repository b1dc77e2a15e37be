#include "ledger/credential/sealed_record.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>

#include "ledger/core/aes_gcm.h"
#include "ledger/core/hash.h"
#include "ledger/core/json.h"

namespace refledger::credential {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kBlock = 4096;
constexpr std::size_t kMaxSealed = std::size_t{1} << 17;

Error bad(const char* why) { return {Fault::malformed, std::string("record: ") + why}; }

// Wiped when it goes out of scope: what opens a record must not linger on the stack.
struct Key {
  Sha256 bytes{};
  Key() = default;
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  ~Key() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

// HKDF-SHA256 (RFC 5869) with an output of one block: extract, then T(1).
void derive(const RecordKeys& keys, Key& out) {
  static constexpr std::string_view kInfo{"refledger sealed record v1\x01", 27};
  std::array<std::uint8_t, LinkSecret::length + Share::length> material{};
  std::copy(keys.secret.bytes.begin(), keys.secret.bytes.end(), material.begin());
  std::copy(keys.share.bytes.begin(), keys.share.bytes.end(),
            material.begin() + LinkSecret::length);
  Key extracted;
  extracted.bytes = hmac_sha256(keys.id.view(), material);
  out.bytes = hmac_sha256(extracted.bytes, bytes_of(kInfo));
  OPENSSL_cleanse(material.data(), material.size());
}

std::array<std::uint8_t, 1 + ReferenceId::length> bound_to(const ReferenceId& id) {
  std::array<std::uint8_t, 1 + ReferenceId::length> aad{kVersion};
  std::copy(id.bytes.begin(), id.bytes.end(), aad.begin() + 1);
  return aad;
}

Result<std::string> plain_text(const Credential& credential) {
  Result<std::string> text =
      to_canonical_json({{"credential", credential.jwt}, {"disclosures", credential.disclosures}});
  if (!text) return text;
  text->resize((text->size() + kBlock - 1) / kBlock * kBlock, '\0');
  return text;
}

// Canonical JSON holds no zero byte, so the first one begins the padding.
Result<std::string_view> without_padding(std::string_view plain) {
  const std::string_view text = plain.substr(0, plain.find('\0'));
  const std::string_view padding = plain.substr(text.size());
  if (plain.size() % kBlock != 0 || padding.size() >= kBlock ||
      padding.find_first_not_of('\0') != std::string_view::npos) {
    return bad("padding");
  }
  return text;
}

Result<Credential> parse_plain(std::string_view plain) {
  const Result<std::string_view> text = without_padding(plain);
  if (!text) return text.error();
  const Result<Json> json = from_canonical_json(*text, "record");
  if (!json) return json.error();
  if (!has_exactly(*json, {"credential", "disclosures"})) return bad("members");
  Result<std::string> jwt = string_member(*json, "credential");
  if (!jwt) return jwt.error();
  Credential made{*std::move(jwt), {}};
  const Json& disclosures = (*json)["disclosures"];
  if (!disclosures.is_array()) return bad("disclosures");
  for (const Json& each : disclosures) {
    if (!each.is_string()) return bad("disclosures");
    made.disclosures.push_back(each.get<std::string>());
  }
  return made;
}

}  // namespace

Result<Bytes> seal_record(const Credential& credential, const RecordKeys& keys, Random& random) {
  const Result<std::string> plain = plain_text(credential);
  if (!plain) return plain.error();
  if (1 + kAesGcmNonce + plain->size() + kAesGcmTag > kMaxSealed) return bad("longer than 128 KiB");
  Key key;
  derive(keys, key);
  Bytes sealed = seal_aes_gcm(key.bytes, bound_to(keys.id), bytes_of(*plain), random);
  sealed.insert(sealed.begin(), kVersion);
  return sealed;
}

Result<Credential> open_record(ByteView sealed, const RecordKeys& keys) {
  if (sealed.size() > kMaxSealed || sealed.size() < 1 + kAesGcmNonce + kBlock + kAesGcmTag) {
    return bad("length");
  }
  if (sealed[0] != kVersion) return bad("unknown version");
  Key key;
  derive(keys, key);
  const Result<Bytes> plain =
      open_aes_gcm(key.bytes, bound_to(keys.id), sealed.subspan(1), "record");
  if (!plain) return Error{Fault::refused, "record: wrong secret, or altered"};
  return parse_plain(text_of(*plain));
}

}  // namespace refledger::credential
