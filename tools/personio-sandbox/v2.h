// Personio's API v2, as far as it is read: /v2/auth/..., persons, employments, organisation,
// absences, and the list of webhooks.
//
// Source   developer.personio.de v2
#pragma once

#include <map>
#include <optional>
#include <string_view>

#include "tools/personio-sandbox/world.h"

namespace refledger::sandbox {

Reply answer_v2(World& world, const http::Request& request);

namespace v2 {

/// problem+json as the data endpoints send it.
Reply problem(const World& world, unsigned status, std::string_view title, std::string_view detail,
              std::string_view type);
Reply not_found(const World& world);
Reply bad_request(const World& world, std::string_view detail);

Reply get_token(World& world, const http::Request& request);
Reply revoke_token(World& world, const http::Request& request);

Reply list_persons(const World& world, const http::Request& request);
Reply one_person(const World& world, std::string_view id);
Reply list_employments(const World& world, const http::Request& request, std::string_view person);
Reply one_employment(const World& world, std::string_view person, std::string_view id);

Reply list_legal_entities(const World& world, const http::Request& request);
Reply list_org_units(const World& world, const http::Request& request);
Reply one_org_unit(const World& world, const http::Request& request, std::string_view id);

Reply list_absence_types(const World& world, const http::Request& request);
Reply list_absence_periods(const World& world, const http::Request& request);
Reply absence_breakdowns(const World& world, std::string_view id);

Reply list_webhooks(const World& world, const http::Request& request);

/// 2023-01-01T12:00:00Z
std::string seconds_text(UtcMillis time);
std::string employment_id(PersonId person, std::size_t number);

}  // namespace v2
}  // namespace refledger::sandbox
