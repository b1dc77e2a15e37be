#include "verify/pdf/timestamp.h"

#include <openssl/err.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>

#include "ledger/core/hash.h"
#include "verify/pdf/openssl.h"

namespace refledger::verify {
namespace {

using Token = std::unique_ptr<PKCS7, Freer<PKCS7_free>>;
using TokenInfo = std::unique_ptr<TS_TST_INFO, Freer<TS_TST_INFO_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
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

// By its own certificate, which may be anybody's, but must be one for timestamps alone.
bool is_signed(PKCS7* token) {
  const STACK_OF(PKCS7_SIGNER_INFO)* all = PKCS7_get_signer_info(token);
  if (all == nullptr || sk_PKCS7_SIGNER_INFO_num(all) != 1) return false;
  const Signers signers(PKCS7_get0_signers(token, nullptr, 0));
  if (!signers || sk_X509_num(signers.get()) != 1 ||
      X509_check_purpose(sk_X509_value(signers.get(), 0), X509_PURPOSE_TIMESTAMP_SIGN, 0) != 1) {
    return false;
  }
  return PKCS7_verify(token, nullptr, nullptr, nullptr, nullptr, PKCS7_NOVERIFY) == 1;
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

}  // namespace refledger::verify
