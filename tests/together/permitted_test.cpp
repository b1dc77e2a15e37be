// Every attribute unticked in turn, in both versions of the API: nothing is lost without a word.
#include <set>

#include "ingest/personio/v1_employees.h"
#include "together/reading.h"

namespace refledger::test {
namespace {

using ingest::PersonioApi;

/// What `order` ticks: all that is ever asked for, but `out`.
Json all_but(std::string_view out) {
  Json some = Json::array();
  for (const std::string& key : ingest::personio::asked_attributes(kMapping)) {
    const std::string name = key == "date_of_birth" ? "dynamic_105" : key;
    if (name != out) some.push_back(name);
  }
  return {{"attributes", some}};
}

/// The subjects that the test of the connection finds fault with.
std::multiset<std::string> complaints(ingest::HrSource& source) {
  std::multiset<std::string> subjects;
  for (const ingest::CheckItem& item : source.test().items) {
    if (item.id == "attribute" && item.state != ingest::CheckState::ok)
      subjects.insert(item.subject);
  }
  return subjects;
}

class EveryAttribute : public testing::TestWithParam<PersonioApi> {
 protected:
  SandboxProcess sandbox_{{}};
};

TEST_P(EveryAttribute, IsRefusedByNameWhereTheRestRestsOnIt) {
  for (const std::string_view name : ingest::personio::required_attributes()) {
    // Everybody's id is told, ticked or not, and so is v2's status.
    if (name == "id" || (GetParam() == PersonioApi::v2 && name == "status")) continue;
    sandbox_.order("permit", all_but(name));
    Reader one(sandbox_, GetParam());
    ASSERT_FALSE(one.read()) << name;
    EXPECT_EQ(one.reading.error().detail, "Personio does not deliver the attribute " +
                                              std::string(name) +
                                              ": tick it for this API credential");
    EXPECT_EQ(complaints(*one.source).count(std::string(name)), 1u) << name;
  }
}

TEST_P(EveryAttribute, IsListedByNameWhereTheRestDoesWithoutIt) {
  for (const std::string_view name : ingest::personio::optional_attributes()) {
    sandbox_.order("permit", all_but(name));
    Reader one(sandbox_, GetParam());
    ASSERT_TRUE(one.read()) << name << one.reading.error().detail;
    EXPECT_EQ(one.reading->not_delivered, std::vector<std::string>{std::string(name)});
    // Of a few people only, so that it may complain of more.
    EXPECT_EQ(complaints(*one.source).count(std::string(name)), 1u) << name;
  }
}

TEST_P(EveryAttribute, IsListedWithItsFieldWhereItIsMapped) {
  for (const auto& [field, key] : kMapping) {
    sandbox_.order("permit", all_but(key == "date_of_birth" ? "dynamic_105" : key));
    Reader one(sandbox_, GetParam());
    ASSERT_TRUE(one.read()) << key << one.reading.error().detail;
    EXPECT_EQ(one.reading->not_delivered, std::vector<std::string>{field + ": " + key});
  }
}

INSTANTIATE_TEST_SUITE_P(OfV1AndV2, EveryAttribute,
                         testing::Values(PersonioApi::v1, PersonioApi::v2));

}  // namespace
}  // namespace refledger::test
