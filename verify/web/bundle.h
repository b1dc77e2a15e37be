// The page's modules as one script, for the verifier that is saved as a single file.
//
// Shape    Our modules keep to forms that can be joined line by line: `import { a, b } from
// "./x.js";`
//          on one line, `export function|async function|const|class NAME`, `export { a, b };`.
//          Each becomes a function of its own, so that no two names can meet.
#pragma once

#include <string>
#include <string_view>

namespace refledger::web {

/// `entry` and every module that it imports, in the order of need.
std::string bundle_modules(std::string_view entry);

}  // namespace refledger::web
