// The site: what is checked of every request, before any handler sees it.
#include "desk/web/site.h"

#include "desk/web/browser.h"

namespace refledger::site {
namespace {

using access::Role;

struct SiteTest : testing::Test {
  int done = 0;
  Area area() {
    Area made;
    made.routes.push_back({Method::post, "/things/{id}/do", Who::with(Role::clerk), "thing.do",
                           [this](Context& context) {
                             ++done;
                             context.flash("good", "done <b>");
                             return context.redirect("/things/" + context.path.at("id"));
                           }});
    made.routes.push_back(
        {Method::get, "/things/{id}", Who::with(Role::clerk | Role::auditor), "thing.view",
         [](Context& context) { return context.refuse(200, context.path.at("id")); }});
    made.routes.push_back({Method::get, "/things/new", Who::signed_in(), "",
                           [](Context& context) { return context.refuse(200, "frame.stale"); }});
    made.menu.push_back({"/things/new", "frame.save", Roles(Role::clerk)});
    return made;
  }
  using Roles = access::Roles;
  World world{{area()}};
  Browser browser{world};
};

TEST_F(SiteTest, SendsWhoIsNotSignedInToTheDoorAndBack) {
  const http::Response away = browser.get("/things/a1");
  EXPECT_EQ(away.status(), 303u);
  EXPECT_EQ(Browser::header(away, "Location"), "/sign-in?next=/things/a1");
  browser.get("/sign-in?next=/things/a1");
  const auto in = browser.post(
      "/sign-in", {{"mail", "anna@firm.example"}, {"password", kPassword}, {"next", "/things/a1"}});
  EXPECT_EQ(Browser::header(in, "Location"), "/things/a1");
  EXPECT_EQ(browser.get("/things/a1").status(), 200u);
}

TEST_F(SiteTest, LeadsNowhereElseAfterSigningIn) {
  for (const char* next : {"https://evil.example", "//evil.example", "/\\evil.example", "evil"}) {
    Browser fresh(world);
    fresh.get("/sign-in");
    const auto in = fresh.post(
        "/sign-in", {{"mail", "anna@firm.example"}, {"password", kPassword}, {"next", next}});
    EXPECT_EQ(Browser::header(in, "Location"), "/") << next;
  }
}

TEST_F(SiteTest, GivesANewTokenAtSigningInAndKeepsItFromScripts) {
  browser.get("/sign-in");
  const std::string before = browser.cookies.at("__Host-refledger");
  const http::Response in = browser.sign_in();
  EXPECT_NE(browser.cookies.at("__Host-refledger"), before);
  const std::string cookie = Browser::header(in, "Set-Cookie");
  for (const char* part : {"; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"}) {
    EXPECT_NE(cookie.find(part), std::string::npos) << part;
  }
}

TEST_F(SiteTest, DoesWhatAFormOfItsOwnAsks) {
  browser.sign_in();
  const http::Response response = browser.post("/things/a1/do", {});
  EXPECT_EQ(Browser::header(response, "Location"), "/things/a1");
  EXPECT_EQ(done, 1);
  const std::string page = browser.get("/things/a1").body();
  EXPECT_NE(page.find("done &lt;b&gt;"), std::string::npos) << "said once, as text";
  EXPECT_EQ(browser.get("/things/a1").body().find("done &lt;b&gt;"), std::string::npos);
}

TEST_F(SiteTest, RefusesATokenThatIsMissingOrAnotherSessions) {
  Browser other(world);
  world.add("b@firm.example", Role::clerk);
  other.sign_in("b@firm.example");
  browser.sign_in();
  for (const std::string& token : {std::string(), other.csrf, browser.csrf + "x"}) {
    browser.csrf = token;
    EXPECT_EQ(browser.post("/things/a1/do", {}).status(), 403u);
    browser.get("/profile");
  }
  EXPECT_EQ(done, 0);
}

TEST_F(SiteTest, RefusesAnotherOriginAndNoOriginAtAll) {
  browser.sign_in();
  for (const char* origin : {"https://evil.example", "http://hr.firm.example", "null", ""}) {
    browser.origin = origin;
    EXPECT_EQ(browser.post("/things/a1/do", {}).status(), 403u) << origin;
  }
  EXPECT_EQ(done, 0);
}

TEST_F(SiteTest, DoesNothingTwiceHoweverOftenAFormIsSent) {
  browser.sign_in();
  const std::string csrf = browser.csrf;
  const std::string once = browser.once;
  for (int at = 0; at < 3; ++at) {
    browser.csrf = csrf;
    browser.once = once;
    EXPECT_EQ(Browser::header(browser.post("/things/a1/do", {}), "Location"), "/things/a1");
  }
  EXPECT_EQ(done, 1);
  browser.once = "";
  EXPECT_EQ(browser.post("/things/a1/do", {}).status(), 400u) << "without a token of its own";
  EXPECT_EQ(done, 1);
}

TEST_F(SiteTest, RefusesTheWrongRoleAndNotesIt) {
  world.add("audit@firm.example", Role::auditor);
  browser.sign_in("audit@firm.example");
  EXPECT_EQ(browser.post("/things/a1/do", {}).status(), 403u);
  EXPECT_EQ(done, 0);
  EXPECT_EQ(world.audit->newest(0, 1, [](auto&) { return true; })->events.front().did, "refused");
  EXPECT_EQ(browser.get("/things/a1").status(), 200u);
}

TEST_F(SiteTest, ChangesNothingByGet) {
  browser.sign_in();
  const http::Response response = browser.get("/things/a1/do");
  EXPECT_EQ(response.status(), 405u);
  EXPECT_EQ(Browser::header(response, "Allow"), "POST");
  EXPECT_EQ(done, 0);
}

TEST_F(SiteTest, WritesTheAuditLogFirstAndDoesNothingWhereItCannot) {
  browser.sign_in();
  browser.post("/things/a1/do", {});
  const auto page = *world.audit->newest(0, 9, [](auto& event) { return event.of == "a1"; });
  ASSERT_EQ(page.events.size(), 1u);
  EXPECT_EQ(page.events[0].did, "thing.do");
  EXPECT_EQ(page.events[0].by, world.anna.id);
  browser.get("/profile");
  EXPECT_EQ(browser.post("/things/Anna%20Meier/do", {}).status(), 400u) << "not an id";
  browser.get("/profile");
  world.store.fail_write(1, test::MemoryStore::Loss::lost);
  EXPECT_EQ(browser.post("/things/a2/do", {}).status(), 503u);
  EXPECT_EQ(done, 1);
  EXPECT_GT(world.storage_faults, 0) << "the desk stops";
}

TEST_F(SiteTest, KnowsItsHostsAndNoOthers) {
  browser.host = "evil.example";
  EXPECT_EQ(browser.get("/sign-in").status(), 421u);
  browser.host = "127.0.0.1:8482";
  const http::Response plain = browser.get("/sign-in");
  EXPECT_EQ(plain.status(), 200u);
  EXPECT_TRUE(Browser::header(plain, "Set-Cookie").starts_with("refledger="));
  EXPECT_TRUE(Browser::header(plain, "Strict-Transport-Security").empty());
}

TEST_F(SiteTest, PrefersAFixedPathAndAnswersUnknownOnesWith404) {
  browser.sign_in();
  EXPECT_NE(browser.get("/things/new").body().find("Somebody has changed"), std::string::npos);
  EXPECT_EQ(browser.get("/nothing/here").status(), 404u);
  EXPECT_EQ(browser.get("/things/").status(), 404u);
}

TEST_F(SiteTest, AnswersEveryPageWithStrictHeaders) {
  for (const char* path : {"/sign-in", "/nothing", "/assets/old/style.css"}) {
    const http::Response response = browser.get(path);
    EXPECT_TRUE(
        Browser::header(response, "Content-Security-Policy").starts_with("default-src 'none'"));
    EXPECT_EQ(Browser::header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(Browser::header(response, "Cache-Control"), "no-store");
    EXPECT_FALSE(Browser::header(response, "Strict-Transport-Security").empty());
  }
}

TEST_F(SiteTest, SpeaksTheLanguageThatSomebodyChose) {
  browser.sign_in();
  browser.post("/language", {{"language", "it"}, {"next", "/profile"}});
  EXPECT_NE(browser.get("/things/new").body().find("<html lang=\"it\">"), std::string::npos);
  EXPECT_EQ(world.access->user(world.anna.id)->language, "it");
}

TEST_F(SiteTest, ShowsTheCompanysNameAsText) {
  EXPECT_NE(browser.get("/sign-in").body().find("Firm &amp; Sons &lt;AG&gt;"), std::string::npos);
}

TEST_F(SiteTest, EndsTheSessionAtSigningOut) {
  browser.sign_in();
  const std::string token = browser.cookies.at("__Host-refledger");
  browser.post("/sign-out", {});
  browser.cookies["__Host-refledger"] = token;
  EXPECT_EQ(browser.get("/things/a1").status(), 303u);
}

// Every POST of somebody signed in stands in the log; every one is refused without its token.
TEST_F(SiteTest, HoldsEveryRouteToTheRules) {
  for (const Route& route : world.site->routes()) {
    if (route.method != Method::post) continue;
    std::string path = route.pattern;
    for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{')) {
      path.replace(at, path.find('}') - at + 1, "a1");
    }
    if (!route.who.anybody) {
      EXPECT_FALSE(route.act.empty()) << route.pattern;
    }
    Browser fresh(world);
    EXPECT_EQ(fresh.send("POST", path, "").status(), 403u) << path;
    fresh.sign_in();
    EXPECT_EQ(fresh.send("POST", path, "once=" + fresh.once).status(), 403u) << path;
    EXPECT_EQ(
        fresh.get(route.pattern.find('{') == std::string::npos ? path + "x" : path + "/x").status(),
        404u);
  }
}

}  // namespace
}  // namespace refledger::site
