// An order is read whole or not at all, and overrules what its case knows.
#include "desk/case/order.h"

#include <gtest/gtest.h>

#include "company.h"
#include "orders.h"

namespace refledger::desk {
namespace {

const UtcMillis kNow = *parse_time("2026-11-02T08:00:00.000Z", "test");

TEST(Order, IsReadFromItsFile) {
  const Result<Order> order = parse_order(full_order().dump());
  ASSERT_TRUE(order.has_value()) << order.error().detail;
  EXPECT_EQ(order->reference.type, "full_final");
  EXPECT_EQ(order->reference.functions.at(0).tasks.size(), 2u);
  EXPECT_EQ(order->reference.ratings.at(1).grade, 1);
  EXPECT_EQ(order->decisions.at(0).finding, "signing_mode_insufficient");
  EXPECT_TRUE(order->typed.count("given_name"));
  EXPECT_FALSE(order->typed.count("birthdate"));
  EXPECT_TRUE(order->with_qr);
}

// Each of these is one change to a good file.
TEST(Order, IsRefusedForAnythingThatItsFormatDoesNotHave) {
  const std::pair<const char*, Json> changes[] = {
      {"v", 2},
      {"unknown", true},
      {"by", ""},
      {"by", 7},
      {"type", nullptr},
      {"language", "deutsch"},
      {"salutation", "other"},
      {"employed_from", "2019-02-30"},
      {"employed_to", "soon"},
      {"signing", "scanned"},
      {"thanks", "yes"},
      {"qr", 1},
      {"functions", Json::parse(R"([{"title": "x", "salary": 1}])")},
      {"functions", Json::parse(R"([{"tasks": ["x"]}])")},
      {"ratings", Json::parse(R"([{"criterion": "quality", "grade": 6}])")},
      {"ratings", Json::parse(R"([{"criterion": "quality", "grade": 0}])")},
      {"ratings", Json::parse(R"([{"criterion": "quality", "grade": 1.5}])")},
      {"signatories", Json::parse(R"([{"name": "a"}, {"name": "b"}, {"name": "c"}])")},
      {"absences",
       Json::parse(R"([{"kind": "holiday", "from": "2020-01-01", "to": "2020-01-02"}])")},
      {"overrides", Json::parse(R"([{"finding": "limiting_word"}])")},
      {"overrides", Json::parse(R"([{"finding": "limiting_word", "reason": ""}])")},
      {"blocks", Json::parse(R"({"closing": ["x"]})")},
      {"training", std::vector<std::string>(61, "x")},
      {"employer_description", std::string(8001, 'x')}};
  for (const auto& [name, value] : changes) {
    Json order = full_order();
    order[name] = value;
    const Result<Order> read = parse_order(order.dump());
    ASSERT_FALSE(read.has_value()) << name << " " << value.dump().substr(0, 60);
    EXPECT_EQ(read.error().fault, Fault::malformed);
    EXPECT_EQ(read.error().detail.find("Canaria"), std::string::npos);
  }
  for (const char* text : {"", "[]", "null", "{", "{\"v\":1,\"v\":1}"}) {
    EXPECT_FALSE(parse_order(text).has_value()) << text;
  }
  EXPECT_FALSE(parse_order(std::string(kMaxOrder + 1, ' ')).has_value());
}

TEST(Order, OverrulesTheCaseAndSaysWhoTypedIt) {
  Facts known;
  known["given_name"] = {"Canaria", {"Personio", "first_name", kNow}};
  known["family_name"] = {"Vogelsang", {"Personio", "last_name", kNow}};
  Json file = full_order();
  file.erase("given_name");
  const Order order = *parse_order(file.dump());
  const Facts facts = facts_of(order, known, example_issuer(), kNow);
  EXPECT_EQ(facts.at("given_name").from.source, "Personio");
  EXPECT_EQ(facts.at("family_name").value, "Dupond");
  EXPECT_EQ(facts.at("family_name").from.source, "typed by P. Muster");
  EXPECT_EQ(facts.at("employer").from.source, "settings");
  EXPECT_EQ(facts.at("position").value, "responsable de projets");
  EXPECT_EQ(facts.at("to").value, "chantal@example.org");
}

TEST(Order, TakesTheFunctionOfTheCaseWhereItNamesNone) {
  Json file = full_order();
  file.erase("functions");
  const Order order = *parse_order(file.dump());
  Facts known;
  known["position"] = {"Polymechanikerin", {"Personio", "position", kNow}};
  Facts facts = facts_of(order, known, example_issuer(), kNow);
  facts["document_date"] = {"2026-11-02", {}};
  const Result<letter::Reference> reference = reference_of(order, facts);
  ASSERT_TRUE(reference.has_value()) << reference.error().detail;
  ASSERT_EQ(reference->functions.size(), 1u);
  EXPECT_EQ(reference->functions[0].title, "Polymechanikerin");
  EXPECT_FALSE(reference->functions[0].from.has_value());
  EXPECT_EQ(reference->signatories.at(0).name, "Petra Muster");
  EXPECT_EQ(reference->signatories.at(0).function, "Personalleitung");
}

TEST(Order, NamesTheFactThatIsMissing) {
  for (const char* name : {"given_name", "family_name", "country", "language", "employed_from"}) {
    Json file = full_order();
    file.erase(name);
    const Order order = *parse_order(file.dump());
    Facts facts = facts_of(order, {}, example_issuer(), kNow);
    facts["document_date"] = {"2026-11-02", {}};
    EXPECT_EQ(reference_of(order, facts).error().fault, Fault::malformed) << name;
  }
}

TEST(Order, IsTheSameCaseOnlyForTheSameFile) {
  EXPECT_EQ(person_of("a"), person_of("a"));
  EXPECT_NE(person_of("a"), person_of("b"));
}

}  // namespace
}  // namespace refledger::desk
