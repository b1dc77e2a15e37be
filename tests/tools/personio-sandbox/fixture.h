// A sandbox over real HTTP, its clock in the test's hand.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "ledger/core/json.h"
#include "support/raw_client.h"
#include "support/serving.h"
#include "tools/personio-sandbox/sandbox.h"

namespace refledger::sandbox {

using test::body_of;
using test::RawClient;
using test::status_of;

/// Read by the sandbox's own thread too, while the test turns it.
class SharedClock : public Clock {
 public:
  explicit SharedClock(std::string_view rfc3339) { set(rfc3339); }
  UtcMillis now() const override { return UtcMillis(std::chrono::milliseconds(now_.load())); }
  void advance(std::chrono::milliseconds by) { now_ += by.count(); }
  void set(std::string_view rfc3339) {
    now_ = parse_time(rfc3339, "clock")->time_since_epoch().count();
  }

 private:
  std::atomic<std::int64_t> now_{0};
};

class SandboxTest : public testing::Test {
 protected:
  SandboxTest() { start({}); }

  void start(const Settings& settings) {
    server_.reset();
    sandbox_ = std::move(*Sandbox::make(settings, clock_, random_));
    server_ = test::serve(test::on_loopback(), [this](const http::Request& request) {
      return sandbox_->handle(request);
    });
    token_ = authenticate();
    token_v2_ = authenticate_v2();
  }

  std::string raw(const std::string& method, const std::string& target, const std::string& headers,
                  const std::string& body = "") {
    RawClient client(server_->port());
    client.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    return client.answer();
  }
  std::string get_raw(const std::string& target, const std::string& headers = "") {
    const std::string& token = target.starts_with("/v2") ? token_v2_ : token_;
    return raw("GET", target, "Authorization: Bearer " + token + "\r\n" + headers);
  }
  Json get(const std::string& target) { return Json::parse(body_of(get_raw(target))); }
  int status(const std::string& target) { return status_of(get_raw(target)); }
  std::string order_raw(const std::string& name, const Json& order) {
    return raw("POST", "/control/" + name, "", order.dump());
  }
  Json order(const std::string& name, const Json& order) {
    const std::string answer = order_raw(name, order);
    EXPECT_EQ(status_of(answer), 200) << answer;
    return Json::parse(body_of(answer));
  }
  Json control(const std::string& path) { return Json::parse(body_of(raw("GET", path, ""))); }

  std::string auth_raw(const std::string& type, const std::string& body) {
    return raw("POST", "/v1/auth", "Content-Type: " + type + "\r\n", body);
  }
  std::string authenticate() {
    const std::string answer = auth_raw("application/json", kCredentials);
    return Json::parse(body_of(answer))["data"]["token"];
  }
  std::string form_raw(const std::string& path, const std::string& body) {
    return raw("POST", path, "Content-Type: application/x-www-form-urlencoded\r\n", body);
  }
  std::string authenticate_v2() {
    return Json::parse(body_of(form_raw("/v2/auth/token", kForm)))["access_token"];
  }
  Json person(std::uint64_t id) {
    return get("/v1/company/employees/" + std::to_string(id))["data"]["attributes"];
  }
  Json value(std::uint64_t id, const std::string& key) { return person(id)[key]["value"]; }

  static constexpr const char* kCredentials =
      R"({"client_id":"papi-demo","client_secret":"papi-demo-secret"})";
  static constexpr const char* kForm =
      "grant_type=client_credentials&client_id=papi-demo&client_secret=papi-demo-secret";
  static constexpr const char* kList = "/v1/company/employees";

  SharedClock clock_{"2026-11-21T12:00:00.000Z"};
  test::FixedRandom random_;
  std::unique_ptr<Sandbox> sandbox_;
  std::unique_ptr<http::Server> server_;
  std::string token_;
  std::string token_v2_;
};

}  // namespace refledger::sandbox
