// Who has left, judged from one reading of the HR system.
//
// Order    Pure: the same people on the same day give the same answer, in the order of the reading.
//          Nobody is in both answers.
// Source   docs/ingest.md
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingest/source/source.h"

namespace refledger::ingest {

enum class Reason { end_date_reached, became_inactive };

/// An employment that is over and whose end is known.
struct Leaver {
  Person person;
  Value<Date> employed_to;  ///< termination_date, or the best known end when only the status tells
  Reason reason;
};

/// Why an employment that looks over is left to HR.
enum class Concern {
  end_unknown,         ///< inactive, and no usable end date anywhere: HR types it
  end_ahead,           ///< inactive, although the end date is still to come
  end_before_start,    ///< ends before it begins: a rehire with an old date, or one never begun
  death,               ///< termination_type says so: nothing may go out by itself
  moved_within_group,  ///< termination_type says so: the employment goes on elsewhere in the group
};
const char* name_of(Concern concern);  ///< "end_unknown"

/// An employment that looks over, but needs a person's decision first: an open case, never a
/// document by itself.
struct Unclear {
  Person person;
  Concern concern;
  std::optional<Value<Date>> employed_to;  ///< what the HR system says, where it says anything
};

/// People whose definitive end date lies before `today` (the end day itself has passed in the
/// company's time zone) or whose status is inactive.  A fixed term's end is never alone a leaving.
std::vector<Leaver> find_leavers(const People& people, Date today);

/// Those that the same rule finds and that have no clear end or a special one.
std::vector<Unclear> find_unclear(const People& people, Date today);

}  // namespace refledger::ingest
