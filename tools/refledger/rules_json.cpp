#include "tools/refledger/rules_json.h"

#include <sstream>

namespace refledger::tools {
namespace {

std::string retention_text(const letter::Retention& retention) {
  return std::to_string(retention.years) + " years";
}

class PackJson {
 public:
  explicit PackJson(const letter::Pack& pack) : pack_(pack) {}

  Json made() const {
    Json types = Json::array();
    for (const auto& [id, type] : pack_.types) types.push_back(json_of(type));
    return {{"country", pack_.country},
            {"reviewed_by", pack_.reviewed_by},
            {"types", std::move(types)},
            {"valid_from", format_date(pack_.valid_from)}};
  }

 private:
  Json rule(const std::string& about, const std::string& says, const std::string& source) const {
    const auto found = pack_.sources.find(source);
    const letter::Source none;
    const letter::Source& from = found == pack_.sources.end() ? none : found->second;
    return {{"about", about},
            {"read", from.read},
            {"says", says},
            {"source", from.reference},
            {"to_be_checked", from.to_be_checked}};
  }

  Json json_of(const letter::DocumentType& type) const {
    Json rules = Json::array();
    rules.push_back(
        rule("issued by itself", letter::name_of(type.trigger.automatic), type.trigger.source));
    rules.push_back(rule("date", letter::name_of(type.date.rule), type.date.source));
    for (const letter::SigningRule& one : type.signing) {
      const std::string stamp = one.needs_timestamp ? ", with a qualified timestamp" : "";
      rules.push_back(rule(
          "signature " + std::string(letter::name_of(one.mode)),
          "satisfies the law: " + std::string(letter::name_of(one.satisfies)) + stamp, one.source));
    }
    for (const auto& [name, one] : type.fields) {
      rules.push_back(rule(name, letter::name_of(one.rule), one.source));
    }
    for (const auto& [name, one] : type.criteria) {
      rules.push_back(rule("rating " + name, letter::name_of(one.rule), one.source));
    }
    rules.push_back(
        rule("lowest grade", std::to_string(type.lowest_grade.grade), type.lowest_grade.source));
    rules.push_back(rule("retention", retention_text(type.retention), type.retention.source));
    return {{"applies", type.applies},
            {"names", type.names},
            {"rules", std::move(rules)},
            {"type", type.id}};
  }

  const letter::Pack& pack_;
};

void tell(std::ostream& out, const Json& rule) {
  out << "    " << rule.value("about", "") << ": " << rule.value("says", "") << "\n        "
      << rule.value("source", "");
  const std::string read = rule.value("read", "");
  if (!read.empty()) out << " (" << read << ")";
  if (rule.value("to_be_checked", false)) out << "; to be checked: ask a lawyer";
  out << "\n";
}

}  // namespace

Json to_json(const letter::Pack& pack) { return PackJson(pack).made(); }

std::string rules_text(const Json& packs) {
  std::ostringstream out;
  for (const Json& pack : packs) {
    const std::string lawyer = pack.value("reviewed_by", "");
    out << pack.value("country", "") << ", valid from " << pack.value("valid_from", "") << ": "
        << (lawyer.empty() ? "not reviewed by a lawyer" : "reviewed by " + lawyer) << "\n";
    for (const Json& type : pack["types"]) {
      out << "\n  " << type.value("type", "") << ": " << type["names"].value("en", "") << "\n  "
          << type["applies"].value("en", "") << "\n";
      for (const Json& rule : type["rules"]) tell(out, rule);
    }
    out << "\n";
  }
  return out.str();
}

}  // namespace refledger::tools
