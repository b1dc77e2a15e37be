#include "desk/web/settings/setup.h"

#include <array>

#include "ledger/core/hash.h"

namespace refledger::site {
namespace {

struct Question {
  const char* field;
  const char* key;
};
constexpr std::array<Question, 5> kQuestions{{{"company", "issuer.name"},
                                              {"website", "issuer.iss"},
                                              {"address", "issuer.address"},
                                              {"place", "issuer.place"},
                                              {"public", "public.url"}}};

bool may(const Context& context, const SetupParts& parts) {
  return !parts.access->has_administrator() &&
         equal_secrets(bytes_of(context.path.at("token")), bytes_of(parts.token));
}

http::Response form(Context& context, const SetupParts& parts, const std::string& wrong,
                    unsigned status) {
  Json values{{"title", context.text("settings.setup_title")},
              {"action", "/setup/" + context.path.at("token")},
              {"wrong", wrong}};
  for (const char* field : {"company", "website", "address", "place", "public", "name", "mail"}) {
    values[std::string("typed_") + field] = context.form.get(field);
  }
  if (!context.form.has("public")) values["typed_public"] = parts.public_address;
  return context.page("setup", std::move(values), status);
}

std::string in_one_line(const std::string& lines) {
  std::string line;
  for (const char letter : lines)
    line += letter == '\n' ? std::string(" | ") : std::string(1, letter);
  return line;
}

http::Response wrong_value(Context& context, const SetupParts& parts, const Error& error) {
  if (error.fault == Fault::storage) return context.failed(error);
  const std::string key = error.detail.substr(0, error.detail.find(' '));
  for (const Question& question : kQuestions) {
    if (key != question.key) continue;
    const std::string field = context.text(std::string("settings.setup_") + question.field);
    return form(context, parts, context.text("settings.setup_wrong", {{"field", field}}), 400);
  }
  return form(context, parts, context.text("settings.wrong"), 400);
}

http::Response wrong_account(Context& context, const SetupParts& parts, const Error& error) {
  if (error.fault == Fault::storage) return context.failed(error);
  const char* key = error.fault == Fault::refused ? "account.weak"
                    : error.detail == "mail"      ? "account.mail_needed"
                                                  : "account.name_needed";
  return form(context, parts, context.text(key), 400);
}

http::Response set_up(Context& context, const SetupParts& parts) {
  const std::string password = context.form.raw("password");
  const std::string mail = context.form.get("mail");
  if (password != context.form.raw("again")) {
    return form(context, parts, context.text("account.not_twice"), 400);
  }
  if (Result<void> good = access::check_new_password(password, mail); !good) {
    return wrong_account(context, parts, good.error());
  }
  if (!access::sign_in_name(mail)) {
    return wrong_account(context, parts, {Fault::malformed, "mail"});
  }
  std::map<std::string, std::string> values;
  for (const Question& question : kQuestions) {
    values[question.key] = in_one_line(context.form.get(question.field));
  }
  values["mail.from"] = mail;
  values["desk.language"] = context.language == Language::de ? "de" : "en";
  if (Result<void> kept = parts.keep(values); !kept) {
    return wrong_value(context, parts, kept.error());
  }
  const Result<access::User> made =
      parts.access->add_first({context.form.get("name"), mail, password,
                               access::Role::administrator | access::Role::clerk |
                                   access::Role::approver | access::Role::signatory});
  if (!made) return wrong_account(context, parts, made.error());
  if (Result<void> noted = context.audit("setup.administrator", made->id); !noted) {
    return context.failed(noted.error());
  }
  const access::Caller caller{context.request.peer,
                              std::string(context.request.header("user-agent"))};
  const auto signed_in = parts.access->sign_in(made->mail, password, caller, context.now);
  if (signed_in) context.set_token(signed_in->token);
  parts.done();
  return context.redirect("/start");
}

}  // namespace

Area setup_area(SetupParts given) {
  const auto parts = std::make_shared<const SetupParts>(std::move(given));
  Area area;
  area.routes.push_back(
      {Method::get, "/setup/{token}", Who::everybody(), "", [parts](Context& context) {
         if (!may(context, *parts)) return context.refuse(404, "account.no_invitation");
         return form(context, *parts, "", 200);
       }});
  area.routes.push_back(
      {Method::post, "/setup/{token}", Who::everybody(), "", [parts](Context& context) {
         if (!may(context, *parts)) return context.refuse(404, "account.no_invitation");
         return set_up(context, *parts);
       }});
  area.routes.push_back({Method::get, "/sign-in", Who::everybody(), "", [](Context& context) {
                           return context.refuse(503, "settings.setup_first");
                         }});
  return area;
}

}  // namespace refledger::site
