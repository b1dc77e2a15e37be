// The same people in another system: by work e-mail, else by names and first day, never by guess.
#include "ingest/source/match.h"

#include <gtest/gtest.h>

namespace refledger::ingest {
namespace {

Person one(const std::string& id, const std::string& family, const std::string& mail,
           const char* start = "2020-01-01") {
  Person person;
  person.id = id;
  person.given_name.value = "Jana";
  person.family_name.value = family;
  person.hire_date.value = *parse_date(start, "test");
  if (!mail.empty()) person.work_email = Value<std::string>{mail, {}};
  return person;
}

/// Whose record of `there` is found for each of `here`.
std::map<std::string, std::string> found(const std::vector<Person>& here,
                                         const std::vector<Person>& there) {
  std::vector<const Person*> looked_for;
  for (const Person& each : here) looked_for.push_back(&each);
  Matcher matcher(looked_for);
  for (Person each : there) matcher.person(std::move(each));
  std::map<std::string, std::string> ids;
  for (const auto& [id, person] : matcher.found()) ids[id] = person.id;
  return ids;
}

using Ids = std::map<std::string, std::string>;

TEST(Matcher, FindsByWorkMailInAnyCaseWhateverTheNameIs) {
  EXPECT_EQ(found({one("1", "Muster", "Jana@example.ch")},
                  {one("a", "Amsel", "jana@EXAMPLE.ch"), one("b", "Muster", "other@example.ch")}),
            (Ids{{"1", "a"}}));
}

TEST(Matcher, FindsByNamesAndFirstDayWhereOneTellsNoMail) {
  EXPECT_EQ(found({one("1", "Muster", "jana@example.ch")}, {one("a", "Muster", "")}),
            (Ids{{"1", "a"}}));
  EXPECT_EQ(found({one("1", "Muster", "")}, {one("a", "Muster", "jana@example.ch")}),
            (Ids{{"1", "a"}}));
  EXPECT_EQ(found({one("1", "Muster", "")}, {one("a", "Muster", "", "2020-01-02")}), Ids{});
  EXPECT_EQ(found({one("1", "Muster", "x@example.ch")}, {one("a", "Muster", "y@example.ch")}),
            Ids{});
}

TEST(Matcher, FindsNobodyWhereTwoCouldBeMeant) {
  const std::vector<Person> twins{one("1", "Muster", ""), one("2", "Muster", "")};
  EXPECT_EQ(found(twins, {one("a", "Muster", "")}), Ids{});
  EXPECT_EQ(found({one("1", "Muster", "")}, {one("a", "Muster", ""), one("b", "Muster", "")}),
            Ids{});
  EXPECT_EQ(found({one("1", "Muster", "")}, {one("a", "Muster", ""), one("a", "Muster", "")}),
            Ids{});
}

TEST(Matcher, ForgetsEverybodyWhenTheListIsReadAgain) {
  const Person here = one("1", "Muster", "");
  Matcher matcher({&here});
  matcher.person(one("a", "Muster", ""));
  matcher.restart();
  EXPECT_TRUE(matcher.found().empty());
  matcher.person(one("a", "Muster", ""));
  EXPECT_EQ(matcher.found().size(), 1u);
  EXPECT_TRUE(matcher.unclear().empty());
}

}  // namespace
}  // namespace refledger::ingest
