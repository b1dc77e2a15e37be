// Webhooks: a hint from whoever knows the token, and from nobody else.
#include "desk/web/webhook.h"

#include <gtest/gtest.h>

#include "http/server.h"
#include "support/memory_store.h"
#include "support/support.h"

namespace refledger::web {
namespace {

const std::string kEvent =
    R"({"company_id":"123","event_name":"employment.terminated",)"
    R"("occurred_at":"2026-10-01T00:00:00Z","payload":{"person_id":"4711"},"meta":{}})";

struct WebhookTest : testing::Test {
  Hints hints{3};
  WebhookReceiver receiver{"personio", "the-token", hints};

  http::Request request(std::string body = kEvent, std::string token = "the-token") {
    http::Request made;
    made.method = "POST";
    made.path = "/hooks/personio/personio";
    made.headers["authorization"] = std::move(token);
    made.body = std::move(body);
    return made;
  }
  unsigned status(const http::Request& one) { return receiver.answer(one).status(); }
};

TEST_F(WebhookTest, NotesWhomAnEventIsAbout) {
  EXPECT_EQ(status(request()), 204u);
  const Hints::Taken taken = hints.take();
  EXPECT_TRUE(taken.any);
  EXPECT_EQ(taken.people, std::vector<std::string>{"4711"});
  EXPECT_FALSE(hints.take().any) << "taken once";
}

TEST_F(WebhookTest, FindsTheIdWhereverItIsLikelyToStand) {
  const auto people = [](const std::string& name, const std::string& payload) {
    return *people_in_webhook(R"({"company_id":"1","event_name":")" + name +
                              R"(","occurred_at":"2026-10-01T00:00:00Z","payload":)" + payload +
                              "}");
  };
  const std::vector<std::string> one{"7"};
  EXPECT_EQ(people("person.updated", R"({"id":7})"), one);
  EXPECT_EQ(people("employment.updated", R"({"id":"0b1e-uuid","person":{"id":"7"}})"), one);
  EXPECT_EQ(people("employment.created", R"({"employee_id":7})"), one);
  EXPECT_TRUE(people("employment.updated", R"({"id":"8"})").empty()) << "the employment's own";
  EXPECT_TRUE(people("person.updated", R"({"id":"../8"})").empty());
  EXPECT_TRUE(people("person.updated", R"({"id":-8})").empty());
}

TEST_F(WebhookTest, AnEventThatNamesNobodyIsAHintAllTheSame) {
  EXPECT_EQ(status(request(R"({"event_name":"x","occurred_at":"y","payload":{}})")), 204u);
  const Hints::Taken taken = hints.take();
  EXPECT_TRUE(taken.any);
  EXPECT_TRUE(taken.people.empty());
}

TEST_F(WebhookTest, RefusesEveryOtherToken) {
  for (const char* token : {"", "the-toke", "the-token2", "THE-TOKEN", "Bearer the-token"}) {
    EXPECT_EQ(status(request(kEvent, token)), 401u) << token;
  }
  EXPECT_EQ(status(request("not JSON", "wrong")), 401u) << "before the body is looked at";
  EXPECT_FALSE(hints.take().any);
}

TEST_F(WebhookTest, RefusesAnotherPathMethodOrBody) {
  http::Request other = request();
  other.path = "/hooks/personio/another";
  EXPECT_EQ(status(other), 404u);
  other = request();
  other.method = "GET";
  EXPECT_EQ(status(other), 405u);
  for (const char* body : {"", "[]", "{}", R"({"event_name":"x","payload":{}})",
                           R"({"event_name":1,"occurred_at":"y","payload":{}})",
                           R"({"event_name":"x","occurred_at":"y","payload":[]})"}) {
    EXPECT_EQ(status(request(body)), 400u) << body;
  }
  EXPECT_EQ(status(request(std::string(kMaxWebhook + 1, ' ') + kEvent)), 400u);
  EXPECT_EQ(status(request(std::string(100, '[') + std::string(100, ']'))), 400u);
  EXPECT_FALSE(hints.take().any);
}

TEST_F(WebhookTest, AFloodLeavesABoundedQueueThatSaysThatSomethingChanged) {
  for (int n = 0; n < 100; ++n) hints.add({std::to_string(n)});
  const Hints::Taken taken = hints.take();
  EXPECT_TRUE(taken.any);
  EXPECT_EQ(taken.people.size(), 3u);
}

TEST(WebhookToken, IsDrawnOnceAnAccountAndKept) {
  test::MemoryStore store{vault::kSpaces};
  const sign::MasterKey master = *sign::MasterKey::from_bytes(Bytes(32, 9));
  test::FixedRandom random;
  vault::Vault vault(store, master, random);
  const std::string token = *webhook_token(vault, random, "personio");
  EXPECT_EQ(token.size(), 64u);
  EXPECT_EQ(*webhook_token(vault, random, "personio"), token);
  EXPECT_NE(*webhook_token(vault, random, "another"), token);
}

}  // namespace
}  // namespace refledger::web
