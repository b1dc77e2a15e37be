// absences.json: the leading cases as data.
#include <array>

#include "ledger/core/file.h"
#include "render/letter/absence.h"
#include "render/letter/data.h"

namespace refledger::letter {
namespace {

constexpr std::size_t kMaxBytes = 256 * 1024;
constexpr double kDaysAMonth = 365.25 / 12;
constexpr double kMostMonths = 1200;
constexpr const char* kFile = "absences.json";

constexpr std::array kKinds{AbsenceKind::illness,  AbsenceKind::accident, AbsenceKind::maternity,
                            AbsenceKind::parental, AbsenceKind::service,  AbsenceKind::unpaid,
                            AbsenceKind::other};
constexpr std::array kMentions{Mention::required, Mention::allowed};

AbsenceCase case_from(const Node& node) {
  node.only({"id", "source", "mention", "reason_too", "months", "of", "at_the_end",
             "in_last_function", "kinds", "says"});
  AbsenceCase leading;
  leading.id = node.member("id").text();
  leading.source = node.member("source").text();
  leading.requires_mention = node.member("mention").word(kMentions) == Mention::required;
  leading.reason_too = node.member("reason_too").flag();
  leading.at_the_end = node.member("at_the_end").flag();
  leading.in_last_function = node.member("in_last_function").flag();
  const double some = node.member("months").decimal(0, kMostMonths);
  const double all = node.member("of").decimal(0, kMostMonths);
  if (all > 0 && some > all) node.member("months").wrong("more than the whole");
  leading.days = some * kDaysAMonth;
  leading.share = all > 0 ? some / all : 0;
  node.member("kinds").each_item(
      [&](const Node& kind) { leading.kinds.push_back(kind.word(kKinds)); });
  if (leading.kinds.empty()) node.member("kinds").wrong("empty");
  leading.says = languages_of(node.member("says"));
  return leading;
}

AbsenceLaw law_from(const Node& node) {
  AbsenceLaw law;
  law.rule = languages_of(node.member("rule"));
  law.source = node.member("source").text();
  law.never = node.has("never");
  if (law.never) {
    node.only({"never", "rule", "source"});
    if (!node.member("never").flag()) node.member("never").wrong("true or absent");
    return law;
  }
  node.only({"rule", "source", "question", "floor", "cases"});
  law.question = languages_of(node.member("question"));
  const Node floor = node.member("floor");
  floor.only({"months", "share"});
  law.floor_days = floor.member("months").decimal(0, kMostMonths) * kDaysAMonth;
  law.floor_share = floor.member("share").decimal(0, 1);
  node.member("cases").each_item([&](const Node& one) { law.cases.push_back(case_from(one)); });
  return law;
}

}  // namespace

Result<AbsenceLaws> AbsenceLaws::load(const std::filesystem::path& folder) {
  const Result<Bytes> bytes = read_file(folder / kFile, kMaxBytes);
  if (!bytes) return bytes.error();
  return from_json(text_of(*bytes));
}

Result<AbsenceLaws> AbsenceLaws::from_json(std::string_view text) {
  const Result<Json> object = parse_json(text, kMaxBytes, kFile);
  if (!object) return object.error();
  Trouble trouble(kFile);
  const Node root(&*object, "", trouble);
  root.only({"v", "laws"});
  root.member("v").number(1, 1);
  AbsenceLaws laws;
  root.member("laws").each_member(
      [&](const std::string& country, const Node& one) { laws.laws_[country] = law_from(one); });
  if (trouble.first()) return *trouble.first();
  return laws;
}

const AbsenceLaw* AbsenceLaws::find(std::string_view law) const {
  const auto found = laws_.find(law);
  return found == laws_.end() ? nullptr : &found->second;
}

}  // namespace refledger::letter
