#include "desk/access/totp.h"
#include "desk/web/account/pages.h"
#include "desk/web/account/qr.h"
#include "ledger/core/encoding.h"

namespace refledger::site {
namespace {

Json sessions_of(Context& context, const AccountParts& parts) {
  Json sessions = Json::array();
  for (const access::Session& session : parts.access->sessions(context.user->id, context.now)) {
    sessions.push_back({{"session", session.id},
                        {"browser", session.browser},
                        {"started", context.time(session.started)},
                        {"seen", context.time(session.seen)},
                        {"this", session.id == context.session}});
  }
  return sessions;
}

http::Response profile(Context& context, const AccountParts& parts, const std::string& wrong,
                       unsigned status) {
  Json roles = Json::array();
  for (const access::Role role : access::kRoles) {
    if (context.user->roles.has(role)) {
      roles.push_back({{"role", context.text(std::string("account.role_") + name_of(role))}});
    }
  }
  Json values{
      {"title", context.text("account.profile")},
      {"name", context.user->name},
      {"address", context.user->mail},
      {"roles", std::move(roles)},
      {"two_factor", context.user->two_factor},
      {"codes_left", context.user->recovery_codes},
      {"sessions", sessions_of(context, parts)},
      {"wrong_current", wrong == "account.current_wrong" ? context.text(wrong) : ""},
      {"wrong_new",
       wrong == "account.current_wrong" || wrong.empty() ? std::string() : context.text(wrong)}};
  return context.page("profile", std::move(values), status);
}

http::Response rename(Context& context, const AccountParts& parts) {
  const Result<void> done =
      parts.access->rename(context.user->id, context.form.get("name"), context.user->language);
  if (!done) return context.failed(done.error());
  context.flash("good", context.text("account.saved"));
  return context.redirect("/profile");
}

http::Response change_password(Context& context, const AccountParts& parts) {
  const std::string password = context.form.raw("password");
  if (password != context.form.raw("again")) {
    return profile(context, parts, "account.not_twice", 400);
  }
  const Result<void> done = parts.access->change_password(
      context.user->id, context.form.raw("current"), password, context.session);
  if (!done) {
    if (done.error().fault != Fault::refused) return context.failed(done.error());
    const bool current = done.error().detail.starts_with("current");
    return profile(context, parts, current ? "account.current_wrong" : "account.weak", 400);
  }
  context.flash("good", context.text("account.password_changed"));
  return context.redirect("/profile");
}

http::Response end_session(Context& context, const AccountParts& parts) {
  const std::string& id = context.path.at("session");
  if (Result<void> done = parts.access->end_session(context.user->id, id); !done) {
    return context.failed(done.error());
  }
  context.flash("good", context.text("account.session_ended"));
  return context.redirect("/profile");
}

http::Response end_others(Context& context, const AccountParts& parts) {
  if (Result<void> done = parts.access->end_sessions(context.user->id, context.session); !done) {
    return context.failed(done.error());
  }
  context.flash("good", context.text("account.session_ended"));
  return context.redirect("/profile");
}

// ---- second factor ------------------------------------------------------------------------------

http::Response two_factor_page(Context& context, const Bytes& secret, const std::string& wrong,
                               unsigned status) {
  const QrPath qr = qr_path(access::totp_uri(secret, "refledger", context.user->mail));
  std::string grouped;
  for (const char letter : access::totp_secret_text(secret)) {
    if (grouped.size() % 5 == 4) grouped += ' ';
    grouped += letter;
  }
  return context.page("two_factor",
                      {{"title", context.text("account.two_factor")},
                       {"qr", qr.path},
                       {"qr_size", qr.size},
                       {"secret_text", grouped},
                       {"secret", to_hex(secret)},
                       {"wrong", wrong}},
                      status);
}

http::Response offer_two_factor(Context& context, const AccountParts& parts) {
  Bytes secret(access::kTotpSecret);
  parts.random->fill(secret);
  return two_factor_page(context, secret, "", 200);
}

http::Response codes_page(Context& context, const std::vector<std::string>& codes) {
  Json list = Json::array();
  for (const std::string& code : codes) list.push_back({{"code", code}});
  return context.page("recovery_codes",
                      {{"title", context.text("account.codes")}, {"codes", std::move(list)}});
}

http::Response start_two_factor(Context& context, const AccountParts& parts) {
  const Result<Bytes> secret = from_hex(context.form.get("secret"), "secret");
  if (!secret || secret->size() != access::kTotpSecret) {
    return context.failed({Fault::malformed, "secret"});
  }
  const auto codes = parts.access->start_two_factor(context.user->id, *secret,
                                                    context.form.get("code"), context.now);
  if (!codes) {
    if (codes.error().fault != Fault::refused) return context.failed(codes.error());
    return two_factor_page(context, *secret, context.text("account.code_wrong"), 400);
  }
  return codes_page(context, *codes);
}

// What weakens an account is asked the password once more.
std::optional<http::Response> refuse_without_password(Context& context, const AccountParts& parts) {
  if (parts.access->password_is(context.user->id, context.form.raw("current"))) {
    return std::nullopt;
  }
  return profile(context, parts, "account.current_wrong", 403);
}

http::Response stop_two_factor(Context& context, const AccountParts& parts) {
  if (auto refused = refuse_without_password(context, parts)) return *std::move(refused);
  if (Result<void> done = parts.access->stop_two_factor(context.user->id); !done) {
    return context.failed(done.error());
  }
  context.flash("good", context.text("account.two_factor_off"));
  return context.redirect("/profile");
}

http::Response new_codes(Context& context, const AccountParts& parts) {
  if (auto refused = refuse_without_password(context, parts)) return *std::move(refused);
  const auto codes = parts.access->new_recovery_codes(context.user->id);
  if (!codes) return context.failed(codes.error());
  return codes_page(context, *codes);
}

}  // namespace

void add_profile(Area& area, const SharedAccountParts& parts) {
  const auto add = [&](Method method, const char* pattern, const char* act, auto function) {
    area.routes.push_back(
        {method, pattern, Who::signed_in(), act,
         [parts, function](Context& context) { return function(context, *parts); }});
  };
  add(Method::get, "/profile", "",
      [](Context& context, const AccountParts& with) { return profile(context, with, "", 200); });
  add(Method::post, "/profile/name", "account.rename", rename);
  add(Method::post, "/profile/password", "account.password", change_password);
  add(Method::post, "/profile/sessions/{session}/end", "session.revoke", end_session);
  add(Method::post, "/profile/sessions/end", "session.revoke", end_others);
  add(Method::get, "/profile/two-factor", "", offer_two_factor);
  add(Method::post, "/profile/two-factor", "account.two-factor.on", start_two_factor);
  add(Method::post, "/profile/two-factor/off", "account.two-factor.off", stop_two_factor);
  add(Method::post, "/profile/two-factor/codes", "account.recovery-codes", new_codes);
}

}  // namespace refledger::site
