// Our own JSON data files, read strictly: what is missing, unknown or of the wrong kind is an error
// that names the file and the place in it, as in "CH.json: types.simple.fields.tasks.rule: ...".
//
// Errors   malformed; the first one stays
#pragma once

#include <array>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "ledger/core/json.h"
#include "ledger/core/time.h"

namespace refledger::letter {

/// Remembers the first thing that was wrong in one file.
class Trouble {
 public:
  explicit Trouble(std::string file) : file_(std::move(file)) {}
  void add(const std::string& place, const std::string& why);
  const std::optional<Error>& first() const { return first_; }

 private:
  std::string file_;
  std::optional<Error> first_;
};

/// A value and where it stands.  A value that is not there answers with empty ones, its absence
/// being noted already.
class Node {
 public:
  Node(const Json* json, std::string place, Trouble& trouble)
      : json_(json), place_(std::move(place)), trouble_(&trouble) {}

  Node member(const std::string& name) const;
  bool has(const std::string& name) const;
  /// That there are no other members than these.
  void only(std::initializer_list<std::string_view> names) const;

  std::string text(std::size_t max_bytes = 2000) const;
  std::string text_or_empty(std::size_t max_bytes = 2000) const;
  bool flag() const;
  int number(int least, int most) const;
  double decimal(double least, double most) const;
  Date date() const;

  /// `act(name, node)` for each member; `act(node)` for each item.
  template <class Act>
  void each_member(Act act) const;
  template <class Act>
  void each_item(Act act) const;

  /// The one of `values` whose name_of() is the text.
  template <class T, std::size_t N>
  T word(const std::array<T, N>& values) const;

  void wrong(const std::string& why) const { trouble_->add(place_, why); }
  const std::string& place() const { return place_; }

 private:
  std::string below(const std::string& name) const {
    return place_.empty() ? name : place_ + "." + name;
  }
  const Json* json_;
  std::string place_;
  Trouble* trouble_;
};

template <class Act>
void Node::each_member(Act act) const {
  if (json_ == nullptr) return;
  if (!json_->is_object()) return wrong("an object is expected");
  for (const auto& [name, value] : json_->items()) {
    act(name, Node(&value, below(name), *trouble_));
  }
}

template <class Act>
void Node::each_item(Act act) const {
  if (json_ == nullptr) return;
  if (!json_->is_array()) return wrong("a list is expected");
  for (std::size_t at = 0; at < json_->size(); ++at) {
    act(Node(&(*json_)[at], place_ + "[" + std::to_string(at) + "]", *trouble_));
  }
}

template <class T, std::size_t N>
T Node::word(const std::array<T, N>& values) const {
  const std::string given = text();
  std::string known;
  for (const T value : values) {
    if (given == name_of(value)) return value;
    known += (known.empty() ? "" : ", ") + std::string(name_of(value));
  }
  if (!given.empty()) wrong("none of " + known);
  return values.front();
}

/// One text in each of de, fr, it, en.
std::map<std::string, std::string> languages_of(const Node& node);

}  // namespace refledger::letter
