#include "render/seal/token.h"

#include <openssl/err.h>

namespace refledger::seal {
namespace {

using std::chrono::seconds;

using Response = std::unique_ptr<TS_RESP, Freer<TS_RESP_free>>;
using Token = std::unique_ptr<PKCS7, Freer<PKCS7_free>>;
using Integer = std::unique_ptr<ASN1_INTEGER, Freer<ASN1_INTEGER_free>>;
using ObjectId = std::unique_ptr<ASN1_OBJECT, Freer<ASN1_OBJECT_free>>;
using Imprint = std::unique_ptr<TS_MSG_IMPRINT, Freer<TS_MSG_IMPRINT_free>>;
using Store = std::unique_ptr<X509_STORE, Freer<X509_STORE_free>>;
using Verification = std::unique_ptr<TS_VERIFY_CTX, Freer<TS_VERIFY_CTX_free>>;

constexpr std::size_t max_pem = 256 * 1024;
constexpr std::size_t max_authorities = 16;
constexpr std::size_t max_policy = 128;
constexpr int strength_112_bits = 2;  // RSA of 2,048, SHA-256; no SHA-1
constexpr seconds clocks_may_differ{300};

int no_passphrase(char*, int, int, void*) { return -1; }

Error refused(std::string why) {
  return openssl_error(Fault::upstream, "timestamp: " + std::move(why));
}
Error failed() { return openssl_error(Fault::malformed, "timestamp: cannot be asked for"); }

// ---- the request --------------------------------------------------------------------------------

Imprint imprint_of(const Sha256& digest) {
  Imprint imprint(TS_MSG_IMPRINT_new());
  X509_ALGOR* algorithm = X509_ALGOR_new();
  bool made = imprint && algorithm != nullptr &&
              X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
              TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm) == 1;
  X509_ALGOR_free(algorithm);
  // The interface takes a pointer to bytes it only reads.
  made = made && TS_MSG_IMPRINT_set_msg(imprint.get(), const_cast<unsigned char*>(digest.data()),
                                        static_cast<int>(digest.size())) == 1;
  return made ? std::move(imprint) : nullptr;
}

bool set_nonce(TS_REQ* request, const Nonce& nonce) {
  const BigNumber number(BN_bin2bn(nonce.data(), static_cast<int>(nonce.size()), nullptr));
  const Integer integer(number ? BN_to_ASN1_INTEGER(number.get(), nullptr) : nullptr);
  return integer && TS_REQ_set_nonce(request, integer.get()) == 1;
}

Result<void> set_policy(TS_REQ* request, std::string_view policy) {
  if (policy.empty()) return {};
  const ObjectId id(policy.size() > max_policy ? nullptr
                                               : OBJ_txt2obj(std::string(policy).c_str(), 1));
  if (!id || TS_REQ_set_policy_id(request, id.get()) != 1) {
    return openssl_error(Fault::malformed, "timestamp policy: not an object identifier");
  }
  return {};
}

// ---- the answer ---------------------------------------------------------------------------------

bool has_failed_for(const TS_STATUS_INFO* status, int bit) {
  const ASN1_BIT_STRING* info = TS_STATUS_INFO_get0_failure_info(status);
  return info != nullptr && ASN1_BIT_STRING_get_bit(info, bit) == 1;
}

// The authority's own words are not repeated: they are free text from outside.
std::string reason_of(const TS_STATUS_INFO* status) {
  constexpr std::pair<int, const char*> reasons[]{
      {TS_INFO_BAD_ALG, "SHA-256 is not taken"},
      {TS_INFO_BAD_REQUEST, "the request is not permitted"},
      {TS_INFO_BAD_DATA_FORMAT, "the request is not understood"},
      {TS_INFO_TIME_NOT_AVAILABLE, "its time is not available"},
      {TS_INFO_UNACCEPTED_POLICY, "the policy is not taken"},
      {TS_INFO_UNACCEPTED_EXTENSION, "an extension is not taken"},
      {TS_INFO_ADD_INFO_NOT_AVAILABLE, "additional information is not available"},
      {TS_INFO_SYSTEM_FAILURE, "it has a fault of its own"}};
  for (const auto& [bit, words] : reasons) {
    if (has_failed_for(status, bit)) return words;
  }
  return "no reason given";
}

Result<void> is_granted(TS_RESP* response) {
  const TS_STATUS_INFO* status = TS_RESP_get_status_info(response);
  const long said = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
  if (said == TS_STATUS_GRANTED || said == TS_STATUS_GRANTED_WITH_MODS) return {};
  return refused("the authority refuses: " + reason_of(status));
}

// Encoded anew, because not every authority writes DER.  The signed parts stay as they are.
Result<Bytes> der_of_token(TS_RESP* response, std::size_t room) {
  const PKCS7* token = TS_RESP_get_token(response);
  Bytes der = token == nullptr ? Bytes{} : encoded(i2d_PKCS7, token);
  if (der.empty()) return refused("the answer holds no token");
  if (der.size() > room) return refused("the token is larger than the space kept for it");
  return der;
}

// The signer's digest: SHA-1 is still to be met.
bool digests_well(PKCS7* token) {
  STACK_OF(PKCS7_SIGNER_INFO)* signers = PKCS7_get_signer_info(token);
  if (signers == nullptr || sk_PKCS7_SIGNER_INFO_num(signers) != 1) return false;
  X509_ALGOR* digest = nullptr;
  PKCS7_SIGNER_INFO_get0_algs(sk_PKCS7_SIGNER_INFO_value(signers, 0), nullptr, &digest, nullptr);
  const ASN1_OBJECT* id = nullptr;
  X509_ALGOR_get0(&id, nullptr, nullptr, digest);
  const int nid = OBJ_obj2nid(id);
  return nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512;
}

Store trusting(const std::vector<Certificate>& authorities, UtcMillis now) {
  Store store(X509_STORE_new());
  if (!store) return nullptr;
  for (const Certificate& one : authorities) {
    if (X509_STORE_add_cert(store.get(), one.get()) != 1) return nullptr;
  }
  X509_VERIFY_PARAM* how = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_time(how, std::chrono::floor<seconds>(now).time_since_epoch().count());
  X509_VERIFY_PARAM_set_auth_level(how, strength_112_bits);
  // What is pinned may be an authority below a root.
  X509_VERIFY_PARAM_set_flags(how, X509_V_FLAG_PARTIAL_CHAIN);
  return store;
}

// What OpenSSL found wrong, in words.
std::string failed_check() {
  const unsigned long last = ERR_peek_last_error();
  if (ERR_GET_LIB(last) == ERR_LIB_TS) {
    switch (ERR_GET_REASON(last)) {
      case TS_R_MESSAGE_IMPRINT_MISMATCH:
        return "the token is for something else";
      case TS_R_NONCE_MISMATCH:
      case TS_R_NONCE_NOT_RETURNED:
        return "the token is not the answer to this request";
      case TS_R_POLICY_MISMATCH:
        return "the token is under another policy";
      case TS_R_UNSUPPORTED_VERSION:
        return "the token is of another version";
      case TS_R_CERTIFICATE_VERIFY_ERROR:
        return "the token's certificate is not one for timestamps by a trusted authority, valid "
               "now";
      default:
        break;
    }
  }
  return "the token's signature does not hold";
}

Result<void> holds(PKCS7* token, TS_REQ* request, const AnswerChecks& checks) {
  const Verification context(TS_REQ_to_TS_VERIFY_CTX(request, nullptr));
  Store store = trusting(checks.authorities, checks.now);
  if (!context || !store) return failed();
  TS_VERIFY_CTX_set_store(context.get(), store.release());  // owned by the context from here on
  TS_VERIFY_CTX_add_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE);
  ERR_clear_error();
  if (TS_RESP_verify_token(context.get(), token) != 1) return refused(failed_check());
  if (!digests_well(token)) return refused("the token is signed over a weak digest");
  return {};
}

using TokenInfo = std::unique_ptr<TS_TST_INFO, Freer<TS_TST_INFO_free>>;

// A token from yesterday carries no nonce of today; this catches an authority whose clock is wrong,
// or ours.
Result<void> is_of_now(PKCS7* token, UtcMillis now) {
  const TokenInfo info(PKCS7_to_TS_TST_INFO(token));
  const std::time_t at = std::chrono::floor<seconds>(now).time_since_epoch().count();
  const ASN1_GENERALIZEDTIME* told = info ? TS_TST_INFO_get_time(info.get()) : nullptr;
  const long most = clocks_may_differ.count();
  if (told == nullptr || ASN1_TIME_cmp_time_t(told, at - most) < 0 ||
      ASN1_TIME_cmp_time_t(told, at + most) > 0) {
    return refused("the token's time and ours are more than five minutes apart");
  }
  return {};
}

}  // namespace

Result<std::vector<Certificate>> read_authorities(std::string_view pem) {
  ERR_clear_error();
  const Error wrong{Fault::malformed, "timestamp authority: not one to sixteen PEM certificates"};
  if (pem.size() > max_pem) return wrong;
  const Bio bio = reader_of(pem);
  std::vector<Certificate> authorities;
  while (authorities.size() <= max_authorities) {
    Certificate next(PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr));
    if (!next) break;
    authorities.push_back(std::move(next));
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (authorities.empty() || !at_end) return wrong;
  return authorities;
}

Result<TimestampRequest> make_request(const Sha256& imprint, std::string_view policy,
                                      const Nonce& nonce) {
  ERR_clear_error();
  TimestampRequest request(TS_REQ_new());
  const Imprint what = imprint_of(imprint);
  if (!request || !what || TS_REQ_set_version(request.get(), 1) != 1 ||
      TS_REQ_set_msg_imprint(request.get(), what.get()) != 1 ||
      TS_REQ_set_cert_req(request.get(), 1) != 1 || !set_nonce(request.get(), nonce)) {
    return failed();
  }
  if (auto set = set_policy(request.get(), policy); !set) return set.error();
  return request;
}

Bytes encoded_request(const TS_REQ* request) { return encoded(i2d_TS_REQ, request); }

Result<Bytes> token_in(ByteView response, TS_REQ* request, const AnswerChecks& checks) {
  ERR_clear_error();
  const unsigned char* at = response.data();
  const Response parsed(d2i_TS_RESP(nullptr, &at, static_cast<long>(response.size())));
  if (!parsed || at != response.data() + response.size()) {
    return refused("the answer is not that of a timestamp authority");
  }
  if (auto granted = is_granted(parsed.get()); !granted) return granted.error();
  Result<Bytes> der = der_of_token(parsed.get(), checks.room);
  if (!der) return der.error();
  at = der->data();
  const Token token(d2i_PKCS7(nullptr, &at, static_cast<long>(der->size())));
  if (!token) return refused("the answer holds no token");
  if (auto good = holds(token.get(), request, checks); !good) return good.error();
  if (auto recent = is_of_now(token.get(), checks.now); !recent) return recent.error();
  ERR_clear_error();
  return der;
}

}  // namespace refledger::seal
