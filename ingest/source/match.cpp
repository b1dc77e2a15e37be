#include "ingest/source/match.h"

namespace refledger::ingest {
namespace {

std::string mail_of(const Person& person) {
  std::string mail = person.work_email ? person.work_email->value : "";
  for (char& c : mail) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return mail;
}

std::string name_of(const Person& person) {
  return person.given_name.value + '\n' + person.family_name.value + '\n' +
         format_date(person.hire_date.value);
}

}  // namespace

Matcher::Matcher(const std::vector<const Person*>& looked_for) {
  for (const Person* one : looked_for) {
    by_name_.emplace(name_of(*one), one->id);
    const std::string mail = mail_of(*one);
    if (mail.empty()) continue;
    by_mail_.emplace(mail, one->id);
    with_mail_.insert(one->id);
  }
}

void Matcher::restart() {
  found_.clear();
  unclear_.clear();
}

std::set<std::string> Matcher::ids_of(const Person& person) const {
  std::set<std::string> ids;
  const std::string mail = mail_of(person);
  const auto by_mail = by_mail_.equal_range(mail);
  for (auto at = by_mail.first; at != by_mail.second; ++at) ids.insert(at->second);
  const auto by_name = by_name_.equal_range(name_of(person));
  for (auto at = by_name.first; at != by_name.second; ++at) {
    if (mail.empty() || with_mail_.count(at->second) == 0) ids.insert(at->second);
  }
  return ids;
}

void Matcher::person(Person&& person) {
  const std::set<std::string> ids = ids_of(person);
  for (const std::string& id : ids) {
    const bool first = found_.emplace(id, person).second;
    if (!first || ids.size() > 1) unclear_.insert(id);
  }
}

std::map<std::string, Person> Matcher::found() const {
  std::map<std::string, Person> clear = found_;
  for (const std::string& id : unclear_) clear.erase(id);
  return clear;
}

}  // namespace refledger::ingest
