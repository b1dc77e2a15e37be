#include "desk/web/account/pages.h"
#include "ledger/core/hash.h"

namespace refledger::site {
namespace {

// Only where a page of this site may lead: Context::redirect sees to it.
std::string next_of(const Context& context, const Form& form, const AccountParts& parts) {
  const std::string next = form.get("next");
  return next.empty() ? parts.start(context) : next;
}

http::Response entrance(Context& context, const std::string& mail, const std::string& next,
                        const std::string& wrong, unsigned status) {
  return context.page("sign_in",
                      {{"title", context.text("account.sign_in")},
                       {"typed", mail},
                       {"next", next},
                       {"wrong", wrong}},
                      status);
}

http::Response show_entrance(Context& context, const AccountParts& parts) {
  if (context.user) return context.redirect(parts.start(context));
  return entrance(context, "", context.query.get("next"), "", 200);
}

std::string wrong_key(const Error& error) {
  return error.detail.ends_with("throttled") ? "account.throttled" : "account.wrong";
}

http::Response sign_in(Context& context, const AccountParts& parts) {
  const std::string mail = context.form.get("mail");
  const std::string next = context.form.get("next");
  const auto signed_in =
      parts.access->sign_in(mail, context.form.raw("password"), caller_of(context), context.now);
  if (!signed_in) {
    if (signed_in.error().fault != Fault::refused) return context.failed(signed_in.error());
    const bool throttled = signed_in.error().detail.ends_with("throttled");
    return entrance(context, mail, next, context.text(wrong_key(signed_in.error())),
                    throttled ? 429 : 403);
  }
  const char* act = signed_in->half ? "session.password" : "session.start";
  if (Result<void> noted = context.audit(act, signed_in->user); !noted) {
    return context.failed(noted.error());
  }
  context.set_token(signed_in->token);
  if (signed_in->half) {
    return context.redirect(next.empty() ? "/sign-in/code" : "/sign-in/code?next=" + next);
  }
  return context.redirect(next_of(context, context.form, parts));
}

http::Response code_page(Context& context, const std::string& next, const std::string& wrong,
                         unsigned status) {
  return context.page(
      "sign_in_code",
      {{"title", context.text("account.code_title")}, {"next", next}, {"wrong", wrong}}, status);
}

http::Response confirm(Context& context, const AccountParts& parts) {
  const std::string next = context.form.get("next");
  const auto signed_in = parts.access->confirm(context.token(), context.form.get("code"),
                                               caller_of(context), context.now);
  if (!signed_in) {
    const Error& error = signed_in.error();
    if (error.fault == Fault::not_found) return context.redirect("/sign-in");
    if (error.fault != Fault::refused) return context.failed(error);
    const bool throttled = error.detail.ends_with("throttled");
    const std::string said = throttled ? "account.throttled" : "account.code_wrong";
    return code_page(context, next, context.text(said), throttled ? 429 : 403);
  }
  if (Result<void> noted = context.audit("session.start", signed_in->user); !noted) {
    return context.failed(noted.error());
  }
  context.set_token(signed_in->token);
  return context.redirect(next_of(context, context.form, parts));
}

http::Response sign_out(Context& context, const AccountParts& parts) {
  if (Result<void> done = parts.access->end_session(context.user->id, context.session); !done) {
    return context.failed(done.error());
  }
  context.forget_token();
  return context.redirect("/sign-in");
}

http::Response choose_language(Context& context, const AccountParts& parts) {
  const auto chosen = http::language_of(context.form.get("language"));
  if (!chosen) return context.failed({Fault::malformed, "language"});
  http::Response response = context.redirect(context.form.get("next"));
  const std::string code = http::code_of(*chosen);
  if (context.user) {
    if (Result<void> done = parts.access->rename(context.user->id, context.user->name, code);
        !done) {
      return context.failed(done.error());
    }
  }
  response.add("Set-Cookie", "language=" + code + "; Path=/; Max-Age=31536000; SameSite=Lax");
  return response;
}

// ---- invitations --------------------------------------------------------------------------------

http::Response invitation_page(Context& context, const AccountParts& parts, const std::string& name,
                               const std::string& wrong, unsigned status) {
  const auto invitation = parts.access->invitation(context.path.at("token"), context.now);
  if (!invitation) return context.refuse(404, "account.no_invitation");
  return context.page("invitation",
                      {{"title", context.text(invitation->user.empty() ? "account.welcome"
                                                                       : "account.new_password")},
                       {"address", invitation->mail},
                       {"fresh", invitation->user.empty()},
                       {"typed", name},
                       {"action", "/invitation/" + context.path.at("token")},
                       {"wrong", wrong}},
                      status);
}

http::Response accept(Context& context, const AccountParts& parts) {
  const std::string name = context.form.get("name");
  const std::string password = context.form.raw("password");
  if (password != context.form.raw("again")) {
    return invitation_page(context, parts, name, context.text("account.not_twice"), 400);
  }
  const std::string& token = context.path.at("token");
  const Result<access::User> made = parts.access->accept(token, name, password, context.now);
  if (!made) {
    const Error& error = made.error();
    if (error.fault == Fault::not_found) return context.refuse(404, "account.no_invitation");
    if (error.fault == Fault::storage) return context.failed(error);
    const std::string key = error.fault == Fault::refused ? "account.weak" : "account.name_needed";
    return invitation_page(context, parts, name, context.text(key), 400);
  }
  if (Result<void> noted = context.audit("invitation.accept", made->id); !noted) {
    return context.failed(noted.error());
  }
  return context.redirect("/sign-in");
}

// ---- the first administrator --------------------------------------------------------------------

bool may_set_up(const Context& context, const AccountParts& parts) {
  return !parts.setup_token.empty() && !parts.access->has_administrator() &&
         equal_secrets(bytes_of(context.path.at("token")), bytes_of(parts.setup_token));
}

http::Response setup_page(Context& context, const AccountParts& parts, const std::string& wrong,
                          unsigned status) {
  if (!may_set_up(context, parts)) return context.refuse(404, "account.no_invitation");
  return context.page("first_user",
                      {{"title", context.text("account.first_title")},
                       {"action", "/setup/" + context.path.at("token")},
                       {"typed_name", context.form.get("name")},
                       {"typed_mail", context.form.get("mail")},
                       {"wrong", wrong}},
                      status);
}

http::Response set_up(Context& context, const AccountParts& parts) {
  if (!may_set_up(context, parts)) return context.refuse(404, "account.no_invitation");
  const std::string password = context.form.raw("password");
  if (password != context.form.raw("again")) {
    return setup_page(context, parts, context.text("account.not_twice"), 400);
  }
  const Result<access::User> made =
      parts.access->add_first({context.form.get("name"), context.form.get("mail"), password,
                               access::Role::administrator | access::Role::clerk |
                                   access::Role::approver | access::Role::signatory});
  if (!made) {
    const Fault fault = made.error().fault;
    if (fault == Fault::storage) return context.failed(made.error());
    const char* key = fault == Fault::refused         ? "account.weak"
                      : made.error().detail == "mail" ? "account.mail_needed"
                                                      : "account.name_needed";
    return setup_page(context, parts, context.text(key), 400);
  }
  if (Result<void> noted = context.audit("setup.administrator", made->id); !noted) {
    return context.failed(noted.error());
  }
  const auto signed_in =
      parts.access->sign_in(made->mail, password, caller_of(context), context.now);
  if (!signed_in) return context.redirect("/sign-in");
  context.set_token(signed_in->token);
  context.user = *made;
  return context.redirect(parts.start(context));
}

}  // namespace

access::Caller caller_of(const Context& context) {
  return {context.request.peer, std::string(context.request.header("user-agent"))};
}

void add_entrance(Area& area, const SharedAccountParts& parts) {
  const auto with = [&](auto function) {
    return [parts, function](Context& context) { return function(context, *parts); };
  };
  const auto get = Method::get;
  const auto post = Method::post;
  area.routes.push_back({get, "/", Who::signed_in(), "", [parts](Context& context) {
                           return context.redirect(parts->start(context));
                         }});
  area.routes.push_back({get, "/sign-in", Who::everybody(), "", with(show_entrance)});
  area.routes.push_back({post, "/sign-in", Who::everybody(), "", with(sign_in)});
  area.routes.push_back({get, "/sign-in/code", Who::everybody(), "", [](Context& context) {
                           return code_page(context, context.query.get("next"), "", 200);
                         }});
  area.routes.push_back({post, "/sign-in/code", Who::everybody(), "", with(confirm)});
  area.routes.push_back({post, "/sign-out", Who::signed_in(), "session.end", with(sign_out)});
  area.routes.push_back({post, "/language", Who::everybody(), "", with(choose_language)});
  area.routes.push_back(
      {get, "/invitation/{token}", Who::everybody(), "",
       [parts](Context& context) { return invitation_page(context, *parts, "", "", 200); }});
  area.routes.push_back({post, "/invitation/{token}", Who::everybody(), "", with(accept)});
  area.routes.push_back({get, "/setup/{token}", Who::everybody(), "", [parts](Context& context) {
                           return setup_page(context, *parts, "", 200);
                         }});
  area.routes.push_back({post, "/setup/{token}", Who::everybody(), "", with(set_up)});
}

}  // namespace refledger::site
