#include "verify/pdf/cms.h"

#include <openssl/cms.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>

#include "verify/pdf/openssl.h"

namespace refledger::verify {
namespace {

void free_certificates(STACK_OF(X509) * stack) { sk_X509_pop_free(stack, X509_free); }

constexpr int max_chain = 8;

using Cms = std::unique_ptr<CMS_ContentInfo, Freer<CMS_ContentInfo_free>>;
using Certificates = std::unique_ptr<STACK_OF(X509), Freer<free_certificates>>;
using Object = std::unique_ptr<ASN1_OBJECT, Freer<ASN1_OBJECT_free>>;
using EssCertificate = std::unique_ptr<ESS_SIGNING_CERT_V2, Freer<ESS_SIGNING_CERT_V2_free>>;

// Decoded, encoded again, compared: only DER survives, and only zeros may follow it.
Cms parse_strictly(ByteView reserved) {
  const unsigned char* at = reserved.data();
  Cms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(reserved.size())));
  if (!cms) return nullptr;
  const std::size_t used = static_cast<std::size_t>(at - reserved.data());
  const ByteView rest = reserved.subspan(used);
  if (!std::all_of(rest.begin(), rest.end(), [](std::uint8_t byte) { return byte == 0; })) {
    return nullptr;
  }
  const Bytes again = encoded(i2d_CMS_ContentInfo, cms.get());
  const ByteView read = reserved.first(used);
  return std::equal(again.begin(), again.end(), read.begin(), read.end()) ? std::move(cms)
                                                                          : nullptr;
}

bool is_algorithm(const X509_ALGOR* algorithm, int nid, int wanted_type = V_ASN1_UNDEF) {
  const ASN1_OBJECT* object = nullptr;
  int parameter_type = V_ASN1_UNDEF;
  X509_ALGOR_get0(&object, &parameter_type, nullptr, algorithm);
  return OBJ_obj2nid(object) == nid && parameter_type == wanted_type;
}

bool is_p256(const EVP_PKEY* key) {
  char group[32] = {};
  std::size_t length = 0;
  return EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group,
                                        &length) == 1 &&
         std::string_view(group, length) == "prime256v1";
}

bool may_seal(const X509* certificate) {
  const EVP_PKEY* key = X509_get0_pubkey(certificate);
  if (key == nullptr) return false;
  const int bits = EVP_PKEY_get_bits(key);
  return EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA
             ? bits >= 3072 && bits <= 4096
             : EVP_PKEY_get_base_id(key) == EVP_PKEY_EC && is_p256(key);
}

// The three attributes that we write, each once, and of others at most the algorithm protection
// (RFC 6211) of a signer elsewhere, which adds nothing: the algorithms are given.  Unsigned, a
// timestamp or nothing.
bool has_our_attributes(const CMS_SignerInfo* signer) {
  const int unsigned_count = CMS_unsigned_get_attr_count(signer);
  const bool stamped_or_not =
      unsigned_count <= 0 ||
      (unsigned_count == 1 &&
       CMS_unsigned_get_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, -1) == 0);
  const Object protection(OBJ_txt2obj("1.2.840.113549.1.9.52", 1));
  const bool is_protected = CMS_signed_get_attr_by_OBJ(signer, protection.get(), -1) >= 0;
  return stamped_or_not && CMS_signed_get_attr_count(signer) == (is_protected ? 4 : 3) &&
         CMS_signed_get_attr_by_NID(signer, NID_pkcs9_contentType, -1) >= 0 &&
         CMS_signed_get_attr_by_NID(signer, NID_pkcs9_messageDigest, -1) >= 0 &&
         CMS_signed_get_attr_by_NID(signer, NID_id_smime_aa_signingCertificateV2, -1) >= 0;
}

CMS_SignerInfo* only_signer(CMS_ContentInfo* cms) {
  STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(cms);
  if (signers == nullptr || sk_CMS_SignerInfo_num(signers) != 1) return nullptr;
  return sk_CMS_SignerInfo_value(signers, 0);
}

bool is_our_shape(CMS_ContentInfo* cms) {
  if (OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed || CMS_is_detached(cms) != 1) {
    return false;
  }
  CMS_SignerInfo* signer = only_signer(cms);
  if (signer == nullptr || !has_our_attributes(signer)) return false;
  X509_ALGOR* digest = nullptr;
  X509_ALGOR* signature = nullptr;
  CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &digest, &signature);
  return is_algorithm(digest, NID_sha256) &&
         (is_algorithm(signature, NID_ecdsa_with_SHA256) ||
          is_algorithm(signature, NID_sha256WithRSAEncryption, V_ASN1_NULL));
}

std::string common_name(const X509* certificate) {
  const X509_NAME* subject = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at < 0) return {};
  const ASN1_STRING* value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at));
  unsigned char* utf8 = nullptr;
  const int length = ASN1_STRING_to_UTF8(&utf8, value);
  if (length < 0) return {};
  std::string name(utf8, utf8 + length);
  OPENSSL_free(utf8);
  return name;
}

// The signer's certificate is the one that the signed attribute names (RFC 5035 §3).
bool names_certificate(const CMS_SignerInfo* signer, X509* certificate) {
  const ASN1_OBJECT* type = OBJ_nid2obj(NID_id_smime_aa_signingCertificateV2);
  const ASN1_STRING* value = static_cast<const ASN1_STRING*>(
      CMS_signed_get0_data_by_OBJ(signer, type, -3, V_ASN1_SEQUENCE));
  if (value == nullptr) return false;
  const unsigned char* at = ASN1_STRING_get0_data(value);
  const EssCertificate named(d2i_ESS_SIGNING_CERT_V2(nullptr, &at, ASN1_STRING_length(value)));
  const Signers chain(sk_X509_new_null());
  return named && chain && sk_X509_push(chain.get(), certificate) == 1 &&
         OSSL_ESS_check_signing_certs(nullptr, named.get(), chain.get(), 1) == 1;
}

bool signed_by(X509* certificate, X509* issuer) {
  return X509_check_issued(issuer, certificate) == X509_V_OK &&
         X509_verify(certificate, X509_get0_pubkey(issuer)) == 1;
}

X509* issuer_of(X509* certificate, const Certificates& carried) {
  for (int at = 0; at < sk_X509_num(carried.get()); ++at) {
    X509* other = sk_X509_value(carried.get(), at);
    if (X509_cmp(other, certificate) != 0 && signed_by(certificate, other)) return other;
  }
  return nullptr;
}

// The certificates carried are one chain from the signer's up, each signed by the next and a root
// by itself: the signature covers the signer's alone, so that others could be altered unseen.  The
// signer's certificate may also stand alone.
bool is_one_chain(CMS_ContentInfo* cms, X509* signer) {
  const Certificates carried(CMS_get1_certs(cms));
  if (!carried || sk_X509_num(carried.get()) > max_chain) return false;
  X509* top = signer;
  int length = 1;
  for (X509* next = issuer_of(top, carried); next != nullptr && length <= max_chain;
       next = issuer_of(top, carried)) {
    top = next;
    ++length;
  }
  return length == sk_X509_num(carried.get()) &&
         (top == signer || X509_verify(top, X509_get0_pubkey(top)) == 1);
}

// The one token of the one unsigned attribute.
ByteView token_of(const CMS_SignerInfo* signer) {
  const X509_ATTRIBUTE* attribute = CMS_unsigned_get_attr(signer, 0);
  if (attribute == nullptr || X509_ATTRIBUTE_count(attribute) != 1) return {};
  const ASN1_TYPE* value = X509_ATTRIBUTE_get0_type(const_cast<X509_ATTRIBUTE*>(attribute), 0);
  if (value == nullptr || ASN1_TYPE_get(value) != V_ASN1_SEQUENCE) return {};
  const ASN1_STRING* whole = value->value.sequence;
  return {ASN1_STRING_get0_data(whole), static_cast<std::size_t>(ASN1_STRING_length(whole))};
}

// False if there is a timestamp that does not hold.
bool add_timestamp(CMS_SignerInfo* info, const std::vector<Bytes>& authorities, Signer& signer) {
  if (CMS_unsigned_get_attr_count(info) <= 0) return true;
  const ASN1_OCTET_STRING* signature = CMS_SignerInfo_get0_signature(info);
  signer.timestamp = check_timestamp(
      token_of(info),
      {ASN1_STRING_get0_data(signature), static_cast<std::size_t>(ASN1_STRING_length(signature))},
      authorities);
  return signer.timestamp.has_value();
}

std::optional<Signer> verified(CMS_ContentInfo* cms, ByteView before, ByteView after) {
  Bytes covered = copy_of(before);
  covered.insert(covered.end(), after.begin(), after.end());
  const Bio content(BIO_new_mem_buf(covered.data(), static_cast<int>(covered.size())));
  constexpr unsigned flags = CMS_BINARY | CMS_DETACHED | CMS_NO_SIGNER_CERT_VERIFY;
  if (!content || CMS_verify(cms, nullptr, nullptr, content.get(), nullptr, flags) != 1) {
    return std::nullopt;
  }
  const Signers signers(CMS_get0_signers(cms));
  if (!signers || sk_X509_num(signers.get()) != 1) return std::nullopt;
  X509* certificate = sk_X509_value(signers.get(), 0);
  if (!may_seal(certificate) || !names_certificate(only_signer(cms), certificate) ||
      !is_one_chain(cms, certificate)) {
    return std::nullopt;
  }
  return Signer{common_name(certificate), encoded(i2d_X509, certificate), {}};
}

}  // namespace

std::optional<Signer> check_signature(ByteView reserved, ByteView before, ByteView after,
                                      const std::vector<Bytes>& authorities) {
  ERR_clear_error();
  const Cms cms = parse_strictly(reserved);
  std::optional<Signer> signer;
  if (cms && is_our_shape(cms.get())) signer = verified(cms.get(), before, after);
  if (signer && !add_timestamp(only_signer(cms.get()), authorities, *signer)) signer.reset();
  ERR_clear_error();
  return signer;
}

}  // namespace refledger::verify
