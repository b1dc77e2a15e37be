// Whose word counts: HR's choice first, then the account's order, and never a gap without a word.
#include "ingest/source/choice.h"

#include <gtest/gtest.h>

namespace refledger::ingest {
namespace {

const UtcMillis kMonday{std::chrono::milliseconds{1'790'000'000'000}};
const SourceOrder kOrder{"personio", "bexio"};

Told told(const std::string& account, const std::string& value) {
  return {account, {value, {account == kTyped ? "typed by Ada Muster" : account, "f", kMonday}}};
}

Candidates about_position(std::vector<Told> said) { return {{"position", std::move(said)}}; }

Chosen chosen(const Candidates& candidates, const Choices& choices = {},
              const SourceOrder& order = kOrder) {
  return choose(candidates, choices, order).at("position");
}

TEST(Choice, TheFirstOfTheOrderCountsWhateverCameFirst) {
  const Chosen one = chosen(about_position({told("bexio", "B"), told("personio", "P")}));
  EXPECT_EQ(one.told, told("personio", "P"));
  EXPECT_TRUE(one.disputed);
  EXPECT_FALSE(one.by_choice);
  EXPECT_FALSE(one.silent);
}

TEST(Choice, WhatHrChoseForAFieldComesBeforeTheOrder) {
  const Candidates both = about_position({told("personio", "P"), told("bexio", "B")});
  const Chosen one = chosen(both, {{"position", "bexio"}});
  EXPECT_EQ(one.told, told("bexio", "B"));
  EXPECT_TRUE(one.by_choice);
}

TEST(Choice, AChoiceForOneFieldSaysNothingAboutAnother) {
  const Candidates both = about_position({told("personio", "P"), told("bexio", "B")});
  EXPECT_EQ(chosen(both, {{"department", "bexio"}}).told.account, "personio");
}

TEST(Choice, AChosenSourceThatIsSilentLeavesNoGapAndIsNamed) {
  const Chosen one = chosen(about_position({told("personio", "P")}), {{"position", "bexio"}});
  EXPECT_EQ(one.told.value.value, "P");
  EXPECT_TRUE(one.silent);
  EXPECT_FALSE(one.by_choice);
  EXPECT_FALSE(one.disputed);
}

TEST(Choice, WhatHrTypedComesFirstUnlessTheOrderGivesItAPlace) {
  const Candidates both = about_position({told("personio", "P"), told(std::string(kTyped), "T")});
  EXPECT_EQ(chosen(both).told.account, kTyped);
  EXPECT_EQ(chosen(both, {}, {"personio", std::string(kTyped)}).told.account, "personio");
  EXPECT_EQ(chosen(both, {{"position", "personio"}}).told.account, "personio");
}

TEST(Choice, AccountsOutsideTheOrderComeLastByName) {
  const Candidates strangers = about_position({told("zeta", "Z"), told("alpha", "A")});
  EXPECT_EQ(chosen(strangers).told.account, "alpha");
  EXPECT_EQ(chosen(about_position({told("alpha", "A"), told("bexio", "B")})).told.account, "bexio");
}

TEST(Choice, IsTheSameInWhateverOrderTheSourcesWereAsked) {
  std::vector<Told> said{told("alpha", "1"), told("bexio", "2"), told("personio", "2"),
                         told(std::string(kTyped), "3")};
  const auto less = [](const Told& a, const Told& b) { return a.account < b.account; };
  std::sort(said.begin(), said.end(), less);
  const Chosen expected = chosen(about_position(said), {{"position", "alpha"}});
  do {
    EXPECT_EQ(chosen(about_position(said), {{"position", "alpha"}}), expected);
  } while (std::next_permutation(said.begin(), said.end(), less));
}

TEST(Choice, SourcesThatAgreeAreNoDispute) {
  const Chosen one = chosen(about_position({told("personio", "P"), told("bexio", "P")}));
  EXPECT_FALSE(one.disputed);
  EXPECT_EQ(one.told.value.from.source, "personio");
}

TEST(Choice, ASecondWordOfTheSameAccountReplacesItsFirst) {
  Candidates candidates;
  tell(candidates, "position", told("personio", "old"));
  tell(candidates, "position", told("personio", "new"));
  ASSERT_EQ(candidates["position"].size(), 1u);
  EXPECT_EQ(chosen(candidates).told.value.value, "new");
}

TEST(Choice, AFieldAboutWhichNobodySaysAnythingIsNotThere) {
  EXPECT_TRUE(choose({{"position", {}}}, {{"position", "bexio"}}, kOrder).empty());
}

TEST(Choice, APersonIsToldFieldByFieldWithItsProvenance) {
  const auto from = [](const char* field) { return Provenance{"Personio", field, kMonday}; };
  Person person{};
  person.given_name = {"Jana", from("first_name")};
  person.family_name = {"Muster", from("last_name")};
  person.hire_date = {Date{std::chrono::year{2019} / 3 / 1}, from("hire_date")};
  person.department = Value<std::string>{"Finanzen", from("department")};
  person.mapped["role_level"] = {"Kader", from("dynamic_7")};
  Candidates candidates;
  tell(candidates, "personio", person);
  EXPECT_EQ(candidates.at("hire_date").front().value.value, "2019-03-01");
  EXPECT_EQ(candidates.at("role_level").front().value.from, from("dynamic_7"));
  EXPECT_EQ(candidates.at("department").front().account, "personio");
  EXPECT_FALSE(candidates.contains("position"));
  EXPECT_EQ(candidates.size(), 5u);
}

}  // namespace
}  // namespace refledger::ingest
