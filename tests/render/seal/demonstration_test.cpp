// Demonstration certificates do what they are for and nothing else.
#include "keys.h"

namespace refledger::seal {
namespace {

TEST(Demonstration, RootMayOnlySignCertificates) {
  const X509Certificate root(certificate_of(demonstration().root_pem));
  EXPECT_EQ(X509_check_ca(root.get()), 1);
  EXPECT_EQ(X509_get_key_usage(root.get()), static_cast<unsigned>(KU_KEY_CERT_SIGN | KU_CRL_SIGN));
  EXPECT_EQ(X509_get_pathlen(root.get()), 0);
  EXPECT_NE(X509_get0_subject_key_id(root.get()), nullptr);
}

TEST(Demonstration, SignerMaySignDocumentsAndNothingElse) {
  const X509Certificate signer(certificate_of(demonstration().chain_pem));
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
  const X509Certificate signer(certificate_of(demonstration().chain_pem));
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
  const X509Certificate by_name(certificate_of(name->chain_pem));
  EXPECT_EQ(X509_check_host(by_name.get(), "refs.example.com", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_host(by_name.get(), "other.example.com", 0, 0, nullptr), 0);
  EXPECT_EQ(X509_get_extended_key_usage(by_name.get()), static_cast<unsigned>(XKU_SSL_SERVER));
  for (const char* address : {"192.168.1.20", "fd00::7", "::1"}) {
    const X509Certificate by_address(
        certificate_of(make_demonstration_tls(address, now())->chain_pem));
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
