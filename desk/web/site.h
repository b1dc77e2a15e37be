// HR's web application: a table of routes, and everything that is the same for all of them.
//
// Order    A request is answered in this order: known host, route, session, role; for a POST also
//          origin, form, token of the session, form not sent before; the audit log; then the
//          handler.  What is refused on the way has no effect.
// Rules    State changes by POST alone.  A POST that went well answers with redirect().
// Errors   A handler that cannot: Context::failed(error), a page with the right status.  A storage
//          fault also stops the desk.
// Threads  Any; so may handlers be called.
// Source   docs/web.md
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/access/access.h"
#include "desk/audit/audit.h"
#include "desk/web/flashes.h"
#include "desk/web/form.h"
#include "desk/web/texts.h"
#include "http/message.h"
#include "ledger/core/json.h"

namespace refledger::site {

class Context;
using Handler = std::function<http::Response(Context&)>;

enum class Method { get, post };

/// Who may: anybody at all, or whoever has one of these roles.
struct Who {
  bool anybody = false;
  access::Roles roles;

  static Who everybody() { return {true, {}}; }
  static Who signed_in() { return {false, access::Roles::all()}; }
  static Who with(access::Roles roles) { return {false, roles}; }
};

struct Route {
  Method method;
  std::string pattern;  ///< "/cases/{id}/approve"; {id} is one segment of the path
  Who who;
  /// What the audit log says, with {id} as its subject; empty: nothing (pages about nobody).  Every
  /// POST of somebody signed in has one.
  std::string act;
  Handler handler;
};

struct MenuItem {
  std::string path;
  std::string text;  ///< "cases.menu"
  access::Roles roles;
  std::string inside = {};  ///< further pages that belong to it: "/cases"
};

/// One part of the application: its pages, and where they stand in the menu.
struct Area {
  std::vector<Route> routes;
  std::vector<MenuItem> menu = {};
};

struct SiteSettings {
  /// Under what addresses it is reached, the first the one it names itself:
  /// "https://hr.example.ch".
  std::vector<std::string> origins;
  std::function<std::string()> company;                 ///< the name in the page's head
  std::function<std::chrono::minutes(UtcMillis)> zone;  ///< what clocks there are ahead of UTC
  std::function<void()> storage_failed;
};

struct SiteParts {
  vault::Vault* vault;
  access::Access* access;
  audit::Audit* audit;
  Random* random;
  const Clock* clock;
  Flashes* flashes;
};

class Site {
 public:
  Site(SiteSettings settings, SiteParts parts, std::vector<Area> areas);
  ~Site();

  http::Response answer(const http::Request& request);
  const std::vector<Route>& routes() const;

 private:
  friend class Context;
  struct State;
  std::unique_ptr<State> state_;
};

/// One request, as a handler sees it.
class Context {
 public:
  const http::Request& request;
  UtcMillis now;
  Language language = Language::en;
  std::map<std::string, std::string> path;  ///< {id} of the pattern, decoded
  Form query;
  Form form;                         ///< of a POST
  std::optional<access::User> user;  ///< signed in
  std::string session;               ///< its id; of nobody signed in: what stands for the browser
  std::string csrf;

  /// The page in the application's frame.  `values["title"]` is its title.
  http::Response page(const std::string& name, Json values, unsigned status = 200);
  /// 303.  `to` is a path of this site; anything else leads to "/".
  http::Response redirect(std::string_view to);
  /// Said once, on the next page.  `tone`: "good", "bad" or "plain"; `text` as text() gives it.
  void flash(const std::string& tone, const std::string& text);
  /// A page that says what is wrong, with the status that goes with the fault.
  http::Response failed(const Error& error);
  http::Response refuse(unsigned status, const std::string& key);  ///< title KEY_title, text KEY

  /// A form that was made from another `version` (hidden field of that name) than is there now.
  bool stale(std::string_view version) const { return form.raw("version") != version; }
  http::Response stale_page();  ///< 409

  std::string text(const std::string& key, const Blanks& blanks = {}) const;
  std::string date(Date date) const { return shown(date, language); }
  std::string time(UtcMillis time) const;
  bool may(access::Roles roles) const { return user && user->roles.meets(roles); }
  std::string base() const;  ///< "https://hr.example.ch"

  /// Beside the route's own act.  Where it fails, nothing may be done.
  Result<void> audit(std::string_view did, std::string_view of);

  /// A new session: the cookie that goes with the answer.
  void set_token(const std::string& token) { new_token_ = token; }
  void forget_token() { new_token_ = ""; }
  const std::string& token() const { return token_; }  ///< the cookie's

 private:
  friend class Site;
  Context(const http::Request& one, Site& site) : request(one), site_(&site) {}
  Site* site_;
  std::string token_;  ///< of the cookie
  std::string origin_;
  std::optional<std::string> new_token_;
};

}  // namespace refledger::site
