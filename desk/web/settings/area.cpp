#include "desk/web/settings/area.h"

#include "desk/web/settings/forms.h"
#include "desk/web/settings/pages.h"

namespace refledger::site {

Json tabs_of(const Context& context, std::string_view current) {
  Json tabs = Json::array();
  const auto add = [&](const std::string& id) {
    tabs.push_back({{"path", "/settings/" + id},
                    {"name", context.text("settings.form_" + id)},
                    {"current", id == current}});
  };
  for (const SettingsForm& form : settings_forms()) add(std::string(form.id));
  add("texts");
  add("rules");
  add("keys");
  return tabs;
}

Area settings_area(SettingsParts parts) {
  Area area;
  const auto shared = std::make_shared<const SettingsParts>(std::move(parts));
  add_checklist(area, shared);
  add_forms(area, shared);
  add_texts(area, shared);
  add_seal(area, shared);
  add_extras(area, shared);
  area.menu.push_back({"/start", "settings.checklist", access::Role::administrator});
  area.menu.push_back(
      {"/settings/company", "settings.menu", access::Role::administrator, "/settings"});
  return area;
}

}  // namespace refledger::site
