#include <algorithm>
#include <set>
#include <sstream>

#include "desk/web/settings/forms.h"
#include "desk/web/settings/pages.h"

namespace refledger::site {
namespace {

std::string text_key(std::string_view key) {
  std::string name = "settings." + std::string(key);
  std::replace(name.begin() + 9, name.end(), '.', '_');
  return name;
}

std::string maybe(const Context& context, const std::string& key) {
  const std::string text = context.text(key);
  return text == key ? std::string() : text;
}

// `a | b` of refledger.conf as lines, and back.
std::string to_lines(const std::string& value) {
  std::string lines;
  std::size_t at = 0;
  while (at <= value.size()) {
    const std::size_t end = std::min(value.find('|', at), value.size());
    std::string line = value.substr(at, end - at);
    const std::size_t first = line.find_first_not_of(' ');
    if (first != std::string::npos) {
      line = line.substr(first, line.find_last_not_of(' ') - first + 1);
      lines += (lines.empty() ? "" : "\n") + line;
    }
    at = end + 1;
  }
  return lines;
}

std::string from_lines(const std::string& typed) {
  std::string value;
  for (const char letter : typed)
    value += letter == '\n' ? std::string(" | ") : std::string(1, letter);
  return value;
}

Json choices_of(const Context& context, const SettingField& field, const std::string& value) {
  Json choices = Json::array();
  std::string_view rest = field.choices;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string choice(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    std::string key = text_key(field.key) + "_" + choice;
    std::replace(key.begin(), key.end(), '-', '_');
    choices.push_back(
        {{"choice", choice}, {"label", context.text(key)}, {"chosen", choice == value}});
  }
  return choices;
}

// The types of a setting: "CH.full_final | full_interim", or "all".
std::set<std::string> types_in(const std::string& value) {
  std::set<std::string> types;
  std::istringstream lines(to_lines(value));
  for (std::string line; std::getline(lines, line);) types.insert(line);
  return types;
}

Json types_of(const Context& context, const Json& packs, const std::string& value) {
  const std::set<std::string> chosen = types_in(value);
  Json types = Json::array();
  types.push_back({{"choice", "all"},
                   {"label", context.text("settings.four_eyes_all")},
                   {"chosen", chosen.contains("all")}});
  std::set<std::string> seen;
  for (const Json& pack : packs) {
    const std::string country = pack.value("country", "");
    for (const Json& type : pack["types"]) {
      const std::string id = type.value("type", "");
      if (!seen.insert(country + "." + id).second) continue;  // an older version of the pack
      const std::string name = type["names"].value(http::code_of(context.language), id);
      types.push_back({{"choice", country + "." + id},
                       {"label", country + " · " + name},
                       {"chosen", chosen.contains(id) || chosen.contains(country + "." + id)}});
    }
  }
  return types;
}

// As it was ticked; "all" says everything.
std::string typed_types(const Context& context, const std::string& key) {
  std::string value;
  for (const std::string& type : context.form.all(key)) {
    if (type == "all") return type;
    if (!type.empty()) value += (value.empty() ? "" : " | ") + type;
  }
  return value;
}

std::string origin_text(const Context& context, SetIn set_in) {
  return context.text(set_in == SetIn::here   ? "settings.from_here"
                      : set_in == SetIn::file ? "settings.from_file"
                                              : "settings.from_default");
}

Json field_of(const Context& context, const SettingField& field, const Setting& setting,
              const std::optional<std::string>& typed, const std::string& wrong_key) {
  const std::string stored = field.input == Input::lines ? to_lines(setting.value) : setting.value;
  const std::string value = typed.value_or(stored);
  const std::string key = text_key(field.key);
  return {{"key", std::string(field.key)},
          {"label", context.text(key)},
          {"how", maybe(context, key + "_how")},
          {"value", value},
          {"is_lines", field.input == Input::lines || field.input == Input::pem},
          {"longest", field.input == Input::pem ? "60000" : "1000"},
          {"is_choice", field.input == Input::choice},
          {"is_types", field.input == Input::types},
          {"is_input", field.input == Input::text || field.input == Input::mail ||
                           field.input == Input::number},
          {"type", field.input == Input::mail     ? "email"
                   : field.input == Input::number ? "number"
                                                  : "text"},
          {"choices", choices_of(context, field, value)},
          {"from", origin_text(context, setting.set_in)},
          {"here", setting.set_in == SetIn::here},
          {"wrong", wrong_key == field.key ? context.text("settings.not_possible") : ""}};
}

const SettingsForm* form_named(std::string_view id) {
  for (const SettingsForm& form : settings_forms()) {
    if (form.id == id) return &form;
  }
  return nullptr;
}

http::Response show(Context& context, const SettingsParts& parts, const SettingsForm& form,
                    const std::string& wrong_key, unsigned status) {
  Json fields = Json::array();
  for (const SettingField& field : form.fields) {
    const Result<Setting> setting = parts.keeper->get(std::string(field.key));
    if (!setting) return context.failed(setting.error());
    std::optional<std::string> typed;
    if (context.form.has(field.key)) {
      typed = field.input == Input::types ? typed_types(context, std::string(field.key))
                                          : context.form.raw(field.key);
    }
    Json shown = field_of(context, field, *setting, typed, wrong_key);
    if (field.input == Input::types) {
      shown["choices"] = types_of(context, parts.rules(), shown.value("value", ""));
    }
    fields.push_back(std::move(shown));
  }
  const std::string id(form.id);
  Json seal = id == "seal" ? seal_json(context, parts) : Json(false);
  return context.page("settings_form",
                      {{"is_seal", id == "seal"},
                       {"seal", std::move(seal)},
                       {"title", context.text("settings.form_" + id)},
                       {"lead", context.text("settings.form_" + id + "_how")},
                       {"tabs", tabs_of(context, id)},
                       {"form_id", id},
                       {"fields", std::move(fields)},
                       {"version", parts.keeper->version()},
                       {"wrong", wrong_key.empty() ? "" : context.text("settings.wrong")},
                       {"is_company", id == "company"},
                       {"has_logo", id == "company" && parts.logo().has_value()},
                       {"is_mail", id == "mail"},
                       {"my_mail", context.user ? context.user->mail : ""}},
                      status);
}

http::Response change(Context& context, const SettingsParts& parts, const SettingsForm& form) {
  if (context.stale(parts.keeper->version())) return context.stale_page();
  std::map<std::string, std::optional<std::string>> changes;
  for (const SettingField& field : form.fields) {
    const std::string key(field.key);
    if (!context.form.has(key)) continue;
    std::string value = context.form.get(key);
    if (field.input == Input::lines) value = from_lines(value);
    if (field.input == Input::types) value = typed_types(context, key);
    const Result<Setting> now = parts.keeper->get(key);
    if (!now) return context.failed(now.error());
    if (value == now->value) continue;
    // Nothing ticked is a choice of its own, whatever the file says.
    const bool unset = value.empty() && field.input != Input::types;
    changes[key] = unset ? std::nullopt : std::optional<std::string>(value);
  }
  if (Result<void> done = parts.keeper->change(changes); !done) {
    if (done.error().fault != Fault::malformed) return context.failed(done.error());
    const std::string& detail = done.error().detail;
    return show(context, parts, form, detail.substr(0, detail.find(' ')), 400);
  }
  context.flash("good", context.text("settings.saved"));
  return context.redirect("/settings/" + std::string(form.id));
}

}  // namespace

void add_forms(Area& area, const SharedSettings& parts) {
  const Who who = Who::with(access::Role::administrator);
  area.routes.push_back({Method::get, "/settings/{form}", who, "", [parts](Context& context) {
                           const SettingsForm* form = form_named(context.path.at("form"));
                           if (form == nullptr) return context.refuse(404, "frame.not_found");
                           return show(context, *parts, *form, "", 200);
                         }});
  area.routes.push_back(
      {Method::post, "/settings/{form}", who, "settings.change", [parts](Context& context) {
         const SettingsForm* form = form_named(context.path.at("form"));
         if (form == nullptr) return context.refuse(404, "frame.not_found");
         return change(context, *parts, *form);
       }});
}

}  // namespace refledger::site
