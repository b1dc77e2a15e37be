// The page's files (HTML, CSS, JavaScript), built into the program by embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace refledger::web {

struct Asset {
  std::string_view name;  ///< without a folder
  std::string_view content;
};

/// All of them, ordered by name.
std::span<const Asset> all_assets();

/// The content of `name`; empty if there is no such file.
std::string_view find_asset(std::string_view name);

/// `text/javascript; charset=utf-8` and the like; empty for files that are not served as they are.
std::string_view asset_type(std::string_view name);

}  // namespace refledger::web
