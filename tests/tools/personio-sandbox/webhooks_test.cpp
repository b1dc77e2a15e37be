// What happens is told to whom HR registered, as Personio tells it: ids only, again if need be.
#include "tools/personio-sandbox/webhooks.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "fixture.h"

namespace refledger::sandbox {
namespace {

/// Takes what is sent, answering as the test says.
class Receiver {
 public:
  Receiver() {
    server_ = test::serve(test::on_loopback(), [this](const http::Request& request) {
      const std::scoped_lock lock(mutex_);
      got_.push_back(request);
      changed_.notify_all();
      unsigned status = 204;
      if (!statuses_.empty()) {
        status = statuses_.front();
        statuses_.pop_front();
      }
      return http::Response(status);
    });
  }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_->port()) + "/hook";
  }
  void answer_with(std::deque<unsigned> statuses) {
    const std::scoped_lock lock(mutex_);
    statuses_ = std::move(statuses);
  }
  /// Everything so far, once there are `count` at least.
  std::vector<http::Request> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(
        changed_.wait_for(lock, std::chrono::seconds(20), [&] { return got_.size() >= count; }));
    return got_;
  }
  std::vector<std::string> events(std::size_t count) {
    std::vector<std::string> names;
    for (const http::Request& one : wait_for(count)) {
      names.push_back(Json::parse(one.body)["event_name"]);
    }
    return names;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<http::Request> got_;
  std::deque<unsigned> statuses_;
  std::unique_ptr<http::Server> server_;
};

class SandboxWebhooks : public SandboxTest {
 protected:
  Receiver receiver_;
};

using Names = std::vector<std::string>;

TEST_F(SandboxWebhooks, CarryTheTokenVerbatimAndNothingButIds) {
  order("webhook", {{"url", receiver_.url()}, {"token", "hook secret 1"}});
  order("rename", {{"id", 1005}, {"last_name", "Wyss"}});
  const http::Request got = receiver_.wait_for(1).front();
  EXPECT_EQ(got.method, "POST");
  EXPECT_EQ(got.path, "/hook");
  EXPECT_EQ(got.header("authorization"), "hook secret 1");
  const Json body = Json::parse(got.body);
  EXPECT_EQ(body["event_name"], "person.updated");
  EXPECT_EQ(body["payload"], (Json{{"person_id", "1005"}}));
  EXPECT_EQ(body["occurred_at"], "2026-11-21T12:00:00Z");
  EXPECT_EQ(got.body.find("Wyss"), std::string::npos);
}

TEST_F(SandboxWebhooks, TellAnEndWhenItsDayIsOver) {
  order("webhook", {{"url", receiver_.url()}});
  order("terminate", {{"id", 1005}, {"termination_date", "2026-11-30"}});
  EXPECT_EQ(receiver_.events(1), Names{"employment.updated"});
  clock_.set("2026-12-01T00:00:01.000Z");
  EXPECT_EQ(receiver_.events(2), (Names{"employment.updated", "employment.terminated"}));
  const Json told = Json::parse(receiver_.wait_for(2).back().body);
  EXPECT_EQ(told["occurred_at"], "2026-12-01T00:00:00Z");
  EXPECT_EQ(told["payload"]["person_id"], "1005");
}

TEST_F(SandboxWebhooks, TellNoEndThatWasTakenBack) {
  order("webhook", {{"url", receiver_.url()}});
  order("terminate", {{"id", 1005}, {"termination_date", "2026-11-30"}});
  order("withdraw", {{"id", 1005}});
  clock_.set("2026-12-02T00:00:00.000Z");
  order("delete", {{"id", 1006}});
  const Names wanted = {"employment.updated", "employment.updated", "employment.deleted",
                        "person.deleted"};
  EXPECT_EQ(receiver_.events(4), wanted);
}

TEST_F(SandboxWebhooks, AreTriedAgainAfterAServersFailureAndNotAfterARefusal) {
  receiver_.answer_with({500, 503, 204, 400});
  order("webhook", {{"url", receiver_.url()}, {"events", {"person.updated"}}});
  order("rename", {{"id", 1005}, {"last_name", "Wyss"}});
  receiver_.wait_for(3);
  order("rename", {{"id", 1006}, {"last_name", "Byrne"}});
  receiver_.wait_for(4);
  Json told = control("/control/webhooks");
  for (int tries = 0; tries < 200 && !told[1]["done"].get<bool>(); ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    told = control("/control/webhooks");
  }
  EXPECT_EQ(told[0]["answers"], (Json{500, 503, 204}));
  EXPECT_EQ(told[0]["attempts"], 2);
  EXPECT_EQ(told[1]["answers"], (Json{400}));
  EXPECT_EQ(told[1]["done"], true);
}

TEST_F(SandboxWebhooks, AreListedWithoutTheirToken) {
  order("webhook", {{"url", receiver_.url()}, {"token", "hook-secret"}});
  const Json listed = get("/v2/webhooks")["_data"];
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0]["url"], receiver_.url());
  EXPECT_EQ(listed[0]["auth_type"], "TOKEN");
  EXPECT_EQ(listed.dump().find("hook-secret"), std::string::npos);
}

TEST_F(SandboxWebhooks, LeadToThisMachineOnly) {
  for (const char* url :
       {"https://api.example/hook", "http://10.0.0.1:80/", "http://127.0.0.1/x",
        "http://127.0.0.1:0/", "http://127.0.0.1.example:80/", "", "http://127.0.0.1:80/a b"}) {
    EXPECT_EQ(status_of(order_raw("webhook", {{"url", url}})), 400) << url;
  }
  EXPECT_EQ(status_of(order_raw("webhook", {{"url", receiver_.url()}, {"token", "a\nb"}})), 400);
}

}  // namespace
}  // namespace refledger::sandbox
