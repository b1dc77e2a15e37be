// How one person's employment stands on a given day, judged from what the HR system says of it.
//
// Units    Days of the company's time zone.
// Order    Pure: the same person on the same day gives the same answer.
// Source   docs/ingest.md, "How an employment stands"
#pragma once

#include <optional>

#include "ingest/source/source.h"

namespace refledger::ingest {

enum class Standing {
  works,      ///< nothing to do
  ends_soon,  ///< the definitive end is near: today or at most `days_ahead` days away
  over,       ///< and it is known when
  term_ends,  ///< a fixed term's end is near or past, and nobody said that it is the end
  // What is left to HR, whatever the rules are:
  end_unknown,         ///< inactive, and no usable end date anywhere: HR types it
  end_ahead,           ///< inactive, although the end date is still to come
  end_before_start,    ///< ends before it begins: a rehire with an old date, or one never begun
  death,               ///< termination_type says so: nothing may go out by itself
  moved_within_group,  ///< termination_type says so: the employment goes on elsewhere in the group
};
const char* name_of(Standing standing);  ///< "ends_soon"

/// Whether the employment is over as far as anybody can tell.
bool is_over(Standing standing);

struct Judgement {
  Standing standing = Standing::works;
  /// Of the employment, or of the fixed term; where it came from says which.
  std::optional<Value<Date>> end = {};
  /// The next day on which time alone may change the answer.
  std::optional<Date> look_again = {};
};

/// `days_ahead` 0: an end counts once the day itself is over.
Judgement judge(const Person& person, Date today, unsigned days_ahead);

Date days_after(Date day, int days);
int days_between(Date from, Date to);

}  // namespace refledger::ingest
