// The settings pages: texts that the checks stop are not kept, and the seal's page says what is.
#include <gtest/gtest.h>

#include "desk/web/browser.h"
#include "desk/web/settings/area.h"

namespace refledger::site {
namespace {

class MapKeeper final : public SettingsKeeper {
 public:
  Result<Setting> get(const std::string& key) const override {
    const auto found = kept.find(key);
    return found == kept.end() ? Setting{} : Setting{found->second, SetIn::here};
  }
  Result<void> change(const std::map<std::string, std::optional<std::string>>& changes) override {
    for (const auto& [key, value] : changes) {
      if (value) {
        kept[key] = *value;
      } else {
        kept.erase(key);
      }
    }
    return {};
  }
  Result<std::vector<std::string>> keys_below(const std::string& root) const override {
    std::vector<std::string> keys;
    for (const auto& [key, value] : kept) {
      if (key.starts_with(root + ".")) keys.push_back(key);
    }
    return keys;
  }
  std::string version() const override { return Json(kept).dump(); }

  std::map<std::string, std::string> kept;
};

struct SettingsTest : testing::Test {
  std::shared_ptr<MapKeeper> keeper = std::make_shared<MapKeeper>();
  SealFacts seal;
  std::string trouble;  ///< of the next trial
  World world{areas()};
  Browser admin{world};

  SettingsTest() {
    world.add("root@firm.example", access::Role::administrator);
    admin.sign_in("root@firm.example");
  }

  std::vector<Area> areas() {
    SettingsParts parts;
    parts.keeper = keeper;
    parts.checklist = [] { return std::vector<ChecklistItem>(); };
    parts.logo = [] { return std::optional<Picture>(); };
    parts.rules = [] {
      return Json::parse(R"([{"country": "CH", "types": [{"type": "full_final",
          "names": {"en": "Full reference"},
          "rules": [{"about": "closing", "says": "usual"}]}]}])");
    };
    parts.keys = [] { return KeyFacts(); };
    parts.examine_text = [](const std::string& name, const std::string& text) {
      std::vector<TextRemark> remarks;
      for (const char* word : {"coded", "odd"}) {
        if (text.find(word) == std::string::npos) continue;
        remarks.push_back({word == std::string("coded"),
                           {{"en", "Read as a code in " + name}},
                           word,
                           "a source"});
      }
      return remarks;
    };
    parts.seal = [this] { return seal; };
    parts.try_seal = [this]() -> Result<void> {
      if (trouble.empty()) return {};
      return Error{Fault::upstream, trouble};
    };
    std::vector<Area> all;
    all.push_back(settings_area(std::move(parts)));
    return all;
  }

  static bool has(const http::Response& page, const std::string& text) {
    return std::string(page.body()).find(text) != std::string::npos;
  }
  http::Response save(const Fields& texts, const std::string& type = "") {
    admin.get("/settings/texts");
    Fields fields{{"version", keeper->version()}, {"language", "de"}, {"type", type}};
    fields.insert(fields.end(), texts.begin(), texts.end());
    return admin.post("/settings/texts", std::move(fields));
  }
};

TEST_F(SettingsTest, KeepTextByPlaceLanguageAndKindOfDocument) {
  EXPECT_EQ(save({{"closing", "First.\r\n\r\nSecond | still."}}).status(), 303u);
  EXPECT_EQ(save({{"employer_description", "One\r\nparagraph."}}, "CH.full_final").status(), 303u);
  EXPECT_EQ(keeper->kept, (std::map<std::string, std::string>{
                              {"text.closing.de", "First. | Second   still."},
                              {"text.employer_description.de.CH.full_final", "One paragraph."}}));
  const http::Response page = admin.get("/settings/texts?language=de&type=");
  EXPECT_TRUE(has(page, ">First.\nSecond   still.</textarea>"));
  EXPECT_TRUE(has(page, "/settings/texts?language&#x3D;de&amp;type&#x3D;CH.full_final") ||
              has(page, "/settings/texts?language=de&amp;type=CH.full_final"));
  EXPECT_TRUE(has(page, "CH: Full reference"));
  EXPECT_EQ(save({{"closing", ""}}).status(), 303u);
  EXPECT_EQ(keeper->kept.count("text.closing.de"), 0u);
}

TEST_F(SettingsTest, SayWhereAKindOfDocumentHasNoRoomForText) {
  const http::Response page = admin.get("/settings/texts?language=de&type=CH.full_final");
  EXPECT_TRUE(has(page, "Stands last"));
  EXPECT_FALSE(has(page, "Stands at the top"));
  EXPECT_TRUE(has(page, "has no room for it"));
}

TEST_F(SettingsTest, KeepNoTextThatWouldStopEveryDocument) {
  const http::Response stopped = save({{"closing", "something coded <b>"}});
  EXPECT_EQ(stopped.status(), 400u);
  EXPECT_TRUE(has(stopped, "Read as a code in closing.de"));
  EXPECT_TRUE(has(stopped, "something coded &lt;b&gt;</textarea>"));
  EXPECT_TRUE(keeper->kept.empty());
  EXPECT_EQ(save({{"closing", "something odd"}}).status(), 303u);
  EXPECT_TRUE(has(admin.get("/settings/texts?language=de"), "Read as a code"));
}

TEST_F(SettingsTest, RefuseTextMadeFromAnOlderPage) {
  admin.get("/settings/texts");
  EXPECT_EQ(admin.post("/settings/texts", {{"version", "old"}, {"closing", "x"}}).status(), 409u);
  EXPECT_TRUE(keeper->kept.empty());
}

TEST_F(SettingsTest, TellWhatSealsAndWhatIsMissing) {
  const Date until = *parse_date("2029-05-01", "day");
  seal.chain = {{"Firm <AG>", "ECDSA 256", until, false, false},
                {"Root", "ECDSA 256", until, true, false}};
  seal.level = "B-T";
  seal.missing = {"certificate"};
  const http::Response page = admin.get("/settings/seal");
  EXPECT_TRUE(has(page, "Firm &lt;AG&gt;"));
  EXPECT_TRUE(has(page, "does not say where to ask about revocation"));
  EXPECT_TRUE(has(page, "a demonstration certificate seals today"));
  EXPECT_TRUE(has(page, "always sealed at level B-B"));
  EXPECT_FALSE(has(page, "Nothing is missing"));
  seal.missing.clear();
  EXPECT_TRUE(has(admin.get("/settings/seal"), "Nothing is missing"));
}

TEST_F(SettingsTest, TakeLevelAuthorityAndMode) {
  const std::string pem = "-----BEGIN CERTIFICATE-----\nAAAA|BB\n-----END CERTIFICATE-----";
  admin.get("/settings/seal");
  EXPECT_EQ(admin
                .post("/settings/seal", {{"version", keeper->version()},
                                         {"seal.level", "B-LTA"},
                                         {"timestamp.url", "http://tsa.example"},
                                         {"timestamp.authority", pem},
                                         {"cases.signing", "by-hand"}})
                .status(),
            303u);
  EXPECT_EQ(keeper->kept,
            (std::map<std::string, std::string>{{"cases.signing", "by-hand"},
                                                {"seal.level", "B-LTA"},
                                                {"timestamp.authority", pem},
                                                {"timestamp.url", "http://tsa.example"}}));
  EXPECT_TRUE(has(admin.get("/settings/seal"), "AAAA|BB"));
}

TEST_F(SettingsTest, TryTheSealAndSayWhatWentWrong) {
  admin.get("/settings/seal");
  EXPECT_EQ(admin.post("/settings/seal/try", {}).status(), 303u);
  EXPECT_TRUE(has(admin.get("/settings/seal"), "A test document was sealed"));
  trouble = "timestamp: no answer";
  EXPECT_EQ(admin.post("/settings/seal/try", {}).status(), 303u);
  EXPECT_TRUE(has(admin.get("/settings/seal"), "timestamp: no answer"));
}

}  // namespace
}  // namespace refledger::site
