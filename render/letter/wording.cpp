#include "render/letter/wording.h"

#include <algorithm>

#include "render/letter/data.h"

namespace refledger::letter {
namespace {

constexpr std::size_t kMaxBytes = 512 * 1024;

using Names = std::vector<std::string_view>;

// What each mention is made of.
const Names kMentionSlots{"given", "family", "before", "kept"};
const Names kMentions{"full", "name", "object", "of", "subject", "pronoun", "possessive"};

// Every sentence that a wording must have, with the slots that it may use beside the mentions.
const std::map<std::string, Names, std::less<>>& known_sentences() {
  static const Names job{"function", "department", "workload", "from", "to"};
  static const std::map<std::string, Names, std::less<>> known{
      {"date", {"day", "month", "year"}},
      {"place_and_date", {"place", "date"}},
      {"title", {"value"}},
      {"born", {"value"}},
      {"origin", {"value"}},
      {"workload.percent", {"value"}},
      {"workload.hours", {"value"}},
      {"workload.other", {"value"}},
      {"opening", {"details", "employer", "place", "from", "to"}},
      {"opening.day", {"details", "employer", "place", "from"}},
      {"function.whole", job},
      {"function.last", job},
      {"function.period", job},
      {"function.from", job},
      {"tasks", {}},
      {"training", {"value"}},
      {"leaving.own_wish", {}},
      {"leaving.term_end", {}},
      {"leaving.agreement", {}},
      {"leaving.reorganisation", {}},
      {"thanks", {}},
      {"wishes", {}},
      {"thanks_and_wishes", {}},
      {"health_cover", {}},
      {"scope", {}},
      {"records", {}},
      {"caption.company_seal", {"employer"}},
      {"caption.qualified", {}},
      {"caption.by_hand", {}},
      {"caption.qr", {}},
      {"caption.typed", {}},
      {"caption.address", {}},
      {"caption.id", {}},
      {"caption.secret", {}},
      {"caption.qr_alternative", {}}};
  return known;
}

bool has(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// "opening/confirmation@DE" is a special case of "opening".
std::string_view base_of(std::string_view key) { return key.substr(0, key.find_first_of("/@")); }

Template template_of(const Node& node, const Names& slots, bool with_mentions) {
  const std::string text = node.text();
  Result<Template> parsed = Template::parse(text);
  if (!parsed) {
    node.wrong(parsed.error().detail);
    return {};
  }
  for (const std::string& slot : parsed->slots()) {
    const bool known = has(slots, slot) || (with_mentions && has(kMentions, slot));
    if (!known) node.wrong("unknown slot " + slot);
  }
  return *std::move(parsed);
}

std::vector<std::string> texts_of(const Node& node) {
  std::vector<std::string> texts;
  node.each_item([&](const Node& item) { texts.push_back(item.text()); });
  return texts;
}

std::array<std::string, 2> pair_of(const Node& node) {
  const std::vector<std::string> texts = texts_of(node);
  if (texts.size() == 2) return {texts[0], texts[1]};
  node.wrong("two texts are expected");
  return {};
}

class WordingReader {
 public:
  Wording read(const Node& root) {
    root.only({"language", "locales", "spelling", "months", "quotes", "decimal", "first_day",
               "list", "titles_before", "titles_kept", "joins", "employers", "departments",
               "mentions", "sentences", "ratings", "groups"});
    read_typography(root);
    wording_.titles_before = texts_of(root.member("titles_before"));
    wording_.titles_kept = texts_of(root.member("titles_kept"));
    root.member("joins").each_item([&](const Node& node) { wording_.joins.push_back(join(node)); });
    wording_.employers = phrases(root.member("employers"));
    wording_.departments = phrases(root.member("departments"));
    read_mentions(root.member("mentions"));
    read_sentences(root.member("sentences"));
    read_ratings(root.member("ratings"));
    root.member("groups").each_member(
        [&](const std::string& name, const Node& node) { wording_.groups[name] = node.text(); });
    return std::move(wording_);
  }

 private:
  void read_typography(const Node& root) {
    wording_.language = root.member("language").text();
    by_country(root.member("locales"), [&](const std::string& country, const Node& node) {
      wording_.locales[country] = node.text();
    });
    by_country(root.member("months"), [&](const std::string& country, const Node& node) {
      wording_.months[country] = texts_of(node);
      if (wording_.months[country].size() != 12) node.wrong("twelve months are expected");
    });
    by_country(root.member("quotes"), [&](const std::string& country, const Node& node) {
      wording_.quotes[country] = pair_of(node);
    });
    by_country(root.member("spelling"), [&](const std::string& country, const Node& node) {
      node.each_member([&](const std::string& from, const Node& to) {
        if (from.empty()) to.wrong("nothing to replace");
        wording_.spelling[country][from] = to.text();
      });
      wording_.spelling.try_emplace(country);
    });
    wording_.decimal = root.member("decimal").text();
    wording_.first_day = root.member("first_day").text();
    wording_.list = pair_of(root.member("list"));
  }

  template <class Act>
  static void by_country(const Node& node, Act act) {
    node.each_member(act);
    node.member("*");
  }

  static Join join(const Node& node) {
    node.only({"before", "starts", "instead", "drop"});
    Join join{node.member("before").text(), texts_of(node.member("starts")),
              node.member("instead").text(), 0};
    join.drop = static_cast<std::size_t>(node.member("drop").number(0, 8));
    for (const std::string& start : join.starts) {
      if (start.size() < join.drop) node.wrong("drops more than the beginning");
    }
    return join;
  }

  static std::vector<Phrase> phrases(const Node& node) {
    std::vector<Phrase> phrases;
    bool any = false;
    node.each_item([&](const Node& item) {
      item.only({"starts", "ends", "say"});
      Phrase phrase;
      if (item.has("starts")) phrase.starts = texts_of(item.member("starts"));
      if (item.has("ends")) phrase.ends = texts_of(item.member("ends"));
      phrase.say = template_of(item.member("say"), {"value"}, false);
      any = phrase.starts.empty() && phrase.ends.empty();
      phrases.push_back(std::move(phrase));
    });
    if (!any) node.wrong("the last entry must hold for every name");
    return phrases;
  }

  void read_mentions(const Node& node) {
    node.each_member([&](const std::string& name, const Node& mention) {
      if (!has(kMentions, name)) mention.wrong("unknown key");
      wording_.mentions[name] = template_of(mention, kMentionSlots, false);
    });
    for (const std::string_view name : kMentions) node.member(std::string(name));
  }

  void read_sentences(const Node& node) {
    node.each_member([&](const std::string& key, const Node& sentence) {
      const auto known = known_sentences().find(base_of(key));
      if (known == known_sentences().end()) return sentence.wrong("unknown key");
      wording_.sentences[key] = template_of(sentence, known->second, true);
    });
    for (const auto& [key, slots] : known_sentences()) node.member(key);
  }

  void read_ratings(const Node& node) {
    node.each_member([&](const std::string& criterion, const Node& grades) {
      std::size_t count = 0;
      const Names slots = criterion == "conduct" ? Names{"groups"} : Names{};
      grades.each_item([&](const Node& item) {
        if (count < 5) wording_.ratings[criterion][count] = template_of(item, slots, true);
        ++count;
      });
      if (count != 5) grades.wrong("five sentences are expected");
    });
  }

  Wording wording_;
};

}  // namespace

Result<Wording> Wording::parse(std::string_view json, const std::string& file) {
  const Result<Json> parsed = parse_json(json, kMaxBytes, file);
  if (!parsed) return Error{Fault::malformed, parsed.error().detail};
  Trouble trouble(file);
  Wording wording = WordingReader().read(Node(&*parsed, "", trouble));
  if (trouble.first()) return *trouble.first();
  return wording;
}

const Template& Wording::sentence(const std::string& key, const std::string& type,
                                  const std::string& country) const {
  for (const std::string& special :
       {key + "/" + type + "@" + country, key + "/" + type, key + "@" + country}) {
    if (const auto found = sentences.find(special); found != sentences.end()) return found->second;
  }
  return sentences.at(key);
}

std::string_view wording_of(std::string_view criterion) {
  return criterion.starts_with("conduct_") ? "conduct" : criterion;
}

}  // namespace refledger::letter
