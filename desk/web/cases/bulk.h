// One order for many cases, carried out one after the other while people go on working.
//
// Order    What a case refuses is told and holds up no other.  A restart ends what is under way;
//          every case that was reached is done, and the same order again does the rest.
// Threads  Any.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "desk/case/drafting.h"

namespace refledger::site {

enum class BulkAct { hold, release, write };

struct BulkOrder {
  BulkAct act = BulkAct::hold;
  std::vector<std::string> cases;
  desk::Fields fields;  ///< what is written where nothing stands yet
  desk::Actor actor;
};

struct BulkProgress {
  BulkAct act = BulkAct::hold;
  std::size_t all = 0;
  std::size_t done = 0;
  std::vector<std::pair<std::string, Error>> refused;  ///< case id and why
  bool finished = false;
};

class Bulk {
 public:
  explicit Bulk(desk::Desk& desk) : desk_(&desk) {}
  ~Bulk();

  /// `name`: of the job, for its page.
  void start(const std::string& name, BulkOrder order);
  /// nothing: there is no such job (any more), or it is somebody else's.
  std::optional<BulkProgress> progress(const std::string& name, const std::string& actor_id) const;

 private:
  struct Job {
    BulkOrder order;
    BulkProgress progress;
    std::jthread worker;
  };
  void work(Job& job, const std::stop_token& stop);
  Result<void> do_one(const BulkOrder& order, const std::string& case_id);

  desk::Desk* desk_;
  mutable std::mutex alone_;
  std::map<std::string, std::unique_ptr<Job>> jobs_;
};

}  // namespace refledger::site
