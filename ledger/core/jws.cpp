#include "ledger/core/jws.h"

#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"

namespace refledger {

std::string sign_jws(std::string_view typ, std::string_view payload, const Signer& signer) {
  // Both values are ours (a fixed word and a base64url text), so nothing needs escaping.
  const std::string header = R"({"alg":"EdDSA","kid":")" + thumbprint(signer.public_key()) +
                             R"(","typ":")" + std::string(typ) + R"("})";
  const std::string input = to_base64url(bytes_of(header)) + "." + to_base64url(bytes_of(payload));
  return input + "." + to_base64url(signer.sign(bytes_of(input)).view());
}

Result<Jws> split_jws(std::string_view compact, std::string_view typ) {
  const std::size_t first = compact.find('.');
  const std::size_t second = first == std::string_view::npos ? first : compact.find('.', first + 1);
  if (second == std::string_view::npos) return Error{Fault::malformed, "JWS: three parts expected"};

  const Result<Bytes> header = from_base64url(compact.substr(0, first), "JWS header");
  if (!header) return header.error();
  Result<Json> fields = from_canonical_json(text_of(*header), "JWS header");
  if (!fields) return fields.error();
  if (!has_exactly(*fields, {"alg", "kid", "typ"}) || (*fields)["alg"] != "EdDSA" ||
      !(*fields)["kid"].is_string() || (*fields)["typ"] != typ) {
    return Error{Fault::malformed, "JWS header: exactly alg EdDSA, kid and typ expected"};
  }
  const Result<Bytes> payload =
      from_base64url(compact.substr(first + 1, second - first - 1), "JWS payload");
  if (!payload) return payload.error();
  const Result<Signature> signature =
      from_base64url_as<Signature>(compact.substr(second + 1), "JWS signature");
  if (!signature) return signature.error();
  return Jws{std::move(*fields), std::string(text_of(*payload)),
             std::string(compact.substr(0, second)), *signature};
}

std::string thumbprint(const PublicKey& key) {
  const std::string jwk =
      R"({"crv":"Ed25519","kty":"OKP","x":")" + to_base64url(key.view()) + R"("})";
  return to_base64url(sha256(bytes_of(jwk)));
}

}  // namespace refledger
