// The list of who works here, read while people wait for it, and forgotten soon after.
//
// Order    Reading a large company takes a while: the first look() begins it and says so.
// State    In memory alone, for ten minutes.
// Threads  Any.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "desk/case/staff.h"

namespace refledger::site {

class StaffList {
 public:
  explicit StaffList(const desk::Desk& desk) : desk_(&desk) {}

  using Staff = std::shared_ptr<const std::vector<desk::Colleague>>;
  struct Look {
    Staff staff;                       ///< null: not read yet
    std::optional<Error> failed = {};  ///< the reading; the next look tries again
  };
  Look look(UtcMillis now);

 private:
  void read(UtcMillis now);

  const desk::Desk* desk_;
  std::mutex alone_;
  Staff staff_;
  std::optional<Error> failed_;
  UtcMillis read_at_{};
  bool reading_ = false;
  std::jthread reader_;
};

}  // namespace refledger::site
