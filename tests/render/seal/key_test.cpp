// Only a key of a kind that readers take, with its own chain, can sign.
#include "keys.h"
#include "support/certificate_authority.h"

namespace refledger::seal {
namespace {

std::string refusal(std::string_view key, std::string_view chain) {
  return refusal_of(DocumentKey::from_pem(key, chain));
}

TEST(DocumentKey, IsTakenWithItsChain) {
  EXPECT_EQ(refusal(demonstration().key_pem, demonstration().chain_pem), "accepted");
}

TEST(DocumentKey, TellsPeopleWhatItsCertificatesAre) {
  const std::vector<CertificateFacts> facts = facts_of(document_key().chain());
  ASSERT_EQ(facts.size(), 2u);
  EXPECT_EQ(facts[0].name, "Nordlicht Instrumente AG");
  EXPECT_EQ(facts[0].key, "ECDSA 256");
  EXPECT_GT(facts[0].until, Date(std::chrono::floor<std::chrono::days>(now())));
  EXPECT_FALSE(facts[0].is_root);
  EXPECT_FALSE(facts[0].tells_status);
  EXPECT_TRUE(facts[1].is_root);
  EXPECT_LT(facts[0].until, facts[1].until);
}

TEST(DocumentKey, SaysWhereToAskIfItsCertificatesDo) {
  const test::CertificateAuthority ca({.signer = "rsa:3072"});
  const std::vector<CertificateFacts> facts = facts_of(*SignerChain::from_pem(ca.chain_pem()));
  ASSERT_EQ(facts.size(), 3u);
  EXPECT_EQ(facts[0].key, "RSA 3072");
  EXPECT_TRUE(facts[0].tells_status) << "a responder";
  EXPECT_TRUE(facts[1].tells_status) << "a list";
  EXPECT_FALSE(facts[2].tells_status);
}

TEST(DocumentKey, RefusesRsaThatIsTooWeakOrTooLarge) {
  for (const unsigned bits : {2048u, 3071u, 4104u}) {
    EXPECT_EQ(refusal(pem_text(Key(EVP_RSA_gen(bits))), demonstration().chain_pem),
              "malformed: document key: neither ECDSA on P-256 nor RSA of 3072 to 4096 bits")
        << bits;
  }
}

TEST(DocumentKey, MayBeRsa) {
  const test::CertificateAuthority authority({.signer = "rsa:3072"});
  EXPECT_EQ(refusal(authority.file("signer.key"), authority.chain_pem()), "accepted");
}

TEST(DocumentKey, RefusesOtherCurves) {
  for (const char* curve : {"P-384", "P-521", "secp256k1", "brainpoolP256r1"}) {
    EXPECT_EQ(refusal(pem_text(Key(EVP_EC_gen(curve))), demonstration().chain_pem),
              "malformed: document key: neither ECDSA on P-256 nor RSA of 3072 to 4096 bits")
        << curve;
  }
}

TEST(DocumentKey, RefusesEd25519) {
  EXPECT_EQ(refusal(pem_text(Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"))),
                    demonstration().chain_pem),
            "malformed: document key: neither ECDSA on P-256 nor RSA of 3072 to 4096 bits");
}

TEST(DocumentKey, RefusesAKeyUnderAPassphraseWithoutAsking) {
  EXPECT_EQ(refusal(pem_text(Key(EVP_EC_gen("P-256")), "word"), demonstration().chain_pem),
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
  EXPECT_EQ(refusal(pem_text(Key(EVP_EC_gen("P-256"))), demonstration().chain_pem),
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

}  // namespace
}  // namespace refledger::seal
