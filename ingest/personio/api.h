// What both versions of Personio's API can be asked for.
//
// Errors   as HrSource
#pragma once

#include "ingest/personio/findings.h"
#include "ingest/personio/id_set.h"
#include "ingest/personio/mapping.h"
#include "ingest/personio/session.h"
#include "ingest/source/source.h"

namespace refledger::ingest::personio {

class Api {
 public:
  virtual ~Api() = default;

  /// Whether the credential opens this version; an error: nobody can tell now.
  virtual Result<bool> opens() = 0;
  virtual Result<Reading> read_people(const ReadRequest& request, PeopleVisitor& visitor) = 0;
  virtual Result<std::optional<Person>> read_person(std::string_view id) = 0;
  virtual Result<std::vector<Attribute>> attributes() = 0;
  virtual Result<std::vector<AbsencePeriod>> read_absences(const Person& person) = 0;
  /// Adds what works and what is missing.
  virtual void test(Findings& findings) = 0;
  /// Whom this version's list has beyond `seen`, where its total says that there are more.
  struct Beyond {
    std::vector<std::string> ids = {};  ///< as far as the list could be read and is to be believed
    std::uint64_t total = 0;            ///< 0: it tells none, or cannot be asked
  };
  virtual Beyond listed_beyond(const IdSet& seen) = 0;
  virtual void hang_up() = 0;
};

/// How often a list that does not hold still is read before the run is given up.
inline constexpr int kScans = 3;
Error unsteady();

/// Whom the list left out of those who are to be read in any case.  Where it is most of them, a
/// right was lost or a filter set, and asking for each alone would tell nothing.
std::vector<std::string> left_out(const ReadRequest& request, const IdSet& seen);
/// Whether so many of `all` may be asked for alone.
bool believable_loss(std::size_t lost, std::size_t all);

/// The part of an employment for which absences are asked: up to its end, or up to today.
struct Span {
  Date from;
  Date to;
};
Span span_of(const Person& person, Date today);

}  // namespace refledger::ingest::personio
