#include "ingest/personio/v2_persons.h"

#include <algorithm>
#include <array>

#include "ingest/personio/cursor.h"
#include "ingest/personio/shape.h"
#include "ingest/personio/value.h"
#include "ledger/core/text.h"

namespace refledger::ingest::personio {
namespace {

constexpr std::size_t kMaxLabel = 300;

Error bad(const char* what) { return {Fault::malformed, std::string("persons: ") + what}; }

Result<PersonRecord> record_of(const Json& item, const Mapping& mapping) {
  if (!item.is_object()) return bad("object expected");
  const std::optional<std::string> id = id_in(item);
  if (!id) return bad("one without an id");
  PersonRecord record{*id, Json::object(), {}};
  for (const char* name : {"first_name", "last_name", "email", "gender"}) {
    if (const auto found = item.find(name); found != item.end()) record.kept[name] = *found;
  }
  const Json& employments = member(item, "employments");
  if (employments.is_array()) {
    for (const Json& one : employments) {
      if (auto employment = id_in(one)) record.employments.push_back(*std::move(employment));
    }
  }
  const Json& custom = member(item, "custom_attributes");
  if (!custom.is_array()) return record;
  for (const Json& one : custom) {
    for (const auto& [field, name] : mapping) {
      if (member(one, "id") != name && member(one, "global_id") != name) continue;
      record.mapped[field] = member(one, "value");
    }
  }
  return record;
}

Result<Json> list_in(std::string_view body) {
  Result<Json> parsed = parse_json(body, kMaxPersonsBytes, "persons");
  if (!parsed) return parsed.error();
  if (!member(*parsed, "_data").is_array()) return bad("_data expected as a list");
  return parsed;
}

std::string label_of(const Json& value) {
  if (!value.is_string()) return {};
  std::string text = value.get<std::string>();
  return text.size() <= kMaxLabel && is_one_line(text) ? text : std::string();
}

void add_attribute(const Json& one, std::vector<Attribute>& all) {
  const std::optional<std::string> id = id_in(one);
  if (!id) return;
  auto at = std::find_if(all.begin(), all.end(),
                         [&](const Attribute& attribute) { return attribute.key == *id; });
  if (at == all.end()) {
    all.push_back({*id, label_of(member(one, "label")), *to_lower(label_of(member(one, "type"))),
                   label_of(member(one, "global_id"))});
    at = std::prev(all.end());
  }
  if (at->sample_shape.empty()) at->sample_shape = shape_of(member(one, "value"));
}

}  // namespace

Result<PersonsPage> parse_persons(std::string_view body, const Mapping& mapping) {
  const Result<Json> parsed = list_in(body);
  if (!parsed) return parsed.error();
  PersonsPage page;
  for (const Json& item : (*parsed)["_data"]) {
    Result<PersonRecord> record = record_of(item, mapping);
    if (!record) return record.error();
    page.persons.push_back(*std::move(record));
  }
  Result<std::optional<std::string>> cursor = next_cursor(*parsed);
  if (!cursor) return cursor.error();
  page.cursor = *std::move(cursor);
  return page;
}

Result<PersonRecord> parse_person(std::string_view body, const Mapping& mapping) {
  const Result<Json> parsed = parse_json(body, kMaxPersonsBytes, "person");
  if (!parsed) return parsed.error();
  const Json& data = member(*parsed, "_data");
  return record_of(data.is_object() ? data : *parsed, mapping);
}

Result<std::vector<Attribute>> parse_custom_attributes(std::string_view body) {
  const Result<Json> parsed = list_in(body);
  if (!parsed) return parsed.error();
  std::vector<Attribute> all;
  for (const Json& item : (*parsed)["_data"]) {
    const Json& custom = member(item, "custom_attributes");
    if (!custom.is_array()) continue;
    for (const Json& one : custom) add_attribute(one, all);
  }
  return all;
}

}  // namespace refledger::ingest::personio
