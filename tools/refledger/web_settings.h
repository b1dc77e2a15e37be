// What the settings pages read and change: refledger.conf, the vault, the mail server, the rules,
// the keys.
//
// Threads  Any.
#pragma once

#include <functional>
#include <memory>

#include "desk/web/settings/area.h"
#include "tools/refledger/home.h"

namespace refledger::tools {

/// `changed`: the desk is to start anew with what counts now.
site::SettingsParts settings_parts(OpenHome& home, std::function<void()> changed);

}  // namespace refledger::tools
