// What the pages about connections share.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "desk/web/connections/area.h"

namespace refledger::site {

/// The last test of each account, until the desk starts anew.
class Tests {
 public:
  struct Made {
    UtcMillis at;
    ingest::ConnectionReport report;
  };
  void keep(const std::string& account, Made made);
  std::optional<Made> find(const std::string& account) const;

 private:
  mutable std::mutex alone_;
  std::map<std::string, Made> made_;
};

struct ConnectionState {
  ConnectionParts parts;
  Tests tests;
};
using SharedConnections = std::shared_ptr<ConnectionState>;

inline const std::string kConnections = "/admin/integrationen";

const accounts::Kind* kind_named(std::string_view name);
std::string sentence(const ingest::Sentences& text, Language language);
std::string wording(const ingest::Wording& text, Language language);
Json report_of(const Context& context, const ingest::ConnectionReport& report);
/// "active", "failing", "untested" as tone and text.
Json state_of(const Context& context, const accounts::Account& account);

/// Tests what is stored, keeps the report and says how it went.
Result<void> test_now(Context& context, ConnectionState& state, const std::string& account);

void add_overview(Area& area, const SharedConnections& state);
void add_new(Area& area, const SharedConnections& state);
void add_account(Area& area, const SharedConnections& state);
void add_mapping(Area& area, const SharedConnections& state);

}  // namespace refledger::site
