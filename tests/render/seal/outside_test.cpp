// Somebody else's key signs what was prepared, and that alone.
#include "keys.h"
#include "support/certificate_authority.h"

namespace refledger::seal {
namespace {

constexpr std::size_t reserve = 4096;

SignerChain chain() { return *SignerChain::from_pem(demonstration().chain_pem); }

ToBeSigned asked() { return *prepare(prepared(reserve), before.size(), gap_end(reserve), chain()); }

// A token: it is given a hash and gives r | s.
Bytes raw_signature(const Sha256& digest, std::string_view key_pem = demonstration().key_pem) {
  const Key key = key_of(key_pem);
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(key.get(), nullptr);
  EXPECT_EQ(EVP_PKEY_sign_init(context), 1);
  Bytes der(80);
  std::size_t length = der.size();
  EXPECT_EQ(EVP_PKEY_sign(context, der.data(), &length, digest.data(), digest.size()), 1);
  EVP_PKEY_CTX_free(context);
  const unsigned char* at = der.data();
  ECDSA_SIG* parts = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(length));
  Bytes raw(64);
  BN_bn2binpad(ECDSA_SIG_get0_r(parts), raw.data(), 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(parts), raw.data() + 32, 32);
  ECDSA_SIG_free(parts);
  return raw;
}

// A signing service: it is given the attributes and gives DER.
Bytes der_signature(ByteView attributes, std::string_view key_pem = demonstration().key_pem) {
  const Key key = key_of(key_pem);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EXPECT_EQ(EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key.get()), 1);
  Bytes der(512);
  std::size_t length = der.size();
  EXPECT_EQ(EVP_DigestSign(context, der.data(), &length, attributes.data(), attributes.size()), 1);
  EVP_MD_CTX_free(context);
  der.resize(length);
  return der;
}

Result<Bytes> assembled(const Bytes& file, const ToBeSigned& what, ByteView signature) {
  return assemble(file, before.size(), gap_end(reserve), what, signature, chain());
}

void expect_good(const Result<Bytes>& file) {
  ASSERT_TRUE(file) << file.error().detail;
  EXPECT_TRUE(openssl_accepts(parsed(cms_of(*file, reserve)).get(),
                              std::string(before) + std::string(after)));
}

TEST(OutsideSigner, IsToldTheAttributesAndTheirHash) {
  EXPECT_EQ(asked().digest, sha256(asked().signed_attributes));
  EXPECT_EQ(asked().signed_attributes.front(), 0x31) << "a SET OF under its own tag";
}

TEST(OutsideSigner, IsAskedTheSameForTheSameFile) {
  EXPECT_EQ(asked().signed_attributes, asked().signed_attributes);
}

TEST(OutsideSigner, MaySignTheHashAsTokensDo) {
  expect_good(assembled(prepared(reserve), asked(), raw_signature(asked().digest)));
}

TEST(OutsideSigner, MaySignTheAttributesAsServicesDo) {
  expect_good(assembled(prepared(reserve), asked(), der_signature(asked().signed_attributes)));
}

TEST(OutsideSigner, MaySignByRsa) {
  const test::CertificateAuthority ca({.signer = "rsa:3072"});
  const SignerChain theirs = *SignerChain::from_pem(ca.chain_pem());
  const std::size_t kept = reserve_for(theirs);
  const ToBeSigned what = *prepare(prepared(kept), before.size(), gap_end(kept), theirs);
  const auto with = [&](ByteView signature) {
    return refusal_of(
        assemble(prepared(kept), before.size(), gap_end(kept), what, signature, theirs));
  };
  Bytes signature = der_signature(what.signed_attributes, ca.file("signer.key"));
  EXPECT_EQ(signature.size(), 384u);
  EXPECT_EQ(with(signature), "accepted");
  signature.back() ^= 0x01;
  EXPECT_EQ(with(signature),
            "malformed: signature: not by this certificate's key over what was prepared");
}

TEST(OutsideSigner, TellsItsChainInDer) {
  std::vector<Bytes> certificates;
  for (const std::string& pem : {demonstration().chain_pem, demonstration().root_pem}) {
    const X509Certificate one(certificate_of(pem));
    unsigned char* raw = nullptr;
    const int length = i2d_X509(one.get(), &raw);
    certificates.emplace_back(raw, raw + length);
    OPENSSL_free(raw);
  }
  const Result<SignerChain> told = SignerChain::from_der(certificates);
  ASSERT_TRUE(told) << told.error().detail;
  EXPECT_EQ(told->pem(), demonstration().chain_pem);
  certificates.front().push_back(0);
  EXPECT_EQ(refusal_of(SignerChain::from_der(certificates)),
            "malformed: certificate chain: one is not DER");
  EXPECT_EQ(refusal_of(SignerChain::from_der({})),
            "malformed: certificate chain: not one to eight PEM certificates");
}

TEST(OutsideSigner, CannotSignAFileThatChangedMeanwhile) {
  const Bytes signature = raw_signature(asked().digest);
  for (const std::size_t at : {std::size_t{0}, before.size() - 1, gap_end(reserve)}) {
    Bytes changed = prepared(reserve);
    changed[at] ^= 0x01;
    EXPECT_EQ(refusal_of(assembled(changed, asked(), signature)),
              "conflict: PDF: not the file, or not the certificate, that was prepared")
        << at;
  }
}

TEST(OutsideSigner, CannotBringAnotherCertificate) {
  const DemonstrationCa other = *make_demonstration_ca("Nordlicht Instrumente AG", now());
  EXPECT_EQ(refusal_of(assemble(prepared(reserve), before.size(), gap_end(reserve), asked(),
                                raw_signature(asked().digest, other.key_pem),
                                *SignerChain::from_pem(other.chain_pem))),
            "conflict: PDF: not the file, or not the certificate, that was prepared");
}

TEST(OutsideSigner, CannotBringASignatureThatDoesNotHold) {
  const std::string wrong =
      "malformed: signature: not by this certificate's key over what was prepared";
  const auto refused = [&](ByteView signature) {
    return refusal_of(assembled(prepared(reserve), asked(), signature));
  };
  const DemonstrationCa other = *make_demonstration_ca("Nordlicht Instrumente AG", now());
  EXPECT_EQ(refused(raw_signature(asked().digest, other.key_pem)), wrong);
  EXPECT_EQ(refused(raw_signature(sha256(bytes_of("another document")))), wrong);
  EXPECT_EQ(refused({}), wrong);
  EXPECT_EQ(refused(Bytes(64)), wrong);
  Bytes flipped = raw_signature(asked().digest);
  flipped[40] ^= 0x01;
  EXPECT_EQ(refused(flipped), wrong);
  Bytes trailing = der_signature(asked().signed_attributes);
  trailing.push_back(0);
  EXPECT_EQ(refused(trailing), wrong);
}

TEST(OutsideSigner, CannotSignTwice) {
  const Bytes signature = raw_signature(asked().digest);
  const Bytes file = *assembled(prepared(reserve), asked(), signature);
  EXPECT_EQ(refusal_of(assembled(file, asked(), signature)),
            "malformed: PDF: not prepared for a signature here");
}

TEST(Reserve, IsEnoughForTheChainAndLittleMore) {
  const DocumentKey key = document_key();
  const std::size_t kept = reserve_for(key.chain());
  EXPECT_LE(kept, 2048u);
  for (int again = 0; again < 20; ++again) {
    EXPECT_TRUE(sign_pdf(prepared(kept), before.size(), gap_end(kept), key));
  }
}

}  // namespace
}  // namespace refledger::seal
