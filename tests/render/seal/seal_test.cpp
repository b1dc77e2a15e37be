// The seal is a PAdES baseline signature over everything but its own space.
#include "keys.h"

namespace refledger::seal {
namespace {

Result<Bytes> signed_with(std::size_t reserve) {
  return sign_pdf(prepared(reserve), before.size(), before.size() + 2 + 2 * reserve,
                  document_key());
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

}  // namespace
}  // namespace refledger::seal
