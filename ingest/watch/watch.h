// Who leaves, when, and what changed since the last reading.
//
// Shape    A Watch takes the people of one reading one by one.  It keeps what must be remembered of
//          each, and the whole record of those alone whom somebody asked for.
// Order    Pure: the same people in any order, any number of times, come to the same.  Nothing is
//          taken over before settle(); a Watch that is thrown away changes nothing.
// Source   docs/ingest.md, "Watching"
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "ingest/source/source.h"
#include "ingest/watch/judge.h"
#include "ingest/watch/known.h"

namespace refledger::ingest {

/// What changed in one person's employment since it was last read.
enum class Event {
  over_before_us,  ///< it was over when this connection began: listed, nothing else
  became_inactive,
  end_set,        ///< and it lies ahead, or is today
  end_backdated,  ///< set, and it had passed already
  end_earlier,
  end_later,  ///< extended
  end_withdrawn,
  term_set,  ///< the end of a fixed term
  term_earlier,
  term_later,  ///< extended
  term_lifted,
  start_corrected,
  rehired,    ///< a new employment began after the earlier one's end
  deleted,    ///< a complete reading no longer has this person
  came_back,  ///< deleted before, and there again
};
const char* name_of(Event event);  ///< "end_set"

/// Ids and dates, never anything else about a person.
struct Finding {
  std::string id;
  Event event;
  std::optional<Date> day = {};  ///< the new end, term or start
  std::optional<Date> was = {};
  friend bool operator==(const Finding&, const Finding&) = default;
};

struct WatchRules {
  Date today;
  Date connected_on;            ///< the day of the first reading
  unsigned look_back_days = 0;  ///< employments that ended so long before it still count
};

/// One person of a reading, judged against what was known.
struct Observed {
  Known known;
  Judgement judgement;
  std::vector<Finding> findings;
};
/// `days_ahead`: for this person's country.  A null `before` means: never seen.
Observed observe(const Known* before, const Person& person, const WatchRules& rules,
                 unsigned days_ahead);

/// The record of somebody whom the caller wanted.
struct Attended {
  Person person;
  Judgement judgement;
  bool only_listed = false;
};

class Watch : public PeopleVisitor {
 public:
  using DaysAhead = std::function<unsigned(const Person&)>;
  /// Whether the whole record is wanted.
  using Wanted = std::function<bool(const Person&, const Observed&)>;

  Watch(const KnownPeople& known, WatchRules rules, DaysAhead days_ahead, Wanted wanted)
      : before_(&known),
        rules_(rules),
        days_ahead_(std::move(days_ahead)),
        wanted_(std::move(wanted)) {}

  void restart() override;
  void person(Person&& person) override;
  void unusable(std::string what) override;

  /// After a complete reading: whoever was known and is in neither of its lists is gone.
  void find_deleted();
  /// Takes over what must be remembered.
  void settle(KnownPeople& known);

  const std::map<std::string, Attended>& attended() const { return attended_; }
  const std::vector<std::string>& unusable() const { return unusable_; }
  bool tells_entities() const { return tells_entities_; }
  std::size_t seen() const { return seen_.size(); }
  bool has_seen(const std::string& id) const { return seen_.count(id) > 0; }
  /// Ascending by id.
  std::vector<Finding> findings() const;

 private:
  const KnownPeople* before_;
  WatchRules rules_;
  DaysAhead days_ahead_;
  Wanted wanted_;
  std::unordered_set<std::string> seen_;
  std::map<std::string, Known> changes_;
  std::map<std::string, std::vector<Finding>> findings_;
  std::map<std::string, Attended> attended_;
  std::vector<std::string> unusable_;
  bool tells_entities_ = false;
};

/// Whom a text of PeopleVisitor::unusable() is about.
std::string id_in(const std::string& unusable);

/// Whom an incremental reading must include although nothing changed: those whose standing may
/// change by time alone.
std::vector<std::string> due_again(const KnownPeople& known, Date today);

}  // namespace refledger::ingest
