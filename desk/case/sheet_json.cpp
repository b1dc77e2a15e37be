// The sheet as it is kept: JSON out and in, strictly.
#include "desk/case/member_reader.h"
#include "desk/case/sheet.h"

namespace refledger::desk {
namespace {

Json json_of(const Signed& by) {
  return {{"at", format_time(by.at)}, {"id", by.id}, {"name", by.name}};
}

Json json_of(const Entry& entry) { return {{"by", json_of(entry.by)}, {"text", entry.text}}; }

Json json_of(const std::map<std::string, Entry>& fields) {
  Json all = Json::object();
  for (const auto& [name, entry] : fields) all[name] = json_of(entry);
  return all;
}

Json json_of(const Given& given) {
  return {{"by", json_of(given.by)},
          {"digest", given.digest},
          {"reason", given.reason},
          {"version", given.version}};
}

Json json_of(const std::optional<Given>& given) { return given ? json_of(*given) : Json(nullptr); }

Json json_of(const Revision& one) {
  Json before = Json::object();
  for (const auto& [name, entry] : one.before) before[name] = entry ? json_of(*entry) : nullptr;
  return {{"before", std::move(before)}, {"by", json_of(one.by)}, {"version", one.version}};
}

Json json_of(const std::optional<Approved>& approved) {
  if (!approved) return nullptr;
  return {
      {"fields", approved->fields}, {"given", json_of(approved->given)}, {"text", approved->text}};
}

// Reads what was written above; the first thing that is wrong stays.
class SheetReader {
 public:
  Sheet read(const Json& json) {
    Sheet sheet;
    if (!has(json, {"approval", "asked", "fields", "history", "last_approved", "returned", "v",
                    "version"})) {
      return sheet;
    }
    sheet.version = number(json, "version");
    if (number(json, "v") != 1) wrong();
    sheet.fields = fields(json["fields"]);
    if (!json["history"].is_array()) wrong();
    if (!error_) {
      for (const Json& one : json["history"]) sheet.history.push_back(revision(one));
    }
    sheet.asked = maybe_given(json["asked"]);
    sheet.approval = maybe_given(json["approval"]);
    sheet.returned = maybe_given(json["returned"]);
    sheet.last_approved = approved(json["last_approved"]);
    return sheet;
  }
  const std::optional<Error>& error() const { return error_; }

 private:
  void wrong() {
    if (!error_) error_ = Error{Fault::malformed, "case: sheet"};
  }
  bool has(const Json& json, std::initializer_list<std::string_view> names) {
    if (!has_exactly(json, names)) wrong();
    return !error_;
  }
  std::uint64_t number(const Json& json, const char* name) {
    Result<std::uint64_t> value = number_member(json, name);
    if (!value) wrong();
    return value ? *value : 0;
  }
  std::string text(const Json& json, const char* name) {
    Result<std::string> value = string_member(json, name);
    if (!value) wrong();
    return value ? *value : std::string();
  }
  Signed signature(const Json& json) {
    if (!has(json, {"at", "id", "name"})) return {};
    Result<UtcMillis> at = parse_time(text(json, "at"), "at");
    if (!at) wrong();
    return {text(json, "id"), text(json, "name"), at ? *at : UtcMillis{}};
  }
  Entry entry(const Json& json) {
    if (!has(json, {"by", "text"})) return {};
    return {text(json, "text"), signature(json["by"])};
  }
  std::map<std::string, Entry> fields(const Json& json) {
    std::map<std::string, Entry> all;
    if (!json.is_object()) wrong();
    if (error_) return all;
    for (const auto& [name, value] : json.items()) all[name] = entry(value);
    return all;
  }
  Revision revision(const Json& json) {
    Revision one;
    if (!has(json, {"before", "by", "version"}) || !json["before"].is_object()) {
      wrong();
      return one;
    }
    one.version = number(json, "version");
    one.by = signature(json["by"]);
    for (const auto& [name, value] : json["before"].items()) {
      one.before[name] = value.is_null() ? std::nullopt : std::optional(entry(value));
    }
    return one;
  }
  Given given(const Json& json) {
    if (!has(json, {"by", "digest", "reason", "version"})) return {};
    return {signature(json["by"]), number(json, "version"), text(json, "digest"),
            text(json, "reason")};
  }
  std::optional<Given> maybe_given(const Json& json) {
    if (json.is_null()) return std::nullopt;
    return given(json);
  }
  std::optional<Approved> approved(const Json& json) {
    if (json.is_null() || !has(json, {"fields", "given", "text"})) return std::nullopt;
    Approved one{given(json["given"]), {}, text(json, "text")};
    MemberReader in(json);
    one.fields = in.texts("fields");
    if (in.error()) wrong();
    return one;
  }

  std::optional<Error> error_;
};

}  // namespace

Result<std::string> to_text(const Sheet& sheet) {
  Json history = Json::array();
  for (const Revision& one : sheet.history) history.push_back(json_of(one));
  return to_canonical_json(Json{{"approval", json_of(sheet.approval)},
                                {"asked", json_of(sheet.asked)},
                                {"fields", json_of(sheet.fields)},
                                {"history", std::move(history)},
                                {"last_approved", json_of(sheet.last_approved)},
                                {"returned", json_of(sheet.returned)},
                                {"v", 1},
                                {"version", sheet.version}});
}

Result<Sheet> sheet_from(std::string_view canonical_text) {
  Result<Json> json = from_canonical_json(canonical_text, "case: sheet");
  if (!json) return json.error();
  SheetReader reader;
  Sheet sheet = reader.read(*json);
  if (reader.error()) return *reader.error();
  return sheet;
}

}  // namespace refledger::desk
