// A key on a token signs as one in memory does, and stays there.
#include "keys.h"
#include "ledger/core/file.h"
#include "support/certificate_authority.h"
#include "support/letters.h"
#include "verify/pdf/pdf.h"

namespace refledger::seal {
namespace {

using test::run;

constexpr const char* module = "/usr/lib/softhsm/libsofthsm2.so";
constexpr const char* pin = "987654";

// SoftHSM with one token that holds the signer's key under the label "seal".
class TokenKey : public testing::Test {
 protected:
  void make(const std::string& kind) {
    ca_ = std::make_unique<test::CertificateAuthority>(
        test::CertificateAuthority::Kind{.signer = kind});
    std::filesystem::create_directory(folder_.path() / "tokens");
    ca_->write("softhsm2.conf", "directories.tokendir = " + (folder_.path() / "tokens").string() +
                                    "\nobjectstore.backend = file\nlog.level = ERROR\n");
    setenv("SOFTHSM2_CONF", ca_->path("softhsm2.conf").c_str(), 1);
    softhsm("--init-token --free --label refledger --so-pin 12345678 --pin " + std::string(pin));
    add_key("seal", "01");
  }
  void add_key(const std::string& label, const std::string& id) {
    ca_->openssl("pkcs8 -topk8 -nocrypt -in " + ca_->path("signer.key") + " -out " +
                 ca_->path("signer.p8"));
    softhsm("--import " + ca_->path("signer.p8") + " --token refledger --label " + label +
            " --id " + id + " --pin " + pin);
  }
  void TearDown() override { unsetenv("SOFTHSM2_CONF"); }

  static void softhsm(const std::string& words) {
    const test::Outcome outcome = run("softhsm2-util " + words);
    ASSERT_EQ(outcome.status, 0) << outcome.output;
  }

  static std::string address(const std::string& object = "object=seal",
                             const std::string& more = "") {
    return "pkcs11:token=refledger;" + object + "?module-path=" + module + more;
  }
  Result<DocumentKey> opened(const std::string& uri = address(), std::string_view with = pin) {
    return DocumentKey::from_pkcs11(uri, with, ca_->chain_pem());
  }

  void expect_seals(const DocumentKey& key) {
    const pdf::Prepared page = *pdf::render(test::document_of(test::confirmation()), test::fonts(),
                                            reserve_for(key.chain()));
    const Result<Bytes> file = sign_pdf(page.file, page.contents_begin, page.contents_end, key);
    ASSERT_TRUE(file) << file.error().detail;
    const Result<verify::PdfFindings> findings = verify::inspect_pdf(*file);
    ASSERT_TRUE(findings);
    EXPECT_EQ(findings->signature, verify::PdfSignature::whole_file);
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<test::CertificateAuthority> ca_;
};

TEST_F(TokenKey, SealsByEcdsa) {
  make("ec");
  const Result<DocumentKey> key = opened();
  ASSERT_TRUE(key) << key.error().detail;
  expect_seals(*key);
  expect_seals(*key);
}

TEST_F(TokenKey, SealsByRsa) {
  make("rsa:3072");
  const Result<DocumentKey> key = opened();
  ASSERT_TRUE(key) << key.error().detail;
  expect_seals(*key);
}

TEST_F(TokenKey, IsNotGivenOut) {
  make("ec");
  EXPECT_EQ(std::string_view(opened()->pem()), "");
}

TEST_F(TokenKey, MayBeNamedByItsNumber) {
  make("ec");
  add_key("other", "02");
  const Result<DocumentKey> key = opened(address("id=%02"));
  ASSERT_TRUE(key) << key.error().detail;
  expect_seals(*key);
}

TEST_F(TokenKey, MustBeNamedSoThatItIsTheOnlyOne) {
  make("ec");
  add_key("other", "02");
  EXPECT_EQ(refusal_of(opened(address("type=private"))),
            "malformed: document key: token: holds more than one");
  EXPECT_EQ(refusal_of(opened(address("object=third"))),
            "malformed: document key: token: holds no such key");
}

TEST_F(TokenKey, IsNotUsedUnderAWrongPin) {
  make("ec");
  EXPECT_EQ(refusal_of(opened(address(), "000000")),
            "malformed: document key: token: refused the PIN");
}

TEST_F(TokenKey, TakesNoPinFromItsAddress) {
  make("ec");
  for (const std::string more : {"&pin-value=987654", "&pin-source=file:/etc/pin"}) {
    EXPECT_EQ(refusal_of(opened(address("object=seal", more))),
              "malformed: document key: token: the PIN does not belong into the address");
  }
}

TEST_F(TokenKey, NeedsAnAddressWithItsModule) {
  make("ec");
  EXPECT_EQ(refusal_of(opened("seal.pem")),
            "malformed: document key: token: not a pkcs11: address");
  EXPECT_EQ(refusal_of(opened("pkcs11:token=refledger;object=seal")),
            "malformed: document key: token: the address names no module-path");
  EXPECT_EQ(refusal_of(opened("pkcs11:object=seal?module-path=/nowhere.so")),
            "malformed: document key: token: the module cannot be loaded");
  EXPECT_EQ(refusal_of(opened("pkcs11:token=other;object=seal?module-path=" + std::string(module))),
            "upstream: document key: token: not there");
}

TEST_F(TokenKey, MustBeTheCertificates) {
  make("ec");
  const test::CertificateAuthority other;
  EXPECT_EQ(refusal_of(DocumentKey::from_pkcs11(address(), pin, other.chain_pem())),
            "malformed: certificate chain: the first is not for this key");
}

// The token was taken out, and is put back: signing waits, then goes on without a new start.
TEST_F(TokenKey, SealsAgainWhenItsTokenIsBack) {
  make("ec");
  const Result<DocumentKey> key = opened();
  ASSERT_TRUE(key) << key.error().detail;
  std::filesystem::rename(folder_.path() / "tokens", folder_.path() / "away");
  const Result<Bytes> away = sign_pdf(prepared(4096), before.size(), gap_end(4096), *key);
  ASSERT_FALSE(away);
  EXPECT_EQ(away.error().fault, Fault::upstream) << away.error().detail;
  std::filesystem::rename(folder_.path() / "away", folder_.path() / "tokens");
  expect_seals(*key);
}

}  // namespace
}  // namespace refledger::seal
