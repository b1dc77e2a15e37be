#include "desk/access/records.h"

#include "ledger/core/json.h"

namespace refledger::access {
namespace {

Error broken(const char* what) {
  return {Fault::malformed, std::string(what) + ": not as it was written"};
}

bool all_strings(const Json& object, std::initializer_list<const char*> members) {
  for (const char* member : members) {
    if (!object[member].is_string()) return false;
  }
  return true;
}

Json names_of(Roles roles) {
  Json names = Json::array();
  for (const Role role : kRoles) {
    if (roles.has(role)) names.push_back(name_of(role));
  }
  return names;
}

}  // namespace

Result<std::string> to_text(const Session& session) {
  return to_canonical_json({{"browser", session.browser},
                            {"failed", session.failed},
                            {"half", session.half},
                            {"id", session.id},
                            {"seen", format_time(session.seen)},
                            {"started", format_time(session.started)},
                            {"user", session.user}});
}

Result<Session> session_from(std::string_view text) {
  const Result<Json> parsed = from_canonical_json(text, "session");
  if (!parsed) return parsed.error();
  const Json& object = *parsed;
  if (!has_exactly(object, {"browser", "failed", "half", "id", "seen", "started", "user"}) ||
      !all_strings(object, {"browser", "id", "seen", "started", "user"}) ||
      !object["half"].is_boolean() || !object["failed"].is_number_unsigned()) {
    return broken("session");
  }
  const Result<UtcMillis> started = parse_time(object["started"].get<std::string>(), "started");
  if (!started) return started.error();
  const Result<UtcMillis> seen = parse_time(object["seen"].get<std::string>(), "seen");
  if (!seen) return seen.error();
  return Session{object["id"],      object["user"], *started,        *seen,
                 object["browser"], object["half"], object["failed"]};
}

Result<std::string> to_text(const Invitation& invitation) {
  return to_canonical_json({{"by", invitation.by},
                            {"id", invitation.id},
                            {"mail", invitation.mail},
                            {"roles", names_of(invitation.roles)},
                            {"until", format_time(invitation.until)},
                            {"user", invitation.user}});
}

Result<Invitation> invitation_from(std::string_view text) {
  const Result<Json> parsed = from_canonical_json(text, "invitation");
  if (!parsed) return parsed.error();
  const Json& object = *parsed;
  if (!has_exactly(object, {"by", "id", "mail", "roles", "until", "user"}) ||
      !all_strings(object, {"by", "id", "mail", "until", "user"}) || !object["roles"].is_array()) {
    return broken("invitation");
  }
  Roles roles;
  for (const Json& name : object["roles"]) {
    const std::optional<Role> role =
        name.is_string() ? role_named(name.get<std::string>()) : std::nullopt;
    if (!role) return broken("invitation");
    roles = roles | *role;
  }
  const Result<UtcMillis> until = parse_time(object["until"].get<std::string>(), "until");
  if (!until) return until.error();
  return Invitation{object["id"], object["mail"], roles, object["user"], object["by"], *until};
}

}  // namespace refledger::access
