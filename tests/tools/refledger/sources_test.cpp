// The orders of `refledger source` over real accounts and a real server: what they answer, and that
// no answer, error or table ever holds a secret.
#include "tools/refledger/sources.h"

#include <mutex>

#include "http/server.h"
#include "support/memory_store.h"
#include "support/support.h"
#include "tools/refledger/source_tables.h"

namespace refledger::tools {
namespace {

constexpr const char* kToken = "canary-token-4711-abcdef";
constexpr const char* kOther = "canary-token-0815-ghijkl";

// bexio's company profile, for whoever has the token.
class Bexio {
 public:
  Bexio() {
    http::Settings settings;
    settings.endpoint = http::TcpEndpoint{"127.0.0.1", 0};
    auto server = http::Server::start(settings, [this](const http::Request& request) {
      const std::lock_guard lock(mutex_);
      if (request.header("authorization") != "Bearer " + token_) {
        return http::Response(401, "application/json", "{\"message\":\"Unauthorized\"}");
      }
      return http::Response(200, "application/json",
                            "[{\"name\":\"Muster AG\",\"address\":\"Neue Strasse 1\","
                            "\"postcode\":8640,\"city\":\"Rapperswil\",\"ust_id_nr\":\"CHE-1\"}]");
    });
    if (!server) ADD_FAILURE() << server.error().detail;
    server_ = std::move(*server);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
  void accept(const std::string& token) {
    const std::lock_guard lock(mutex_);
    token_ = token;
  }

 private:
  std::mutex mutex_;
  std::string token_ = kToken;
  std::unique_ptr<http::Server> server_;
};

struct SourcesTest : testing::Test {
  SourcesTest() {
    settings.issuer.name = "Muster AG";
    settings.issuer.account = "personio";
  }

  Result<Json> order(const char* path, const Json& body = Json::object()) {
    Result<Json> answer = sources.answer(path, body);
    told += answer ? answer->dump() : answer.error().detail;
    return answer;
  }
  void told_of(const char* path, const Json& body) { (void)order(path, body).has_value(); }
  Json with_token(const char* token, Json more = Json::object()) {
    more["credentials"] = {{"token", token}};
    return more;
  }
  Result<Json> add(const char* token = kToken) {
    return order("/source/add",
                 with_token(token, {{"kind", "bexio"}, {"name", "bexio"}, {"url", bexio.url()}}));
  }

  Bexio bexio;
  test::MemoryStore store{vault::kSpaces};
  sign::MasterKey master = *sign::MasterKey::from_bytes(Bytes(32, 7));
  test::FixedRandom random;
  test::HandClock clock;
  vault::Vault vault{store, master, random};
  accounts::Accounts accounts{
      vault, accounts::kinds(), {&clock, [](std::chrono::milliseconds) {}, &random}};
  Settings settings;
  Sources sources{accounts, settings};
  std::string told;  ///< every answer and every error, one after the other
};

TEST_F(SourcesTest, ConnectsWhatPassesTheTestAndSaysItemByItemWhatWasFound) {
  const Json answer = *add();
  EXPECT_EQ(answer["stored"], true);
  EXPECT_EQ(answer["passed"], true);
  bool warned = false;
  for (const Json& item : answer["items"]) {
    for (const char* language : {"de", "fr", "it", "en"}) {
      EXPECT_FALSE(item["text"][language].get<std::string>().empty());
    }
    warned = warned || item["state"] == "warning";
  }
  EXPECT_TRUE(warned);
  const Json listed = *order("/source/list");
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0]["active"], true);
  EXPECT_EQ(listed[0]["read_for_leavers"], false);
  EXPECT_EQ(listed[0]["tested_at"], format_time(clock.now()));
}

TEST_F(SourcesTest, KeepsNothingOfWhatDoesNotPass) {
  const Json answer = *add(kOther);
  EXPECT_EQ(answer["stored"], false);
  EXPECT_EQ(answer["items"][0]["state"], "missing");
  EXPECT_TRUE(order("/source/list")->empty());
}

TEST_F(SourcesTest, ReplacesATokenOnceTheNewOneWorks) {
  ASSERT_TRUE(add());
  EXPECT_EQ((*order("/source/set", with_token(kOther, {{"name", "bexio"}})))["stored"], false);
  EXPECT_EQ((*order("/source/test", {{"name", "bexio"}}))["passed"], true);
  bexio.accept(kOther);
  EXPECT_EQ((*order("/source/test", {{"name", "bexio"}}))["passed"], false);
  EXPECT_EQ((*order("/source/list"))[0]["failing"]["why"], "the last test did not pass");
  EXPECT_EQ((*order("/source/set", with_token(kOther, {{"name", "bexio"}})))["stored"], true);
  EXPECT_EQ((*order("/source/test", {{"name", "bexio"}}))["passed"], true);
}

TEST_F(SourcesTest, ShowsTheCompanyBesideTheSettingsAndKeepsItWhenBexioFails) {
  ASSERT_TRUE(add());
  const Json fresh = *order("/source/company");
  EXPECT_EQ(fresh["fields"][0]["field"], "name");
  EXPECT_EQ(fresh["fields"][1]["values"][0]["value"], "Neue Strasse 1\n8640 Rapperswil");
  EXPECT_EQ(fresh["fields"][1]["values"][0]["printed"], false);
  EXPECT_EQ(fresh["fields"][1]["values"][0]["read_at"], format_time(clock.now()));
  EXPECT_EQ(fresh["accounts"][0]["unusable"][0], "uid: not a UID number");
  bexio.accept("nobody's");
  clock.advance(std::chrono::hours{3});
  const Json kept = *order("/source/company");
  EXPECT_EQ(kept["fields"], fresh["fields"]);
  EXPECT_EQ(kept["accounts"][0]["failing"]["why"], "bexio: GET company_profile answered 401");
  EXPECT_NE(company_table(kept).find("fails since"), std::string::npos);
}

TEST_F(SourcesTest, DisconnectingForgetsTheToken) {
  ASSERT_TRUE(add());
  ASSERT_TRUE(order("/source/remove", {{"name", "bexio"}}));
  EXPECT_TRUE(order("/source/list")->empty());
  EXPECT_EQ(order("/source/test", {{"name", "bexio"}}).error().fault, Fault::not_found);
}

TEST_F(SourcesTest, SaysWhatIsAskedAndWhatFor) {
  ASSERT_TRUE(add());
  const Json asked = *order("/source/what", {{"name", "bexio"}});
  EXPECT_EQ(asked[0]["request"], "GET /2.0/company_profile");
  for (const char* language : {"de", "fr", "it", "en"}) {
    EXPECT_NE(what_table(asked, language).find("logo_base64"), std::string::npos);
  }
}

TEST_F(SourcesTest, NamesWhatIsWrongWithAnOrder) {
  for (const auto& [path, body] : std::vector<std::pair<const char*, Json>>{
           {"/source/add", {{"kind", "bexio"}}},
           {"/source/add", {{"name", "x"}, {"kind", "sap"}}},
           {"/source/add", with_token(kToken, {{"name", "x"}, {"kind", "bexio"}, {"mapping", 7}})},
           {"/source/add", with_token(kToken, {{"name", "x"}, {"kind", "bexio"}, {"api", "v9"}})},
           {"/source/add", {{"name", "x"}, {"kind", "bexio"}, {"credentials", kToken}}},
           {"/source/add", {{"name", "x"}, {"kind", "bexio"}, {"credentials", {{"tokn", kToken}}}}},
           {"/source/set", Json::array()},
           {"/source/map", {{"name", "x"}, {"field", "country"}}}}) {
    const Result<Json> answer = order(path, body);
    ASSERT_FALSE(answer) << path << body;
    EXPECT_EQ(answer.error().fault, Fault::malformed) << answer.error().detail;
  }
  EXPECT_EQ(order("/source/nothing").error().fault, Fault::not_found);
}

TEST_F(SourcesTest, NoAnswerAndNoTableHoldsASecret) {
  ASSERT_TRUE(add());
  told_of("/source/set", with_token(kOther, {{"name", "bexio"}}));
  told_of("/source/add", with_token(kToken, {{"kind", "bexio"}, {"name", "bexio"}}));
  told_of("/source/add",
          {{"kind", "bexio"}, {"name", "b"}, {"credentials", {{"token", {kToken}}}}});
  bexio.accept(kOther);
  for (const char* path : {"/source/test", "/source/attributes", "/source/what", "/source/map"}) {
    told_of(path, {{"name", "bexio"}, {"field", "country"}, {"key", "x"}});
  }
  const Json listed = *order("/source/list");
  const Json company = *order("/source/company");
  told += sources_table(listed) + company_table(company) +
          report_table(*order("/source/test", {{"name", "bexio"}}), "en");
  EXPECT_NE(told.find("bexio"), std::string::npos);
  EXPECT_EQ(told.find("canary"), std::string::npos) << told;
  EXPECT_EQ(told.find("abcdef"), std::string::npos);
}

}  // namespace
}  // namespace refledger::tools
