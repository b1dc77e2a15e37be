// Reference fields: what each takes, and which attributes can fill it.
#include "ingest/source/fields.h"

#include <gtest/gtest.h>

#include <set>

namespace refledger::ingest {
namespace {

std::string taken(const char* field, const char* text) {
  const Result<std::string> value = to_field(*find_field(field), text);
  return value ? *value : "! " + value.error().detail;
}

TEST(Fields, HaveEachANameAndWordsInEveryLanguage) {
  std::set<std::string_view> names;
  for (const ReferenceField& field : reference_fields()) {
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
    EXPECT_EQ(find_field(field.name), &field);
    for (const Wording& words : {field.label, field.purpose}) {
      for (const std::string_view one : {words.de, words.fr, words.it, words.en}) {
        EXPECT_FALSE(one.empty()) << field.name;
      }
    }
  }
  EXPECT_EQ(find_field("salary"), nullptr);
}

TEST(Fields, BringTheirValueIntoOneForm) {
  EXPECT_EQ(taken("country", "ch"), "CH");
  EXPECT_EQ(taken("language", "DE"), "de");
  EXPECT_EQ(taken("reference_wish", "Full"), "full");
  EXPECT_EQ(taken("birthdate", "1983-08-18T00:00:00+01:00"), "1983-08-18");
  EXPECT_EQ(taken("workload", "80 %"), "80");
  EXPECT_EQ(taken("workload", "62,50"), "62.5");
  EXPECT_EQ(taken("academic_title", "Dr. iur."), "Dr. iur.");
  EXPECT_EQ(taken("private_email", "not an address"), "not an address")
      << "whoever sends decides: a wrong one must not look like none";
}

TEST(Fields, RefuseWhatTheyCannotHold) {
  for (const auto& [field, text] : {std::pair{"country", "Schweiz"},
                                    {"country", "1H"},
                                    {"language", "d"},
                                    {"birthdate", "18.08.1983"},
                                    {"workload", "0"},
                                    {"workload", "101"},
                                    {"workload", "eighty"},
                                    {"workload", "-5"},
                                    {"workload", "%"}}) {
    EXPECT_EQ(taken(field, text).substr(0, 2), "! ") << field << " " << text;
    EXPECT_EQ(taken(field, text).find("Schweiz"), std::string::npos);
  }
}

TEST(Fields, FitTheTypesThatBothVersionsName) {
  EXPECT_TRUE(fits(FieldType::date, "date"));
  EXPECT_TRUE(fits(FieldType::percentage, "decimal"));
  EXPECT_TRUE(fits(FieldType::percentage, "INTEGER"));
  EXPECT_TRUE(fits(FieldType::country, "list"));
  EXPECT_TRUE(fits(FieldType::text, "multiline"));
  EXPECT_FALSE(fits(FieldType::date, "decimal"));
  EXPECT_FALSE(fits(FieldType::email, "date"));
  EXPECT_FALSE(fits(FieldType::language, "integer"));
  EXPECT_FALSE(fits(FieldType::text, "tags"));
}

}  // namespace
}  // namespace refledger::ingest
