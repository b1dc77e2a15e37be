// The letters in tests/vectors/letter/hand were written by hand, as a careful HR person would, and
// are the standard: what is composed from the same facts says the same things in the same order.
// Beside each letter lie its facts, and which sections each of its paragraphs is.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <sstream>

#include "ledger/core/json.h"
#include "render/letter/checks.h"
#include "render/letter/text.h"
#include "support/references.h"

namespace refledger::letter {
namespace {

using Lines = std::vector<std::string>;

const std::filesystem::path folder = std::filesystem::path(REFLEDGER_VECTORS) / "letter" / "hand";

// ---- the facts ----------------------------------------------------------------------------------

Date date_of(const Json& json) { return *parse_date(json.get<std::string>(), "date"); }

template <class T>
void take(const Json& json, const char* name, T& into) {
  if (json.contains(name)) into = json.at(name).get<std::string>();
}

void take(const Json& json, const char* name, std::optional<Date>& into) {
  if (json.contains(name)) into = date_of(json.at(name));
}

Function function_from(const Json& json) {
  Function function;
  take(json, "title", function.title);
  take(json, "department", function.department);
  take(json, "workload", function.workload);
  take(json, "from", function.from);
  take(json, "to", function.to);
  if (json.contains("tasks")) function.tasks = json.at("tasks").get<Lines>();
  return function;
}

Salutation salutation_from(const std::string& name) {
  return name == "female" ? Salutation::female
         : name == "male" ? Salutation::male
                          : Salutation::neutral;
}

void take_lists(const Json& json, Reference& made) {
  for (const Json& function : json.at("functions")) {
    made.functions.push_back(function_from(function));
  }
  for (const Json& one : json.at("signatories")) {
    made.signatories.push_back({one.at(0).get<std::string>(), one.at(1).get<std::string>(), ""});
  }
  if (json.contains("training")) made.training = json.at("training").get<Lines>();
  if (!json.contains("ratings")) return;
  for (const auto& [criterion, grade] : json.at("ratings").items()) {
    made.ratings.push_back({criterion, grade.get<int>(), "as observed"});
  }
}

Reference reference_from(const Json& json) {
  Reference made;
  take(json, "type", made.type);
  take(json, "country", made.country);
  take(json, "language", made.language);
  take(json, "given_name", made.given_name);
  take(json, "family_name", made.family_name);
  made.salutation = salutation_from(json.at("salutation").get<std::string>());
  take(json, "academic_title", made.academic_title);
  take(json, "birthdate", made.birthdate);
  take(json, "place_of_origin", made.place_of_origin);
  take(json, "employer", made.employer);
  take(json, "employer_place", made.employer_place);
  take(json, "employer_description", made.employer_description);
  made.employed_from = date_of(json.at("employed_from"));
  take(json, "employed_to", made.employed_to);
  take(json, "leaving_reason", made.leaving_reason);
  made.health_cover = json.value("health_cover", false);
  made.thanks = json.value("thanks", false);
  made.wishes = json.value("wishes", false);
  made.document_date = date_of(json.at("document_date"));
  made.signing = SigningMode::by_hand;
  take_lists(json, made);
  return made;
}

// ---- the letter ---------------------------------------------------------------------------------

Lines split(const std::string& text, const std::string& by) {
  Lines parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(by, begin), text.size());
    if (end > begin) parts.push_back(text.substr(begin, end - begin));
    begin = end + by.size();
  }
  return parts;
}

Lines words_of(const std::string& text) { return split(text, " "); }

struct HandLetter {
  std::string title;
  std::vector<Lines> sections;  ///< of each paragraph: the sections that it is
  Lines paragraphs;
  Lines closing;  ///< place and date, employer, signatories
  Reference reference;
};

HandLetter read(const std::string& name) {
  HandLetter hand;
  const Json json = Json::parse(test::vector_file("letter/hand/" + name + ".json"));
  hand.reference = reference_from(json.at("reference"));
  for (const Json& one : json.at("sections")) {
    hand.sections.push_back(words_of(one.get<std::string>()));
  }
  hand.paragraphs = split(test::vector_file("letter/hand/" + name + ".txt"), "\n\n");
  hand.title = hand.paragraphs.front();
  hand.closing = split(hand.paragraphs.back(), "\n");
  hand.paragraphs.erase(hand.paragraphs.begin());
  hand.paragraphs.pop_back();
  return hand;
}

// Everything that says something: dates, numbers, and each fact that is a text of its own.
std::multiset<std::string> numbers_in(const std::string& text) {
  static const std::regex number("[0-9]+([.,][0-9]+)?");
  std::multiset<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), number), end; at != end; ++at) {
    found.insert(at->str());
  }
  return found;
}

std::multiset<std::string> dates_in(const std::string& text) {
  static const std::regex date("([0-9]{1,2})(\\.|er|°)? ([^ 0-9.,]+) ([0-9]{4})");
  std::multiset<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), date), end; at != end; ++at) {
    found.insert(at->str());
  }
  return found;
}

Lines items_in(const std::string& text) {
  Lines items;
  for (const std::string& line : split(text, "\n")) {
    const std::string mark = std::string(list_mark) + " ";
    if (line.starts_with(mark)) items.push_back(line.substr(mark.size()));
  }
  return items;
}

Lines texts_of(const Reference& reference) {
  Lines texts{reference.given_name + " " + reference.family_name, reference.employer,
              reference.employer_place, reference.place_of_origin.value_or(""),
              reference.academic_title.value_or("")};
  for (const Function& function : reference.functions) {
    texts.push_back(function.title);
    texts.push_back(function.department.value_or(""));
  }
  std::erase(texts, "");
  return texts;
}

// A list's items with their marks.
std::string text_of(const Section& section) {
  if (!section.list) return section.text();
  std::string all;
  for (const std::string& item : section.paragraphs) {
    all += std::string(all.empty() ? "" : "\n") + std::string(list_mark) + " " + item;
  }
  return all;
}

class HandWritten : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    hand_ = read(GetParam());
    pack_ = *packs_.find(hand_.reference.country, hand_.reference.document_date);
    type_ = *pack_->type(hand_.reference.type);
    for (const auto& [field, rule] : type_->fields) {
      const bool asks = rule.rule == Rule::on_request || rule.rule == Rule::conditional;
      if (asks) hand_.reference.grounds[field] = "asked for on 2 September 2026";
    }
    const Result<Letter> letter = compose(hand_.reference, packs_);
    ASSERT_TRUE(letter.has_value()) << letter.error().detail;
    letter_ = *letter;
    for (Section& section : letter_.sections) {
      for (std::string& paragraph : section.paragraphs) {
        paragraph = without_fine_blanks(paragraph);
      }
    }
  }

  /// What the composed letter says where the hand-written one has paragraph `at`.
  std::string composed(std::size_t at) const {
    std::string all;
    for (const Section& section : letter_.sections) {
      const Lines& wanted = hand_.sections[at];
      if (std::find(wanted.begin(), wanted.end(), section.id) == wanted.end()) continue;
      all += (all.empty() ? "" : "\n") + text_of(section);
    }
    return all;
  }

  Lexicon lexicon_ = *Lexicon::load(REFLEDGER_RULES);
  Packs packs_ = test::packs();
  const Pack* pack_ = nullptr;
  const DocumentType* type_ = nullptr;
  HandLetter hand_;
  Letter letter_;
};

TEST_P(HandWritten, HasTheSameSectionsInTheSameOrder) {
  ASSERT_EQ(hand_.paragraphs.size(), hand_.sections.size());
  Lines expected;
  for (const Lines& paragraph : hand_.sections) {
    expected.insert(expected.end(), paragraph.begin(), paragraph.end());
  }
  Lines composed;
  for (const Section& section : letter_.sections) composed.push_back(section.id);
  EXPECT_EQ(composed, expected);
  EXPECT_EQ(letter_.title, hand_.title);
}

TEST_P(HandWritten, SaysTheSameFactsInEachParagraph) {
  for (std::size_t at = 0; at < hand_.paragraphs.size(); ++at) {
    const std::string& by_hand = hand_.paragraphs[at];
    const std::string ours = composed(at);
    SCOPED_TRACE(by_hand + "\n---\n" + ours);
    EXPECT_EQ(dates_in(by_hand), dates_in(ours));
    EXPECT_EQ(numbers_in(by_hand), numbers_in(ours));
    EXPECT_EQ(items_in(by_hand), items_in(ours));
  }
}

// Wherever a writer of taste puts them.
TEST_P(HandWritten, NamesTheSameNames) {
  std::string by_hand;
  for (const std::string& paragraph : hand_.paragraphs) by_hand += paragraph + "\n";
  const std::string ours = without_fine_blanks(letter_.text());
  for (const std::string& text : texts_of(hand_.reference)) {
    EXPECT_NE(by_hand.find(text), std::string::npos) << text;
    EXPECT_NE(ours.find(text), std::string::npos) << text;
  }
}

TEST_P(HandWritten, ClosesTheSame) {
  Lines closing{without_fine_blanks(letter_.place_and_date), letter_.employer};
  for (const Signature& signature : letter_.signatures) {
    closing.push_back(signature.name + ", " + signature.lines.at(0));
  }
  EXPECT_EQ(closing, hand_.closing);
}

// The checks hold what people write to the same measure as what is composed.
TEST_P(HandWritten, PassesTheChecksByHandAndComposed) {
  Letter by_hand = letter_;
  by_hand.sections.clear();
  for (std::size_t at = 0; at < hand_.paragraphs.size(); ++at) {
    by_hand.sections.push_back(
        {hand_.sections[at].front(), split(hand_.paragraphs[at], "\n"), false});
    for (std::size_t more = 1; more < hand_.sections[at].size(); ++more) {
      by_hand.sections.push_back({hand_.sections[at][more], {}, false});
    }
  }
  const CheckContext context{hand_.reference.document_date, std::nullopt};
  for (const Letter& letter : {by_hand, letter_}) {
    for (const Finding& one : check(hand_.reference, letter, *pack_, lexicon_, context)) {
      EXPECT_EQ(one.level, CheckLevel::hint)
          << one.id << " " << one.section << one.field << ": " << one.excerpt;
    }
  }
}

// By the pack's rule: the day of signing, or the legal end.
TEST_P(HandWritten, BearsTheDateThatTheLawGivesIt) {
  if (type_->date.rule == DateRule::signing_day) {
    EXPECT_GE(hand_.reference.document_date,
              hand_.reference.employed_to.value_or(hand_.reference.document_date));
  } else {
    EXPECT_EQ(hand_.reference.document_date, hand_.reference.employed_to);
  }
}

Lines names() {
  Lines names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Letters, HandWritten, testing::ValuesIn(names()),
                         [](const testing::TestParamInfo<std::string>& each) {
                           std::string name = each.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(HandWrittenLetters, AreThreeForEachPack) {
  std::map<std::string, int> letters;
  for (const std::string& name : names()) ++letters[name.substr(0, 2)];
  const Packs packs = test::packs();
  for (const Pack& pack : packs.all()) EXPECT_GE(letters[pack.country], 3) << pack.country;
}

}  // namespace
}  // namespace refledger::letter
