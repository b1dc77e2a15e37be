#include "render/letter/speech.h"

#include <algorithm>
#include <sstream>

#include "render/letter/text.h"

namespace refledger::letter {
namespace {

bool consists_of(const std::string& title, const std::vector<std::string>& words) {
  std::istringstream rest(title);
  for (std::string word; rest >> word;) {
    if (std::find(words.begin(), words.end(), word) == words.end()) return false;
  }
  return true;
}

bool matches(const Phrase& phrase, const std::string& value) {
  const auto starts = [&](const std::string& start) { return value.starts_with(start); };
  const auto ends = [&](const std::string& end) { return value.ends_with(end); };
  if (phrase.starts.empty() && phrase.ends.empty()) return true;
  return std::any_of(phrase.starts.begin(), phrase.starts.end(), starts) ||
         std::any_of(phrase.ends.begin(), phrase.ends.end(), ends);
}

// "80" and "%" of "80 %", "38.5" and "h" of "38.5 h"; nothing if it is neither.
std::optional<std::pair<std::string, std::string>> measured(const std::string& workload) {
  const std::size_t blank = workload.find(' ');
  if (blank == std::string::npos) return std::nullopt;
  std::string number = workload.substr(0, blank);
  std::string unit = workload.substr(blank + 1);
  const bool is_number = !number.empty() && number.front() != '.' && number.back() != '.' &&
                         number.find_first_not_of("0123456789.,") == std::string::npos;
  if (!is_number || (unit != "%" && unit != "h")) return std::nullopt;
  return std::pair{std::move(number), std::move(unit)};
}

}  // namespace

Speech::Speech(const Reference& reference, const DocumentType& type, const Wording& wording)
    : reference_(reference),
      type_(type),
      wording_(wording),
      voice_{reference.salutation, type.tense, true} {}

Slots Speech::mentions(const Voice& voice) const {
  const std::string title = reference_.academic_title.value_or("");
  const auto before = [&](const std::vector<std::string>& words) {
    return title.empty() || !consists_of(title, words) ? "" : title + " ";
  };
  const Slots person{{"given", reference_.given_name},
                     {"family", reference_.family_name},
                     {"before", before(wording_.titles_before)},
                     {"kept", before(wording_.titles_kept)}};
  Slots mentions;
  for (const auto& [name, mention] : wording_.mentions) {
    mentions[name] = mention.render(voice, person, wording_.joins,
                                    Wording::for_country(wording_.spelling, reference_.country));
  }
  return mentions;
}

std::string Speech::render(const Template& sentence, Voice voice, const Slots& slots) const {
  Slots all = mentions(voice);
  all.insert(slots.begin(), slots.end());
  return sentence.render(voice, all, wording_.joins,
                         Wording::for_country(wording_.spelling, reference_.country));
}

std::string Speech::phrase(const std::string& key, const Slots& slots) const {
  return render(wording_.sentence(key, type_.id, reference_.country), voice_, slots);
}

std::string Speech::say(const std::string& key, const Slots& slots, bool first) const {
  Voice voice = voice_;
  voice.first = first;
  return capitalised(render(wording_.sentence(key, type_.id, reference_.country), voice, slots));
}

std::string Speech::say_past(const std::string& key, const Slots& slots) const {
  Voice voice = voice_;
  voice.tense = Tense::past;
  return capitalised(render(wording_.sentence(key, type_.id, reference_.country), voice, slots));
}

std::string Speech::rating(std::string_view criterion, int grade, const Slots& slots,
                           bool first) const {
  Voice voice = voice_;
  voice.first = first;
  const auto& grades = wording_.ratings.at(std::string(wording_of(criterion)));
  return capitalised(render(grades.at(static_cast<std::size_t>(grade - 1)), voice, slots));
}

std::string Speech::date(Date day) const {
  const unsigned number = static_cast<unsigned>(day.day());
  const auto& months = Wording::for_country(wording_.months, reference_.country);
  const std::size_t month = static_cast<unsigned>(day.month()) - 1;
  return wording_.sentence("date", type_.id, reference_.country)
      .render(voice_,
              {{"day", number == 1 ? wording_.first_day : std::to_string(number)},
               {"month", months.at(month)},
               {"year", std::to_string(static_cast<int>(day.year()))}},
              wording_.joins, {});
}

std::string Speech::list(const std::vector<std::string>& items) const {
  std::string all;
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (at > 0) all += wording_.list[at + 1 == items.size() ? 1 : 0];
    all += items[at];
  }
  return all;
}

std::string Speech::chosen(const std::vector<Phrase>& phrases, const std::string& value) const {
  for (const Phrase& phrase : phrases) {
    if (!matches(phrase, value)) continue;
    return phrase.say.render(voice_, {{"value", value}}, wording_.joins,
                             Wording::for_country(wording_.spelling, reference_.country));
  }
  return value;
}

std::string Speech::employer() const { return chosen(wording_.employers, reference_.employer); }

std::string Speech::department(const std::string& name) const {
  return chosen(wording_.departments, name);
}

std::string Speech::workload(const std::string& given) const {
  auto parts = measured(given);
  if (!parts) return phrase("workload.other", {{"value", given}});
  for (char& letter : parts->first) {
    if (letter == '.' || letter == ',') letter = wording_.decimal.front();
  }
  return phrase(parts->second == "%" ? "workload.percent" : "workload.hours",
                {{"value", parts->first}});
}

std::string Speech::typographic(const std::string& text) const {
  const auto& quotes = Wording::for_country(wording_.quotes, reference_.country);
  std::string set;
  bool open = false;
  for (const char letter : text) {
    if (letter == '"') {
      set += quotes[open ? 1 : 0];
      open = !open;
    } else if (letter == '\'') {
      set += "’";
    } else {
      set += letter;
    }
  }
  return open ? text : set;  // an odd mark is no quotation
}

std::string Speech::locale() const {
  return Wording::for_country(wording_.locales, reference_.country);
}

bool Speech::stands_before(const std::string& title) const {
  return consists_of(title, wording_.titles_before);
}

}  // namespace refledger::letter
