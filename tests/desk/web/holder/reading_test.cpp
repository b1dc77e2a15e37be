// The page of the draft: whoever has code and PIN reads and comments, and nobody else does.
#include <gtest/gtest.h>

#include "desk/case/leaver_side.h"
#include "desk/case/world.h"
#include "desk/web/browser.h"
#include "desk/web/holder/area.h"

namespace refledger::site {
namespace {

const std::string kHostile = "\"><svg onload=alert(1)>";
const desk::Actor kAnna{"u-anna", "Anna Schreiber", {desk::Role::clerk}};

struct DraftPageTest : testing::Test {
  desk::World hr;
  std::unique_ptr<World> web;
  std::string id;
  desk::ClaimTicket ticket;

  DraftPageTest() {
    hr.issuer.policy.four_eyes = {"*"};
    hr.source.people = {desk::leaver("7")};
    hr.source.people[0].mapped["reference_wish"] = desk::told<std::string>("full", "dynamic_4");
    hr.start(1);
    hr.sync();
    id = hr.only_case().case_id;
    desk::Fields fields{{"type", "full_final"},
                        {"functions.1.tasks", "Fräsen nach Zeichnung"},
                        {"overrides.seal.finding", "signing_mode_insufficient"},
                        {"overrides.seal.reason", "das Original folgt"}};
    for (const char* name : {"expertise", "quality", "quantity", "conduct_managers",
                             "conduct_colleagues", "conduct_clients"}) {
      fields["ratings." + std::string(name) + ".grade"] = "2";
    }
    EXPECT_TRUE(desk::Drafting(*hr.desk).save(id, 0, fields, kAnna).has_value());
    ticket = *desk::LeaverSide(*hr.desk).invite(id, kAnna);
    std::vector<Area> areas;
    areas.push_back(holder_area({hr.desk.get(), "https://verify.example"}));
    web = std::make_unique<World>(std::move(areas));
  }

  static bool has(const http::Response& page, const std::string& text) {
    return std::string(page.body()).find(text) != std::string::npos;
  }
  static std::string location(const http::Response& response) {
    return Browser::header(response, "Location");
  }
  http::Response enter(Browser& browser) {
    browser.get("/holder");
    return browser.post("/holder", {{"code", ticket.code}, {"pin", ticket.pin}});
  }
  desk::Heard heard() { return *desk::LeaverSide(*hr.desk).heard(id, kAnna); }
};

TEST_F(DraftPageTest, OpensToCodeAndPinAndToTheBrowserThatGaveThem) {
  Browser person(*web);
  EXPECT_EQ(location(enter(person)), "/holder/draft");
  EXPECT_TRUE(has(person.get("/holder/draft"), "Canaria Vogelsang7"));
  const http::Response file = person.get("/holder/draft.pdf");
  EXPECT_EQ(file.body().substr(0, 5), "%PDF-");
  EXPECT_EQ(Browser::header(file, "Cache-Control"), "no-store");

  Browser stranger(*web);
  stranger.get("/holder");
  for (const char* path : {"/holder/draft", "/holder/draft.pdf"}) {
    const http::Response refused = stranger.get(path);
    EXPECT_EQ(location(refused), "/holder") << path;
    EXPECT_FALSE(has(refused, "Vogelsang7"));
  }
  EXPECT_EQ(location(stranger.post("/holder/draft/say", {{"text", "x"}})), "/holder");
  EXPECT_EQ(location(stranger.post("/holder/draft/address", {{"to", "a@b.example"}})), "/holder");
  EXPECT_EQ(location(stranger.post("/holder/draft/consent", {{"consent", "yes"}})), "/holder");
  EXPECT_TRUE(heard().hearing.comments.empty());
}

TEST_F(DraftPageTest, EndsWithTheHalfHourAndWithLeaving) {
  Browser person(*web);
  enter(person);
  person.get("/holder/draft");
  person.post("/holder/leave", {});
  EXPECT_EQ(location(person.get("/holder/draft")), "/holder");
  enter(person);
  web->clock.advance(std::chrono::minutes(31));
  EXPECT_EQ(location(person.get("/holder/draft.pdf")), "/holder");
}

TEST_F(DraftPageTest, TakesNothingWithoutTheTokensOfItsForms) {
  Browser person(*web);
  enter(person);
  person.get("/holder/draft");
  for (const char* what : {"say", "address", "consent"}) {
    Browser forged = person;
    forged.csrf = std::string(forged.csrf.size(), 'A');
    EXPECT_GE(forged.post("/holder/draft/" + std::string(what), {{"text", "x"}}).status(), 400u);
  }
  Browser foreign = person;
  foreign.origin = "https://elsewhere.example";
  EXPECT_GE(foreign.post("/holder/draft/say", {{"text", "x"}}).status(), 400u);
  EXPECT_TRUE(heard().hearing.comments.empty());
}

TEST_F(DraftPageTest, ShowsACommentAsTextAndRefusesWhatIsNone) {
  Browser person(*web);
  enter(person);
  person.get("/holder/draft");
  EXPECT_EQ(location(person.post("/holder/draft/say", {{"text", kHostile}})), "/holder/draft");
  ASSERT_EQ(heard().hearing.comments.size(), 1u);
  EXPECT_EQ(heard().hearing.comments[0].text, kHostile);
  const http::Response page = person.get("/holder/draft");
  EXPECT_FALSE(has(page, "<svg onload"));
  EXPECT_TRUE(has(page, "&lt;svg onload"));
  person.post("/holder/draft/say", {{"text", "  "}});
  EXPECT_TRUE(has(person.get("/holder/draft"), "is-bad"));
  EXPECT_EQ(heard().hearing.comments.size(), 1u);
}

TEST_F(DraftPageTest, SaysThatTheDraftWasChangedSinceItWasRead) {
  Browser person(*web);
  enter(person);
  person.get("/holder/draft.pdf");
  EXPECT_FALSE(has(person.get("/holder/draft"), "was changed since you read it"));
  ASSERT_TRUE(desk::Drafting(*hr.desk).save(id, 1, {{"ratings.quality.grade", "1"}}, kAnna));
  EXPECT_TRUE(has(person.get("/holder/draft"), "was changed since you read it"));
  person.get("/holder/draft.pdf");
  EXPECT_FALSE(has(person.get("/holder/draft"), "was changed since you read it"));
}

}  // namespace
}  // namespace refledger::site
