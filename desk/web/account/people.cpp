#include "desk/web/account/pages.h"

namespace refledger::site {
namespace {

using access::Role;

std::string role_text(const Context& context, Role role) {
  return context.text(std::string("account.role_") + name_of(role));
}

Json choices_of(const Context& context, access::Roles chosen) {
  Json choices = Json::array();
  for (const Role role : access::kRoles) {
    choices.push_back({{"role", name_of(role)},
                       {"label", role_text(context, role)},
                       {"how", context.text(std::string("account.role_how_") + name_of(role))},
                       {"chosen", chosen.has(role)}});
  }
  return choices;
}

Json names_of(const Context& context, access::Roles roles) {
  Json names = Json::array();
  for (const Role role : access::kRoles) {
    if (roles.has(role)) names.push_back({{"role", role_text(context, role)}});
  }
  return names;
}

access::Roles roles_in(const Form& form) {
  access::Roles roles;
  for (const std::string& name : form.all("role")) {
    if (const auto role = access::role_named(name)) roles = roles | *role;
  }
  return roles;
}

http::Response list(Context& context, const AccountParts& parts, const std::string& wrong,
                    unsigned status) {
  Json people = Json::array();
  for (const access::User& user : parts.access->users()) {
    people.push_back({{"user_id", user.id},
                      {"person", user.name},
                      {"address", user.mail},
                      {"roles", names_of(context, user.roles)},
                      {"two_factor", user.two_factor},
                      {"closed", !user.active}});
  }
  Json open = Json::array();
  for (const access::Invitation& invitation : parts.access->invitations(context.now)) {
    open.push_back({{"invitation", invitation.id},
                    {"address", invitation.mail},
                    {"roles", names_of(context, invitation.roles)},
                    {"fresh", invitation.user.empty()},
                    {"until", context.time(invitation.until)}});
  }
  return context.page("people",
                      {{"title", context.text("account.people")},
                       {"people", std::move(people)},
                       {"any_open", !open.empty()},
                       {"open", std::move(open)},
                       {"typed", context.form.get("mail")},
                       {"choices", choices_of(context, roles_in(context.form))},
                       {"wrong", wrong}},
                      status);
}

http::Response link_page(Context& context, const std::string& mail, const std::string& token) {
  return context.page("invitation_link", {{"title", context.text("account.link_title")},
                                          {"address", mail},
                                          {"link", context.base() + "/invitation/" + token}});
}

http::Response invite(Context& context, const AccountParts& parts) {
  const std::string mail = context.form.get("mail");
  const auto token =
      parts.access->invite(mail, roles_in(context.form), context.user->id, context.now);
  if (!token) {
    const Error& error = token.error();
    if (error.fault == Fault::storage) return context.failed(error);
    const char* key = error.fault == Fault::conflict ? "account.mail_taken"
                      : error.detail == "roles"      ? "account.role_needed"
                                                     : "account.mail_needed";
    return list(context, parts, context.text(key), 400);
  }
  return link_page(context, mail, *token);
}

http::Response withdraw(Context& context, const AccountParts& parts) {
  if (Result<void> done = parts.access->withdraw_invitation(context.path.at("invitation")); !done) {
    return context.failed(done.error());
  }
  context.flash("good", context.text("account.withdrawn"));
  return context.redirect("/accounts");
}

http::Response edit_page(Context& context, const AccountParts& parts, const std::string& wrong,
                         unsigned status) {
  const auto user = parts.access->user(context.path.at("id"));
  if (!user) return context.refuse(404, "frame.not_found");
  return context.page("person",
                      {{"title", user->name},
                       {"user_id", user->id},
                       {"address", user->mail},
                       {"active", user->active},
                       {"choices", choices_of(context, user->roles)},
                       {"wrong", wrong}},
                      status);
}

http::Response edit(Context& context, const AccountParts& parts) {
  const bool active = context.form.get("closed") != "yes";
  const Result<void> done =
      parts.access->set_roles(context.path.at("id"), roles_in(context.form), active);
  if (!done) {
    const Fault fault = done.error().fault;
    if (fault == Fault::conflict) {
      return edit_page(context, parts, context.text("account.last_administrator"), 409);
    }
    if (fault == Fault::malformed) {
      return edit_page(context, parts, context.text("account.role_needed"), 400);
    }
    return context.failed(done.error());
  }
  context.flash("good", context.text("account.saved"));
  return context.redirect("/accounts");
}

http::Response send_back(Context& context, const AccountParts& parts) {
  const auto user = parts.access->user(context.path.at("id"));
  if (!user) return context.refuse(404, "frame.not_found");
  const auto token = parts.access->invite_back(user->id, context.user->id, context.now);
  if (!token) return context.failed(token.error());
  return link_page(context, user->mail, *token);
}

}  // namespace

void add_people(Area& area, const SharedAccountParts& parts) {
  const auto add = [&](Method method, const char* pattern, const char* act, auto function) {
    area.routes.push_back(
        {method, pattern, Who::with(Role::administrator), act,
         [parts, function](Context& context) { return function(context, *parts); }});
  };
  add(Method::get, "/accounts", "",
      [](Context& context, const AccountParts& with) { return list(context, with, "", 200); });
  add(Method::post, "/accounts/invitations", "account.invite", invite);
  add(Method::post, "/accounts/invitations/{invitation}/withdraw", "invitation.withdraw", withdraw);
  add(Method::get, "/accounts/{id}", "",
      [](Context& context, const AccountParts& with) { return edit_page(context, with, "", 200); });
  add(Method::post, "/accounts/{id}", "account.roles", edit);
  add(Method::post, "/accounts/{id}/password", "account.send-back", send_back);
  area.menu.push_back({"/accounts", "account.people", Role::administrator});
}

}  // namespace refledger::site
