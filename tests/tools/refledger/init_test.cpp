// `refledger init` takes the document key from PEM or PKCS#12, and keeps it sealed.
#include "tools/refledger/init.h"

#include "ledger/core/file.h"
#include "support/shell.h"
#include "support/support.h"

namespace refledger::tools {
namespace {

class Init : public testing::Test {
 protected:
  void SetUp() override {
    const UtcMillis now = *parse_time("2026-11-02T08:00:00.000Z", "now");
    const seal::DemonstrationCa ca = *seal::make_demonstration_ca("Muster AG", now);
    chain_ = ca.chain_pem;
    key_ = std::string(std::string_view(ca.key_pem));
    write("key.pem", key_);
    write("chain.pem", chain_);
    write("passphrase", "correct horse\n");
    const test::Outcome made =
        test::run("openssl pkcs12 -export -inkey " + path("key.pem").string() + " -in " +
                  path("chain.pem").string() + " -passout file:" + path("passphrase").string() +
                  " -out " + path("key.p12").string());
    ASSERT_EQ(made.status, 0) << made.output;
    write("refledger.conf",
          "data = data\nmaster.key_file = master.key\npublic.url = https://refs.example.com\n"
          "issuer.iss = https://www.example.com\nissuer.name = Muster AG\nissuer.place = Zürich\n"
          "mail.from = hr@example.com\nmail.maildir = mail\n");
  }

  std::filesystem::path path(const char* name) const { return folder_.path() / name; }
  void write(const char* name, std::string_view text) const {
    ASSERT_TRUE(write_file(path(name), bytes_of(text)));
  }
  std::string text_at(const std::filesystem::path& file) const {
    const Result<Bytes> content = read_file(file, 1 << 20);
    return content ? std::string(text_of(*content)) : std::string("missing");
  }
  Settings settings() const { return *read_settings(path("refledger.conf")); }

  InitOptions options() const {
    InitOptions options;
    options.recovery_file = path("recovery.txt");
    return options;
  }
  // The key as the desk opens it.
  std::string kept_key() const {
    const sign::MasterKey master = *sign::MasterKey::read(path("master.key"));
    const Result<Bytes> sealed = read_file(Home(settings().data).key("document"), 1 << 20);
    return sealed ? std::string(text_of(*master.open(*sealed, "key document"))) : "missing";
  }

  test::TemporaryFolder folder_;
  std::string chain_;
  std::string key_;
};

TEST_F(Init, KeepsTheKeyOfAPkcs12FileSealedUnderTheMasterKey) {
  InitOptions p12 = options();
  p12.document_p12 = path("key.p12");
  p12.document_passphrase = path("passphrase");
  const Result<InitReport> report = initialise(settings(), p12);
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_FALSE(report->demonstration_certificate);
  const Home home(settings().data);
  EXPECT_EQ(text_at(home.document_chain()), chain_);
  EXPECT_EQ(kept_key(), key_);
  EXPECT_EQ(text_at(home.key("document")).find("PRIVATE KEY"), std::string::npos);
}

TEST_F(Init, KeepsAKeyInPemTheSameWay) {
  InitOptions pem = options();
  pem.document_key = path("key.pem");
  pem.document_chain = path("chain.pem");
  ASSERT_TRUE(initialise(settings(), pem));
  EXPECT_EQ(text_at(Home(settings().data).document_chain()), chain_);
  EXPECT_EQ(kept_key(), key_);
}

TEST_F(Init, MakesADemonstrationCertificateWhereNoKeyIsGivenAndSaysSo) {
  const Result<InitReport> report = initialise(settings(), options());
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_TRUE(report->demonstration_certificate);
  EXPECT_TRUE(std::filesystem::exists(Home(settings().data).document_root()));
}

TEST_F(Init, WritesNoKeyWhereThePassphraseIsWrongAndGoesOnOnceItIsRight) {
  InitOptions p12 = options();
  p12.document_p12 = path("key.p12");
  p12.document_passphrase = path("passphrase");
  write("passphrase", "wrong\n");
  const Result<InitReport> refused = initialise(settings(), p12);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "PKCS#12: wrong passphrase, or a damaged file");
  EXPECT_FALSE(std::filesystem::exists(Home(settings().data).key("document")));
  write("passphrase", "correct horse");
  EXPECT_TRUE(initialise(settings(), p12));
  EXPECT_EQ(kept_key(), key_);
}

}  // namespace
}  // namespace refledger::tools
