#include "verify/web/assets.h"

#include <algorithm>

namespace refledger::web {

std::string_view find_asset(std::string_view name) {
  const std::span<const Asset> assets = all_assets();
  const auto found = std::ranges::find(assets, name, &Asset::name);
  return found == assets.end() ? std::string_view{} : found->content;
}

std::string_view asset_type(std::string_view name) {
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return {};  // the .html files are templates
}

}  // namespace refledger::web
