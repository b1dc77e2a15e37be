// refledger.conf: what is accepted, and that every mistake is named.
#include "tools/refledger/settings.h"

#include <sstream>

#include "ledger/core/file.h"
#include "support/support.h"

namespace refledger::tools {
namespace {

constexpr std::string_view kSmallest =
    "data = data\n"
    "master.key_file = /keys/master.key\n"
    "public.url = https://refs.example.com\n"
    "issuer.iss = https://www.example.com\n"
    "issuer.name = Muster AG\n"
    "issuer.place = Zürich\n"
    "mail.from = hr@example.com\n"
    "mail.maildir = mail\n";

class SettingsFile : public testing::Test {
 protected:
  Result<Settings> read(std::string_view text) {
    const std::filesystem::path file = folder_.path() / "refledger.conf";
    EXPECT_TRUE(write_file(file, bytes_of(text)));
    return read_settings(file);
  }
  Result<Settings> read_with(std::string_view line) {
    return read(std::string(kSmallest) + std::string(line) + "\n");
  }
  std::string fault_of(std::string_view line) {
    const Result<Settings> settings = read_with(line);
    EXPECT_FALSE(settings) << line;
    return settings ? "" : settings.error().detail;
  }
  test::TemporaryFolder folder_;
};

TEST_F(SettingsFile, NeedsOnlyWhatHasNoDefault) {
  const Result<Settings> settings = read(kSmallest);
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->data, folder_.path() / "data");
  EXPECT_EQ(settings->master_key_file, "/keys/master.key");
  EXPECT_EQ(settings->origin(), "refs.example.com/log");
  EXPECT_EQ(settings->issuer.place, "Zürich");
  EXPECT_EQ(settings->issuer.mail_from_name, "Muster AG");
  EXPECT_EQ(settings->public_listen.port, 8480);
  EXPECT_EQ(settings->rules, "/usr/share/refledger/rules");
  EXPECT_FALSE(settings->tls);
  EXPECT_FALSE(settings->smtp);
  EXPECT_EQ(settings->sync_interval, std::chrono::seconds{300});
}

TEST_F(SettingsFile, TakesTheDesksOwnAddress) {
  EXPECT_FALSE(read(kSmallest)->desk_listen);
  const Result<Settings> settings =
      read_with("desk.url = https://desk.example.com\ndesk.listen = 127.0.0.1:8482");
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->desk_url, "https://desk.example.com");
  EXPECT_EQ(settings->desk_listen->port, 8482);
  for (const char* line :
       {"desk.url = desk.example.com", "desk.listen = here", "desk.tls.key = key.pem"}) {
    EXPECT_NE(fault_of(line).find("desk."), std::string::npos) << line;
  }
}

TEST_F(SettingsFile, TakesAutomaticRulesBesideEachOther) {
  const Result<Settings> settings = read_with(
      "automatic = off\nautomatic.CH = draft\nautomatic.CH.confirmation = issue\n"
      "automatic.CH.confirmation.hold_hours = 0\nhr.mail = hr@example.com");
  ASSERT_TRUE(settings) << settings.error().detail;
  const ingest::AutomaticRules& rules = settings->issuer.automatic;
  EXPECT_EQ(rules.of("CH", "confirmation").mode, ingest::AutomaticMode::issue);
  EXPECT_EQ(rules.of("CH", "confirmation").hold.count(), 0);
  EXPECT_EQ(rules.of("CH", "full_final").mode, ingest::AutomaticMode::draft);
  EXPECT_EQ(rules.of("DE", "confirmation").mode, ingest::AutomaticMode::off);
  EXPECT_EQ(settings->issuer.hr_mail, "hr@example.com");
  EXPECT_NE(fault_of("automatic.CH = perhaps").find("automatic.CH"), std::string::npos);
  EXPECT_NE(fault_of("hr.mail = somebody").find("hr.mail"), std::string::npos);
}

TEST_F(SettingsFile, TakesTextOfTheIssuersOwn) {
  const Result<Settings> settings = read_with(
      "text.closing.de = Erster Absatz. | Zweiter.\ntext.closing.de.CH.full_final = Ein anderer.");
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->issuer.blocks,
            (desk::TextBlocks{{"closing.de", "Erster Absatz.\nZweiter."},
                              {"closing.de.CH.full_final", "Ein anderer."}}));
  for (const char* line : {"text.greeting.de = Guten Tag", "text.closing.nl = x", "text = x",
                           "text.closing.de.CH = x", "text.employer_description.de = a | b"}) {
    EXPECT_EQ(fault_of(line).find("refledger.conf: text"), fault_of(line).find("refledger.conf"))
        << line << fault_of(line);
  }
}

TEST_F(SettingsFile, TakesTheSignatureThatDraftsBeginWith) {
  EXPECT_EQ(read(kSmallest)->issuer.policy.signing, letter::SigningMode::company_seal);
  EXPECT_EQ(read_with("cases.signing = by-hand")->issuer.policy.signing,
            letter::SigningMode::by_hand);
  EXPECT_NE(fault_of("cases.signing = stamp").find("cases.signing"), std::string::npos);
}

TEST_F(SettingsFile, TakesTheTimestampAuthoritysCertificatesAsAFileOrAsTheyAre) {
  const std::string pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  ASSERT_TRUE(write_file(folder_.path() / "tsa.pem", bytes_of(pem)));
  const Result<Settings> named =
      read_with("timestamp.url = http://tsa.example\ntimestamp.authority = tsa.pem");
  ASSERT_TRUE(named) << named.error().detail;
  EXPECT_EQ(named->timestamp->authorities, pem);
  ASSERT_TRUE(read(kSmallest));
  const Result<Settings> typed =
      read_settings_so_far(folder_.path() / "refledger.conf",
                           {{"timestamp.url", "http://tsa.example"}, {"timestamp.authority", pem}});
  ASSERT_TRUE(typed) << typed.error().detail;
  EXPECT_EQ(typed->timestamp->authorities, pem);
}

TEST_F(SettingsFile, PublishesAtOnceUnlessATimeOfDayIsNamed) {
  EXPECT_FALSE(read(kSmallest)->issuer.publish_at);
  for (const auto& [text, minutes] :
       {std::pair{"00:00", 0}, {"02:30", 150}, {"18:00", 1080}, {"23:59", 1439}}) {
    const Result<Settings> settings = read_with(std::string("publish.daily = ") + text);
    ASSERT_TRUE(settings) << settings.error().detail;
    EXPECT_EQ(settings->issuer.publish_at, std::chrono::minutes{minutes});
  }
  for (const char* text :
       {"24:00", "12:60", "6:00", "0600", "6 pm", "-1:00", "12:00:00", "12.00"}) {
    EXPECT_NE(fault_of(std::string("publish.daily = ") + text).find("publish.daily"),
              std::string::npos)
        << text;
  }
}

TEST_F(SettingsFile, NamesEachKeyThatIsMissing) {
  std::istringstream lines{std::string(kSmallest)};
  for (std::string left_out; std::getline(lines, left_out);) {
    std::string text(kSmallest);
    text.erase(text.find(left_out), left_out.size() + 1);
    const Result<Settings> settings = read(text);
    ASSERT_FALSE(settings) << left_out;
    const std::string group = left_out.substr(0, left_out.find_first_of(". "));
    EXPECT_NE(settings.error().detail.find(group), std::string::npos) << settings.error().detail;
  }
}

TEST_F(SettingsFile, RefusesAKeyItDoesNotKnow) {
  EXPECT_NE(fault_of("issuer.nmae = Muster").find("issuer.nmae"), std::string::npos);
}

TEST_F(SettingsFile, RefusesValuesThatCannotBe) {
  for (const char* line :
       {"sync.interval_seconds = 0",
        "sync.interval_seconds = often",
        "public.listen = here",
        "public.listen = 127.0.0.1:99999",
        "public.tls.key = key.pem",
        "mail.smtp.host = mail.example.com\nmail.smtp.security = none",
        "mail.smtp.host = mail.example.com\nmail.smtp.port = 0",
        "issuer.logo = missing.png",
        "public.url = refs.example.com",
        "public.url = https://refs.example.com/path",
        "public.url = ftp://refs.example.com",
        "desk.language = nl",
        "source.account = Personio",
        "issuer.from = ../bexio",
        "issuer.from.shoe = bexio",
        "private.listen = 0.0.0.0:8481",
        "public.allow_unconfined = maybe",
        "timestamp.url = http://tsa.example",
        "timestamp.authority = tsa.pem",
        "seal.key = pkcs11:token=refledger;object=seal?module-path=/usr/lib/softhsm/libsofthsm2.so",
        "seal.chain = chain.pem",
        "seal.level = B-X",
        "seal.level = B-T",
        "seal.level = B-LTA",
        "seal.key = pkcs11:object=seal?module-path=/m.so\nseal.chain = chain.pem",
        "seal.key = pkcs11:object=seal?module-path=/m.so&pin-value=1\nseal.chain = chain.pem\n"
        "seal.pin_file = pin",
        "timestamp.url = http://tsa.example\ntimestamp.authority = missing.pem"}) {
    EXPECT_FALSE(fault_of(line).empty()) << line;
  }
}

TEST_F(SettingsFile, ReadsWhoseWordCountsForTheLetterhead) {
  const Result<Settings> settings =
      read_with("issuer.from = bexio\nissuer.from.name = settings\nissuer.uid = CHE-1");
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->letterhead_order, ingest::SourceOrder{"bexio"});
  EXPECT_EQ(settings->letterhead_choices, (ingest::Choices{{"name", "settings"}}));
  EXPECT_EQ(settings->uid, "CHE-1");
  EXPECT_TRUE(read(kSmallest)->letterhead_order.empty());
  EXPECT_EQ(read(kSmallest)->issuer.account, "personio");
}

TEST_F(SettingsFile, ReadsListsEndpointsAndTheMailServer) {
  const Result<Settings> settings = read_with(
      "issuer.address = Bahnhofstrasse 1 | 8001 Zürich\n"
      "private.listen = [::1]:9000\n"
      "mail.smtp.host = mail.example.com\nmail.smtp.security = tls\nmail.smtp.port = 465");
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->issuer.letterhead.address_lines,
            (std::vector<std::string>{"Bahnhofstrasse 1", "8001 Zürich"}));
  EXPECT_EQ(settings->private_listen.address, "::1");
  ASSERT_TRUE(settings->smtp);
  EXPECT_EQ(settings->smtp->port, 465);
  EXPECT_EQ(settings->smtp->security, delivery::SmtpSettings::Security::tls);
}

TEST_F(SettingsFile, ReadsTheTimestampAuthority) {
  ASSERT_TRUE(write_file(folder_.path() / "tsa.pem", bytes_of("certificate")));
  const Result<Settings> settings = read_with(
      "timestamp.url = http://tsa.example/tsr\ntimestamp.authority = tsa.pem\n"
      "timestamp.policy = 1.2.3");
  ASSERT_TRUE(settings) << settings.error().detail;
  ASSERT_TRUE(settings->timestamp);
  EXPECT_EQ(settings->timestamp->url, "http://tsa.example/tsr");
  EXPECT_EQ(settings->timestamp->authorities, "certificate");
  EXPECT_EQ(settings->timestamp->policy, "1.2.3");
  EXPECT_EQ(settings->seal_level, Settings::SealLevel::b_t);
  const Result<Settings> lasting = read_with(
      "timestamp.url = http://tsa.example/tsr\ntimestamp.authority = tsa.pem\n"
      "seal.level = B-LTA");
  ASSERT_TRUE(lasting) << lasting.error().detail;
  EXPECT_EQ(lasting->seal_level, Settings::SealLevel::b_lta);
  EXPECT_EQ(read(kSmallest)->seal_level, Settings::SealLevel::b_b);
}

TEST_F(SettingsFile, ReadsAKeyOnAToken) {
  const Result<Settings> settings = read_with(
      "seal.key = pkcs11:token=refledger;object=seal?module-path=/usr/lib/softhsm/libsofthsm2.so\n"
      "seal.chain = chain.pem\nseal.pin_file = /run/credentials/refledger.service/pin");
  ASSERT_TRUE(settings) << settings.error().detail;
  ASSERT_TRUE(settings->seal_key);
  EXPECT_EQ(settings->seal_key->address,
            "pkcs11:token=refledger;object=seal?module-path=/usr/lib/softhsm/libsofthsm2.so");
  EXPECT_EQ(settings->seal_key->chain, folder_.path() / "chain.pem");
  EXPECT_EQ(settings->seal_key->pin_file, "/run/credentials/refledger.service/pin");
}

}  // namespace
}  // namespace refledger::tools
