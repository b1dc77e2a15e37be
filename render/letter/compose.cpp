// compose(): section by section, in the pack's order.
#include <algorithm>
#include <array>

#include "render/letter/clean.h"
#include "render/letter/letter.h"
#include "render/letter/pack.h"
#include "render/letter/requirements.h"
#include "render/letter/speech.h"
#include "render/letter/text.h"

namespace refledger::letter {
namespace {

// The order in which ratings read well, whatever order they come in; two paragraphs when many.
constexpr std::array<std::string_view, 9> kPerformance{"expertise", "learning",   "quality",
                                                       "quantity",  "initiative", "resilience",
                                                       "teamwork",  "leadership", "overall"};
constexpr std::array<std::string_view, 3> kConduct{"conduct_managers", "conduct_colleagues",
                                                   "conduct_clients"};
constexpr std::size_t kLongParagraph = 5;

class Composer {
 public:
  Composer(const Reference& reference, const DocumentType& type, const Wording& wording)
      : reference_(reference), type_(type), wording_(wording), speech_(reference, type, wording) {}

  Letter compose() {
    letter_.language = reference_.language;
    letter_.locale = speech_.locale();
    letter_.title = type_.titles.at(reference_.language);
    for (const std::string& section : type_.sections) add(section);
    sign();
    caption();
    return std::move(letter_);
  }

 private:
  void add(const std::string& section) {
    if (section == "introduction" || section == "closing") return block(section);
    if (section == "employer") return typed(section, reference_.employer_description);
    if (section == "opening") return put(section, {opening()});
    if (section == "function") return functions();
    if (section == "training") return training();
    if (section == "performance") return performance();
    if (section == "conduct") return conduct();
    if (section == "absence") return typed(section, reference_.absence_mention);
    if (section == "leaving") return leaving();
    if (section == "thanks") return thanks();
    if (section == "health_cover") return health_cover();
    if (section == "scope") return put(section, {speech_.say("scope"), speech_.say("records")});
  }

  void put(const std::string& id, std::vector<std::string> paragraphs, bool list = false) {
    if (!paragraphs.empty()) letter_.sections.push_back({id, std::move(paragraphs), list});
  }
  void typed(const std::string& id, const std::optional<std::string>& text) {
    if (text) put(id, {speech_.typographic(*text)});
  }
  void block(const std::string& id) {
    const auto found = reference_.blocks.find(id);
    if (found == reference_.blocks.end()) return;
    std::vector<std::string> paragraphs;
    const Result<std::vector<std::string>> lines = clean_lines(found->second, id);
    for (const std::string& line : *lines) paragraphs.push_back(speech_.typographic(line));
    put(id, std::move(paragraphs));
  }

  std::string opening() const;
  std::string details() const;
  void functions();
  Slots job(const Function& function, const Function* before) const;
  std::string function_line(const Function& function, const Slots& slots) const;
  void training();
  const Rating* rated(std::string_view criterion) const;
  void performance();
  void conduct();
  void leaving();
  void thanks();
  void health_cover();
  void sign();
  void caption();

  const Reference& reference_;
  const DocumentType& type_;
  const Wording& wording_;
  Speech speech_;
  Letter letter_;
};

// ", born on 1 May 1990, citizen of Winterthur,"; nothing if nothing is known.
std::string Composer::details() const {
  std::string all;
  const auto add = [&](const std::string& detail) { all += ", " + detail; };
  const std::string& title = reference_.academic_title.value_or("");
  if (!title.empty() && !speech_.stands_before(title)) {
    add(speech_.phrase("title", {{"value", title}}));
  }
  if (reference_.birthdate) {
    add(speech_.phrase("born", {{"value", speech_.date(*reference_.birthdate)}}));
  }
  if (reference_.place_of_origin) {
    add(speech_.phrase("origin", {{"value", *reference_.place_of_origin}}));
  }
  return all.empty() ? all : all + ",";
}

std::string Composer::opening() const {
  const bool one_day = reference_.employed_to == reference_.employed_from;
  Slots slots{{"details", details()},
              {"employer", speech_.employer()},
              {"place", reference_.employer_place},
              {"from", speech_.date(reference_.employed_from)},
              {"to", reference_.employed_to ? speech_.date(*reference_.employed_to) : ""}};
  return speech_.say(one_day ? "opening.day" : "opening", slots);
}

// What was said of the function before is not said again.
Slots Composer::job(const Function& function, const Function* before) const {
  Slots slots{{"function", function.title}, {"department", ""}, {"workload", ""}};
  if (function.department && (before == nullptr || before->department != function.department)) {
    slots["department"] = " " + speech_.department(*function.department);
  }
  if (function.workload && (before == nullptr || before->workload != function.workload)) {
    slots["workload"] = speech_.workload(*function.workload);
  }
  slots["from"] = function.from ? speech_.date(*function.from) : "";
  slots["to"] = function.to ? speech_.date(*function.to) : "";
  return slots;
}

std::string Composer::function_line(const Function& function, const Slots& slots) const {
  const bool to_the_end = !function.to || function.to == reference_.employed_to;
  if (!function.from) return speech_.say("function.last", slots);
  if (!to_the_end) return speech_.say_past("function.period", slots);
  if (function.from == reference_.employed_from) return speech_.say("function.whole", slots);
  return speech_.say("function.from", slots);
}

void Composer::functions() {
  const Function* before = nullptr;
  std::size_t number = 1;
  for (const Function& function : reference_.functions) {
    const std::string suffix = number == 1 ? "" : "-" + std::to_string(number);
    const bool ended = function.to && function.to != reference_.employed_to;
    std::string line = function_line(function, job(function, before));
    if (!function.tasks.empty()) {
      line += " " + (ended ? speech_.say_past("tasks", {}) : speech_.say("tasks"));
    }
    put("function" + suffix, {std::move(line)});
    std::vector<std::string> tasks;
    for (const std::string& task : function.tasks) tasks.push_back(speech_.typographic(task));
    put("tasks" + suffix, std::move(tasks), true);
    before = &function;
    ++number;
  }
}

void Composer::training() {
  if (reference_.training.empty()) return;
  std::vector<std::string> courses;
  for (const std::string& course : reference_.training) {
    courses.push_back(speech_.typographic(course));
  }
  put("training", {speech_.say("training", {{"value", speech_.list(courses)}})});
}

const Rating* Composer::rated(std::string_view criterion) const {
  const auto found =
      std::find_if(reference_.ratings.begin(), reference_.ratings.end(),
                   [&](const Rating& rating) { return rating.criterion == criterion; });
  return found == reference_.ratings.end() ? nullptr : &*found;
}

void Composer::performance() {
  std::vector<const Rating*> ratings;
  for (const std::string_view criterion : kPerformance) {
    if (const Rating* rating = rated(criterion)) ratings.push_back(rating);
  }
  const std::size_t paragraphs = ratings.size() > kLongParagraph ? 2 : 1;
  const std::size_t length = (ratings.size() + paragraphs - 1) / paragraphs;
  std::vector<std::string> texts;
  for (std::size_t at = 0; at < ratings.size(); ++at) {
    const bool first = at % length == 0;
    if (first) texts.emplace_back();
    if (!first) texts.back() += " ";
    texts.back() += speech_.rating(ratings[at]->criterion, ratings[at]->grade, {}, first);
  }
  put("performance", std::move(texts));
}

// Groups with the same grade stand in one sentence, superiors before colleagues before customers.
void Composer::conduct() {
  std::vector<std::pair<int, std::vector<std::string>>> by_grade;
  for (const std::string_view criterion : kConduct) {
    const Rating* rating = rated(criterion);
    if (rating == nullptr) continue;
    auto same = std::find_if(by_grade.begin(), by_grade.end(),
                             [&](const auto& entry) { return entry.first == rating->grade; });
    if (same == by_grade.end()) same = by_grade.insert(by_grade.end(), {rating->grade, {}});
    same->second.push_back(wording_.groups.at(std::string(criterion)));
  }
  std::string text;
  for (const auto& [grade, groups] : by_grade) {
    const bool first = text.empty();
    if (!first) text += " ";
    text += speech_.rating("conduct", grade, {{"groups", speech_.list(groups)}}, first);
  }
  if (!text.empty()) put("conduct", {std::move(text)});
}

void Composer::leaving() {
  if (!reference_.leaving_reason) return;
  for (const char* reason : {"own_wish", "term_end", "agreement", "reorganisation"}) {
    if (*reference_.leaving_reason == reason) {
      return put("leaving", {speech_.say(std::string("leaving.") + reason)});
    }
  }
  typed("leaving", reference_.leaving_reason);
}

void Composer::thanks() {
  if (reference_.thanks && reference_.wishes) {
    return put("thanks", {speech_.say("thanks_and_wishes")});
  }
  if (reference_.thanks) put("thanks", {speech_.say("thanks")});
  if (reference_.wishes) put("thanks", {speech_.say("wishes")});
}

void Composer::health_cover() {
  if (reference_.health_cover) put("health_cover", {speech_.say("health_cover")});
}

void Composer::sign() {
  letter_.place_and_date = speech_.phrase(
      "place_and_date",
      {{"place", reference_.employer_place}, {"date", speech_.date(reference_.document_date)}});
  letter_.employer = reference_.employer;
  for (const Signatory& signatory : reference_.signatories) {
    Signature signature{signatory.name, {}};
    for (const std::string& line : {signatory.function, signatory.rank}) {
      if (!line.empty()) signature.lines.push_back(line);
    }
    letter_.signatures.push_back(std::move(signature));
  }
}

void Composer::caption() {
  switch (reference_.signing) {
    case SigningMode::company_seal:
      letter_.mode_caption =
          speech_.say("caption.company_seal", {{"employer", reference_.employer}});
      break;
    case SigningMode::qualified:
      letter_.mode_caption = speech_.say("caption.qualified");
      break;
    case SigningMode::by_hand:
      letter_.mode_caption = speech_.say("caption.by_hand");
      break;
  }
  letter_.qr_caption = speech_.say("caption.qr");
  letter_.typed_caption = speech_.say("caption.typed");
  letter_.address_label = speech_.say("caption.address");
  letter_.id_label = speech_.say("caption.id");
  letter_.secret_label = speech_.say("caption.secret");
  letter_.qr_alternative = speech_.say("caption.qr_alternative");
}

// HR's own text in the place of ours.  What the law demands by name must still be in the letter.
Result<void> take_edits(Letter& letter, const Reference& reference) {
  for (const auto& [id, text] : reference.edited) {
    const auto section =
        std::find_if(letter.sections.begin(), letter.sections.end(),
                     [&, wanted = id](const Section& each) { return each.id == wanted; });
    if (section == letter.sections.end()) {
      return Error{Fault::malformed, "edited: a section that this letter does not have"};
    }
    Result<std::vector<std::string>> lines = clean_lines(text, "edited." + id);
    if (!lines) return lines.error();
    section->paragraphs = *std::move(lines);
  }
  return {};
}

Result<void> check_edits(const Letter& letter, const Reference& reference, const Speech& speech) {
  if (reference.edited.empty()) return {};
  const std::string text = letter.text();
  std::vector<std::pair<const char*, std::string>> demanded{
      {"name", reference.family_name},
      {"employer", reference.employer},
      {"employed_from", speech.date(reference.employed_from)}};
  if (reference.employed_to)
    demanded.emplace_back("employed_to", speech.date(*reference.employed_to));
  for (const Function& function : reference.functions) {
    demanded.emplace_back("function", function.title);
  }
  for (const auto& [field, value] : demanded) {
    if (without_fine_blanks(text).find(without_fine_blanks(value)) == std::string::npos) {
      return Error{Fault::malformed, std::string(field) + ": missing in the edited text"};
    }
  }
  return {};
}

}  // namespace

Result<Letter> compose(const Reference& given, const Packs& packs) {
  if (auto done = check_values(given); !done) return done.error();
  const Result<const Pack*> pack = packs.find(given.country, given.document_date);
  if (!pack) return pack.error();
  const Result<const DocumentType*> type = (*pack)->type(given.type);
  if (!type) return type.error();
  const Result<const Wording*> wording = packs.wording(given.language);
  if (!wording) return wording.error();
  const Result<Reference> reference = cleaned(given);
  if (!reference) return reference.error();
  if (auto done = check_rules(*reference, **type); !done) return done.error();
  Letter letter = Composer(*reference, **type, **wording).compose();
  if (auto done = take_edits(letter, *reference); !done) return done.error();
  const Speech speech(*reference, **type, **wording);
  if (auto done = check_edits(letter, *reference, speech); !done) return done.error();
  return letter;
}

}  // namespace refledger::letter
