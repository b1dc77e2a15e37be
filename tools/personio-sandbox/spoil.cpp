// Makes a good answer a bad one.
#include "tools/personio-sandbox/spoil.h"

#include <algorithm>

namespace refledger::sandbox {
namespace {

bool is_v1(const Json& body) { return body.contains("success"); }

/// The rows of a list, the one row of a single answer, or nothing that could be spoilt.
Json* rows_in(Json& body) {
  const auto found = body.find(is_v1(body) ? "data" : "_data");
  return found == body.end() ? nullptr : &*found;
}

template <class Change>
void for_each_row(Json& body, Change change) {
  Json* rows = rows_in(body);
  if (rows == nullptr) {
    change(body);
  } else if (rows->is_array()) {
    for (Json& row : *rows) change(row);
  } else {
    change(*rows);
  }
}

void change_total(Json& body, int by) {
  if (!body.contains("metadata")) return;
  Json& total = body["metadata"]["total_elements"];
  total = total.get<std::int64_t>() + by;
}

void drop_attribute(Json& row, const std::string& wanted) {
  if (row.contains("attributes")) {  // v1
    Json& attributes = row["attributes"];
    attributes.erase(wanted.empty() ? "hire_date" : wanted);
    return;
  }
  if (!wanted.empty()) {
    row.erase(wanted);
    const auto custom = row.find("custom_attributes");
    if (custom == row.end()) return;
    const auto named = [&](const Json& one) { return one.value("id", "") == wanted; };
    custom->erase(std::remove_if(custom->begin(), custom->end(), named), custom->end());
    return;
  }
  row.erase("last_name");
  row.erase("employment_start_date");
}

/// Every label, wherever it stands.
void rename_labels(Json& part) {
  if (part.is_object() && part.contains("label")) part["label"] = "Umbenannt";
  if (!part.is_structured()) return;
  for (Json& inner : part) rename_labels(inner);
}

void to_text(Json& object, const char* name, const char* behind = "") {
  const auto found = object.find(name);
  if (found != object.end() && found->is_number()) *found = found->dump() + behind;
}

void change_types_of_row(Json& row) {
  to_text(row, "weekly_working_hours");
  if (row.contains("custom_attributes")) {
    for (Json& custom : row["custom_attributes"]) to_text(custom, "value");
  }
  if (!row.contains("attributes") || !row["attributes"].is_object()) return;
  Json& attributes = row["attributes"];
  if (attributes.contains("id") && attributes["id"].is_object()) to_text(attributes["id"], "value");
  if (!attributes.contains("weekly_working_hours")) return;
  Json& hours = attributes["weekly_working_hours"]["value"];
  if (hours.is_string()) hours = Json::parse(hours.get<std::string>(), nullptr, false);
}

void change_types(Json& body) {
  to_text(body, "offset", ",");  // as the description's own example has it
  to_text(body, "limit", ",");
  if (body.contains("metadata")) {
    for (const char* name : {"total_elements", "current_page", "total_pages"}) {
      to_text(body["metadata"], name);
    }
  }
  for_each_row(body, change_types_of_row);
}

void break_shape(Json& body) {
  Json* rows = rows_in(body);
  if (rows != nullptr) *rows = rows->is_array() ? Json::object() : Json::array();
  if (rows == nullptr) body = Json::array({std::move(body)});
}

/// The text after the host, of "https://host/rest" or "/rest".
std::string without_host(const std::string& href) {
  const std::size_t scheme = href.find("://");
  return scheme == std::string::npos ? href : href.substr(href.find('/', scheme + 3));
}

void put_links_at(Json& part, const std::string& host) {
  if (part.is_object() && part.contains("href")) {
    part["href"] = host + without_host(part["href"].get<std::string>());
  }
  if (!part.is_structured()) return;
  for (Json& inner : part) put_links_at(inner, host);
}

void lead_elsewhere(Json& body) {
  if (body.contains("_meta") && body["_meta"]["links"].contains("next")) {
    put_links_at(body["_meta"]["links"]["next"], "https://elsewhere.example");
  }
}

void lead_to_itself(Json& body, const std::string& path, const std::string& query) {
  if (!body.contains("_data") || !body["_data"].is_array()) return;
  body["_meta"]["links"]["next"]["href"] = "https://api.personio.de" + path + "?" + query;
}

void spoil_rows(const PlannedFault& fault, Json& body) {
  Json* rows = rows_in(body);
  if (rows == nullptr || !rows->is_array() || rows->empty()) return;
  if (fault.kind == FaultKind::duplicate_person) rows->push_back(Json(rows->front()));
  if (fault.kind == FaultKind::missing_person) rows->erase(rows->size() - 1);
}

void change(const PlannedFault& fault, const std::string& path, const std::string& query,
            Reply& reply) {
  Json& body = reply.body;
  switch (fault.kind) {
    case FaultKind::status:
    case FaultKind::slow:
    case FaultKind::cut:
    case FaultKind::not_json:
    case FaultKind::repeated_page:
      return;  // not a matter of what is in the body
    case FaultKind::shrinking_total:
      return change_total(body, -1);
    case FaultKind::growing_total:
      return change_total(body, 1);
    case FaultKind::duplicate_person:
    case FaultKind::missing_person:
      return spoil_rows(fault, body);
    case FaultKind::missing_attribute:
      return for_each_row(body, [&](Json& row) { drop_attribute(row, fault.attribute); });
    case FaultKind::renamed_label:
      return rename_labels(body);
    case FaultKind::wrong_types:
      return change_types(body);
    case FaultKind::wrong_shape:
      return break_shape(body);
    case FaultKind::next_elsewhere:
      return lead_elsewhere(body);
    case FaultKind::next_itself:
      return lead_to_itself(body, path, query);
    case FaultKind::absolute_links:
      return put_links_at(body, "https://api.personio.de");
    case FaultKind::relative_links:
      return put_links_at(body, "");
  }
}

}  // namespace

void spoil(const PlannedFault& fault, const std::string& path, const std::string& query,
           Reply& reply) {
  if (reply.status == 200 && reply.body.is_object()) change(fault, path, query, reply);
}

}  // namespace refledger::sandbox
