// What HR set in the browser: kept in the vault, by the keys of refledger.conf, and stronger.
//
// Shape    One vault item of kind "settings": canonical JSON, KEY to text; one of kind "logo": the
//          picture's bytes.
#pragma once

#include <optional>

#include "desk/vault/vault.h"
#include "tools/refledger/settings.h"

namespace refledger::tools {

Result<SettingsValues> read_kept_settings(const vault::Vault& vault);
Result<void> keep_settings(vault::Vault& vault, const SettingsValues& values);

Result<std::optional<Bytes>> read_kept_logo(const vault::Vault& vault);
/// Empty: none any more.
Result<void> keep_logo(vault::Vault& vault, ByteView bytes);

/// `given` with what is kept.  malformed, naming the key, where something is missing even so.
Result<Settings> effective_settings(const Settings& given, const vault::Vault& vault);

}  // namespace refledger::tools
