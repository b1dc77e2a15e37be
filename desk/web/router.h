// Which route a path belongs to.
//
// Order    A fixed segment goes before {any}: /cases/new is never the case "new".
// Misuse   Two routes of one method and pattern end the process at the start.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/web/site.h"

namespace refledger::site {

class Router {
 public:
  explicit Router(const std::vector<Route>& routes);

  struct Found {
    const Route* route = nullptr;
    std::map<std::string, std::string> path;
    bool other_method = false;  ///< the path is there, for another method
  };
  Found find(std::string_view method, std::string_view path) const;

 private:
  struct Entry {
    const Route* route;
    std::vector<std::string> segments;
  };
  std::vector<Entry> entries_;
};

}  // namespace refledger::site
