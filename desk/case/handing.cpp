#include "desk/case/handing.h"

#include <cstdlib>

#include "desk/case/member_reader.h"

namespace refledger::desk {
namespace {

Json time_or_null(const std::optional<UtcMillis>& time) {
  return time ? Json(format_time(*time)) : Json(nullptr);
}

}  // namespace

const char* name_of(Wish wish) {
  switch (wish) {
    case Wish::correction:
      return "correction";
    case Wish::erasure:
      return "erasure";
  }
  std::abort();
}

Json to_json(const Handing& handing) {
  Json wishes = Json::array();
  for (const Wish wish : handing.wishes) wishes.push_back(name_of(wish));
  return {{"correction_of", handing.correction_of},
          {"keep_until", time_or_null(handing.keep_until)},
          {"opened_at", time_or_null(handing.opened_at)},
          {"urgent", handing.urgent},
          {"wishes", std::move(wishes)},
          {"withdraw_at", time_or_null(handing.withdraw_at)}};
}

Result<Handing> handing_from_json(const Json& object) {
  const Error broken{Fault::malformed, "case: handing"};
  if (!has_exactly(object, {"correction_of", "keep_until", "opened_at", "urgent", "wishes",
                            "withdraw_at"})) {
    return broken;
  }
  MemberReader in(object);
  Handing handing;
  handing.correction_of = in.text("correction_of");
  handing.keep_until = in.optional_time("keep_until");
  handing.opened_at = in.optional_time("opened_at");
  handing.urgent = in.flag("urgent");
  handing.withdraw_at = in.optional_time("withdraw_at");
  if (!object["wishes"].is_array()) return broken;
  for (const Json& wish : object["wishes"]) {
    if (!wish.is_string()) return broken;
    handing.wishes.insert(in.named(wish.get<std::string>(), "wishes", Wish::erasure));
  }
  if (in.error()) return *in.error();
  return handing;
}

}  // namespace refledger::desk
