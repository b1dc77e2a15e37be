// The settings forms as a table: which keys stand on which page, and how each is typed.
#pragma once

#include <span>
#include <string_view>

namespace refledger::site {

/// `pem`: a text of several lines, kept as it is.
enum class Input { text, lines, mail, number, choice, types, pem };

/// Texts: "settings.KEY" with dots as underscores, and the same with "_how" where there is more to
/// say.
struct SettingField {
  std::string_view key;
  Input input = Input::text;
  std::string_view choices = {};  ///< "off draft issue"; texts "settings.KEY_CHOICE"
};

struct SettingsForm {
  std::string_view id;  ///< /settings/ID; texts "settings.form_ID" and "settings.form_ID_how"
  std::span<const SettingField> fields;
};

std::span<const SettingsForm> settings_forms();

}  // namespace refledger::site
