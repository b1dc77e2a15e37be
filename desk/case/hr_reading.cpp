#include "desk/case/hr_reading.h"

#include <algorithm>

namespace refledger::desk {
namespace {

Error broken() { return {Fault::malformed, "reading: not as it was written"}; }

Result<std::vector<std::string>> texts_from(const Json& array) {
  if (!array.is_array()) return broken();
  std::vector<std::string> texts;
  for (const Json& one : array) {
    if (!one.is_string()) return broken();
    texts.push_back(one.get<std::string>());
  }
  return texts;
}

}  // namespace

Json to_json(const HrReading& reading) {
  return {{"lost", reading.lost},
          {"not_delivered", reading.not_delivered},
          {"since", reading.since ? Json(format_time(*reading.since)) : Json(nullptr)},
          {"unusable", reading.unusable},
          {"v", 1}};
}

Result<HrReading> hr_reading_from_json(std::string_view canonical_text) {
  Result<Json> object = from_canonical_json(canonical_text, "reading");
  if (!object) return object.error();
  if (!has_exactly(*object, {"lost", "not_delivered", "since", "unusable", "v"})) return broken();
  if ((*object)["v"] != 1) return broken();
  Result<std::vector<std::string>> not_delivered = texts_from((*object)["not_delivered"]);
  if (!not_delivered) return not_delivered.error();
  Result<std::vector<std::string>> unusable = texts_from((*object)["unusable"]);
  if (!unusable) return unusable.error();
  Result<std::vector<std::string>> lost = texts_from((*object)["lost"]);
  if (!lost) return lost.error();
  HrReading reading{std::move(*unusable), std::move(*not_delivered), {}, std::move(*lost)};
  if ((*object)["since"].is_null()) return reading;
  Result<std::string> text = string_member(*object, "since");
  if (!text) return text.error();
  Result<UtcMillis> since = parse_time(*text, "since");
  if (!since) return since.error();
  reading.since = *since;
  return reading;
}

std::vector<std::string> lost_between(const HrReading& before, const HrReading& fresh) {
  std::vector<std::string> lost;
  if (!before.since) return lost;
  const auto& known = before.not_delivered;
  std::copy_if(fresh.not_delivered.begin(), fresh.not_delivered.end(), std::back_inserter(lost),
               [&](const std::string& one) {
                 return std::find(known.begin(), known.end(), one) == known.end();
               });
  return lost;
}

}  // namespace refledger::desk
