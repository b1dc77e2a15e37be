// The issuer's own text, by language and kind of document, read by the checks before it is kept.
#include <algorithm>
#include <array>

#include "desk/web/settings/pages.h"

namespace refledger::site {
namespace {

constexpr std::array<const char*, 3> kPlaces{"introduction", "employer_description", "closing"};
constexpr std::array<const char*, 4> kLanguages{"de", "fr", "it", "en"};
const std::string kPage = "/settings/texts";

Json option(const std::string& value, const std::string& label, const std::string& chosen) {
  return {{"value", value}, {"label", label}, {"chosen", value == chosen}};
}

// "CH.full_final" and its name, of every pack, each once.
std::vector<std::pair<std::string, std::string>> types_of(const Context& context,
                                                          const SettingsParts& parts) {
  std::vector<std::pair<std::string, std::string>> types;
  for (const Json& pack : parts.rules()) {
    const std::string country = pack.value("country", "");
    for (const Json& type : pack["types"]) {
      const std::string id = country + "." + type.value("type", "");
      if (std::ranges::any_of(types, [&](const auto& one) { return one.first == id; })) continue;
      const std::string name = type["names"].value(http::code_of(context.language), id);
      types.emplace_back(id, country + ": " + name);
    }
  }
  return types;
}

// Whether some pack lets such a document have a text there, without a ground.
bool has_room(const SettingsParts& parts, const std::string& type, const std::string& place) {
  if (type.empty()) return true;
  for (const Json& pack : parts.rules()) {
    for (const Json& one : pack["types"]) {
      if (pack.value("country", "") + "." + one.value("type", "") != type) continue;
      for (const Json& rule : one["rules"]) {
        const std::string says = rule.value("says", "");
        if (rule.value("about", "") == place && (says == "usual" || says == "mandatory")) {
          return true;
        }
      }
    }
  }
  return false;
}

// Which texts a page is about.
struct Chosen {
  std::string language;
  std::string type;  ///< empty: every kind of document

  std::string name(const char* place) const {
    return std::string(place) + "." + language + (type.empty() ? "" : "." + type);
  }
  std::string path() const { return kPage + "?language=" + language + "&type=" + type; }
};

Chosen chosen_in(const Context& context, const SettingsParts& parts, const Form& form) {
  Chosen chosen{form.get("language"), form.get("type")};
  if (std::ranges::find(kLanguages, chosen.language) == kLanguages.end()) {
    chosen.language = http::code_of(context.language);
  }
  const auto types = types_of(context, parts);
  if (std::ranges::none_of(types, [&](const auto& one) { return one.first == chosen.type; })) {
    chosen.type.clear();
  }
  return chosen;
}

std::string as_lines(const std::string& value) {
  std::string lines;
  for (std::size_t at = 0; at <= value.size();) {
    const std::size_t end = std::min(value.find('|', at), value.size());
    const std::size_t first = value.find_first_not_of(' ', at);
    if (first < end) {
      const std::size_t last = value.find_last_not_of(' ', end - 1);
      lines += (lines.empty() ? "" : "\n") + value.substr(first, last - first + 1);
    }
    at = end + 1;
  }
  return lines;
}

// As a line of refledger.conf; about the employer it is one paragraph.
std::string as_value(const char* place, const std::string& typed) {
  const bool one = std::string_view(place) == "employer_description";
  std::string value;
  for (const char letter : typed) {
    if (letter == '\n') {
      value += one ? " " : " | ";
    } else if (letter != '\r') {
      value += letter == '|' ? ' ' : letter;
    }
  }
  return value;
}

Json remarks_json(const Context& context, const std::vector<TextRemark>& remarks) {
  Json all = Json::array();
  for (const TextRemark& one : remarks) {
    const auto reason = one.reason.find(http::code_of(context.language));
    all.push_back({{"stops", one.stops},
                   {"reason", reason == one.reason.end() ? "" : reason->second},
                   {"words", one.words},
                   {"from_source", one.source}});
  }
  return all;
}

Result<Json> set_json(const Context& context, const SettingsParts& parts) {
  const Result<std::vector<std::string>> keys = parts.keeper->keys_below("text");
  if (!keys) return keys.error();
  Json set = Json::array();
  const auto types = types_of(context, parts);
  for (const std::string& key : *keys) {
    const std::size_t place_end = key.find('.', 5);
    if (place_end == std::string::npos) continue;
    const std::string place = key.substr(5, place_end - 5);
    const Chosen where{key.substr(place_end + 1, 2),
                       key.size() > place_end + 4 ? key.substr(place_end + 4) : ""};
    const auto type =
        std::ranges::find_if(types, [&](const auto& one) { return one.first == where.type; });
    set.push_back(
        {{"href", where.path()},
         {"label", context.text("settings.text_" + place)},
         {"language", context.text("settings.language_" + where.language)},
         {"type", type == types.end() ? context.text("settings.every_type") : type->second}});
  }
  return set;
}

struct Field {
  std::string value;
  std::string from;
  std::vector<TextRemark> remarks;
};
using Fields = std::map<std::string, Field>;  ///< by place

http::Response show(Context& context, const SettingsParts& parts, const Chosen& chosen,
                    const Fields& fields, const std::string& wrong) {
  Json list = Json::array();
  for (const char* place : kPlaces) {
    const Field& field = fields.at(place);
    const std::string key = std::string("settings.text_") + place;
    list.push_back({{"place", place},
                    {"label", context.text(key)},
                    {"how", context.text(has_room(parts, chosen.type, place)
                                             ? key + "_how"
                                             : std::string("settings.text_no_room"))},
                    {"value", field.value},
                    {"from", field.from},
                    {"remarks", remarks_json(context, field.remarks)}});
  }
  Json languages = Json::array();
  for (const char* one : kLanguages) {
    languages.push_back(
        option(one, context.text(std::string("settings.language_") + one), chosen.language));
  }
  Json types = Json::array({option("", context.text("settings.every_type"), chosen.type)});
  for (const auto& [id, name] : types_of(context, parts)) {
    types.push_back(option(id, name, chosen.type));
  }
  Result<Json> set = set_json(context, parts);
  if (!set) return context.failed(set.error());
  const bool any = !set->empty();
  return context.page("settings_texts",
                      {{"title", context.text("settings.form_texts")},
                       {"lead", context.text("settings.form_texts_how")},
                       {"tabs", tabs_of(context, "texts")},
                       {"languages", std::move(languages)},
                       {"types", std::move(types)},
                       {"language", chosen.language},
                       {"type", chosen.type},
                       {"fields", std::move(list)},
                       {"has_set", any},
                       {"set", *std::move(set)},
                       {"version", parts.keeper->version()},
                       {"wrong", wrong}},
                      wrong.empty() ? 200 : 400);
}

http::Response show_kept(Context& context, const SettingsParts& parts) {
  const Chosen chosen = chosen_in(context, parts, context.query);
  Fields fields;
  for (const char* place : kPlaces) {
    const std::string name = chosen.name(place);
    const Result<Setting> kept = parts.keeper->get("text." + name);
    if (!kept) return context.failed(kept.error());
    Field& field = fields[place];
    field.value = as_lines(kept->value);
    field.from = context.text(kept->set_in == SetIn::here   ? "settings.from_here"
                              : kept->set_in == SetIn::file ? "settings.from_file"
                                                            : "settings.text_none");
    if (!field.value.empty()) field.remarks = parts.examine_text(name, field.value);
  }
  return show(context, parts, chosen, fields, "");
}

// What was sent, with what the checks say of it.
Fields sent(Context& context, const SettingsParts& parts, const Chosen& chosen) {
  Fields fields;
  for (const char* place : kPlaces) {
    Field& field = fields[place];
    field.value = as_lines(as_value(place, context.form.get(place)));
    if (!field.value.empty()) {
      field.remarks = parts.examine_text(chosen.name(place), field.value);
    }
  }
  return fields;
}

http::Response change(Context& context, const SettingsParts& parts) {
  if (context.stale(parts.keeper->version())) return context.stale_page();
  const Chosen chosen = chosen_in(context, parts, context.form);
  const Fields fields = sent(context, parts, chosen);
  std::map<std::string, std::optional<std::string>> changes;
  for (const char* place : kPlaces) {
    const Field& field = fields.at(place);
    if (std::ranges::any_of(field.remarks, &TextRemark::stops)) {
      return show(context, parts, chosen, fields, context.text("settings.text_stopped"));
    }
    const std::string key = "text." + chosen.name(place);
    const Result<Setting> now = parts.keeper->get(key);
    if (!now) return context.failed(now.error());
    if (as_lines(now->value) == field.value) continue;
    changes[key] = field.value.empty() ? std::nullopt : std::optional(as_value(place, field.value));
  }
  if (!changes.empty()) {
    if (Result<void> done = parts.keeper->change(changes); !done) {
      if (done.error().fault != Fault::malformed) return context.failed(done.error());
      return show(context, parts, chosen, fields, context.text("settings.wrong"));
    }
  }
  context.flash("good", context.text("settings.saved"));
  return context.redirect(chosen.path());
}

}  // namespace

void add_texts(Area& area, const SharedSettings& parts) {
  const Who who = Who::with(access::Role::administrator);
  area.routes.push_back({Method::get, "/settings/texts", who, "",
                         [parts](Context& context) { return show_kept(context, *parts); }});
  area.routes.push_back({Method::post, "/settings/texts", who, "settings.change",
                         [parts](Context& context) { return change(context, *parts); }});
}

}  // namespace refledger::site
