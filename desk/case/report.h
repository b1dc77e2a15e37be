// What a desk tells of its work: one run's report, and one case as HR sees it.
#pragma once

#include <string>
#include <vector>

#include "desk/case/case.h"

namespace refledger::desk {

struct SyncReport {
  std::size_t people = 0;
  std::size_t leavers = 0;            ///< those whose employment is over, unclear ones included
  std::size_t opened = 0;             ///< cases new in this run
  std::size_t issued = 0;             ///< references that came into the log in this run
  std::size_t delivered = 0;          ///< in this run
  std::size_t waiting = 0;            ///< cases that wait for HR, in all
  std::vector<std::string> unusable;  ///< as People::unusable
  std::vector<std::string> not_delivered;  ///< as People::not_delivered
  std::vector<std::string> problems;  ///< "case id: detail"; those cases are tried again next time
};

struct CaseSummary {
  std::string case_id;  ///< random; names the case on the command line
  Stage stage;
  std::string name;
  std::string position;
  std::string employed_from;
  std::string employed_to;
  std::string country;
  std::string waiting_for;   ///< what HR has to do, in its language; empty if nothing
  std::string reference_id;  ///< 26 characters, once identified
  std::string note;          ///< what changed after issuing, in its language; empty if nothing
  Waiting waiting = Waiting::nothing;  ///< the reason behind waiting_for, for other languages
};

}  // namespace refledger::desk
