#include "tools/refledger/source_tables.h"

#include "tools/refledger/tables.h"

namespace refledger::tools {
namespace {

std::string text(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// 2026-09-30 08:15, in UTC
std::string minute(const std::string& time) {
  return time.size() < 16 ? time : time.substr(0, 10) + " " + time.substr(11, 5);
}

std::string state_of(const Json& account) {
  if (text(account, "credentials_set_at").empty()) return "no credentials";
  if (!account.value("active", false)) return "not tested";
  const Json failing = account.value("failing", Json());
  if (failing.is_object()) return "fails since " + minute(text(failing, "since"));
  return "active";
}

std::string remarks_of(const Json& account) {
  std::string out;
  const Json failing = account.value("failing", Json());
  if (failing.is_object()) {
    out += "  " + text(failing, "why") + "; what it told last still counts\n";
  }
  if (account.value("read_for_leavers", false)) out += "  read for leavers\n";
  const Json mapping = account.value("mapping", Json::object());
  for (const auto& [field, key] : mapping.items()) {
    out += "  " + field + " is read from " + (key.is_string() ? key.get<std::string>() : "") + "\n";
  }
  return out.empty() ? out : "\n" + text(account, "name") + "\n" + out;
}

const char* mark_of(const std::string& state) {
  if (state == "ok") return "  works     ";
  return state == "warning" ? "  look at   " : "  MISSING   ";
}

std::string indented(std::string value) {
  for (std::size_t at = 0; (at = value.find('\n', at)) != std::string::npos;) {
    value.replace(at, 1, ", ");
  }
  return value;
}

}  // namespace

std::string sources_table(const Json& accounts) {
  if (accounts.empty()) {
    return "No source is connected yet. Connect the HR system: refledger source add personio\n";
  }
  std::vector<Row> rows{{"NAME", "KIND", "STATE", "TESTED", "API", "CLIENT ID", "ADDRESS"}};
  std::string remarks;
  for (const Json& each : accounts) {
    const std::string ends = text(each, "client_id_ends");
    rows.push_back({text(each, "name"), text(each, "kind"), state_of(each),
                    minute(text(each, "tested_at")), text(each, "api_in_use"),
                    ends.empty() ? "" : "…" + ends, text(each, "url")});
    remarks += remarks_of(each);
  }
  return table(rows) + remarks;
}

std::string report_table(const Json& report, const std::string& language) {
  std::string out;
  for (const Json& item : report.value("items", Json::array())) {
    const std::string subject = text(item, "subject");
    const std::string sentence = text(item.value("text", Json::object()), language.c_str());
    const bool said = subject.empty() || sentence.find(subject) != std::string::npos;
    out += mark_of(text(item, "state")) + sentence + (said ? "\n" : " (" + subject + ")\n");
  }
  const std::string api = text(report, "api");
  if (!api.empty()) out += "API version in use: " + api + "\n";
  return out;
}

std::string attributes_table(const Json& attributes) {
  if (attributes.empty()) return "The credential may read no attribute.\n";
  std::vector<Row> rows{{"KEY", "LABEL", "TYPE", "SAMPLE"}};
  for (const Json& each : attributes) {
    rows.push_back(
        {text(each, "key"), text(each, "label"), text(each, "type"), text(each, "sample_shape")});
  }
  return table(rows);
}

std::string what_table(const Json& asked, const std::string& language) {
  std::vector<Row> rows{{"REQUEST", "FIELD", "WHAT FOR"}};
  for (const Json& each : asked) {
    rows.push_back({text(each, "request"), text(each, "field"),
                    text(each.value("purpose", Json::object()), language.c_str())});
  }
  return table(rows) + "Nothing else is asked for, and nothing is ever written there.\n";
}

std::string company_table(const Json& company) {
  std::vector<Row> rows{{"FIELD", "", "VALUE", "FROM", "READ"}};
  for (const Json& field : company.value("fields", Json::array())) {
    for (const Json& value : field.value("values", Json::array())) {
      rows.push_back({text(field, "field"), value.value("printed", false) ? "printed" : "",
                      indented(text(value, "value")),
                      text(value, "source") + " " + text(value, "field"),
                      minute(text(value, "read_at"))});
    }
  }
  std::string out = table(rows);
  for (const Json& account : company.value("accounts", Json::array())) {
    for (const Json& each : account.value("unusable", Json::array())) {
      out += "Not usable in " + text(account, "name") + ": " + each.get<std::string>() + "\n";
    }
    const Json failing = account.value("failing", Json());
    if (failing.is_object()) {
      out += text(account, "name") + " fails since " + minute(text(failing, "since")) + " (" +
             text(failing, "why") + "); this is what it told on " +
             minute(text(account, "read_at")) + "\n";
    }
  }
  for (const Json& remark : company.value("remarks", Json::array())) {
    out += "Look at " + remark.get<std::string>() + "\n";
  }
  return out;
}

std::string mapping_table(const Json& answer) {
  std::vector<Row> rows{{"FIELD", "READ FROM"}};
  const Json mapping = answer.value("mapping", Json::object());
  for (const auto& [field, key] : mapping.items()) {
    rows.push_back({field, key.is_string() ? key.get<std::string>() : ""});
  }
  return rows.size() == 1 ? "Nothing is mapped.\n" : table(rows);
}

}  // namespace refledger::tools
