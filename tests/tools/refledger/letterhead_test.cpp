// Who the letters are from: the settings unless the operator says otherwise, field by field.
#include "tools/refledger/letterhead.h"

#include <map>

#include "ledger/core/encoding.h"
#include "support/support.h"

namespace refledger::tools {
namespace {

using ingest::Company;
using ingest::Logo;

const UtcMillis kNow{std::chrono::milliseconds{1'790'000'000'000}};

// One white pixel.
Bytes png() {
  return *from_base64(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg="
      "=",
      "png");
}

Settings settings() {
  Settings made;
  made.issuer.name = "Muster AG";
  made.issuer.mail_from_name = "Muster AG";
  made.issuer.letterhead.name = "Muster AG";
  made.issuer.letterhead.address_lines = {"Alte Gasse 3", "8001 Zürich"};
  made.issuer.letterhead.footer_lines = {"Seit 1911"};
  return made;
}

Company company() {
  Company made;
  for (const auto& [field, value] :
       std::map<std::string, std::string>{{"name", "Muster Holding AG"},
                                          {"street", "Neue Strasse 1"},
                                          {"postcode", "8640"},
                                          {"city", "Rapperswil"},
                                          {"country", "Schweiz"},
                                          {"uid", "CHE-109.322.551"},
                                          {"vat", "CHE-109.322.551 MWST"},
                                          {"register_number", "CH-020.9.999.999-6"}}) {
    made.fields[field] = {value, {"bexio", field, kNow}};
  }
  made.logo = {{png(), ingest::ImageType::png}, {"bexio", "logo_base64", kNow}};
  made.read_at = kNow;
  return made;
}

Letterhead made_with(const Settings& settings) {
  return make_letterhead(settings, {{"bexio", company()}});
}

TEST(Letterhead, IsTheSettingsOwnUntilTheOperatorSaysOtherwise) {
  const Letterhead one = made_with(settings());
  EXPECT_EQ(one.issuer.name, "Muster AG");
  EXPECT_EQ(one.issuer.letterhead.address_lines, settings().issuer.letterhead.address_lines);
  EXPECT_EQ(one.issuer.letterhead.footer_lines, settings().issuer.letterhead.footer_lines);
  EXPECT_FALSE(one.issuer.letterhead.logo.has_value());
  EXPECT_FALSE(one.chosen.contains("uid"));
  EXPECT_EQ(one.issuer.name_from, std::nullopt);
}

TEST(Letterhead, OffersWhatAnAccountTellsBesideTheSettingsWithItsProvenance) {
  const Letterhead one = made_with(settings());
  ASSERT_EQ(one.candidates.at("name").size(), 2u);
  const ingest::Told& told = one.candidates.at("name")[1];
  EXPECT_EQ(told.account, "bexio");
  EXPECT_EQ(told.value.from, (ingest::Provenance{"bexio", "name", kNow}));
  EXPECT_TRUE(one.chosen.at("name").disputed);
  EXPECT_EQ(one.candidates.at("logo").back().value.value,
            "PNG, " + std::to_string(png().size()) + " bytes");
}

TEST(Letterhead, TakesEverythingFromTheAccountThatIsNamed) {
  Settings from = settings();
  from.letterhead_order = {"bexio"};
  const Letterhead one = made_with(from);
  EXPECT_EQ(one.issuer.name, "Muster Holding AG");
  EXPECT_EQ(one.issuer.letterhead.name, "Muster Holding AG");
  EXPECT_EQ(one.issuer.name_from, (ingest::Provenance{"bexio", "name", kNow}));
  EXPECT_EQ(one.issuer.mail_from_name, "Muster Holding AG");
  EXPECT_EQ(one.issuer.letterhead.address_lines,
            (std::vector<std::string>{"Neue Strasse 1", "8640 Rapperswil", "Schweiz"}));
  EXPECT_EQ(one.issuer.letterhead.footer_lines,
            (std::vector<std::string>{"Seit 1911", "CHE-109.322.551 MWST · CH-020.9.999.999-6"}));
  ASSERT_TRUE(one.issuer.letterhead.logo.has_value());
  EXPECT_EQ(one.issuer.letterhead.logo->file_bytes(), png().size());
}

// Otherwise everybody would suddenly belong to another employer.
TEST(Letterhead, AnotherNameDoesNotChangeWhomTheHrSystemMeans) {
  Settings from = settings();
  from.letterhead_order = {"bexio"};
  EXPECT_EQ(made_with(from).issuer.legal_entity, "Muster AG");
  from.issuer.legal_entity = "Muster Betriebe";
  EXPECT_EQ(made_with(from).issuer.legal_entity, "Muster Betriebe");
}

TEST(Letterhead, TakesOneFieldFromOneSourceAndAnotherFromTheOther) {
  Settings from = settings();
  from.letterhead_choices = {{"address", "bexio"}};
  EXPECT_EQ(made_with(from).issuer.letterhead.address_lines[0], "Neue Strasse 1");
  EXPECT_EQ(made_with(from).issuer.name, "Muster AG");
  from = settings();
  from.letterhead_order = {"bexio"};
  from.letterhead_choices = {{"name", "settings"}, {"logo", "settings"}};
  EXPECT_EQ(made_with(from).issuer.name, "Muster AG");
  EXPECT_EQ(made_with(from).issuer.letterhead.address_lines[0], "Neue Strasse 1");
}

TEST(Letterhead, ASourceThatTellsNothingLeavesTheSettingsAndSaysSo) {
  Settings from = settings();
  from.letterhead_choices = {{"address", "elsewhere"}};
  const Letterhead one = made_with(from);
  EXPECT_EQ(one.issuer.letterhead.address_lines[0], "Alte Gasse 3");
  EXPECT_EQ(one.remarks, std::vector<std::string>{"address: the chosen source tells nothing"});
  from = settings();
  from.letterhead_order = {"bexio"};
  EXPECT_EQ(make_letterhead(from, {}).issuer.name, "Muster AG");
}

TEST(Letterhead, NeverPrintsAPictureThatCannotBeDrawn) {
  Settings from = settings();
  from.letterhead_choices = {{"logo", "bexio"}};
  Company gif = company();
  gif.logo->value = Logo{copy_of(bytes_of("GIF89a....")), ingest::ImageType::gif};
  const Letterhead one = make_letterhead(from, {{"bexio", gif}});
  EXPECT_FALSE(one.issuer.letterhead.logo.has_value());
  ASSERT_EQ(one.remarks.size(), 1u);
  EXPECT_NE(one.remarks[0].find("GIF"), std::string::npos);
  for (const auto& [file, type] :
       std::map<const char*, ingest::ImageType>{{"letter/logo.gif", ingest::ImageType::gif},
                                                {"letter/logo.jpg", ingest::ImageType::jpeg}}) {
    Company good = company();
    good.logo->value = Logo{copy_of(bytes_of(test::vector_file(file))), type};
    const Letterhead drawn = make_letterhead(from, {{"bexio", good}});
    EXPECT_TRUE(drawn.issuer.letterhead.logo.has_value()) << file;
    EXPECT_TRUE(drawn.remarks.empty()) << file;
  }
  Company broken = company();
  broken.logo->value.bytes.resize(20);
  EXPECT_EQ(
      make_letterhead(from, {{"bexio", broken}}).remarks,
      std::vector<std::string>{"logo: the PNG cannot be drawn; that of the settings is used"});
}

TEST(Letterhead, DoesNotPushTheFooterBeyondItsThreeLines) {
  Settings from = settings();
  from.issuer.letterhead.footer_lines = {"1", "2", "3"};
  from.uid = "CHE-109.322.551";
  const Letterhead one = make_letterhead(from, {});
  EXPECT_EQ(one.issuer.letterhead.footer_lines.size(), 3u);
  EXPECT_EQ(one.remarks.size(), 1u);
}

TEST(Letterhead, PrintsTheSettingsOwnRegisterNumbers) {
  Settings from = settings();
  from.uid = "CHE-109.322.551";
  from.register_number = "HRB 4711";
  EXPECT_EQ(make_letterhead(from, {}).issuer.letterhead.footer_lines.back(),
            "CHE-109.322.551 · HRB 4711");
}

}  // namespace
}  // namespace refledger::tools
