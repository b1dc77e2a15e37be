// A whole CMS that somebody else made: card software and signing services give no less.  It is
// taken apart and held to the baseline, and the file gets its parts in our own form: the same
// attributes and signature, the chain that was prepared, and no unsigned attribute but a timestamp
// that we asked for.
//
// Why      Unsigned parts are nobody's word, and a time that nobody here asked for may belie the
//          document's date.
// Source   RFC 5652 §5; RFC 5035 §3; RFC 6211 (algorithm protection); ETSI EN 319 142-1 §6.3
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ess.h>

#include <algorithm>

#include "render/seal/der.h"
#include "render/seal/state.h"

namespace refledger::seal {
namespace {

using Cms = std::unique_ptr<CMS_ContentInfo, Freer<CMS_ContentInfo_free>>;
using EssCertificate = std::unique_ptr<ESS_SIGNING_CERT_V2, Freer<ESS_SIGNING_CERT_V2_free>>;
using Algorithm = std::unique_ptr<X509_ALGOR, Freer<X509_ALGOR_free>>;
using Object = std::unique_ptr<ASN1_OBJECT, Freer<ASN1_OBJECT_free>>;

constexpr std::size_t max_cms = std::size_t{64} * 1024;
constexpr std::string_view id_algorithm_protection = "1.2.840.113549.1.9.52";
constexpr std::uint8_t context_1 = 0xA1;

Error unfit(const std::string& why) { return {Fault::malformed, "signature: CMS: " + why}; }

ByteView view_of(const ASN1_STRING* value) {
  return {ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value))};
}

// The one value of the one attribute of this kind; null if there is none.
const void* only_value(const CMS_SignerInfo* signer, int nid, int type) {
  return CMS_signed_get0_data_by_OBJ(signer, OBJ_nid2obj(nid), -3, type);
}

CMS_SignerInfo* only_signer(CMS_ContentInfo* cms) {
  STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(cms);
  return signers != nullptr && sk_CMS_SignerInfo_num(signers) == 1
             ? sk_CMS_SignerInfo_value(signers, 0)
             : nullptr;
}

int nid_of(const X509_ALGOR* algorithm) {
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
  return OBJ_obj2nid(object);
}

// Some write only the key's kind for RSA; ours will say both, as the baseline's profiles want.
bool fits(const CMS_SignerInfo* info, X509* signer) {
  X509_ALGOR* digest = nullptr;
  X509_ALGOR* signature = nullptr;
  CMS_SignerInfo_get0_algs(const_cast<CMS_SignerInfo*>(info), nullptr, nullptr, &digest,
                           &signature);
  const bool ecdsa = kind_of(X509_get0_pubkey(signer)) == KeyKind::p256;
  const int named = nid_of(signature);
  return nid_of(digest) == NID_sha256 &&
         (ecdsa ? named == NID_ecdsa_with_SHA256
                : named == NID_sha256WithRSAEncryption || named == NID_rsaEncryption);
}

bool names(const CMS_SignerInfo* info, X509* signer) {
  const void* value = only_value(info, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE);
  if (value == nullptr) return false;
  const ByteView der = view_of(static_cast<const ASN1_STRING*>(value));
  const unsigned char* at = der.data();
  const EssCertificate named(d2i_ESS_SIGNING_CERT_V2(nullptr, &at, static_cast<long>(der.size())));
  STACK_OF(X509)* alone = sk_X509_new_null();
  const bool same = named && alone != nullptr && sk_X509_push(alone, signer) == 1 &&
                    OSSL_ESS_check_signing_certs(nullptr, named.get(), alone, 1) == 1;
  sk_X509_free(alone);
  return same;
}

// The algorithms that our form of it names: readers compare the two.
bool protects(ByteView value, X509* signer) {
  const unsigned char* at = value.data();
  const unsigned char* end = at + value.size();
  long length = 0;
  int tag = 0;
  int type = 0;
  if (ASN1_get_object(&at, &length, &tag, &type, static_cast<long>(value.size())) !=
      V_ASN1_CONSTRUCTED) {
    return false;
  }
  const Algorithm digest(d2i_X509_ALGOR(nullptr, &at, end - at));
  if (!digest || at >= end || *at != context_1) return false;
  Bytes rest(at, end);
  rest.front() = static_cast<std::uint8_t>(der::Tag::sequence);
  const unsigned char* next = rest.data();
  const Algorithm signature(d2i_X509_ALGOR(nullptr, &next, static_cast<long>(rest.size())));
  const bool ecdsa = kind_of(X509_get0_pubkey(signer)) == KeyKind::p256;
  return signature && next == rest.data() + rest.size() && nid_of(digest.get()) == NID_sha256 &&
         nid_of(signature.get()) == (ecdsa ? NID_ecdsa_with_SHA256 : NID_sha256WithRSAEncryption);
}

// The baseline's three, each once, and at most the algorithm protection beside them.
Result<void> has_fit_attributes(const CMS_SignerInfo* info, const Sha256& digest, X509* signer) {
  const Object protection(OBJ_txt2obj(id_algorithm_protection.data(), 1));
  const bool is_protected = CMS_signed_get_attr_by_OBJ(info, protection.get(), -1) >= 0;
  if (CMS_signed_get_attr_by_NID(info, NID_pkcs9_signingTime, -1) >= 0) {
    return unfit("holds a signing-time, which PAdES forbids");
  }
  if (CMS_signed_get_attr_count(info) != (is_protected ? 4 : 3)) {
    return unfit("signs other attributes than the baseline's");
  }
  const void* type = only_value(info, NID_pkcs9_contentType, V_ASN1_OBJECT);
  if (type == nullptr || OBJ_obj2nid(static_cast<const ASN1_OBJECT*>(type)) != NID_pkcs7_data) {
    return unfit("content-type is not data");
  }
  const void* covered = only_value(info, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING);
  const ByteView told =
      covered == nullptr ? ByteView() : view_of(static_cast<const ASN1_OCTET_STRING*>(covered));
  if (!std::equal(told.begin(), told.end(), digest.begin(), digest.end())) {
    return unfit("not over the document that was prepared");
  }
  if (!names(info, signer)) return unfit("names another certificate than was prepared");
  if (!is_protected) return {};
  const void* value = CMS_signed_get0_data_by_OBJ(info, protection.get(), -3, V_ASN1_SEQUENCE);
  return value != nullptr && protects(view_of(static_cast<const ASN1_STRING*>(value)), signer)
             ? Result<void>{}
             : unfit("protects other algorithms");
}

Bytes attributes_of(const CMS_SignerInfo* info) {
  std::vector<Bytes> all;
  for (int at = 0; at < CMS_signed_get_attr_count(info); ++at) {
    all.push_back(encoded(i2d_X509_ATTRIBUTE, CMS_signed_get_attr(info, at)));
  }
  return der::set_of(der::Tag::set, std::move(all));
}

Result<SignedParts> taken_apart(ByteView given, const Sha256& digest, X509* signer) {
  const unsigned char* at = given.data();
  const Cms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(given.size())));
  if (!cms || at != given.data() + given.size()) return unfit("not to be read");
  if (CMS_is_detached(cms.get()) != 1) return unfit("carries the document itself");
  CMS_SignerInfo* info = only_signer(cms.get());
  if (info == nullptr) return unfit("not by one signer");
  if (!fits(info, signer)) return unfit("by another algorithm than its certificate's with SHA-256");
  if (auto fit = has_fit_attributes(info, digest, signer); !fit) return fit.error();
  const Bytes attributes = attributes_of(info);
  Result<Bytes> signature =
      checked_signature(attributes, view_of(CMS_SignerInfo_get0_signature(info)), signer);
  if (!signature) return signature.error();
  return SignedParts{attributes, std::move(*signature)};
}

}  // namespace

// A SEQUENCE that begins with the identifier of SignedData; the value of a signature does not.
bool is_whole_cms(ByteView given) {
  constexpr std::array<std::uint8_t, 11> id{0x06, 0x09, 0x2A, 0x86, 0x48, 0x86,
                                            0xF7, 0x0D, 0x01, 0x07, 0x02};
  if (given.empty() || given.size() > max_cms) return false;
  const unsigned char* at = given.data();
  long length = 0;
  int tag = 0;
  int type = 0;
  const int form = ASN1_get_object(&at, &length, &tag, &type, static_cast<long>(given.size()));
  ERR_clear_error();
  if ((form & 0x80) != 0 || tag != V_ASN1_SEQUENCE) return false;
  const ByteView content = given.subspan(static_cast<std::size_t>(at - given.data()));
  return content.size() > id.size() && std::equal(id.begin(), id.end(), content.begin());
}

Result<SignedParts> parts_of(ByteView cms, const Sha256& digest, const SignerChain::State& chain) {
  ERR_clear_error();
  Result<SignedParts> parts = taken_apart(cms, digest, chain.signer());
  ERR_clear_error();
  return parts;
}

}  // namespace refledger::seal
