#include "verify/web/bundle.h"

#include <set>
#include <vector>

#include "verify/web/assets.h"

namespace refledger::web {
namespace {

std::string variable_of(std::string_view module) {
  std::string name = "module_";
  for (const char c : module) name.push_back(c == '.' || c == '-' ? '_' : c);
  return name;
}

class Bundler {
 public:
  void add(std::string_view module) {
    if (!seen_.insert(std::string(module)).second) return;
    std::string body;
    std::vector<std::string> exported;
    for_each_line(find_asset(module), [&](std::string_view line) {
      body += converted(line, exported);
      body += '\n';
    });
    script_ += "const " + variable_of(module) + " = (() => {\n" + body + "return { ";
    for (const std::string& name : exported) script_ += name + ", ";
    script_ += "};\n})();\n";
  }

  std::string take() { return std::move(script_); }

 private:
  template <class Visit>
  static void for_each_line(std::string_view text, const Visit& visit) {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      visit(text.substr(0, end));
      if (end == std::string_view::npos) return;
      text.remove_prefix(end + 1);
    }
  }

  // One line as it stands in the bundle; the modules it imports are added first.
  std::string converted(std::string_view line, std::vector<std::string>& exported) {
    if (line.starts_with("import {")) return converted_import(line);
    if (line.starts_with("export {")) return add_export_list(line, exported);
    if (!line.starts_with("export ")) return std::string(line);
    line.remove_prefix(7);
    exported.push_back(declared_name(line));
    return std::string(line);
  }

  std::string converted_import(std::string_view line) {
    const std::size_t close = line.find('}');
    const std::size_t begin = line.find("\"./", close) + 3;
    const std::string_view module = line.substr(begin, line.find('"', begin) - begin);
    add(module);
    return "const " + std::string(line.substr(7, close + 1 - 7)) + " = " + variable_of(module) +
           ";";
  }

  static std::string add_export_list(std::string_view line, std::vector<std::string>& exported) {
    const std::size_t begin = line.find('{') + 1;
    std::string_view names = line.substr(begin, line.find('}') - begin);
    names = names.substr(0, names.find_last_not_of(", ") + 1);
    exported.emplace_back(names);
    return {};
  }

  static std::string declared_name(std::string_view declaration) {
    for (const std::string_view word : {"async ", "function ", "const ", "class "}) {
      if (declaration.starts_with(word)) declaration.remove_prefix(word.size());
    }
    return std::string(declaration.substr(0, declaration.find_first_of(" (=")));
  }

  std::set<std::string, std::less<>> seen_;
  std::string script_;
};

}  // namespace

std::string bundle_modules(std::string_view entry) {
  Bundler bundler;
  bundler.add(entry);
  return bundler.take();
}

}  // namespace refledger::web
