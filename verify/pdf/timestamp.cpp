#include "verify/pdf/timestamp.h"

#include <openssl/err.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "ledger/core/hash.h"
#include "verify/pdf/openssl.h"

namespace refledger::verify {
namespace {

using Token = std::unique_ptr<PKCS7, Freer<PKCS7_free>>;
using TokenInfo = std::unique_ptr<TS_TST_INFO, Freer<TS_TST_INFO_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
void free_elements(ASN1_SEQUENCE_ANY* elements) { sk_ASN1_TYPE_pop_free(elements, ASN1_TYPE_free); }
using Elements = std::unique_ptr<ASN1_SEQUENCE_ANY, Freer<free_elements>>;
using Store = std::unique_ptr<X509_STORE, Freer<X509_STORE_free>>;
using Verification = std::unique_ptr<TS_VERIFY_CTX, Freer<TS_VERIFY_CTX_free>>;

constexpr int strength_112_bits = 2;

Token parse_strictly(ByteView der) {
  const unsigned char* at = der.data();
  Token token(d2i_PKCS7(nullptr, &at, static_cast<long>(der.size())));
  if (!token || at != der.data() + der.size() || PKCS7_type_is_signed(token.get()) == 0) {
    return nullptr;
  }
  const Bytes again = encoded(i2d_PKCS7, token.get());
  return std::equal(again.begin(), again.end(), der.begin(), der.end()) ? std::move(token)
                                                                        : nullptr;
}

bool is_over(const TS_TST_INFO* info, ByteView signature) {
  // The getters take the token not const, and leave it alone.
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(const_cast<TS_TST_INFO*>(info));
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  const ASN1_OCTET_STRING* digest = TS_MSG_IMPRINT_get_msg(imprint);
  const Sha256 wanted = sha256(signature);
  const unsigned char* bytes = ASN1_STRING_get0_data(digest);
  return TS_TST_INFO_get_version(info) == 1 && OBJ_obj2nid(algorithm) == NID_sha256 &&
         std::equal(wanted.begin(), wanted.end(), bytes, bytes + ASN1_STRING_length(digest));
}

// The elements of a SEQUENCE; none if it is no such thing.
Elements elements_of(const ASN1_TYPE* value) {
  if (value == nullptr || ASN1_TYPE_get(value) != V_ASN1_SEQUENCE) return nullptr;
  const unsigned char* at = ASN1_STRING_get0_data(value->value.sequence);
  return Elements(d2i_ASN1_SEQUENCE_ANY(nullptr, &at, ASN1_STRING_length(value->value.sequence)));
}
Elements first_of(const Elements& sequence) {
  const bool empty = !sequence || sk_ASN1_TYPE_num(sequence.get()) == 0;
  return empty ? nullptr : elements_of(sk_ASN1_TYPE_value(sequence.get(), 0));
}

// The hash of the first certificate that a signing-certificate attribute names.
ByteView hash_named_in(const Elements& certificate_id) {
  for (int at = 0; certificate_id && at < sk_ASN1_TYPE_num(certificate_id.get()); ++at) {
    const ASN1_TYPE* element = sk_ASN1_TYPE_value(certificate_id.get(), at);
    if (ASN1_TYPE_get(element) != V_ASN1_OCTET_STRING) continue;
    const ASN1_STRING* hash = element->value.octet_string;
    return {ASN1_STRING_get0_data(hash), static_cast<std::size_t>(ASN1_STRING_length(hash))};
  }
  return {};
}

bool is_hash_of(ByteView hash, const X509* certificate) {
  for (const EVP_MD* digest : {EVP_sha1(), EVP_sha256(), EVP_sha384(), EVP_sha512()}) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> own{};
    unsigned length = 0;
    if (X509_digest(certificate, digest, own.data(), &length) == 1 && length == hash.size()) {
      return std::equal(hash.begin(), hash.end(), own.begin());
    }
  }
  return false;
}

// The certificate is the one that the token's signature covers by its hash, so that no other bytes
// can stand in its place.  Source: RFC 2634 §5.4, RFC 5035 §3
bool names_certificate(PKCS7_SIGNER_INFO* signer, const X509* certificate) {
  for (const int nid : {NID_id_smime_aa_signingCertificateV2, NID_id_smime_aa_signingCertificate}) {
    const Elements attribute = elements_of(PKCS7_get_signed_attribute(signer, nid));
    if (!attribute) continue;
    const Elements certificate_id = first_of(first_of(attribute));
    return is_hash_of(hash_named_in(certificate_id), certificate);
  }
  return false;
}

// By its own certificate, which may be anybody's, but must be one for timestamps alone.
bool is_signed(PKCS7* token) {
  const STACK_OF(PKCS7_SIGNER_INFO)* all = PKCS7_get_signer_info(token);
  if (all == nullptr || sk_PKCS7_SIGNER_INFO_num(all) != 1) return false;
  const Signers signers(PKCS7_get0_signers(token, nullptr, 0));
  if (!signers || sk_X509_num(signers.get()) != 1 ||
      X509_check_purpose(sk_X509_value(signers.get(), 0), X509_PURPOSE_TIMESTAMP_SIGN, 0) != 1) {
    return false;
  }
  return names_certificate(sk_PKCS7_SIGNER_INFO_value(all, 0), sk_X509_value(signers.get(), 0)) &&
         PKCS7_verify(token, nullptr, nullptr, nullptr, nullptr, PKCS7_NOVERIFY) == 1;
}

std::optional<UtcMillis> time_of(const TS_TST_INFO* info) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &parts) != 1) return std::nullopt;
  return UtcMillis(std::chrono::seconds(timegm(&parts)));
}

Store trusting(const std::vector<Bytes>& authorities, UtcMillis time) {
  Store store(X509_STORE_new());
  if (!store) return nullptr;
  for (const Bytes& der : authorities) {
    const unsigned char* at = der.data();
    const Certificate one(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!one || X509_STORE_add_cert(store.get(), one.get()) != 1) return nullptr;
  }
  X509_VERIFY_PARAM* how = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_time(
      how, std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
  X509_VERIFY_PARAM_set_auth_level(how, strength_112_bits);
  X509_VERIFY_PARAM_set_flags(how, X509_V_FLAG_PARTIAL_CHAIN);
  return store;
}

bool is_trusted(PKCS7* token, const std::vector<Bytes>& authorities, UtcMillis time) {
  if (authorities.empty()) return false;
  const Verification context(TS_VERIFY_CTX_new());
  Store store = trusting(authorities, time);
  if (!context || !store) return false;
  TS_VERIFY_CTX_set_store(context.get(), store.release());  // owned by the context from here on
  TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE);
  return TS_RESP_verify_token(context.get(), token) == 1;
}

}  // namespace

std::optional<Timestamp> check_timestamp(ByteView token, ByteView signature,
                                         const std::vector<Bytes>& authorities) {
  const Token parsed = parse_strictly(token);
  if (!parsed) return std::nullopt;
  const TokenInfo info(PKCS7_to_TS_TST_INFO(parsed.get()));
  if (!info || !is_over(info.get(), signature) || !is_signed(parsed.get())) return std::nullopt;
  const std::optional<UtcMillis> time = time_of(info.get());
  if (!time) return std::nullopt;
  if (is_trusted(parsed.get(), authorities, *time)) return Timestamp{time};
  return Timestamp{};
}

bool carries_only(ByteView token, const std::vector<ByteView>& known) {
  const Token parsed = parse_strictly(token);
  if (!parsed) return false;
  const Signers signers(PKCS7_get0_signers(parsed.get(), nullptr, 0));
  const STACK_OF(X509)* carried = parsed->d.sign->cert;
  if (!signers || sk_X509_num(signers.get()) != 1) return false;
  for (int at = 0; at < sk_X509_num(carried); ++at) {
    const X509* one = sk_X509_value(carried, at);
    if (X509_cmp(one, sk_X509_value(signers.get(), 0)) == 0) continue;
    const Bytes der = encoded(i2d_X509, one);
    const bool is_known = std::any_of(known.begin(), known.end(), [&](ByteView other) {
      return std::equal(der.begin(), der.end(), other.begin(), other.end());
    });
    if (!is_known) return false;
  }
  return true;
}

}  // namespace refledger::verify
