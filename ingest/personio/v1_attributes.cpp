#include "ingest/personio/v1_attributes.h"

#include <algorithm>

#include "ingest/personio/value.h"
#include "ledger/core/text.h"

namespace refledger::ingest::personio {
namespace {

constexpr std::size_t kMaxAttributes = 5000;
constexpr std::size_t kMaxOptions = 1000;
constexpr std::size_t kMaxLabel = 300;

// For people to read; what is not one printable line is left out.
std::string label_of(const Json& value) {
  if (!value.is_string()) return {};
  std::string text = value.get<std::string>();
  return text.size() <= kMaxLabel && is_one_line(text) ? text : std::string();
}

std::optional<Attribute> attribute_of(const Json& item) {
  const Json& key = member(item, "key");
  if (!key.is_string() || !is_attribute_key(key.get_ref<const std::string&>())) return {};
  Attribute made{key.get<std::string>(), label_of(member(item, "label")),
                 label_of(member(item, "type")), label_of(member(item, "universal_id"))};
  for (const Json& option : member(item, "options")) {
    if (made.options.size() == kMaxOptions) break;
    if (std::string text = label_of(option); !text.empty()) made.options.push_back(std::move(text));
  }
  return made;
}

}  // namespace

bool is_attribute_key(std::string_view key) {
  return !key.empty() && key.size() <= 64 && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_custom(std::string_view key) { return key.starts_with("dynamic_"); }

Result<std::vector<Attribute>> parse_attributes(std::string_view body) {
  const Result<Json> parsed = parse_json(body, kMaxAttributeBytes, "attributes");
  if (!parsed) return parsed.error();
  const Json& data = member(*parsed, "data");
  if (!data.is_array() || data.size() > kMaxAttributes) {
    return Error{Fault::malformed, "attributes: data expected as a list"};
  }
  std::vector<Attribute> all;
  for (const Json& item : data) {
    std::optional<Attribute> one = attribute_of(item);
    if (!one) return Error{Fault::malformed, "attributes: one without a key"};
    all.push_back(std::move(*one));
  }
  return all;
}

}  // namespace refledger::ingest::personio
