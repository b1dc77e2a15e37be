// Pictures are known by their bytes, fields by their names.
#include "ingest/source/company.h"

#include <gtest/gtest.h>

#include <set>

namespace refledger::ingest {
namespace {

Bytes bytes(std::string_view text) { return copy_of(bytes_of(text)); }

TEST(Company, APictureIsWhatItsBytesSay) {
  EXPECT_EQ(sniff_image(bytes("\x89PNG\r\n\x1a\nrest")), ImageType::png);
  EXPECT_EQ(sniff_image(bytes("GIF89a..")), ImageType::gif);
  EXPECT_EQ(sniff_image(bytes("GIF87a")), ImageType::gif);
  EXPECT_EQ(sniff_image(bytes("\xff\xd8\xff\xe0")), ImageType::jpeg);
}

TEST(Company, AnythingElseIsNoPicture) {
  for (const char* text : {"", "GIF88a", "<svg xmlns=", "\x89PNG", "%PDF-1.7", "\xff\xd8"}) {
    EXPECT_EQ(sniff_image(bytes(text)), std::nullopt) << text;
  }
}

TEST(Company, EveryFieldHasANameOfItsOwnAndAllLanguages) {
  std::set<std::string_view> names;
  for (const CompanyField& field : company_fields()) {
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
    for (const std::string_view label :
         {field.label.de, field.label.fr, field.label.it, field.label.en}) {
      EXPECT_FALSE(label.empty()) << field.name;
    }
  }
}

TEST(Company, WhatIsNotToldIsNotThere) {
  Company company;
  company.fields["city"] = {"Rapperswil", {"bexio", "city", {}}};
  ASSERT_NE(company.field("city"), nullptr);
  EXPECT_EQ(company.field("city")->value, "Rapperswil");
  EXPECT_EQ(company.field("street"), nullptr);
}

}  // namespace
}  // namespace refledger::ingest
