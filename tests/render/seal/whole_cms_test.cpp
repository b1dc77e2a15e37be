// A whole CMS that somebody else made is taken if it is the baseline's, over this very document and
// by the certificate that was prepared; the file gets it in our own form.
#include <functional>

#include "keys.h"
#include "render/seal/der.h"
#include "support/certificate_authority.h"
#include "verify/pdf/cms.h"

namespace refledger::seal {
namespace {

constexpr const char* id_algorithm_protection = "1.2.840.113549.1.9.52";

SignerChain chain() { return *SignerChain::from_pem(demonstration().chain_pem); }
// As the desk keeps it.
const std::size_t reserve = reserve_for(chain()) + outside_room;
ToBeSigned asked() { return *prepare(prepared(reserve), before.size(), gap_end(reserve), chain()); }
Result<Bytes> assembled(ByteView cms, const std::optional<Stamping>& stamping = {}) {
  return assemble(prepared(reserve), before.size(), gap_end(reserve), asked(), cms, chain(),
                  stamping);
}

// A signing service, by OpenSSL's structures.  Its own writer would add signing-time.
struct Service {
  std::string key_pem = std::string(demonstration().key_pem);
  std::string chain_pem = demonstration().chain_pem;
  Sha256 digest = asked().document;
  const EVP_MD* hash = EVP_sha256();
  int algorithm = NID_ecdsa_with_SHA256;
  std::function<void(CMS_SignerInfo*)> before_signing = [](CMS_SignerInfo*) {};
  std::function<void(CMS_SignerInfo*)> afterwards = [](CMS_SignerInfo*) {};
  std::function<void(CMS_ContentInfo*)> in_the_end = [](CMS_ContentInfo*) {};
};

Bytes attributes_of(const CMS_SignerInfo* info) {
  std::vector<Bytes> all;
  for (int at = 0; at < CMS_signed_get_attr_count(info); ++at) {
    all.push_back(copy_of(bytes_of(der_of(i2d_X509_ATTRIBUTE, CMS_signed_get_attr(info, at)))));
  }
  return der::set_of(der::Tag::set, std::move(all));
}

void sign(CMS_SignerInfo* info, const Service& service) {
  const Key key = key_of(service.key_pem);
  const Bytes attributes = attributes_of(info);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EXPECT_EQ(EVP_DigestSignInit(context, nullptr, service.hash, nullptr, key.get()), 1);
  Bytes signature(512);
  std::size_t length = signature.size();
  EXPECT_EQ(
      EVP_DigestSign(context, signature.data(), &length, attributes.data(), attributes.size()), 1);
  EVP_MD_CTX_free(context);
  ASN1_STRING_set(CMS_SignerInfo_get0_signature(info), signature.data(), static_cast<int>(length));
  X509_ALGOR* algorithm = nullptr;
  CMS_SignerInfo_get0_algs(info, nullptr, nullptr, nullptr, &algorithm);
  X509_ALGOR_set0(algorithm, OBJ_nid2obj(service.algorithm),
                  service.algorithm == NID_ecdsa_with_SHA256 ? V_ASN1_UNDEF : V_ASN1_NULL, nullptr);
}

Bytes cms_by(const Service& service) {
  const Key key = key_of(service.key_pem);
  const X509Certificate signer(certificate_of(service.chain_pem));
  const Cms cms(
      CMS_sign(nullptr, nullptr, nullptr, nullptr, CMS_PARTIAL | CMS_DETACHED | CMS_BINARY));
  CMS_SignerInfo* info = CMS_add1_signer(cms.get(), signer.get(), key.get(), service.hash,
                                         CMS_PARTIAL | CMS_CADES | CMS_NOSMIMECAP);
  CMS_signed_add1_attr_by_NID(info, NID_pkcs9_contentType, V_ASN1_OBJECT,
                              OBJ_nid2obj(NID_pkcs7_data), -1);
  CMS_signed_add1_attr_by_NID(info, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING,
                              service.digest.data(), static_cast<int>(service.digest.size()));
  service.before_signing(info);
  sign(info, service);
  service.afterwards(info);
  service.in_the_end(cms.get());
  return copy_of(bytes_of(der_of(i2d_CMS_ContentInfo, cms.get())));
}

Bytes protection(int signature) {
  const auto algorithm = [](int nid) {
    X509_ALGOR* made = X509_ALGOR_new();
    X509_ALGOR_set0(made, OBJ_nid2obj(nid), V_ASN1_UNDEF, nullptr);
    const Bytes der = copy_of(bytes_of(der_of(i2d_X509_ALGOR, made)));
    X509_ALGOR_free(made);
    return der;
  };
  Bytes second = algorithm(signature);
  second.front() = 0xA1;
  return der::element(der::Tag::sequence, {algorithm(NID_sha256), second});
}

void add_protection(CMS_SignerInfo* info, int signature) {
  ASN1_OBJECT* type = OBJ_txt2obj(id_algorithm_protection, 1);
  const Bytes value = protection(signature);
  CMS_signed_add1_attr_by_OBJ(info, type, V_ASN1_SEQUENCE, value.data(),
                              static_cast<int>(value.size()));
  ASN1_OBJECT_free(type);
}

void expect_good(const Result<Bytes>& file) {
  ASSERT_TRUE(file) << file.error().detail;
  const Bytes cms = cms_of(*file, reserve);
  EXPECT_TRUE(openssl_accepts(parsed(cms).get(), std::string(before) + std::string(after)));
  EXPECT_TRUE(verify::check_signature(cms, bytes_of(before), bytes_of(after), {}).has_value());
}

TEST(WholeCms, IsMadeOverTheDigestThatIsHandedOut) {
  EXPECT_EQ(asked().document, sha256(bytes_of(std::string(before) + std::string(after))));
}

TEST(WholeCms, IsTakenWithItsOwnAttributes) {
  Service service;
  service.before_signing = [](CMS_SignerInfo* info) {
    add_protection(info, NID_ecdsa_with_SHA256);
  };
  const Bytes cms = cms_by(service);
  const Result<Bytes> file = assembled(cms);
  expect_good(file);
  const auto attributes = [](const Bytes& der) {
    const Cms read = parsed(der);
    return attributes_of(sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(read.get()), 0));
  };
  EXPECT_EQ(attributes(cms_of(*file, reserve)), attributes(cms));
  EXPECT_NE(attributes(cms), asked().signed_attributes) << "which are not ours";
}

TEST(WholeCms, MayProtectItsAlgorithms) {
  Service service;
  service.before_signing = [](CMS_SignerInfo* info) {
    add_protection(info, NID_ecdsa_with_SHA256);
  };
  expect_good(assembled(cms_by(service)));
  service.before_signing = [](CMS_SignerInfo* info) {
    add_protection(info, NID_sha256WithRSAEncryption);
  };
  EXPECT_EQ(refusal_of(assembled(cms_by(service))),
            "malformed: signature: CMS: protects other algorithms");
}

// Many libraries write lengths that are not known beforehand.
TEST(WholeCms, MayBeBer) {
  const Bytes definite = cms_by({});
  Bytes ber{0x30, 0x80};
  ber.insert(ber.end(), definite.begin() + 4, definite.end());
  ber.insert(ber.end(), {0, 0});
  expect_good(assembled(ber));
}

TEST(WholeCms, MayBeByRsaWhicheverWayItNamesIt) {
  const test::CertificateAuthority ca({.signer = "rsa:3072"});
  const SignerChain theirs = *SignerChain::from_pem(ca.chain_pem());
  const std::size_t kept = reserve_for(theirs) + outside_room;
  const ToBeSigned what = *prepare(prepared(kept), before.size(), gap_end(kept), theirs);
  for (const int named : {NID_rsaEncryption, NID_sha256WithRSAEncryption}) {
    Service service;
    service.key_pem = ca.file("signer.key");
    service.chain_pem = ca.chain_pem();
    service.algorithm = named;
    const Result<Bytes> file =
        assemble(prepared(kept), before.size(), gap_end(kept), what, cms_by(service), theirs);
    ASSERT_TRUE(file) << file.error().detail;
    EXPECT_TRUE(
        verify::check_signature(cms_of(*file, kept), bytes_of(before), bytes_of(after), {}));
  }
}

TEST(WholeCms, LosesWhatItsSignerDidNotSign) {
  Service service;
  service.afterwards = [](CMS_SignerInfo* info) {
    CMS_unsigned_add1_attr_by_NID(info, NID_pkcs9_unstructuredName, V_ASN1_UTF8STRING, "hello", 5);
  };
  const Result<Bytes> file = assembled(cms_by(service));
  expect_good(file);
  const Cms read = parsed(cms_of(*file, reserve));
  EXPECT_LE(
      CMS_unsigned_get_attr_count(sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(read.get()), 0)), 0);
}

class Authority : public Timestamper {
 public:
  Result<Bytes> token(const Sha256& over) override {
    imprint = over;
    return Bytes{0x30, 0x03, 0x02, 0x01, 0x00};
  }
  std::size_t room() const override { return 64; }
  Sha256 imprint{};
};

TEST(WholeCms, GetsATimestampOverItsSignature) {
  using namespace std::chrono;
  Authority authority;
  const Date day = 2026y / November / 2;
  const Result<Bytes> file = assembled(cms_by({}), Stamping{authority, day, day});
  ASSERT_TRUE(file) << file.error().detail;
  const Cms read = parsed(cms_of(*file, reserve));
  CMS_SignerInfo* info = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(read.get()), 0);
  EXPECT_EQ(CMS_unsigned_get_attr_count(info), 1);
  const ASN1_OCTET_STRING* signature = CMS_SignerInfo_get0_signature(info);
  EXPECT_EQ(authority.imprint,
            sha256(ByteView(ASN1_STRING_get0_data(signature),
                            static_cast<std::size_t>(ASN1_STRING_length(signature)))));
}

struct Wrong {
  const char* name;
  std::function<void(Service&)> bend;
  const char* refusal;
};

void add_time(CMS_SignerInfo* info) {
  ASN1_TIME* time = ASN1_TIME_set(nullptr, 1'793'600'000);
  CMS_signed_add1_attr_by_NID(info, NID_pkcs9_signingTime, time->type, time, -1);
  ASN1_TIME_free(time);
}

const std::vector<Wrong>& wrong_ones() {
  static const DemonstrationCa other = *make_demonstration_ca("Nordlicht Instrumente AG", now());
  static const std::vector<Wrong> all{
      {"with a signing-time", [](Service& service) { service.before_signing = add_time; },
       "holds a signing-time, which PAdES forbids"},
      {"with another attribute",
       [](Service& service) {
         service.before_signing = [](CMS_SignerInfo* info) {
           CMS_signed_add1_attr_by_NID(info, NID_pkcs9_unstructuredName, V_ASN1_UTF8STRING, "x", 1);
         };
       },
       "signs other attributes than the baseline's"},
      {"over another document",
       [](Service& service) { service.digest = sha256(bytes_of("another")); },
       "not over the document that was prepared"},
      {"over the attributes that a signer of hashes gets",
       [](Service& service) { service.digest = asked().digest; },
       "not over the document that was prepared"},
      {"by another of the same name",
       [](Service& service) {
         service.key_pem = std::string(other.key_pem);
         service.chain_pem = other.chain_pem;
       },
       "names another certificate than was prepared"},
      {"by SHA-512", [](Service& service) { service.hash = EVP_sha512(); },
       "by another algorithm than its certificate's with SHA-256"},
      {"by another algorithm's name",
       [](Service& service) { service.algorithm = NID_sha256WithRSAEncryption; },
       "by another algorithm than its certificate's with SHA-256"},
      {"by nobody",
       [](Service& service) {
         service.in_the_end = [](CMS_ContentInfo* cms) {
           STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(cms);
           sk_CMS_SignerInfo_pop(signers);
         };
       },
       "not by one signer"},
      {"with the document inside",
       [](Service& service) {
         service.in_the_end = [](CMS_ContentInfo* cms) {
           CMS_set_detached(cms, 0);
           ASN1_OCTET_STRING_set(*CMS_get0_content(cms),
                                 reinterpret_cast<const unsigned char*>("hello"), 5);
         };
       },
       "carries the document itself"}};
  return all;
}

TEST(WholeCms, ThatIsNotTheBaselinesIsRefusedWithItsReason) {
  for (const Wrong& wrong : wrong_ones()) {
    Service service;
    wrong.bend(service);
    EXPECT_EQ(refusal_of(assembled(cms_by(service))),
              std::string("malformed: signature: CMS: ") + wrong.refusal)
        << wrong.name;
  }
  Bytes trailing = cms_by({});
  trailing.push_back(0);
  EXPECT_EQ(refusal_of(assembled(trailing)), "malformed: signature: CMS: not to be read");
}

TEST(WholeCms, HoldsWithNoByteOfItsSignedPartsChanged) {
  const Bytes cms = cms_by({});
  const std::string first = refusal_of(assembled(cms));
  ASSERT_EQ(first, "accepted");
  const Cms read = parsed(cms);
  const Bytes attributes =
      attributes_of(sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(read.get()), 0));
  const auto begin = std::search(cms.begin(), cms.end(), attributes.begin() + 4, attributes.end());
  ASSERT_NE(begin, cms.end());
  const auto end = begin + static_cast<std::ptrdiff_t>(attributes.size() - 4);
  for (auto at = begin - cms.begin(); at < static_cast<std::ptrdiff_t>(cms.size()); at += 3) {
    Bytes changed = cms;
    changed[static_cast<std::size_t>(at)] ^= 0x01;
    const Result<Bytes> made = assembled(changed);
    EXPECT_FALSE(made && at < end - cms.begin()) << at;
    // Behind them may be what is written anew in our form, such as an algorithm's parameters.
    if (made) expect_good(made);
  }
}

}  // namespace
}  // namespace refledger::seal
