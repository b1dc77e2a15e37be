// Who has left, judged from one reading of the HR system.
//
// Order    Pure: the same people on the same day give the same answer.
#pragma once

#include <string>
#include <vector>

#include "ingest/source/source.h"

namespace refledger::ingest {

enum class Reason { end_date_reached, became_inactive };

struct Leaver {
  Person person;
  Value<Date> employed_to;  ///< termination_date, or the best known end when only the status tells
  Reason reason;
};

/// People whose definitive end date lies before `today` (the end day itself has passed in the
/// company's time zone) or whose status is inactive.
std::vector<Leaver> find_leavers(const People& people, Date today);

}  // namespace refledger::ingest
