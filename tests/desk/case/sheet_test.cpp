// What HR writes: versions, two people at once, undoing, and what an order comes of it.
#include "desk/case/sheet.h"

#include <gtest/gtest.h>

#include "desk/case/order.h"
#include "desk/case/sheet_order.h"

namespace refledger::desk {
namespace {

Signed by(const std::string& id, int minute = 0) {
  return {id, "Name of " + id, UtcMillis{std::chrono::minutes{minute}}};
}

// What `id` writes on version `base`.
Saved written(Sheet& sheet, std::uint64_t base, const Fields& changes,
              const std::string& id = "anna") {
  Result<Saved> saved = save(sheet, base, changes, by(id));
  EXPECT_TRUE(saved.has_value()) << saved.error().detail;
  return saved ? *saved : Saved{};
}

TEST(Sheet, EachChangeIsAVersionAndNoChangeIsNone) {
  Sheet sheet;
  EXPECT_EQ(written(sheet, 0, {{"type", "full_final"}}).version, 1u);
  EXPECT_EQ(written(sheet, 1, {{"type", "full_final"}, {"thanks", ""}}).version, 1u);
  EXPECT_EQ(written(sheet, 1, {{"type", "full_interim"}}).version, 2u);
  EXPECT_EQ(sheet.history.size(), 2u);
  EXPECT_EQ(sheet.fields.at("type").by.id, "anna");
}

TEST(Sheet, TwoPeopleOnDifferentFieldsLoseNothing) {
  Sheet sheet;
  written(sheet, 0, {{"type", "full_final"}, {"training", "a"}, {"leaving_reason", "own_wish"}});
  written(sheet, 1, {{"training", "b"}, {"leaving_reason", "own_wish"}}, "anna");
  const Saved second =
      written(sheet, 1, {{"training", "a"}, {"leaving_reason", "term_end"}}, "beat");
  EXPECT_TRUE(second.clashes.empty());
  EXPECT_EQ(second.version, 3u);
  EXPECT_EQ(second.by_others, std::vector<std::string>{"training"});
  EXPECT_EQ(sheet.text("training"), "b");
  EXPECT_EQ(sheet.text("leaving_reason"), "term_end");
}

TEST(Sheet, TwoPeopleOnOneFieldAreBothShownAndNeitherIsLost) {
  Sheet sheet;
  written(sheet, 0, {{"training", "a"}, {"thanks", ""}});
  written(sheet, 1, {{"training", "of Anna"}}, "anna");
  const Saved second = written(sheet, 1, {{"training", "of Beat"}, {"thanks", "yes"}}, "beat");
  ASSERT_EQ(second.clashes.size(), 1u);
  EXPECT_EQ(second.clashes[0].yours, "of Beat");
  EXPECT_EQ(second.clashes[0].theirs, "of Anna");
  EXPECT_EQ(second.clashes[0].by.name, "Name of anna");
  EXPECT_EQ(sheet.text("training"), "of Anna");
  EXPECT_EQ(sheet.text("thanks"), "yes");
  EXPECT_TRUE(written(sheet, second.version, {{"training", "of Beat"}}, "beat").clashes.empty());
  EXPECT_EQ(sheet.text("training"), "of Beat");
}

TEST(Sheet, TheSameTextFromBothIsNoClash) {
  Sheet sheet;
  written(sheet, 0, {{"training", "a"}});
  written(sheet, 1, {{"training", "b"}}, "anna");
  EXPECT_TRUE(written(sheet, 1, {{"training", "b"}}, "beat").clashes.empty());
  EXPECT_EQ(sheet.version, 2u);
}

TEST(Sheet, AVersionFromTheFutureIsRefused) {
  Sheet sheet;
  EXPECT_EQ(save(sheet, 1, {{"type", "simple"}}, by("anna")).error().fault, Fault::conflict);
}

TEST(Sheet, GoesBackToAnyVersionAndForthAgain) {
  Sheet sheet;
  for (int n = 1; n <= 6; ++n) {
    written(sheet, sheet.version, {{"training", std::to_string(n)}, {n % 2 ? "to" : "type", "x"}});
  }
  const Sheet last = sheet;
  for (std::uint64_t version = 0; version <= last.version; ++version) {
    sheet = last;
    const auto wanted = fields_at(last, version);
    ASSERT_TRUE(wanted.has_value());
    ASSERT_TRUE(restore(sheet, version, by("beat")).has_value());
    for (const auto& [name, entry] : *wanted) EXPECT_EQ(sheet.text(name), entry.text) << name;
    ASSERT_TRUE(restore(sheet, last.version, by("beat")).has_value());
    EXPECT_EQ(sheet.texts(), last.texts());
  }
  EXPECT_EQ(restore(sheet, 1000, by("beat")).error().fault, Fault::not_found);
}

TEST(Sheet, ForgetsWhatIsTooLongAgoAndThenMergesNothingBlindly) {
  Sheet sheet;
  for (std::size_t n = 0; n < kMaxRevisions + 5; ++n) {
    written(sheet, sheet.version, {{"training", std::to_string(n)}});
  }
  EXPECT_EQ(sheet.history.size(), kMaxRevisions);
  EXPECT_FALSE(fields_at(sheet, 2).has_value());
  const Saved late = written(sheet, 2, {{"training", "old"}}, "beat");
  EXPECT_EQ(late.clashes.size(), 1u);
}

TEST(Sheet, TakesNoFieldThatNoSheetHas) {
  Sheet sheet;
  for (const char* name :
       {"", "employer", "functions", "functions.0.title", "functions.1.x", "functions.40.title",
        "ratings.quality", "ratings.Quality.grade", "signatories.3.name", "blocks.", "x.y",
        "edited.a b", "overrides.a.b", "case", "by", "v"}) {
    EXPECT_EQ(save(sheet, 0, {{name, "x"}}, by("anna")).error().fault, Fault::malformed) << name;
  }
}

TEST(Sheet, TakesLinesAndRefusesWhatIsHidden) {
  Sheet sheet;
  written(sheet, 0, {{"functions.1.tasks", "one\r\ntwo\rthree \n\n"}});
  EXPECT_EQ(sheet.text("functions.1.tasks"), "one\ntwo\nthree");
  for (const char* text : {"a\x01", "\xff", "a\xe2\x80\xae z"}) {
    EXPECT_EQ(save(sheet, 1, {{"training", text}}, by("anna")).error().fault, Fault::malformed);
  }
  EXPECT_EQ(
      save(sheet, 1, {{"training", std::string(kMaxField + 1, 'a')}}, by("anna")).error().fault,
      Fault::out_of_range);
}

TEST(Sheet, IsNotLongerThanAllowed) {
  Sheet sheet;
  for (int n = 1; n < 40; ++n) {
    const std::string name = "functions." + std::to_string(n) + ".tasks";
    Result<Saved> saved =
        save(sheet, sheet.version, {{name, std::string(kMaxField, 'a')}}, by("anna"));
    if (!saved) {
      EXPECT_EQ(saved.error().fault, Fault::out_of_range);
      EXPECT_GT(n, 20);
      return;
    }
  }
  FAIL() << "there is no limit";
}

TEST(Sheet, IsKeptAndReadAsItWas) {
  Sheet sheet;
  written(sheet, 0, {{"type", "full_final"}, {"given_name", "\"><svg onload=alert(1)>"}});
  written(sheet, 1, {{"type", ""}}, "beat");
  sheet.asked = Given{by("beat"), 2, "", ""};
  sheet.approval = Given{by("carla"), 2, "aa", ""};
  sheet.returned = Given{by("carla"), 1, "", "why"};
  sheet.last_approved = Approved{*sheet.approval, {{"type", "simple"}}, "text"};
  Result<std::string> text = to_text(sheet);
  ASSERT_TRUE(text.has_value());
  Result<Sheet> again = sheet_from(*text);
  ASSERT_TRUE(again.has_value()) << again.error().detail;
  EXPECT_EQ(*again, sheet);
}

TEST(Sheet, ReadsNothingElse) {
  Sheet sheet;
  written(sheet, 0, {{"type", "full_final"}});
  const Json whole = Json::parse(*to_text(sheet));
  for (const auto& [name, value] : whole.items()) {
    Json other = whole;
    other.erase(name);
    EXPECT_FALSE(sheet_from(other.dump()).has_value()) << name;
    other = whole;
    other[name] = "x";
    EXPECT_FALSE(sheet_from(other.dump()).has_value()) << name;
  }
}

TEST(Sheet, ForgettingLeavesWhoWroteWhen) {
  Sheet sheet;
  written(sheet, 0, {{"training", "old"}});
  written(sheet, 1, {{"training", "new"}});
  forget_history(sheet);
  EXPECT_EQ(to_text(sheet)->find("old"), std::string::npos);
  EXPECT_EQ(sheet.history.size(), 2u);
}

// ---- the order ----------------------------------------------------------------------------------

Facts facts() {
  Facts facts;
  facts["position"] = {"Polymechanikerin", {"Personio", "position", {}}};
  facts["workload"] = {"80 %", {"Personio", "workload", {}}};
  facts["employed_from"] = {"2019-03-01", {"Personio", "hire_date", {}}};
  facts["given_name"] = {"Canaria", {"Personio", "first_name", {}}};
  return facts;
}

TEST(SheetOrder, IsTheOrderThatAFileWouldBe) {
  Sheet sheet;
  written(sheet, 0,
          {{"type", "full_final"},
           {"functions.1.tasks", "turning\nmilling"},
           {"functions.2.title", "Gruppenleiterin"},
           {"functions.2.from", "2022-01-01"},
           {"functions.3.tasks", "without a title"},
           {"ratings.quality.grade", "2"},
           {"ratings.quality.evidence", "audit of 2025"},
           {"ratings.overall.evidence", "no grade yet"},
           {"thanks", "yes"},
           {"training", "one\n\n two "},
           {"grounds.leaving_reason", "asked for"},
           {"blocks.closing", "Bye"},
           {"signatories.1.name", "P. Muster"},
           {"signatories.1.rank", "Prokuristin"},
           {"signatories.2.rank", "nobody"},
           {"absences", "illness 2024-01-01 2024-02-01"},
           {"overrides.ab.finding", "tense_mixed"},
           {"overrides.ab.reason", "meant so"},
           {"overrides.cd.finding", "tense_mixed"},
           {"qr", "no"},
           {"to", "c@example.org"}});
  Result<std::string> text = order_text(sheet, "c1", facts());
  ASSERT_TRUE(text.has_value()) << text.error().detail;
  Result<Order> order = parse_order(*text);
  ASSERT_TRUE(order.has_value()) << order.error().detail;
  EXPECT_EQ(order->case_id, "c1");
  EXPECT_EQ(order->by, "Name of anna");
  EXPECT_EQ(order->to, "c@example.org");
  EXPECT_FALSE(order->with_qr);
  const letter::Reference& reference = order->reference;
  ASSERT_EQ(reference.functions.size(), 2u);
  EXPECT_EQ(reference.functions[0].title, "Polymechanikerin");
  EXPECT_EQ(reference.functions[0].workload, "80 %");
  EXPECT_EQ(reference.functions[0].tasks, (std::vector<std::string>{"turning", "milling"}));
  EXPECT_EQ(reference.functions[1].title, "Gruppenleiterin");
  EXPECT_EQ(reference.training, (std::vector<std::string>{"one", "two"}));
  ASSERT_EQ(reference.ratings.size(), 1u);
  EXPECT_EQ(reference.ratings[0].evidence, "audit of 2025");
  ASSERT_EQ(reference.signatories.size(), 1u);
  EXPECT_EQ(reference.signatories[0].rank, "Prokuristin");
  EXPECT_EQ(order->decisions.size(), 1u);
  EXPECT_EQ(order->absences.size(), 1u);
  EXPECT_EQ(*order_text(sheet, "c1", facts()), *text);
}

TEST(SheetOrder, SaysWhatIsMissingOrWrong) {
  Sheet sheet;
  EXPECT_EQ(order_text(sheet, "c1", facts()).error().detail, "type: missing");
  written(sheet, 0, {{"type", "full_final"}, {"absences", "illness since"}});
  EXPECT_EQ(order_text(sheet, "c1", facts()).error().fault, Fault::malformed);
}

TEST(SheetOrder, WhatOverrulesTheHrSystemNeedsAReason) {
  Sheet sheet;
  written(sheet, 0, {{"type", "full_final"}, {"given_name", "Kanaria"}});
  EXPECT_EQ(without_reason(sheet, facts()), std::vector<std::string>{"given_name"});
  written(sheet, 1, {{"reasons.given_name", "misspelt in the HR system"}});
  EXPECT_TRUE(without_reason(sheet, facts()).empty());
  written(sheet, 2, {{"given_name", "Canaria"}, {"reasons.given_name", ""}});
  EXPECT_TRUE(without_reason(sheet, facts()).empty());
}

}  // namespace
}  // namespace refledger::desk
