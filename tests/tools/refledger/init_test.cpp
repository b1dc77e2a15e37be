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

TEST_F(Init, LeavesAKeyOnItsToken) {
  std::filesystem::create_directory(path("tokens"));
  write("softhsm2.conf",
        "directories.tokendir = " + path("tokens").string() + "\nlog.level = ERROR\n");
  write("pin", "987654\n");
  setenv("SOFTHSM2_CONF", path("softhsm2.conf").c_str(), 1);
  for (const std::string words :
       {"--init-token --free --label refledger --so-pin 12345678 --pin 987654",
        "--import KEY --token refledger --label seal --id 01 --pin 987654"}) {
    std::string command = words;
    if (const std::size_t at = command.find("KEY"); at != std::string::npos) {
      command.replace(at, 3, path("key.pem").string());
    }
    ASSERT_EQ(test::run("softhsm2-util " + command).status, 0);
  }
  write("refledger.conf", text_at(path("refledger.conf")) +
                              "seal.key = pkcs11:token=refledger;object=seal"
                              "?module-path=/usr/lib/softhsm/libsofthsm2.so\n"
                              "seal.chain = chain.pem\nseal.pin_file = pin\nrules = " +
                              REFLEDGER_RULES + "\n");
  const Result<InitReport> report = initialise(settings(), options());
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_FALSE(report->demonstration_certificate);
  EXPECT_FALSE(std::filesystem::exists(Home(settings().data).key("document")));
  {
    const Result<std::unique_ptr<OpenHome>> opened = OpenHome::open(settings());
    EXPECT_TRUE(opened) << opened.error().detail;
  }

  write("pin", "000000\n");
  const Result<std::unique_ptr<OpenHome>> refused = OpenHome::open(settings());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "document key: token: refused the PIN");
  unsetenv("SOFTHSM2_CONF");
}

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
