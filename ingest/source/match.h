// Finding the same people in another system, which has ids of its own.
//
// Shape    Two records are of one person where the work e-mail is the same, in any case.  Where one
//          of them tells none, both names and the first day have to be the same.
// Order    Whoever is found twice, or for two people, is found for nobody: no word is better than
//          somebody else's.
// State    Nothing is kept of the others.
// Source   docs/ingest.md, "Whose word counts"
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ingest/source/source.h"

namespace refledger::ingest {

class Matcher : public PeopleVisitor {
 public:
  explicit Matcher(const std::vector<const Person*>& looked_for);

  void restart() override;
  void person(Person&& person) override;
  void unusable(std::string) override {}  // for whoever looks after that system

  /// By the id of who was looked for: the other system's record.
  std::map<std::string, Person> found() const;
  /// Ids of those who cannot be told apart there.
  const std::set<std::string>& unclear() const { return unclear_; }

 private:
  std::set<std::string> ids_of(const Person& person) const;

  std::multimap<std::string, std::string> by_mail_;  // to ids
  std::multimap<std::string, std::string> by_name_;
  std::set<std::string> with_mail_;  // ids
  std::map<std::string, Person> found_;
  std::set<std::string> unclear_;
};

}  // namespace refledger::ingest
