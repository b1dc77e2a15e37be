// The seal is a PAdES baseline signature, and only a P-256 key with its own chain can make one.
#include "render/seal/seal.h"

#include <openssl/cms.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

#include "ledger/core/encoding.h"
#include "support/support.h"

namespace refledger::seal {
namespace {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

std::string pem_of(const Key& key, const char* passphrase = nullptr) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PKCS8PrivateKey(bio, key.get(), passphrase != nullptr ? EVP_aes_128_cbc() : nullptr,
                                passphrase, passphrase != nullptr ? 4 : 0, nullptr, nullptr);
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio, &data);
  std::string pem(data, static_cast<std::size_t>(length));
  BIO_free(bio);
  return pem;
}

X509* certificate_of(const std::string& pem) {
  BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  return certificate;
}

struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Certificate = std::unique_ptr<X509, FreeCertificate>;

UtcMillis now() { return *parse_time("2026-11-02T08:00:00.000Z", "now"); }

const DemonstrationCa& demonstration() {
  static const DemonstrationCa made = *make_demonstration_ca("Nordlicht Instrumente AG", now());
  return made;
}

DocumentKey document_key() {
  return *DocumentKey::from_pem(demonstration().key_pem, demonstration().chain_pem);
}

std::string refusal(std::string_view key, std::string_view chain) {
  const Result<DocumentKey> made = DocumentKey::from_pem(key, chain);
  return made ? "accepted" : std::string(name_of(made.error().fault)) + ": " + made.error().detail;
}

// ---- which keys ---------------------------------------------------------------------------------

TEST(DocumentKey, IsTakenWithItsChain) {
  EXPECT_EQ(refusal(demonstration().key_pem, demonstration().chain_pem), "accepted");
}

TEST(DocumentKey, RefusesRsa) {
  EXPECT_EQ(refusal(pem_of(Key(EVP_RSA_gen(2048))), demonstration().chain_pem),
            "malformed: document key: not ECDSA on P-256");
}

TEST(DocumentKey, RefusesOtherCurves) {
  for (const char* curve : {"P-384", "P-521", "secp256k1", "brainpoolP256r1"}) {
    EXPECT_EQ(refusal(pem_of(Key(EVP_EC_gen(curve))), demonstration().chain_pem),
              "malformed: document key: not ECDSA on P-256")
        << curve;
  }
}

TEST(DocumentKey, RefusesEd25519) {
  EXPECT_EQ(refusal(pem_of(Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"))),
                    demonstration().chain_pem),
            "malformed: document key: not ECDSA on P-256");
}

TEST(DocumentKey, RefusesAKeyUnderAPassphraseWithoutAsking) {
  EXPECT_EQ(refusal(pem_of(Key(EVP_EC_gen("P-256")), "word"), demonstration().chain_pem),
            "malformed: document key: not a PEM private key without passphrase");
}

TEST(DocumentKey, RefusesWhatIsNotPem) {
  EXPECT_EQ(refusal("", demonstration().chain_pem),
            "malformed: document key: not a PEM private key without passphrase");
  EXPECT_EQ(refusal(std::string(1 << 20, 'A'), demonstration().chain_pem),
            "malformed: document key: too long");
  EXPECT_EQ(refusal(demonstration().key_pem, ""),
            "malformed: certificate chain: not one to eight PEM certificates");
}

TEST(DocumentKey, RefusesAChainWithADamagedCertificate) {
  std::string chain = demonstration().chain_pem;
  chain[chain.rfind("MII") + 200] = '!';
  EXPECT_EQ(refusal(demonstration().key_pem, chain),
            "malformed: certificate chain: not one to eight PEM certificates");
}

TEST(DocumentKey, RefusesAChainForAnotherKey) {
  EXPECT_EQ(refusal(pem_of(Key(EVP_EC_gen("P-256"))), demonstration().chain_pem),
            "malformed: certificate chain: the first is not for this key");
}

TEST(DocumentKey, RefusesAChainThatDoesNotHang) {
  const DemonstrationCa other = *make_demonstration_ca("Nordlicht Instrumente AG", now());
  const std::string signer =
      demonstration().chain_pem.substr(0, demonstration().chain_pem.rfind("-----BEGIN"));
  EXPECT_EQ(refusal(demonstration().key_pem, signer + other.root_pem),
            "malformed: certificate chain: one is not signed by the next");
}

TEST(DocumentKey, RefusesMoreThanEightCertificates) {
  std::string chain = demonstration().chain_pem;
  for (int more = 0; more < 7; ++more) chain += demonstration().root_pem;
  EXPECT_EQ(refusal(demonstration().key_pem, chain),
            "malformed: certificate chain: not one to eight PEM certificates");
}

// ---- the signature ------------------------------------------------------------------------------

constexpr std::string_view before = "before the gap ";
constexpr std::string_view after = " after the gap";

Bytes prepared(std::size_t reserve) {
  return copy_of(bytes_of(std::string(before) + "<" + std::string(2 * reserve, '0') + ">" +
                          std::string(after)));
}

Result<Bytes> signed_with(std::size_t reserve) {
  return sign_pdf(prepared(reserve), before.size(), before.size() + 2 + 2 * reserve,
                  document_key());
}

// The CMS out of a signed file.
Bytes cms_of(const Bytes& file, std::size_t reserve) {
  return *from_hex(text_of(ByteView(file).subspan(before.size() + 1, 2 * reserve)), "cms");
}

struct FreeCms {
  void operator()(CMS_ContentInfo* cms) const { CMS_ContentInfo_free(cms); }
};
using Cms = std::unique_ptr<CMS_ContentInfo, FreeCms>;

Cms parsed(const Bytes& der) {
  const unsigned char* at = der.data();
  return Cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
}

// OpenSSL's own CAdES check, with the demonstration root as the only trusted one.
bool openssl_accepts(CMS_ContentInfo* cms, std::string content) {
  X509_STORE* store = X509_STORE_new();
  const Certificate root(certificate_of(demonstration().root_pem));
  X509_STORE_add_cert(store, root.get());
  X509_VERIFY_PARAM* parameters = X509_STORE_get0_param(store);
  X509_VERIFY_PARAM_set_time(parameters, now().time_since_epoch().count() / 1000 + 60);
  X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY);
  BIO* data = BIO_new_mem_buf(content.data(), static_cast<int>(content.size()));
  const bool good =
      CMS_verify(cms, nullptr, store, data, nullptr, CMS_BINARY | CMS_DETACHED | CMS_CADES) == 1;
  BIO_free(data);
  X509_STORE_free(store);
  return good;
}

TEST(Seal, IsACadesSignatureOverEverythingButTheGap) {
  const Result<Bytes> file = signed_with(4096);
  ASSERT_TRUE(file.has_value());
  const Cms cms = parsed(cms_of(*file, 4096));
  ASSERT_TRUE(cms);
  EXPECT_TRUE(openssl_accepts(cms.get(), std::string(before) + std::string(after)));
  EXPECT_FALSE(openssl_accepts(cms.get(), std::string(before) + std::string(after) + "."));
}

TEST(Seal, ChangesNothingOutsideTheGap) {
  const Result<Bytes> file = signed_with(4096);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->size(), prepared(4096).size());
  EXPECT_TRUE(text_of(*file).starts_with(std::string(before) + "<30"));
  EXPECT_TRUE(text_of(*file).ends_with("00>" + std::string(after)));
}

TEST(Seal, HasTheThreeAttributesOfTheBaselineAndNoSigningTime) {
  const Cms cms = parsed(cms_of(*signed_with(4096), 4096));
  CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
  EXPECT_EQ(CMS_signed_get_attr_count(signer), 3);
  EXPECT_EQ(CMS_unsigned_get_attr_count(signer), -1);
  EXPECT_GE(CMS_signed_get_attr_by_NID(signer, NID_pkcs9_contentType, -1), 0);
  EXPECT_GE(CMS_signed_get_attr_by_NID(signer, NID_pkcs9_messageDigest, -1), 0);
  EXPECT_GE(CMS_signed_get_attr_by_NID(signer, NID_id_smime_aa_signingCertificateV2, -1), 0);
  EXPECT_EQ(CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1), -1);
}

TEST(Seal, IsDerAsOpensslWritesIt) {
  const Bytes der = cms_of(*signed_with(4096), 4096);
  unsigned char* again = nullptr;
  const int length = i2d_CMS_ContentInfo(parsed(der).get(), &again);
  ASSERT_GT(length, 0);
  EXPECT_TRUE(std::equal(again, again + length, der.begin()));
  OPENSSL_free(again);
}

TEST(Seal, CarriesTheWholeChain) {
  const Cms cms = parsed(cms_of(*signed_with(4096), 4096));
  STACK_OF(X509)* certificates = CMS_get1_certs(cms.get());
  EXPECT_EQ(sk_X509_num(certificates), 2);
  sk_X509_pop_free(certificates, X509_free);
}

TEST(Seal, FailsClosedWhenTheReserveIsTooSmall) {
  const Result<Bytes> file = signed_with(1000);
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error(),
            (Error{Fault::out_of_range, "PDF: the space kept for the signature is too small"}));
}

TEST(Seal, RefusesAFileThatIsNotPrepared) {
  const DocumentKey key = document_key();
  const auto refused = [&](Bytes file, std::size_t begin, std::size_t end) {
    const Result<Bytes> made = sign_pdf(std::move(file), begin, end, key);
    return !made && made.error().fault == Fault::malformed;
  };
  const Bytes good = prepared(4096);
  const std::size_t begin = before.size();
  const std::size_t end = begin + 2 + 2 * 4096;
  EXPECT_TRUE(refused(good, begin + 1, end + 1));
  EXPECT_TRUE(refused(good, begin, end - 1));
  EXPECT_TRUE(refused(good, begin, good.size() + 1));
  EXPECT_TRUE(refused(good, end, begin));
  EXPECT_TRUE(refused({}, 0, 0));
  Bytes signed_already = *sign_pdf(good, begin, end, key);
  EXPECT_TRUE(refused(signed_already, begin, end));
}

// ---- demonstration certificates -----------------------------------------------------------------

TEST(Demonstration, RootMayOnlySignCertificates) {
  const Certificate root(certificate_of(demonstration().root_pem));
  EXPECT_EQ(X509_check_ca(root.get()), 1);
  EXPECT_EQ(X509_get_key_usage(root.get()), static_cast<unsigned>(KU_KEY_CERT_SIGN | KU_CRL_SIGN));
  EXPECT_EQ(X509_get_pathlen(root.get()), 0);
  EXPECT_NE(X509_get0_subject_key_id(root.get()), nullptr);
}

TEST(Demonstration, SignerMaySignDocumentsAndNothingElse) {
  const Certificate signer(certificate_of(demonstration().chain_pem));
  EXPECT_EQ(X509_check_ca(signer.get()), 0);
  EXPECT_EQ(X509_get_key_usage(signer.get()),
            static_cast<unsigned>(KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION));
  EXPECT_NE(X509_get0_subject_key_id(signer.get()), nullptr);
  EXPECT_NE(X509_get0_authority_key_id(signer.get()), nullptr);
  char name[100] = {};
  X509_NAME_get_text_by_NID(X509_get_subject_name(signer.get()), NID_commonName, name, sizeof name);
  EXPECT_STREQ(name, "Nordlicht Instrumente AG");
}

TEST(Demonstration, IsValidFromNow) {
  const Certificate signer(certificate_of(demonstration().chain_pem));
  const std::time_t start = now().time_since_epoch().count() / 1000;
  EXPECT_EQ(ASN1_TIME_cmp_time_t(X509_get0_notBefore(signer.get()), start), 0);
  EXPECT_EQ(ASN1_TIME_cmp_time_t(X509_get0_notAfter(signer.get()), start + 1096 * 86400), 0);
}

TEST(Demonstration, RefusesAnOrganisationNoCertificateHolds) {
  EXPECT_EQ(make_demonstration_ca("", now()).error().fault, Fault::malformed);
  EXPECT_EQ(make_demonstration_ca(std::string(65, 'x'), now()).error().fault, Fault::malformed);
  EXPECT_TRUE(make_demonstration_ca("Müller, Söhne & \"Co\"=+<>#; AG", now()).has_value());
}

TEST(DemonstrationTls, IsForOneNameOrAddress) {
  const Result<DemonstrationCa> name = make_demonstration_tls("refs.example.com", now());
  ASSERT_TRUE(name.has_value());
  const Certificate by_name(certificate_of(name->chain_pem));
  EXPECT_EQ(X509_check_host(by_name.get(), "refs.example.com", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_host(by_name.get(), "other.example.com", 0, 0, nullptr), 0);
  EXPECT_EQ(X509_get_extended_key_usage(by_name.get()), static_cast<unsigned>(XKU_SSL_SERVER));
  for (const char* address : {"192.168.1.20", "fd00::7", "::1"}) {
    const Certificate by_address(certificate_of(make_demonstration_tls(address, now())->chain_pem));
    EXPECT_EQ(X509_check_ip_asc(by_address.get(), address, 0), 1) << address;
  }
}

TEST(DemonstrationTls, RefusesWhatWouldNameMoreThanOneHost) {
  for (const char* host : {"", "a.example,DNS:b.example", "*.example", "A.example", "a b",
                           "user@host", "host:443", "../x"}) {
    EXPECT_EQ(make_demonstration_tls(host, now()).error().fault, Fault::malformed) << host;
  }
}

}  // namespace
}  // namespace refledger::seal
