// Templates, texts and assets of HR's web application, built into the program.
#pragma once

#include <span>
#include <string_view>

namespace refledger::site {

struct File {
  std::string_view name;  ///< "templates/layout.html"
  std::string_view content;
};

/// All of them, ordered by name (cmake/embed.cmake writes it).
std::span<const File> all_files();

}  // namespace refledger::site
