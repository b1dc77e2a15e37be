// What bexio's profile tells: types leniently, meanings strictly, one bad field never the rest.
#include "ingest/bexio/profile.h"

#include <gtest/gtest.h>

#include "ledger/core/encoding.h"
#include "profile.h"

namespace refledger::ingest::bexio {
namespace {

const UtcMillis kNow{std::chrono::milliseconds{1'790'000'000'000}};

Result<Company> parsed(const Json& profile) {
  return parse_profile(Json::array({profile}).dump(), kNow);
}
Company company(const Json& profile) {
  Result<Company> parsed_one = parsed(profile);
  EXPECT_TRUE(parsed_one) << parsed_one.error().detail;
  return parsed_one ? *std::move(parsed_one) : Company{};
}
Company with(const char* key, const Json& value) {
  Json profile = full_profile();
  profile[key] = value;
  return company(profile);
}
std::string told(const Company& company, const char* field) {
  const Value<std::string>* value = company.field(field);
  return value == nullptr ? "-" : value->value;
}

TEST(BexioProfile, TellsEveryFieldWithItsProvenance) {
  const Company all = company(full_profile());
  EXPECT_EQ(told(all, "name"), "Muster AG");
  EXPECT_EQ(told(all, "street"), "Bahnhofstrasse 1");
  EXPECT_EQ(told(all, "postcode"), "8640");
  EXPECT_EQ(told(all, "city"), "Rapperswil");
  EXPECT_EQ(told(all, "country"), "Schweiz");
  EXPECT_EQ(told(all, "uid"), "CHE-109.322.551");
  EXPECT_EQ(told(all, "vat"), "CHE-109.322.551 MWST");
  EXPECT_EQ(all.field("uid")->from, (Provenance{"bexio", "ust_id_nr", kNow}));
  ASSERT_TRUE(all.logo);
  EXPECT_EQ(all.logo->value.type, ImageType::png);
  EXPECT_EQ(all.logo->from, (Provenance{"bexio", "logo_base64", kNow}));
  EXPECT_EQ(all.unusable, std::vector<std::string>{});
  EXPECT_EQ(all.read_at, kNow);
}

TEST(BexioProfile, TakesTheObjectAsWellAsTheListOfOne) {
  EXPECT_EQ(told(*parse_profile(full_profile().dump(), kNow), "name"), "Muster AG");
}

TEST(BexioProfile, RefusesAListOfNoneOfTwoAndWhatIsNoProfile) {
  const Json one = full_profile();
  for (const Json& body : {Json::array(), Json::array({one, one}), Json("text"), Json(7),
                           Json(nullptr), Json::array({Json::array({one})}), Json::array({7})}) {
    const Result<Company> none = parse_profile(body.dump(), kNow);
    ASSERT_FALSE(none) << body;
    EXPECT_EQ(none.error().fault, Fault::malformed);
  }
  EXPECT_FALSE(parse_profile("[{\"name\":", kNow));
  EXPECT_FALSE(parse_profile("", kNow));
}

TEST(BexioProfile, NullEmptyAndAbsentAreAllNotTold) {
  for (const char* key : {"address", "postcode", "city", "country_name", "ust_id_nr", "mwst_nr",
                          "trade_register_nr", "logo_base64", "address_nr"}) {
    for (const Json& nothing : {Json(nullptr), Json(""), Json("  ")}) {
      if (std::string(key) == "logo_base64" && nothing == "  ") continue;
      const Company less = with(key, nothing);
      EXPECT_TRUE(less.unusable.empty()) << key;
      EXPECT_EQ(told(less, "name"), "Muster AG");
    }
  }
  EXPECT_EQ(told(with("address", nullptr), "street"), "-");
  EXPECT_FALSE(with("logo_base64", nullptr).logo);
  Json bare{{"name", "Muster AG"}};
  EXPECT_EQ(company(bare).fields.size(), 1u);
}

TEST(BexioProfile, APostcodeIsTheSameAsTextAndAsNumber) {
  EXPECT_EQ(told(with("postcode", 8640), "postcode"), "8640");
  EXPECT_EQ(told(with("postcode", 8640.0), "postcode"), "8640");
  EXPECT_EQ(told(with("postcode", " 8640 "), "postcode"), "8640");
  EXPECT_EQ(told(with("postcode", "SW1A 1AA"), "postcode"), "SW1A 1AA");
}

TEST(BexioProfile, TheNumberOfTheHouseFollowsTheStreet) {
  EXPECT_EQ(told(with("address_nr", "12a"), "street"), "Bahnhofstrasse 1 12a");
  EXPECT_EQ(told(with("address_nr", 12), "street"), "Bahnhofstrasse 1 12");
}

TEST(BexioProfile, WhatAFieldCannotMeanIsNamedAndTheRestIsTaken) {
  const std::vector<std::pair<const char*, Json>> wrong{
      {"city", Json::array()},
      {"city", true},
      {"city", "Rapp\nerswil"},
      {"city", std::string(201, 'x')},
      {"city", "a\u202Eb"},
      {"postcode", 86.5},
      {"postcode", -1},
      {"postcode", "far too long a code"},
      {"ust_id_nr", "CHE-109.322.550"},
      {"ust_id_nr", "CHE-109"},
      {"ust_id_nr", "pending"},
      {"mwst_nr", "CHE-109.322.551 VAT?"},
      {"trade_register_nr", "<b>"},
      {"logo_base64", "!!!"},
      {"logo_base64", 7},
      {"logo_base64", to_base64(bytes_of("<svg/>"))}};
  for (const auto& [key, value] : wrong) {
    const Company rest = with(key, value);
    ASSERT_EQ(rest.unusable.size(), 1u) << key << " " << value;
    EXPECT_EQ(told(rest, "name"), "Muster AG");
    // The reason names the field, never its content.
    if (value.is_string()) {
      EXPECT_EQ(rest.unusable[0].find(value.get<std::string>()), std::string::npos);
    }
  }
}

TEST(BexioProfile, ACompanyWithoutANameIsNone) {
  Json profile = full_profile();
  profile["name"] = nullptr;
  EXPECT_EQ(parsed(profile).error().detail, "bexio: the company profile has no usable name");
}

TEST(BexioProfile, ALogoIsWhatItsBytesSayAndNotTooLarge) {
  EXPECT_EQ(with("logo_base64", to_base64(bytes_of("GIF89a...."))).logo->value.type,
            ImageType::gif);
  Bytes large(kMaxLogoBytes, 0);
  std::copy_n("GIF89a", 6, large.begin());
  EXPECT_TRUE(with("logo_base64", to_base64(large)).logo);
  large.push_back(0);
  const Company without = with("logo_base64", to_base64(large));
  EXPECT_FALSE(without.logo);
  EXPECT_EQ(without.unusable, std::vector<std::string>{"logo: larger than 1 MiB"});
}

TEST(BexioProfile, AnAnswerAboveFourMebibytesIsRefused) {
  Json profile = full_profile();
  profile["description"] = std::string(kMaxProfileBytes, 'x');
  EXPECT_FALSE(parsed(profile));
}

// eCH-0097; the Swiss Federal Statistical Office's own number among them.
TEST(BexioProfile, AUidIsKnownByItsCheckDigit) {
  for (const char* text : {"CHE-109.322.551", "CHE109322551", "che 109 322 551", "CHE-109322551"}) {
    EXPECT_EQ(*to_uid(text), "CHE-109.322.551") << text;
  }
  for (char last = '0'; last <= '9'; ++last) {
    EXPECT_EQ(to_uid(std::string("CHE-109.322.55") + last).has_value(), last == '1') << last;
  }
  EXPECT_FALSE(to_uid("CHE-109.322.5511"));
  EXPECT_FALSE(to_uid("CHE-109.322.551 MWST"));
}

TEST(BexioProfile, AVatNumberKeepsItsEnding) {
  EXPECT_EQ(*to_vat("CHE-109.322.551 TVA"), "CHE-109.322.551 TVA");
  EXPECT_EQ(*to_vat("CHE109322551MWST"), "CHE-109.322.551 MWST");
  EXPECT_EQ(*to_vat("DE123456789"), "DE123456789");
  EXPECT_FALSE(to_vat("none"));
}

TEST(BexioProfile, EveryFieldThatIsTakenSaysWhatFor) {
  for (const ProfileField& field : profile_fields()) {
    EXPECT_FALSE(field.purpose.de.empty() || field.purpose.fr.empty() || field.purpose.it.empty() ||
                 field.purpose.en.empty());
  }
}

}  // namespace
}  // namespace refledger::ingest::bexio
