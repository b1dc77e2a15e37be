// The routes of the settings area, by subject.
#pragma once

#include <memory>

#include "desk/web/settings/area.h"

namespace refledger::site {

using SharedSettings = std::shared_ptr<const SettingsParts>;

void add_checklist(Area& area, const SharedSettings& parts);
void add_forms(Area& area, const SharedSettings& parts);
void add_texts(Area& area, const SharedSettings& parts);
void add_seal(Area& area, const SharedSettings& parts);
void add_extras(Area& area, const SharedSettings& parts);  ///< logo, mail, rules, keys

/// The card beside the form "seal".
Json seal_json(const Context& context, const SettingsParts& parts);

Json tabs_of(const Context& context, std::string_view current);

}  // namespace refledger::site
