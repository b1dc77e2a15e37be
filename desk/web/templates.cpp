#include "desk/web/templates.h"

#include <mustache.hpp>

namespace refledger::site {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

constexpr int kDeepest = 4;

data data_of(const Json& value) {
  switch (value.type()) {
    case Json::value_t::object: {
      data object{data::type::object};
      for (const auto& [name, member] : value.items()) object.set(name, data_of(member));
      return object;
    }
    case Json::value_t::array: {
      data list{data::type::list};
      for (const Json& item : value) list.push_back(data_of(item));
      return list;
    }
    case Json::value_t::string:
      // An empty text is nothing, so that {{#name}} can ask whether there is one.
      if (value.get_ref<const std::string&>().empty()) return data(data::type::bool_false);
      return data(value.get<std::string>());
    case Json::value_t::boolean:
      return data(value.get<bool>() ? data::type::bool_true : data::type::bool_false);
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
      return data(value.dump());
    case Json::value_t::null:
    case Json::value_t::number_float:
    case Json::value_t::binary:
    case Json::value_t::discarded:
      return data(data::type::bool_false);
  }
  return data(data::type::bool_false);
}

// `{name}` becomes a tag, everything else HTML.
std::string template_of(const std::string& text) {
  std::string made;
  for (const char letter : escape_html(text)) {
    if (letter == '{') {
      made += "{{";
    } else if (letter == '}') {
      made += "}}";
    } else {
      made += letter;
    }
  }
  return made;
}

// Calls `replace` with what stands between `open` and "}}" and puts its answer there.
template <class Replace>
std::string replace_tags(std::string_view source, std::string_view open, const Replace& replace) {
  std::string made;
  std::size_t at = 0;
  for (;;) {
    const std::size_t begin = source.find(open, at);
    const std::size_t end = begin == std::string_view::npos ? begin : source.find("}}", begin);
    if (end == std::string_view::npos) break;
    made += source.substr(at, begin - at);
    const std::size_t inside = begin + open.size();
    made += replace(std::string(source.substr(inside, end - inside)));
    at = end + 2;
  }
  return made + std::string(source.substr(at));
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string escaped;
  for (const char letter : text) {
    switch (letter) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += letter;
    }
  }
  return escaped;
}

Templates::Templates(std::span<const File> files, const Texts& texts) {
  constexpr std::string_view kFolder = "templates/";
  constexpr std::string_view kEnd = ".html";
  for (const File& file : files) {
    if (!file.name.starts_with(kFolder) || !file.name.ends_with(kEnd)) continue;
    std::string_view name = file.name.substr(kFolder.size());
    name.remove_suffix(kEnd.size());
    sources_[std::string(name)] = file.content;
  }
  for (const auto& [name, source] : sources_) {
    if (name.starts_with('_')) continue;
    const std::string whole = with_parts(source, 0);
    for (const Language language : http::kLanguages) {
      ready_[{name, language}] = with_texts(whole, language, texts);
    }
  }
}

std::string Templates::with_parts(std::string_view source, int depth) const {
  return replace_tags(source, "{{> ", [&](const std::string& name) {
    const auto part = sources_.find("_" + name);
    if (part == sources_.end() || depth == kDeepest) return std::string();
    return with_parts(part->second, depth + 1);
  });
}

std::string Templates::with_texts(const std::string& source, Language language,
                                  const Texts& texts) {
  return replace_tags(source, "{{t.", [&](const std::string& key) {
    keys_.insert(key);
    return template_of(texts.get(language, key));
  });
}

std::string Templates::render(Language language, const std::string& name,
                              const Json& values) const {
  const auto found = ready_.find({name, language});
  if (found == ready_.end()) return {};
  mustache page{found->second};
  if (!page.is_valid()) return {};
  page.set_custom_escape([](const std::string& text) { return escape_html(text); });
  data given = data_of(values);
  return page.render(given);
}

std::set<std::string> Templates::names() const {
  std::set<std::string> names;
  for (const auto& [key, text] : ready_) names.insert(key.first);
  return names;
}

}  // namespace refledger::site
