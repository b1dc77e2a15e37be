#include "render/letter/data.h"

#include <algorithm>

namespace refledger::letter {

void Trouble::add(const std::string& place, const std::string& why) {
  if (first_) return;
  first_ = Error{Fault::malformed, file_ + ": " + (place.empty() ? "" : place + ": ") + why};
}

Node Node::member(const std::string& name) const {
  const Json* found = nullptr;
  if (json_ != nullptr) {
    if (!json_->is_object()) {
      wrong("an object is expected");
    } else if (const auto at = json_->find(name); at != json_->end()) {
      found = &*at;
    } else {
      trouble_->add(below(name), "missing");
    }
  }
  return {found, below(name), *trouble_};
}

bool Node::has(const std::string& name) const {
  return json_ != nullptr && json_->is_object() && json_->contains(name);
}

void Node::only(std::initializer_list<std::string_view> names) const {
  each_member([&](const std::string& name, const Node& node) {
    if (std::find(names.begin(), names.end(), name) == names.end()) node.wrong("unknown key");
  });
}

std::string Node::text_or_empty(std::size_t max_bytes) const {
  if (json_ == nullptr) return {};
  if (!json_->is_string()) {
    wrong("text is expected");
    return {};
  }
  std::string text = json_->get<std::string>();
  if (text.size() > max_bytes) wrong("too long");
  return text;
}

std::string Node::text(std::size_t max_bytes) const {
  std::string text = text_or_empty(max_bytes);
  if (json_ != nullptr && text.empty()) wrong("empty");
  return text;
}

bool Node::flag() const {
  if (json_ == nullptr) return false;
  if (!json_->is_boolean()) {
    wrong("true or false is expected");
    return false;
  }
  return json_->get<bool>();
}

int Node::number(int least, int most) const {
  if (json_ == nullptr) return least;
  const bool whole = json_->is_number_unsigned() && json_->get<std::uint64_t>() <= 100000;
  const int number = whole ? json_->get<int>() : -1;
  if (!whole || number < least || number > most) {
    wrong("a whole number from " + std::to_string(least) + " to " + std::to_string(most) +
          " is expected");
    return least;
  }
  return number;
}

double Node::decimal(double least, double most) const {
  if (json_ == nullptr) return least;
  const double number = json_->is_number() ? json_->get<double>() : most + 1;
  if (number >= least && number <= most) return number;
  wrong("a number within its range is expected");
  return least;
}

Date Node::date() const {
  const std::string given = text();
  const Result<Date> date = parse_date(given, "");
  if (date) return *date;
  if (!given.empty()) wrong("a date is expected, as in 2025-01-31");
  return Date{};
}

std::map<std::string, std::string> languages_of(const Node& node) {
  node.only({"de", "fr", "it", "en"});
  std::map<std::string, std::string> texts;
  for (const char* language : {"de", "fr", "it", "en"}) {
    texts[language] = node.member(language).text();
  }
  return texts;
}

}  // namespace refledger::letter
