// The cases of one issuer and account in outline, so that finding the few that matter reads no
// others.
//
// Order    Reads every case once, at open(); from then on note() keeps it as the vault is.
// Threads  Any.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "desk/case/archive.h"

namespace refledger::desk {

struct Outline {
  vault::ItemId item;
  std::string case_id;
  std::string person;
  std::string start;
  UtcMillis opened_at{};
  Stage stage = Stage::open;
  Waiting waiting = Waiting::nothing;
  bool destroyed = false;
  bool recheck = false;
  bool gone = false;
  std::uint64_t tries = 0;
  std::optional<std::uint64_t> status_index;
  std::string correction_of;
  std::optional<UtcMillis> publish_at;
  std::optional<UtcMillis> keep_until;
  std::optional<UtcMillis> withdraw_at;
};

inline bool is_issued(Stage stage) { return stage >= Stage::logged; }
inline bool may_change(Stage stage) { return stage <= Stage::approved; }

class CaseBook {
 public:
  CaseBook(const Archive& archive, std::string iss, std::string account)
      : archive_(&archive), iss_(std::move(iss)), account_(std::move(account)) {}

  Result<void> open();
  void note(const Kept& kept);
  void forget(std::string_view case_id);

  using Asked = std::function<bool(const Outline&)>;
  /// In the order in which they were opened.
  std::vector<Outline> where(const Asked& asked) const;
  std::vector<Outline> of_person(std::string_view person) const;
  std::optional<Outline> find(std::string_view case_id) const;
  std::size_t count(const Asked& asked) const;

  /// The whole cases of these outlines.
  Result<std::vector<Kept>> load(const std::vector<Outline>& outlines) const;

 private:
  const Archive* archive_;
  std::string iss_;
  std::string account_;
  mutable std::mutex alone_;
  bool opened_ = false;
  std::map<std::string, Outline, std::less<>> cases_;  // by case id
  std::map<std::string, std::set<std::string>, std::less<>> by_person_;
};

/// Whether the desk itself still has something to do for the case, without HR or the HR system.
bool has_work_left(const Outline& one);

}  // namespace refledger::desk
