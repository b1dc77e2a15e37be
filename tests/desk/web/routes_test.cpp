// Every route of the application, from its own table: what changes something is refused without
// the session's token, with another's, by the wrong role, and does nothing a second time.
#include <gtest/gtest.h>

#include "desk/web/browser.h"
#include "desk/web/connections/area.h"
#include "desk/web/settings/area.h"

namespace refledger::site {
namespace {

using access::Role;

class FixedKeeper final : public SettingsKeeper {
 public:
  Result<Setting> get(const std::string&) const override { return Setting{"a | b", SetIn::file}; }
  Result<void> change(const std::map<std::string, std::optional<std::string>>&) override {
    ++changes;
    return {};
  }
  Result<std::vector<std::string>> keys_below(const std::string&) const override {
    return std::vector<std::string>{"text.closing.de"};
  }
  std::string version() const override { return "v1"; }
  int changes = 0;
};

struct RoutesTest : testing::Test {
  test::HandClock clock;
  test::FixedRandom random{2};
  test::MemoryStore store{vault::kSpaces};
  sign::MasterKey key = *sign::MasterKey::from_bytes(Bytes(32, 7));
  vault::Vault vault{store, key, random};
  accounts::Accounts accounts{vault, accounts::kinds(),
                              accounts::Outside{&clock, [](auto) {}, &random}};
  std::shared_ptr<FixedKeeper> keeper = std::make_shared<FixedKeeper>();
  World world{areas()};

  std::vector<Area> areas() {
    ConnectionParts connections;
    connections.accounts = &accounts;
    connections.people_account = "personio";
    connections.syncs = [] { return std::vector<SyncNote>{}; };
    connections.read_now = [] {};
    SettingsParts settings;
    settings.keeper = keeper;
    settings.checklist = [] { return std::vector<ChecklistItem>{{"company", false, "/x"}}; };
    settings.logo = [] { return std::optional<Picture>(); };
    settings.set_logo = [](ByteView) { return Result<void>(); };
    settings.set_mail_password = [](const std::string&) { return Result<void>(); };
    settings.send_test = [](const std::string&) { return Result<std::string>("250"); };
    settings.rules = [] { return Json::array(); };
    settings.keys = [] { return KeyFacts{}; };
    settings.examine_text = [](const std::string&, const std::string&) {
      return std::vector<TextRemark>{};
    };
    settings.seal = [] { return SealFacts{}; };
    settings.try_seal = [] { return Result<void>(); };
    settings.check_domain = [] { return Result<void>(); };
    return {connection_area(std::move(connections)), settings_area(std::move(settings))};
  }

  static std::string path_of(const Route& route) {
    std::string path = route.pattern;
    for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{')) {
      const bool form = path.compare(at, 6, "{form}") == 0;
      const bool kind = path.compare(at, 6, "{kind}") == 0;
      path.replace(at, path.find('}') - at + 1, form ? "company" : kind ? "personio" : "a1");
    }
    return path;
  }
  std::vector<Route> changing() const {
    std::vector<Route> routes;
    for (const Route& route : world.site->routes()) {
      if (route.method == Method::post && !route.who.anybody) routes.push_back(route);
    }
    return routes;
  }
};

TEST_F(RoutesTest, AreAllThere) { EXPECT_GT(changing().size(), 20u); }

TEST_F(RoutesTest, RefuseAMissingTokenAndAnothers) {
  world.add("b@firm.example", Role::administrator);
  Browser other(world);
  other.sign_in("b@firm.example");
  Browser anna(world);
  anna.sign_in();
  const std::uint64_t before = world.audit->head().lines;
  for (const Route& route : changing()) {
    EXPECT_FALSE(route.act.empty()) << route.pattern;
    const std::string once = std::string(32, 'a');
    EXPECT_EQ(anna.send("POST", path_of(route), "once=" + once).status(), 403u) << route.pattern;
    const std::string foreign = encoded({{"once", once}, {"csrf", other.csrf}});
    EXPECT_EQ(anna.send("POST", path_of(route), foreign).status(), 403u) << route.pattern;
  }
  EXPECT_EQ(world.audit->head().lines, before) << "nothing was begun";
}

TEST_F(RoutesTest, RefuseTheWrongRole) {
  world.add("clerk@firm.example", Role::clerk);
  Browser clerk(world);
  clerk.sign_in("clerk@firm.example");
  std::size_t refused = 0;
  for (const Route& route : changing()) {
    if (route.who.roles.has(Role::clerk)) continue;
    clerk.get("/profile");
    EXPECT_EQ(clerk.post(path_of(route), {{"version", "v1"}}).status(), 403u) << route.pattern;
    ++refused;
  }
  EXPECT_GT(refused, 10u);
  EXPECT_EQ(keeper->changes, 0);
}

TEST_F(RoutesTest, DoNothingASecondTime) {
  for (const Route& route : changing()) {
    Browser anna(world);
    anna.sign_in();
    const std::string csrf = anna.csrf;
    const std::string once = anna.once;
    anna.post(path_of(route), {{"version", "v1"}, {"issuer.name", "X"}});
    const std::uint64_t lines = world.audit->head().lines;
    const int changes = keeper->changes;
    anna.csrf = csrf;
    anna.once = once;
    const unsigned again =
        anna.post(path_of(route), {{"version", "v1"}, {"issuer.name", "X"}}).status();
    EXPECT_TRUE(again == 303u || again == 403u) << route.pattern << " " << again;
    EXPECT_EQ(world.audit->head().lines, lines) << route.pattern;
    EXPECT_EQ(keeper->changes, changes) << route.pattern;
  }
}

TEST_F(RoutesTest, RefuseAFormThatWasMadeFromAnOlderState) {
  Browser anna(world);
  anna.sign_in();
  EXPECT_EQ(anna.post("/settings/company", {{"version", "v0"}, {"issuer.name", "X"}}).status(),
            409u);
  EXPECT_EQ(keeper->changes, 0);
}

TEST_F(RoutesTest, ShowEveryPageWithoutFailingAndNameNobodyInMarkup) {
  const std::string hostile = "\"><svg onload=alert(1)>";
  const std::string token =
      *world.access->invite("h@firm.example", Role::clerk, world.anna.id, world.clock.now());
  ASSERT_TRUE(world.access->accept(token, hostile, kPassword, world.clock.now()));
  ASSERT_TRUE(world.access->rename(world.anna.id, hostile, ""));
  Browser anna(world);
  anna.sign_in();
  int pages = 0;
  for (const Route& route : world.site->routes()) {
    if (route.method != Method::get || route.pattern.find("{id}") != std::string::npos) continue;
    const http::Response response = anna.get(path_of(route));
    EXPECT_LT(response.status(), 500u) << route.pattern;
    EXPECT_EQ(response.body().find("<svg onload"), std::string::npos) << route.pattern;
    ++pages;
  }
  EXPECT_GT(pages, 10);
  const std::string people = anna.get("/accounts").body();
  EXPECT_NE(people.find("&quot;&gt;&lt;svg onload=alert(1)&gt;"), std::string::npos);
}

}  // namespace
}  // namespace refledger::site
