// Personio's API v1, as far as it is read: /v1/auth and /v1/company/...
//
// Source   developer.personio.de v1
#pragma once

#include <optional>
#include <string_view>

#include "tools/personio-sandbox/world.h"

namespace refledger::sandbox {

Reply answer_v1(World& world, const http::Request& request);

namespace v1 {

Reply success(Json data);
/// `code` is 0 for most errors, whatever the status.
Reply failure(unsigned status, std::string_view message, unsigned code = 0);

/// A whole number of at most nine digits.
std::optional<std::uint64_t> number(std::string_view text);

Reply list_employees(const World& world, const http::Request& request);
Reply one_employee(const World& world, const http::Request& request, std::string_view id);
Reply list_attributes(const World& world);
/// In short, as it stands in absences and for a supervisor; null if there is nobody.
Json short_employee(const Company& company, const Json& id);

Reply list_time_off_types(const World& world);
Reply list_time_offs(const World& world, const http::Request& request);
Reply list_absence_periods(const World& world, const http::Request& request);

}  // namespace v1
}  // namespace refledger::sandbox
