// bexio's company profile, whole and with the gaps of a real account.
#include "fixture.h"
#include "ledger/core/encoding.h"

namespace refledger::sandbox {
namespace {

class SandboxBexio : public SandboxTest {
 protected:
  std::string profile(const std::string& path, const std::string& token = "bexio-demo-token") {
    return raw("GET", path, "Authorization: Bearer " + token + "\r\n");
  }
};

TEST_F(SandboxBexio, ListsOneProfileAndTellsItsLimits) {
  const std::string answer = profile("/2.0/company_profile");
  EXPECT_NE(answer.find("ratelimit-limit: 1000\r\n"), std::string::npos);
  const Json list = Json::parse(body_of(answer));
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0]["name"], "Seewald Instrumente AG");
  const auto logo = from_base64(list[0]["logo_base64"].get<std::string>(), "logo");
  ASSERT_TRUE(logo);
  EXPECT_EQ(text_of(*logo).substr(1, 3), "PNG");
  EXPECT_EQ(Json::parse(body_of(profile("/2.0/company_profile/1"))), list[0]);
}

TEST_F(SandboxBexio, RefusesOtherTokensProfilesAndWrites) {
  EXPECT_EQ(status_of(profile("/2.0/company_profile", "other")), 401);
  const std::string unknown = profile("/2.0/company_profile/2");
  EXPECT_EQ(status_of(unknown), 404);
  EXPECT_EQ(Json::parse(body_of(unknown))["error_code"], 404);
  EXPECT_EQ(status_of(raw("POST", "/2.0/company_profile", "")), 405);
}

TEST_F(SandboxBexio, HasGapsOnOrder) {
  order("bexio", {{"sparse", true}, {"set", {{"city", "Uster"}}}});
  const Json one = Json::parse(body_of(profile("/2.0/company_profile")))[0];
  EXPECT_EQ(one["address"], nullptr);
  EXPECT_EQ(one["logo_base64"], nullptr);
  EXPECT_EQ(one["city"], "Uster");
  EXPECT_EQ(status_of(order_raw("bexio", {{"set", {{"colour", "red"}}}})), 400);
}

}  // namespace
}  // namespace refledger::sandbox
