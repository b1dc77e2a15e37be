#include "desk/web/site.h"

#include <algorithm>
#include <mutex>

#include "desk/web/guard.h"
#include "desk/web/posted.h"
#include "desk/web/router.h"
#include "desk/web/templates.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"

namespace refledger::site {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
constexpr std::string_view kAssets = "/assets/";

bool has(const http::Response& response, std::string_view name) {
  return std::ranges::any_of(response.headers(),
                             [&](const auto& header) { return header.first == name; });
}

void add_headers(http::Response& response, const std::string& origin) {
  if (!has(response, "Content-Security-Policy")) response.set("Content-Security-Policy", kPolicy);
  if (!has(response, "Cache-Control")) response.set("Cache-Control", "no-store");
  response.set("Referrer-Policy", "same-origin");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("X-Robots-Tag", "noindex");
  response.set("Cross-Origin-Opener-Policy", "same-origin");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
  if (origin.starts_with("https://")) {
    response.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  }
}

std::string_view type_of(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  return "image/svg+xml";
}

std::string version_of_assets() {
  std::string all;
  for (const File& file : all_files()) {
    if (file.name.starts_with("assets/")) all += std::string(file.name) + std::string(file.content);
  }
  return to_hex(ByteView{sha256(bytes_of(all))}.first(8));
}

unsigned status_of(Fault fault) {
  switch (fault) {
    case Fault::malformed:
    case Fault::out_of_range:
      return 400;
    case Fault::not_found:
      return 404;
    case Fault::conflict:
      return 409;
    case Fault::refused:
      return 403;
    case Fault::storage:
      return 503;
    case Fault::upstream:
      return 502;
  }
  std::abort();
}

bool is_local_path(std::string_view to) {
  const bool plain =
      std::ranges::all_of(to, [](char c) { return c > ' ' && c <= '~' && c != '\\'; });
  return to.starts_with('/') && !to.starts_with("//") && plain;
}

std::string percent_encoded_path(const http::Request& request) {
  std::string encoded;
  for (const char letter : request.path) {
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= '0' && letter <= '9') || letter == '/' || letter == '-';
    encoded += plain ? std::string(1, letter) : "%" + to_hex(bytes_of({&letter, 1}));
  }
  return encoded;
}

}  // namespace

struct Site::State {
  SiteSettings settings;
  SiteParts parts;
  std::vector<Route> routes;
  std::vector<MenuItem> menu;
  Texts texts{all_files()};
  Templates templates{all_files(), texts};
  std::optional<Router> router;
  Posted posted;
  const std::string version = version_of_assets();
  std::mutex tidy_lock;
  UtcMillis next_tidy{};

  State(SiteSettings given, SiteParts with, std::vector<Area> areas)
      : settings(std::move(given)), parts(with), posted(*with.vault) {
    for (Area& area : areas) {
      std::ranges::move(area.routes, std::back_inserter(routes));
      std::ranges::move(area.menu, std::back_inserter(menu));
    }
    router.emplace(routes);
  }

  Result<void> tidy(UtcMillis now) {
    {
      const std::lock_guard<std::mutex> alone(tidy_lock);
      if (now < next_tidy) return {};
      next_tidy = now + std::chrono::hours{1};
    }
    if (Result<void> done = parts.access->tidy(now); !done) return done;
    return posted.tidy(now);
  }

  std::optional<http::Response> asset(const http::Request& request) const {
    if (!request.path.starts_with(kAssets)) return std::nullopt;
    const std::string start = std::string(kAssets) + version + "/";
    for (const File& file : all_files()) {
      if (!file.name.starts_with("assets/")) continue;
      const std::string_view name = file.name.substr(7);
      if (request.path != start + std::string(name)) continue;
      http::Response response(200, type_of(name), std::string(file.content));
      response.set("Cache-Control", "public, max-age=31536000, immutable");
      return response;
    }
    return http::Response(404, "text/plain; charset=utf-8", "404\n");
  }

  Result<void> recognise(Context& context) const {
    context.token_ = cookie(context.request, cookie_name(context.origin_)).value_or("");
    const auto session = parts.access->session(context.token_, context.now);
    if (!session) return session.error();
    if (*session && !(*session)->half) {
      context.user = parts.access->user((*session)->user);
      context.session = (*session)->id;
    }
    if (context.token_.empty()) {
      std::array<std::uint8_t, 32> drawn{};
      parts.random->fill(drawn);
      context.token_ = to_base64url(drawn);
      context.new_token_ = context.token_;
    }
    if (context.session.empty()) {
      context.session = to_hex(sha256(bytes_of("nobody " + context.token_)));
    }
    context.csrf = csrf_token(context.token_);
    const std::string chosen = context.user && !context.user->language.empty()
                                   ? context.user->language
                                   : cookie(context.request, "language").value_or("");
    context.language = http::pick_language(chosen, context.request.header("accept-language"));
    return {};
  }

  Json menu_of(const Context& context) const {
    Json items = Json::array();
    if (!context.user) return items;
    const std::string& path = context.request.path;
    const auto is_in = [&](const std::string& root) {
      return !root.empty() && (path == root || (root != "/" && path.starts_with(root + "/")));
    };
    const MenuItem* current = nullptr;
    for (const MenuItem& item : menu) {
      const bool better = current == nullptr || item.path.size() > current->path.size();
      if ((is_in(item.path) || is_in(item.inside)) && better && context.may(item.roles)) {
        current = &item;
      }
    }
    for (const MenuItem& item : menu) {
      if (!context.may(item.roles)) continue;
      items.push_back(
          {{"path", item.path}, {"name", context.text(item.text)}, {"current", current == &item}});
    }
    return items;
  }

  Json take_flashes(const Context& context) {
    Json said = Json::array();
    const std::vector<Flash> kept = parts.flashes->take(context.session);
    for (const Flash& flash : kept) said.push_back({{"tone", flash.tone}, {"text", flash.text}});
    return said;
  }

  void frame(Context& context, Json& values) {
    const std::string here = percent_encoded_path(context.request);
    values["csrf"] = context.csrf;
    values["once"] = draw_form_token(*parts.random);
    values["lang"] = http::code_of(context.language);
    values["version_of_assets"] = version;
    values["here"] = context.request.method == "POST" ? "/" : here;
    values["company"] = settings.company();
    values["menu"] = menu_of(context);
    values["has_menu"] = !values["menu"].empty();
    values["flashes"] = take_flashes(context);
    values["languages"] = Json::array();
    for (const Language language : http::kLanguages) {
      values["languages"].push_back({{"code", http::code_of(language)},
                                     {"name", texts.get(language, "frame.language_name")},
                                     {"current", language == context.language}});
    }
    if (context.user) values["user"] = {{"name", context.user->name}, {"mail", context.user->mail}};
  }

  http::Response sign_in_first(Context& context) {
    if (context.request.method == "POST") return context.refuse(403, "frame.signed_out");
    const bool start = context.request.path == "/";
    return context.redirect(start ? "/sign-in" : "/sign-in?next=" + next_of(context.request));
  }

  static std::string next_of(const http::Request& request) { return percent_encoded_path(request); }

  // What must hold of a POST before anything is done; the answer if it does not.
  std::optional<http::Response> refuse_post(Context& context) {
    if (!comes_from(context.request, context.origin_)) {
      return context.refuse(403, "frame.foreign");
    }
    Result<Form> form = Form::parse(context.request.header("content-type"), context.request.body);
    if (!form) return context.failed(form.error());
    context.form = *std::move(form);
    if (!equal_secrets(bytes_of(context.form.raw("csrf")), bytes_of(context.csrf))) {
      return context.refuse(403, "frame.foreign");
    }
    if (!is_form_token(context.form.raw("once"))) return context.refuse(400, "frame.foreign");
    return std::nullopt;
  }

  http::Response run_post(Context& context, const Route& route) {
    if (auto refused = refuse_post(context)) return *std::move(refused);
    if (!context.user) return route.handler(context);
    const Result<Posted::Begun> begun =
        posted.begin(context.session, context.form.raw("once"), context.now);
    if (!begun) return context.failed(begun.error());
    if (!begun->first) {
      if (begun->location.empty()) return context.refuse(409, "frame.sent_twice");
      return context.redirect(begun->location);
    }
    if (Result<void> noted = note(context, route); !noted) return context.failed(noted.error());
    http::Response response = route.handler(context);
    std::string location;
    for (const auto& [name, value] : response.headers()) {
      if (name == "Location") location = value;
    }
    if (location.empty()) location = "/";  // it answered with a page, which is not shown twice
    if (Result<void> kept = posted.done(begun->item, location, context.now); !kept) {
      return context.failed(kept.error());
    }
    return response;
  }

  Result<void> note(Context& context, const Route& route) const {
    if (route.act.empty()) return {};
    const auto id = context.path.find("id");
    return context.audit(route.act, id == context.path.end() ? "" : id->second);
  }

  http::Response run(Context& context, const Route& route) {
    if (!route.who.anybody) {
      if (!context.user) return sign_in_first(context);
      if (!context.may(route.who.roles)) {
        if (Result<void> noted = context.audit("refused", ""); !noted) {
          return context.failed(noted.error());
        }
        return context.refuse(403, "frame.not_yours");
      }
    }
    if (route.method == Method::post) return run_post(context, route);
    if (Result<void> noted = note(context, route); !noted) return context.failed(noted.error());
    return route.handler(context);
  }

  http::Response answer(Context& context) {
    if (Result<void> done = tidy(context.now); !done) return context.failed(done.error());
    if (Result<void> known = recognise(context); !known) return context.failed(known.error());
    Result<Form> query = Form::parse_query(context.request.query);
    if (!query) return context.failed(query.error());
    context.query = *std::move(query);
    Router::Found found = router->find(context.request.method, context.request.path);
    if (found.route == nullptr) {
      if (!found.other_method) return context.refuse(404, "frame.not_found");
      http::Response response = context.refuse(405, "frame.not_found");
      response.set("Allow", context.request.method == "POST" ? "GET, HEAD" : "POST");
      return response;
    }
    context.path = std::move(found.path);
    return run(context, *found.route);
  }
};

Site::Site(SiteSettings settings, SiteParts parts, std::vector<Area> areas)
    : state_(std::make_unique<State>(std::move(settings), parts, std::move(areas))) {}
Site::~Site() = default;

const std::vector<Route>& Site::routes() const { return state_->routes; }

http::Response Site::answer(const http::Request& request) {
  const std::optional<std::string> origin = origin_of(request, state_->settings.origins);
  if (!origin) return http::Response(421, "text/plain; charset=utf-8", "unknown host\n");
  if (auto asset = state_->asset(request)) {
    add_headers(*asset, *origin);
    return *std::move(asset);
  }
  Context context(request, *this);
  context.now = state_->parts.clock->now();
  context.origin_ = *origin;
  http::Response response = state_->answer(context);
  add_headers(response, *origin);
  if (context.new_token_) response.add("Set-Cookie", cookie_header(*origin, *context.new_token_));
  return response;
}

http::Response Context::page(const std::string& name, Json values, unsigned status) {
  Site::State& site = *site_->state_;
  site.frame(*this, values);
  values["body"] = site.templates.render(language, name, values);
  return {status, "text/html; charset=utf-8", site.templates.render(language, "layout", values)};
}

http::Response Context::redirect(std::string_view to) {
  http::Response response(303);
  response.set("Location", is_local_path(to) ? to : "/");
  return response;
}

void Context::flash(const std::string& tone, const std::string& text) {
  site_->state_->parts.flashes->add(session, {tone, text});
}

http::Response Context::failed(const Error& error) {
  if (error.fault == Fault::storage) site_->state_->settings.storage_failed();
  const std::string key = std::string("frame.fault_") + name_of(error.fault);
  return page("error", {{"title", text(key + "_title")}, {"said", text(key)}},
              status_of(error.fault));
}

http::Response Context::refuse(unsigned status, const std::string& key) {
  return page("error", {{"title", text(key + "_title")}, {"said", text(key)}}, status);
}

http::Response Context::stale_page() { return refuse(409, "frame.stale"); }

std::string Context::text(const std::string& key, const Blanks& blanks) const {
  return site_->state_->texts.get(language, key, blanks);
}

std::string Context::time(UtcMillis at) const {
  return shown(at, language, site_->state_->settings.zone(at));
}

std::string Context::base() const { return site_->state_->settings.origins.front(); }

Result<void> Context::audit(std::string_view did, std::string_view of) {
  const std::string by = user ? user->id : "nobody";
  return site_->state_->parts.audit->add(by, did, of, now);
}

}  // namespace refledger::site
