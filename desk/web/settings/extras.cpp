#include "desk/web/settings/pages.h"

namespace refledger::site {
namespace {

constexpr std::size_t kMaxLogo = std::size_t{1} << 20;
const std::string kCompanyPage = "/settings/company";
const std::string kMailPage = "/settings/mail";

http::Response show_logo(Context& context, const SettingsParts& parts) {
  const std::optional<Picture> logo = parts.logo();
  if (!logo) return context.refuse(404, "frame.not_found");
  http::Response response(200, logo->type, logo->bytes);
  response.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  return response;
}

http::Response set_logo(Context& context, const SettingsParts& parts) {
  const Upload* file = context.form.upload("logo");
  const bool remove = context.form.get("remove") == "yes";
  if (!remove && (file == nullptr || file->content.empty() || file->content.size() > kMaxLogo)) {
    context.flash("bad", context.text("settings.logo_needed"));
    return context.redirect(kCompanyPage);
  }
  const Result<void> done = parts.set_logo(remove ? ByteView{} : bytes_of(file->content));
  if (!done && done.error().fault == Fault::storage) return context.failed(done.error());
  context.flash(done ? "good" : "bad",
                context.text(done ? "settings.saved" : "settings.logo_unusable"));
  return context.redirect(kCompanyPage);
}

http::Response set_password(Context& context, const SettingsParts& parts) {
  const std::string password = context.form.raw("password");
  if (Result<void> done = parts.set_mail_password(password); !done) {
    return context.failed(done.error());
  }
  context.flash("good", context.text("settings.saved"));
  return context.redirect(kMailPage);
}

http::Response send_test(Context& context, const SettingsParts& parts) {
  const Result<std::string> sent = parts.send_test(context.form.get("to"));
  if (!sent && sent.error().fault == Fault::storage) return context.failed(sent.error());
  const std::string why = sent ? *sent : sent.error().detail;
  context.flash(
      sent ? "good" : "bad",
      context.text(sent ? "settings.test_sent" : "settings.test_failed", {{"answer", why}}));
  return context.redirect(kMailPage);
}

std::string in_language(const Json& texts, Language language) {
  const auto found = texts.find(http::code_of(language));
  return found != texts.end() && found->is_string() ? found->get<std::string>() : std::string();
}

http::Response show_rules(Context& context, const SettingsParts& parts) {
  Json packs = parts.rules();
  for (Json& pack : packs) {
    for (Json& type : pack["types"]) {
      type["name"] = in_language(type["names"], context.language);
      type["when"] = in_language(type["applies"], context.language);
    }
  }
  return context.page("rules", {{"title", context.text("settings.form_rules")},
                                {"lead", context.text("settings.form_rules_how")},
                                {"tabs", tabs_of(context, "rules")},
                                {"packs", std::move(packs)}});
}

http::Response show_keys(Context& context, const SettingsParts& parts) {
  const KeyFacts keys = parts.keys();
  return context.page("keys", {{"title", context.text("settings.form_keys")},
                               {"lead", context.text("settings.form_keys_how")},
                               {"tabs", tabs_of(context, "keys")},
                               {"issuer", keys.issuer},
                               {"kid", keys.kid},
                               {"log", keys.log},
                               {"published", keys.published}});
}

http::Response check_domain(Context& context, const SettingsParts& parts) {
  const Result<void> confirmed = parts.check_domain();
  context.flash(confirmed ? "good" : "bad",
                context.text(confirmed ? "settings.domain_ok" : "settings.domain_not"));
  return context.redirect("/settings/keys");
}

}  // namespace

void add_extras(Area& area, const SharedSettings& parts) {
  const auto add = [&](Method method, const char* pattern, const char* act, auto function) {
    area.routes.push_back(
        {method, pattern, Who::with(access::Role::administrator), act,
         [parts, function](Context& context) { return function(context, *parts); }});
  };
  add(Method::get, "/settings/company/logo", "", show_logo);
  add(Method::post, "/settings/company/logo", "settings.logo", set_logo);
  add(Method::post, "/settings/mail/password", "settings.change", set_password);
  add(Method::post, "/settings/mail/test", "settings.mail-test", send_test);
  add(Method::get, "/settings/rules", "", show_rules);
  add(Method::get, "/settings/keys", "", show_keys);
  add(Method::post, "/settings/keys/check", "settings.domain-check", check_domain);
}

}  // namespace refledger::site
