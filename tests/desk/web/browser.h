// A site with one administrator, and what a browser does with it: cookies, forms, redirects.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "desk/web/account/area.h"
#include "desk/web/site.h"
#include "support/memory_store.h"
#include "support/support.h"

namespace refledger::site {

inline const std::string kOrigin = "https://hr.firm.example";
inline const std::string kPassword = "a sentence that nobody guesses";

class World {
 public:
  explicit World(std::vector<Area> more = {}) {
    access::Policy policy;
    policy.effort = access::Effort::least;
    access = *access::Access::open(vault, random, policy);
    audit = *audit::Audit::open(folder.path() / "audit.log", vault);
    anna = *access->add_first({"Anna Meier", "anna@firm.example", kPassword, access::Role::clerk});
    AccountParts account;
    account.access = access.get();
    account.audit = audit.get();
    account.random = &random;
    account.start = [](const Context&) { return std::string("/profile"); };
    more.push_back(account_area(std::move(account)));
    SiteSettings settings;
    settings.origins = {kOrigin, "http://127.0.0.1:8482"};
    settings.company = [] { return std::string("Firm & Sons <AG>"); };
    settings.zone = [](UtcMillis) { return std::chrono::minutes{60}; };
    settings.storage_failed = [this] { ++storage_faults; };
    site = std::make_unique<Site>(
        settings, SiteParts{&vault, access.get(), audit.get(), &random, &clock, &flashes},
        std::move(more));
  }

  access::User add(const std::string& mail, access::Roles roles) {
    const std::string token = *access->invite(mail, roles, anna.id, clock.now());
    return *access->accept(token, "User " + mail, kPassword, clock.now());
  }

  test::TemporaryFolder folder;
  test::MemoryStore store{vault::kSpaces};
  sign::MasterKey key = *sign::MasterKey::from_bytes(Bytes(32, 7));
  test::FixedRandom random;
  test::HandClock clock;
  vault::Vault vault{store, key, random};
  std::unique_ptr<access::Access> access;
  std::unique_ptr<audit::Audit> audit;
  access::User anna;
  Flashes flashes;
  std::unique_ptr<Site> site;
  int storage_faults = 0;
};

using Fields = std::vector<std::pair<std::string, std::string>>;

inline std::string encoded(const Fields& fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    if (!form.empty()) form += '&';
    form += name + "=";
    for (const char letter : value) {
      constexpr char kHex[] = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(letter);
      form += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return form;
}

class Browser {
 public:
  explicit Browser(World& world) : world_(&world) {}

  http::Response get(const std::string& path) { return send("GET", path, ""); }

  /// With the tokens of the page seen last, as a form of it would.
  http::Response post(const std::string& path, Fields fields) {
    fields.emplace_back("csrf", csrf);
    fields.emplace_back("once", once);
    return send("POST", path, encoded(fields));
  }

  http::Response send(const std::string& method, const std::string& path, const std::string& body) {
    http::Request request;
    request.method = method;
    const std::size_t query = path.find('?');
    request.path = path.substr(0, query);
    if (query != std::string::npos) request.query = path.substr(query + 1);
    request.peer = "192.0.2.7";
    request.body = body;
    request.headers = {{"host", host}, {"accept-language", "en"}};
    if (method == "POST") {
      request.headers["content-type"] = content_type;
      if (!origin.empty()) request.headers["origin"] = origin;
    }
    for (const auto& [name, value] : cookies) {
      std::string& header = request.headers["cookie"];
      header += (header.empty() ? "" : "; ") + name + "=" + value;
    }
    http::Response response = world_->site->answer(request);
    remember(response);
    return response;
  }

  http::Response sign_in(const std::string& mail = "anna@firm.example") {
    get("/sign-in");
    http::Response response = post("/sign-in", {{"mail", mail}, {"password", kPassword}});
    EXPECT_EQ(response.status(), 303u) << mail;
    get("/profile");
    return response;
  }

  static std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers()) {
      if (key == name) return value;
    }
    return {};
  }

  std::map<std::string, std::string> cookies;
  std::string csrf;
  std::string once;
  std::string host = "hr.firm.example";
  std::string origin = kOrigin;
  std::string content_type = "application/x-www-form-urlencoded";

 private:
  void remember(const http::Response& response) {
    for (const auto& [name, value] : response.headers()) {
      if (name != "Set-Cookie") continue;
      const std::size_t equals = value.find('=');
      cookies[value.substr(0, equals)] = value.substr(equals + 1, value.find(';') - equals - 1);
    }
    take(response.body(), "csrf", csrf);
    take(response.body(), "once", once);
  }
  static void take(const std::string& page, const std::string& name, std::string& into) {
    const std::string start = "name=\"" + name + "\" value=\"";
    const std::size_t at = page.find(start);
    if (at == std::string::npos) return;
    const std::size_t begin = at + start.size();
    into = page.substr(begin, page.find('"', begin) - begin);
  }

  World* world_;
};

}  // namespace refledger::site
