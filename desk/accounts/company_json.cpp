#include "desk/accounts/company_json.h"

#include "ledger/core/encoding.h"
#include "ledger/core/json.h"

namespace refledger::accounts {
namespace {

using ingest::Company;
using ingest::Logo;
using ingest::Provenance;
using ingest::Value;

Error broken() { return {Fault::malformed, "company: not as it was written"}; }

Json to_json(const std::string& value, const Provenance& from) {
  return {{"field", from.field},
          {"read_at", format_time(from.read_at)},
          {"source", from.source},
          {"value", value}};
}

Result<UtcMillis> time_member(const Json& object, const char* name) {
  const Result<std::string> text = string_member(object, name);
  if (!text) return text.error();
  return parse_time(*text, name);
}

Result<Value<std::string>> value_from(const Json& object) {
  if (!has_exactly(object, {"field", "read_at", "source", "value"})) return broken();
  const Result<std::string> value = string_member(object, "value");
  if (!value) return value.error();
  const Result<std::string> source = string_member(object, "source");
  if (!source) return source.error();
  const Result<std::string> field = string_member(object, "field");
  if (!field) return field.error();
  const Result<UtcMillis> read_at = time_member(object, "read_at");
  if (!read_at) return read_at.error();
  return Value<std::string>{*value, {*source, *field, *read_at}};
}

Result<Value<Logo>> logo_from(const Json& object) {
  const Result<Value<std::string>> encoded = value_from(object);
  if (!encoded) return encoded.error();
  Result<Bytes> bytes = from_base64(encoded->value, "logo");
  if (!bytes) return bytes.error();
  const std::optional<ingest::ImageType> type = ingest::sniff_image(*bytes);
  if (!type) return broken();
  return Value<Logo>{Logo{*std::move(bytes), *type}, encoded->from};
}

}  // namespace

Result<std::string> company_text(const Company& company) {
  Json fields = Json::object();
  for (const auto& [name, value] : company.fields) fields[name] = to_json(value.value, value.from);
  Json logo = nullptr;
  if (company.logo) logo = to_json(to_base64(company.logo->value.bytes), company.logo->from);
  return to_canonical_json({{"fields", fields},
                            {"logo", logo},
                            {"read_at", format_time(company.read_at)},
                            {"unusable", company.unusable},
                            {"v", 1}});
}

Result<Company> company_from(std::string_view text) {
  const Result<Json> object = from_canonical_json(text, "company");
  if (!object) return object.error();
  if (!has_exactly(*object, {"fields", "logo", "read_at", "unusable", "v"}) ||
      (*object)["v"] != 1 || !(*object)["fields"].is_object() ||
      !(*object)["unusable"].is_array()) {
    return broken();
  }
  Company company;
  for (const auto& [name, each] : (*object)["fields"].items()) {
    Result<Value<std::string>> value = value_from(each);
    if (!value) return value.error();
    company.fields[name] = *std::move(value);
  }
  if (!(*object)["logo"].is_null()) {
    Result<Value<Logo>> logo = logo_from((*object)["logo"]);
    if (!logo) return logo.error();
    company.logo = *std::move(logo);
  }
  for (const Json& each : (*object)["unusable"]) {
    if (!each.is_string()) return broken();
    company.unusable.push_back(each.get<std::string>());
  }
  const Result<UtcMillis> read_at = time_member(*object, "read_at");
  if (!read_at) return read_at.error();
  company.read_at = *read_at;
  return company;
}

}  // namespace refledger::accounts
