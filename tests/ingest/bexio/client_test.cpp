// The client against a server of bexio's shape: what is asked, how patiently, and what a test says.
#include "ingest/bexio/client.h"

#include <mutex>

#include "http/server.h"
#include "profile.h"
#include "support/support.h"

namespace refledger::ingest {
namespace {

using bexio::full_profile;
using std::chrono::milliseconds;
using std::chrono::seconds;

http::Response answer_with(unsigned status, const Json& body) {
  return {status, "application/json", body.dump()};
}
http::Response profile_answer() { return answer_with(200, Json::array({full_profile()})); }

/// Answers the requests in turn; the last answer is for all that follow.
class Api {
 public:
  using Script = std::vector<std::function<http::Response()>>;
  explicit Api(Script script) : script_(std::move(script)) {
    http::Settings settings;
    settings.endpoint = http::TcpEndpoint{"127.0.0.1", 0};
    Result<std::unique_ptr<http::Server>> server =
        http::Server::start(settings, [this](const http::Request& request) {
          const std::lock_guard lock(mutex_);
          requests_.push_back(request);
          return script_[std::min(requests_.size(), script_.size()) - 1]();
        });
    if (!server) ADD_FAILURE() << server.error().detail;
    server_ = std::move(*server);
  }
  std::string base_url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
  std::vector<http::Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  Script script_;
  mutable std::mutex mutex_;
  std::vector<http::Request> requests_;
  std::unique_ptr<http::Server> server_;
};

struct Client {
  explicit Client(const std::string& base_url, const std::string& token = "pat-canary-4711") {
    BexioSettings settings;
    settings.base_url = base_url;
    settings.timeout = seconds{5};
    source = make_bexio(
        settings, token, clock, [this](milliseconds wait) { waits.push_back(wait); }, random);
  }
  explicit Client(const Api& api) : Client(api.base_url()) {}

  test::HandClock clock;
  test::FixedRandom random;
  std::vector<milliseconds> waits;
  std::unique_ptr<CompanySource> source;
};

std::vector<std::string> ids(const ConnectionReport& report, CheckState state) {
  std::vector<std::string> found;
  for (const CheckItem& item : report.items) {
    if (item.state == state) found.push_back(item.id);
  }
  return found;
}
using Ids = std::vector<std::string>;

TEST(Bexio, ReadsTheProfileWithOneGetAndTheTokenInItsHeader) {
  const Api api({profile_answer});
  Client client(api);
  const Result<Company> company = client.source->read_company();
  ASSERT_TRUE(company) << company.error().detail;
  EXPECT_EQ(company->field("name")->value, "Muster AG");
  EXPECT_EQ(company->read_at, client.clock.now());
  ASSERT_EQ(api.requests().size(), 1u);
  EXPECT_EQ(api.requests()[0].method, "GET");
  EXPECT_EQ(api.requests()[0].path, "/2.0/company_profile");
  EXPECT_EQ(api.requests()[0].query, "");
  EXPECT_EQ(api.requests()[0].header("authorization"), "Bearer pat-canary-4711");
  EXPECT_TRUE(client.waits.empty());
}

TEST(Bexio, NothingButGetIsEverSent) {
  const Api api({[] { return answer_with(500, Json::object()); },
                 [] { return answer_with(429, Json::object()); }, profile_answer});
  Client client(api);
  EXPECT_TRUE(client.source->read_company());
  EXPECT_TRUE(client.source->test().passed());
  for (const http::Request& request : api.requests()) EXPECT_EQ(request.method, "GET");
}

TEST(Bexio, WaitsLongerEachTimeAndNeverExactlyAsLongAsAnotherWould) {
  const Api api({[] { return answer_with(503, Json::object()); }});
  Client client(api);
  EXPECT_EQ(client.source->read_company().error().fault, Fault::upstream);
  ASSERT_EQ(client.waits.size(), 4u);
  bool varied = false;
  for (std::size_t at = 0; at < 4; ++at) {
    const milliseconds base{1000 << at};
    EXPECT_GE(client.waits[at], base);
    EXPECT_LE(client.waits[at], base + base / 4);
    varied = varied || client.waits[at] != base;
  }
  EXPECT_TRUE(varied);
  EXPECT_EQ(api.requests().size(), 5u);
}

TEST(Bexio, HeedsTheResetOfALimitThatIsReached) {
  const Api api({[] {
                   http::Response response = answer_with(429, Json::object());
                   response.set("ratelimit-remaining", "0");
                   response.set("ratelimit-reset", "37");
                   return response;
                 },
                 profile_answer});
  Client client(api);
  EXPECT_TRUE(client.source->read_company());
  ASSERT_EQ(client.waits.size(), 1u);
  EXPECT_GE(client.waits[0], seconds{37});
  EXPECT_LE(client.waits[0], seconds{47});
}

TEST(Bexio, HoldsBackBeforeARequestThatTheLimitWouldRefuse) {
  const Api api({[] {
    http::Response response = profile_answer();
    response.set("ratelimit-limit", "1000");
    response.set("ratelimit-remaining", "0");
    response.set("ratelimit-reset", "12");
    return response;
  }});
  Client client(api);
  EXPECT_TRUE(client.source->read_company());
  EXPECT_TRUE(client.waits.empty());
  EXPECT_TRUE(client.source->read_company());
  ASSERT_EQ(client.waits.size(), 1u);
  EXPECT_GE(client.waits[0], seconds{12});
  EXPECT_EQ(ids(client.source->test(), CheckState::warning), Ids{"limit"});
}

TEST(Bexio, DoesNotWaitLongerThanARunHas) {
  const Api api({[] {
    http::Response response = answer_with(429, Json::object());
    response.set("retry-after", "3600");
    return response;
  }});
  Client client(api);
  EXPECT_EQ(client.source->read_company().error().fault, Fault::upstream);
  EXPECT_TRUE(client.waits.empty());
  EXPECT_EQ(ids(client.source->test(), CheckState::missing), Ids{"limit"});
}

TEST(Bexio, LimitHeadersThatAreNoNumbersAreNoLimits) {
  for (const char* text : {"soon", "-1", "99999999999999999999", "1.5"}) {
    const Api api({[text] {
      http::Response response = profile_answer();
      response.set("ratelimit-remaining", text);
      response.set("ratelimit-reset", text);
      return response;
    }});
    Client client(api);
    EXPECT_TRUE(client.source->read_company()) << text;
    EXPECT_TRUE(client.source->read_company()) << text;
    EXPECT_TRUE(client.waits.empty()) << text;
  }
}

TEST(Bexio, ATestSaysWhatWorksAndWhatIsMissing) {
  const Api api({profile_answer, [] {
                   Json profile = full_profile();
                   profile["city"] = nullptr;
                   profile["ust_id_nr"] = "CHE-1";
                   profile["logo_base64"] = nullptr;
                   return answer_with(200, profile);
                 }});
  Client client(api);
  const ConnectionReport good = client.source->test();
  EXPECT_TRUE(good.passed());
  EXPECT_EQ(good.api, "2.0");
  EXPECT_EQ(ids(good, CheckState::ok), (Ids{"login", "name", "address", "register", "logo"}));
  const ConnectionReport less = client.source->test();
  EXPECT_TRUE(less.passed());
  EXPECT_EQ(ids(less, CheckState::warning), (Ids{"address", "register", "logo", "unusable"}));
}

TEST(Bexio, ATestTellsATokenThatIsRefusedFromOneThatMayNotRead) {
  const Api refused({[] { return answer_with(401, {{"message", "Unauthorized"}}); }});
  const ConnectionReport login = Client(refused).source->test();
  EXPECT_FALSE(login.passed());
  EXPECT_EQ(ids(login, CheckState::missing), Ids{"login"});
  const Api forbidden({[] { return answer_with(403, {{"error_code", 403}}); }});
  const ConnectionReport rights = Client(forbidden).source->test();
  EXPECT_FALSE(rights.passed());
  EXPECT_EQ(ids(rights, CheckState::missing), Ids{"rights"});
  EXPECT_EQ(Client(forbidden).source->read_company().error().fault, Fault::refused);
}

TEST(Bexio, ATestTellsSilenceFromNonsense) {
  EXPECT_EQ(ids(Client("http://127.0.0.1:1").source->test(), CheckState::missing), Ids{"reach"});
  const Api nonsense({[] { return http::Response(200, "text/html", "<html>"); }});
  EXPECT_EQ(ids(Client(nonsense).source->test(), CheckState::missing), Ids{"answer"});
  const Api elsewhere({[] { return answer_with(404, {{"error_code", 404}}); }});
  EXPECT_EQ(ids(Client(elsewhere).source->test(), CheckState::missing), Ids{"answer"});
}

TEST(Bexio, WhatATestFindsIsSaidInEveryLanguage) {
  const Api api({profile_answer});
  for (const CheckItem& item : Client(api).source->test().items) {
    const Sentences& text = item.text;
    for (const std::string* one : {&text.de, &text.fr, &text.it, &text.en}) {
      EXPECT_FALSE(one->empty()) << item.id;
    }
  }
}

TEST(Bexio, NeverRepeatsTheTokenOrWhatBexioWrote) {
  const Api api({[] { return answer_with(418, {{"message", "echo pat-canary-4711"}}); }});
  const std::string error = Client(api).source->read_company().error().detail;
  EXPECT_EQ(error, "bexio: GET company_profile answered 418");
}

TEST(Bexio, SpeaksPlainTextToThisMachineAloneAndFollowsNobody) {
  EXPECT_EQ(Client("http://192.0.2.1").source->read_company().error().fault, Fault::refused);
  const Api elsewhere({[] {
    http::Response response(302);
    response.set("location", "http://127.0.0.1:1/stolen");
    return response;
  }});
  EXPECT_EQ(Client(elsewhere).source->read_company().error().detail,
            "bexio: GET company_profile answered 302");
  EXPECT_EQ(elsewhere.requests().size(), 1u);
}

TEST(Bexio, ATokenThatWouldBreakTheHeaderIsNotSent) {
  const Api api({profile_answer});
  for (const char* token : {"", "a b", "a\r\nX: y", "a\x80"}) {
    Client client(api.base_url(), token);
    EXPECT_EQ(client.source->read_company().error().fault, Fault::refused);
    EXPECT_FALSE(client.source->test().passed());
  }
  EXPECT_TRUE(api.requests().empty());
}

}  // namespace
}  // namespace refledger::ingest
