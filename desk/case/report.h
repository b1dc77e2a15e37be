// What a desk tells of its work: one run's report, and one case as HR sees it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/case/case.h"
#include "ingest/watch/watch.h"

namespace refledger::desk {

/// How a run of the desk is meant.
struct SyncOptions {
  bool full = false;                    ///< read everybody, due or not
  bool dry_run = false;                 ///< only tell what would happen
  bool deliver = true;                  ///< hand over messages as well, which may take minutes
  std::vector<std::string> hints = {};  ///< ids to read in any case
};

/// What a reading comes to for one person.
enum class Act {
  open,       ///< a case
  draft,      ///< the facts of a case, anew
  rest,       ///< the case, because the person works on
  note,       ///< a change after issuing
  readdress,  ///< a message that did not arrive
  mark_gone,  ///< the HR system no longer has the person
};
const char* name_of(Act act);

/// Ids and dates, and what a person of HR needs to know of it.
struct PlannedAct {
  Act act;
  std::string person;
  std::string case_id;                 ///< empty: a new one
  Waiting waiting = Waiting::nothing;  ///< of the draft
  std::string issue;  ///< the first day it may be, "2026-12-01"; empty: not by itself
};

struct SyncReport {
  std::size_t people = 0;             ///< read in this run
  std::size_t leavers = 0;            ///< those whose employment is over, unclear ones included
  std::size_t opened = 0;             ///< cases new in this run
  std::size_t issued = 0;             ///< references that came into the log in this run
  std::size_t delivered = 0;          ///< in this run
  std::size_t entered_again = 0;      ///< cases whose entries the log had lost
  std::size_t erased = 0;             ///< cases whose time was over
  std::size_t waiting = 0;            ///< cases that wait for HR, in all
  std::vector<std::string> unusable;  ///< as People::unusable
  std::vector<std::string> not_delivered;  ///< as People::not_delivered
  std::vector<std::string> lost;           ///< those of them that the last reading had
  std::vector<std::string> problems;  ///< "case id: detail"; those cases are tried again next time
  bool dry_run = false;               ///< nothing of this was done
  bool complete = false;              ///< everybody was read
  std::size_t requests = 0;           ///< to the HR system
  std::string api;                    ///< "v1", "v2"
  std::size_t noticed = 0;            ///< cases that HR was told of before they are issued
  std::vector<ingest::Finding> findings;  ///< what changed since the last reading
  std::vector<PlannedAct> acts;           ///< what that comes to; done unless it was a dry run
};

/// How far a reading is; for whoever waits for it.
struct SyncProgress {
  bool reading = false;
  std::size_t people = 0;
};

/// What somebody said about a field of a case: who, as what, and when it was read.
struct Word {
  std::string field;    ///< as in choice.h; of what only the desk says, the fact's name
  std::string account;  ///< whose word it is, to be chosen; empty: there is no choice
  std::string value;
  std::string source;  ///< "Personio", "typed by NAME", "rule", "settings"
  std::string key;     ///< the source's own name of it
  UtcMillis read_at{};
  std::string reason;     ///< why it was typed; empty otherwise
  bool counts = true;     ///< for the document
  bool chosen = false;    ///< by HR, for this field
  bool disputed = false;  ///< somebody else says something else
};

/// Somebody whose employment is over: ids and dates.
struct Former {
  std::string person;
  Date start;
  std::optional<Date> end;
  bool deleted = false;  ///< the HR system no longer has this person
  bool has_case = false;
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
  bool gone = false;                   ///< the HR system no longer has this person
  std::string planned;  ///< "2026-12-01", when it is to be issued by itself; empty: not known
  Handing handing;
  bool destroyed = false;            ///< the files are gone
  std::optional<Absences> absences;  ///< for HR, where the HR system lets them be read
};

}  // namespace refledger::desk
