// One pack: JSON in, values out, or the place of what is wrong.
#include <algorithm>

#include "render/letter/data.h"
#include "render/letter/pack.h"

namespace refledger::letter {

// Found by Node::word.
static const char* name_of(Tense tense) { return tense == Tense::past ? "past" : "present"; }
static const char* name_of(Group group) {
  return group == Group::performance ? "performance" : "conduct";
}
static const char* name_of(RetentionFrom from) {
  switch (from) {
    case RetentionFrom::employment_end:
      return "employment_end";
    case RetentionFrom::year_end:
      return "year_end";
    case RetentionFrom::document_date:
      return "document_date";
  }
  std::abort();
}

namespace {

constexpr std::size_t kMaxBytes = 512 * 1024;

constexpr std::array kRules{Rule::mandatory, Rule::usual, Rule::on_request, Rule::conditional,
                            Rule::forbidden};
constexpr std::array kAutomatic{Automatic::never, Automatic::on_wish, Automatic::always};
constexpr std::array kDateRules{DateRule::legal_end, DateRule::signing_day};
constexpr std::array kSatisfies{Satisfies::yes, Satisfies::no, Satisfies::with_consent};
constexpr std::array kTenses{Tense::past, Tense::present};
constexpr std::array kLevels{CheckLevel::block, CheckLevel::warn, CheckLevel::hint,
                             CheckLevel::off};
constexpr std::array kGroups{Group::performance, Group::conduct};
constexpr std::array kRetentionFrom{RetentionFrom::employment_end, RetentionFrom::year_end,
                                    RetentionFrom::document_date};
constexpr std::array kModes{SigningMode::company_seal, SigningMode::qualified,
                            SigningMode::by_hand};

bool is_one_of(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class PackReader {
 public:
  Pack read(const Node& root) {
    root.only({"country", "valid_from", "reviewed_by", "sources", "types"});
    pack_.country = root.member("country").text();
    if (!is_country(pack_.country)) root.member("country").wrong("two capital letters expected");
    pack_.valid_from = root.member("valid_from").date();
    pack_.reviewed_by = root.member("reviewed_by").text_or_empty();
    root.member("sources").each_member(
        [&](const std::string& id, const Node& node) { pack_.sources[id] = source(node); });
    root.member("types").each_member(
        [&](const std::string& id, const Node& node) { pack_.types[id] = type(id, node); });
    if (pack_.types.empty()) root.member("types").wrong("empty");
    return std::move(pack_);
  }

 private:
  static bool is_country(const std::string& text) {
    return text.size() == 2 && std::all_of(text.begin(), text.end(), [](char letter) {
             return letter >= 'A' && letter <= 'Z';
           });
  }

  static Source source(const Node& node) {
    node.only({"title", "reference", "read", "to_be_checked"});
    Source source{node.member("title").text(), node.member("reference").text(),
                  node.member("read").text_or_empty(), node.member("to_be_checked").flag()};
    if (source.read.empty() && !source.to_be_checked) node.wrong("neither read nor to be checked");
    return source;
  }

  std::string source_of(const Node& node) const {
    const Node named = node.member("source");
    std::string id = named.text();
    if (!id.empty() && pack_.sources.count(id) == 0) named.wrong("not one of the sources");
    return id;
  }

  DocumentType type(const std::string& id, const Node& node) const {
    node.only({"names", "titles", "applies", "tense", "trigger", "date", "signing", "retention",
               "fields", "criteria", "lowest_grade", "sections", "checks", "overridable"});
    DocumentType type;
    type.id = id;
    type.names = languages_of(node.member("names"));
    type.titles = languages_of(node.member("titles"));
    type.applies = languages_of(node.member("applies"));
    type.tense = node.member("tense").word(kTenses);
    type.trigger = trigger(node.member("trigger"));
    type.date = dated_by(node.member("date"));
    type.signing = signing(node.member("signing"));
    type.retention = retention(node.member("retention"));
    type.fields = fields(node.member("fields"));
    type.criteria = criteria(node.member("criteria"));
    type.lowest_grade = lowest_grade(node.member("lowest_grade"));
    type.sections = sections(node.member("sections"));
    node.member("checks").each_member([&](const std::string& check, const Node& level) {
      type.checks[check] = level.word(kLevels);
    });
    if (node.has("overridable")) {
      node.member("overridable").each_item([&](const Node& item) {
        type.overridable.push_back(item.text());
      });
    }
    return type;
  }

  Trigger trigger(const Node& node) const {
    node.only({"automatic", "source"});
    return {node.member("automatic").word(kAutomatic), source_of(node)};
  }

  DatedBy dated_by(const Node& node) const {
    node.only({"rule", "source"});
    return {node.member("rule").word(kDateRules), source_of(node)};
  }

  std::vector<SigningRule> signing(const Node& node) const {
    std::vector<SigningRule> rules;
    node.each_item([&](const Node& item) {
      item.only({"mode", "satisfies", "needs_timestamp", "source"});
      rules.push_back({item.member("mode").word(kModes), item.member("satisfies").word(kSatisfies),
                       item.member("needs_timestamp").flag(), source_of(item)});
    });
    for (const SigningMode mode : kModes) {
      const auto count = std::count_if(rules.begin(), rules.end(),
                                       [&](const SigningRule& rule) { return rule.mode == mode; });
      if (count != 1) node.wrong(std::string(name_of(mode)) + " must stand here once");
    }
    return rules;
  }

  Retention retention(const Node& node) const {
    node.only({"years", "from", "source"});
    return {node.member("years").number(1, 100), node.member("from").word(kRetentionFrom),
            source_of(node)};
  }

  std::map<std::string, FieldRule> fields(const Node& node) const {
    std::map<std::string, FieldRule> rules;
    node.each_member([&](const std::string& name, const Node& field) {
      if (!is_one_of(field_names(), name)) field.wrong("unknown field");
      field.only({"rule", "source"});
      rules[name] = {field.member("rule").word(kRules), source_of(field)};
    });
    for (const std::string_view name : field_names()) {
      if (rules.count(std::string(name)) == 0) node.member(std::string(name));
    }
    return rules;
  }

  std::map<std::string, CriterionRule> criteria(const Node& node) const {
    std::map<std::string, CriterionRule> rules;
    node.each_member([&](const std::string& name, const Node& criterion) {
      criterion.only({"group", "rule", "source"});
      rules[name] = {criterion.member("group").word(kGroups), criterion.member("rule").word(kRules),
                     source_of(criterion)};
    });
    return rules;
  }

  LowestGrade lowest_grade(const Node& node) const {
    node.only({"grade", "source"});
    return {node.member("grade").number(1, 5), source_of(node)};
  }

  static std::vector<std::string> sections(const Node& node) {
    std::vector<std::string> names;
    node.each_item([&](const Node& item) {
      std::string name = item.text();
      if (!name.empty() && !is_one_of(section_names(), name)) item.wrong("unknown section");
      if (std::count(names.begin(), names.end(), name) > 0) item.wrong("named twice");
      names.push_back(std::move(name));
    });
    return names;
  }

  Pack pack_;
};

}  // namespace

Result<Pack> parse_pack(std::string_view json, const std::string& file) {
  const Result<Json> parsed = parse_json(json, kMaxBytes, file);
  if (!parsed) return Error{Fault::malformed, parsed.error().detail};
  Trouble trouble(file);
  Pack pack = PackReader().read(Node(&*parsed, "", trouble));
  if (trouble.first()) return *trouble.first();
  return pack;
}

}  // namespace refledger::letter
