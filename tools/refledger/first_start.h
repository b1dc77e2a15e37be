// The first start without `refledger init`: the browser asks what is needed.
//
// Order    Returns when somebody has answered and the installation is made, or when the process is
//          asked to stop.  Interrupted anywhere, it is simply done again.
#pragma once

#include "tools/refledger/web_site.h"

namespace refledger::tools {

/// Whether an installation was made in this data folder.
bool is_set_up(const Settings& settings);

/// False: asked to stop.
Result<bool> set_up_in_browser(const Settings& settings, Front& front);

/// On standard output, which is nobody's log: whoever has the link becomes the administrator.
void say_setup_link(const std::string& link);

}  // namespace refledger::tools
