// Names of departments and legal entities, which v2's employments tell only by id.
//
// Order    Each is asked for once.  Where the credential may not read them, nothing is asked again,
//          and `refused` tells; that never ends a reading.
// Errors   upstream (Personio failed), malformed
// Source   developer.personio.de v2: GET /v2/org-units/{id}, GET /v2/legal-entities
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/personio/session.h"

namespace refledger::ingest::personio {

inline constexpr std::size_t kMaxOrganisationBytes = 1024 * 1024;

using NamesById = std::map<std::string, std::string, std::less<>>;

struct NamesPage {
  NamesById names;
  std::optional<std::string> cursor;
};

Result<std::string> parse_org_unit(std::string_view body);
Result<NamesPage> parse_legal_entities(std::string_view body);

/// Whether `status` says that this may not be read, or is not part of the plan.
bool is_refusal(unsigned status);

class Organisation {
 public:
  explicit Organisation(Session& session) : session_(session) {}

  /// Nothing: not known, or not to be known.
  Result<std::optional<std::string>> department(const std::string& id);
  Result<std::optional<std::string>> legal_entity(const std::string& id);

  /// The status that refused; 0: none did.
  unsigned departments_refused() const { return departments_refused_; }
  unsigned legal_entities_refused() const { return legal_entities_refused_; }

 private:
  Result<void> read_legal_entities();

  Session& session_;
  std::map<std::string, std::optional<std::string>, std::less<>> departments_;
  std::optional<NamesById> legal_entities_;
  bool read_again_ = false;  // an id was not among them
  unsigned departments_refused_ = 0;
  unsigned legal_entities_refused_ = 0;
};

}  // namespace refledger::ingest::personio
