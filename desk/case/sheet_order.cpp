#include "desk/case/sheet_order.h"

#include <array>
#include <sstream>

#include "desk/case/order.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "ledger/core/json.h"

namespace refledger::desk {
namespace {

// Fields that stand in the order's file under the same name, as text.
constexpr std::array<const char*, 16> kTexts{
    "type",          "country",        "language",       "given_name",      "family_name",
    "salutation",    "academic_title", "birthdate",      "place_of_origin", "employer_description",
    "employed_from", "employed_to",    "leaving_reason", "absence_mention", "document_date",
    "signing"};

struct Behind {
  std::string_view field;
  std::string_view fact;
};
constexpr std::array<Behind, 10> kBehind{{{"given_name", "given_name"},
                                          {"family_name", "family_name"},
                                          {"country", "governing_law"},
                                          {"language", "language"},
                                          {"salutation", "gender"},
                                          {"birthdate", "birthdate"},
                                          {"employed_from", "employed_from"},
                                          {"employed_to", "employed_to"},
                                          {"functions.1.title", "position"},
                                          {"functions.1.department", "department"}}};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream rest(text);
  for (std::string line; std::getline(rest, line);) {
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == std::string::npos) continue;
    lines.push_back(line.substr(first, line.find_last_not_of(" \t") - first + 1));
  }
  return lines;
}

// The fields below one name: by what follows it, "2" or "quality", then by the leaf.
std::map<std::string, Fields> below(const Fields& fields, const std::string& root) {
  std::map<std::string, Fields> found;
  for (auto at = fields.lower_bound(root + "."); at != fields.end(); ++at) {
    if (at->first.rfind(root + ".", 0) != 0) break;
    const std::string rest = at->first.substr(root.size() + 1);
    const std::size_t dot = rest.find('.');
    if (dot == std::string::npos) {
      found[rest][""] = at->second;
    } else {
      found[rest.substr(0, dot)][rest.substr(dot + 1)] = at->second;
    }
  }
  return found;
}

void put_texts(const Fields& fields, const char* root, Json& order) {
  for (const auto& [name, leaves] : below(fields, root)) order[root][name] = leaves.at("");
}

Json function_of(const Fields& leaves) {
  Json function = Json::object();
  for (const char* name : {"title", "department", "workload", "from", "to"}) {
    if (const auto at = leaves.find(name); at != leaves.end()) function[name] = at->second;
  }
  if (const auto at = leaves.find("tasks"); at != leaves.end()) {
    function["tasks"] = lines_of(at->second);
  }
  return function;
}

// The first function is the one the HR system tells of, where HR said nothing else.
void fill_first(std::map<std::string, Fields>& functions, const Facts& facts, const Fields& said) {
  Fields& first = functions["1"];
  const auto fill = [&](const char* leaf, const std::string& value) {
    if (!value.empty()) first.emplace(leaf, value);
  };
  fill("title", value_of(facts, "position").value_or(""));
  fill("department", value_of(facts, "department").value_or(""));
  fill("workload", value_of(facts, "workload").value_or(""));
  const auto from = said.find("employed_from");
  if (functions.size() > 1) return;
  fill("from", from != said.end() ? from->second : value_of(facts, "employed_from").value_or(""));
}

void put_functions(const Fields& fields, const Facts& facts, Json& order) {
  std::map<std::string, Fields> functions = below(fields, "functions");
  fill_first(functions, facts, fields);
  std::map<int, Json> in_order;
  for (const auto& [number, leaves] : functions) {
    if (leaves.count("title") > 0) in_order[std::atoi(number.c_str())] = function_of(leaves);
  }
  for (auto& [number, function] : in_order) order["functions"].push_back(std::move(function));
}

void put_ratings(const Fields& fields, Json& order) {
  for (const auto& [criterion, leaves] : below(fields, "ratings")) {
    const auto grade = leaves.find("grade");
    if (grade == leaves.end()) continue;
    Json rating{{"criterion", criterion}, {"grade", std::atoi(grade->second.c_str())}};
    if (const auto at = leaves.find("evidence"); at != leaves.end()) {
      rating["evidence"] = at->second;
    }
    order["ratings"].push_back(std::move(rating));
  }
}

void put_list(const Fields& fields, const char* root, std::initializer_list<const char*> needed,
              const char* into, Json& order) {
  for (const auto& [which, leaves] : below(fields, root)) {
    bool whole = true;
    for (const char* leaf : needed) whole = whole && leaves.count(leaf) > 0;
    if (whole) order[into].push_back(leaves);
  }
}

// One line an absence: "illness 2024-02-01 2024-06-30".
Result<void> put_absences(const Fields& fields, Json& order) {
  const auto at = fields.find("absences");
  if (at == fields.end()) return {};
  for (const std::string& line : lines_of(at->second)) {
    std::istringstream words(line);
    std::string kind;
    std::string from;
    std::string to;
    std::string more;
    if (!(words >> kind >> from >> to) || words >> more) {
      return Error{Fault::malformed, "absences: kind, first day and last day are expected"};
    }
    order["absences"].push_back({{"kind", kind}, {"from", from}, {"to", to}});
  }
  return {};
}

// The name that stands beside what was typed: of whoever of HR wrote last.
std::string last_author(const Sheet& sheet) {
  for (auto one = sheet.history.rbegin(); one != sheet.history.rend(); ++one) {
    if (one->by.id != kPersonId) return one->by.name;
  }
  return "HR";
}

}  // namespace

std::string decision_key(const std::string& finding, const std::string& section,
                         const std::string& excerpt) {
  const std::string about = finding + "\n" + section + "\n" + excerpt;
  return to_hex(sha256(bytes_of(about))).substr(0, 16);
}

std::string fact_behind(std::string_view field) {
  for (const Behind& one : kBehind) {
    if (one.field == field) return std::string(one.fact);
  }
  return field == "functions.1.workload" ? "workload" : field == "to" ? "to" : "";
}

std::vector<std::string> without_reason(const Sheet& sheet, const Facts& facts) {
  std::vector<std::string> found;
  for (const auto& [field, text] : sheet.texts()) {
    const std::string fact = fact_behind(field);
    if (fact.empty() || fact == "to" || fact == "language" || fact == "gender") continue;
    const std::optional<std::string> told = value_of(facts, fact);
    if (told && *told != text && sheet.text("reasons." + fact).empty()) found.push_back(fact);
  }
  return found;
}

Result<Sheet> with_changes(Sheet sheet, const Fields& changes, const Signed& by) {
  Result<Saved> saved = save(sheet, sheet.version, changes, by);
  if (!saved) return saved.error();
  return sheet;
}

Result<std::string> order_text(const Sheet& sheet, const std::string& case_id, const Facts& facts,
                               const Fields& usual) {
  Fields fields = sheet.texts();
  fields.insert(usual.begin(), usual.end());  // only what is not there
  if (fields.count("type") == 0) return Error{Fault::malformed, "type: missing"};
  Json order{{"v", 1}, {"by", last_author(sheet)}, {"case", case_id}};
  for (const char* name : kTexts) {
    if (const auto at = fields.find(name); at != fields.end()) order[name] = at->second;
  }
  if (const auto at = fields.find("to"); at != fields.end()) order["to"] = at->second;
  for (const char* name : {"health_cover", "thanks", "wishes"}) {
    if (fields.count(name) > 0) order[name] = true;
  }
  if (sheet.text("qr") == "no") order["qr"] = false;
  if (const auto at = fields.find("training"); at != fields.end()) {
    order["training"] = lines_of(at->second);
  }
  put_functions(fields, facts, order);
  put_ratings(fields, order);
  for (const char* root : {"grounds", "blocks", "edited"}) put_texts(fields, root, order);
  put_list(fields, "signatories", {"name"}, "signatories", order);
  put_list(fields, "overrides", {"finding", "reason"}, "overrides", order);
  if (auto put = put_absences(fields, order); !put) return put.error();
  return to_canonical_json(order);
}

}  // namespace refledger::desk
