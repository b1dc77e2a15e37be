#include "desk/case/decisions.h"

#include <cstdlib>

#include "desk/case/member_reader.h"

namespace refledger::desk {
namespace {

Error broken() { return {Fault::malformed, "case: decisions"}; }

Json json_of(const std::optional<ConfirmedEnd>& confirmed) {
  if (!confirmed) return nullptr;
  return {{"at", format_time(confirmed->at)},
          {"by", confirmed->by},
          {"end", confirmed->end},
          {"term", confirmed->term}};
}

Json json_of(const Typed& typed) {
  return {{"at", format_time(typed.at)},
          {"by", typed.by},
          {"reason", typed.reason},
          {"value", typed.value}};
}

Result<std::optional<ConfirmedEnd>> confirmed_from(const Json& object) {
  if (object.is_null()) return std::optional<ConfirmedEnd>{};
  if (!has_exactly(object, {"at", "by", "end", "term"})) return broken();
  MemberReader in(object);
  ConfirmedEnd confirmed{in.text("end"), in.text("term"), in.text("by"), in.time("at")};
  if (in.error()) return *in.error();
  return std::optional<ConfirmedEnd>(std::move(confirmed));
}

Result<Typed> typed_from(const Json& object) {
  if (!has_exactly(object, {"at", "by", "reason", "value"})) return broken();
  MemberReader in(object);
  Typed typed{in.text("value"), in.text("by"), in.text("reason"), in.time("at")};
  if (in.error()) return *in.error();
  return typed;
}

}  // namespace

const char* name_of(Go go) {
  switch (go) {
    case Go::by_rule:
      return "by_rule";
    case Go::stopped:
      return "stopped";
    case Go::released:
      return "released";
  }
  std::abort();
}

Json to_json(const Decisions& decisions) {
  Json typed = Json::object();
  for (const auto& [field, value] : decisions.typed) typed[field] = json_of(value);
  return {{"choices", decisions.choices}, {"confirmed_end", json_of(decisions.confirmed_end)},
          {"go", name_of(decisions.go)},  {"opened_by_hand", decisions.opened_by_hand},
          {"recheck", decisions.recheck}, {"settled", decisions.settled},
          {"typed", std::move(typed)}};
}

Result<Decisions> decisions_from_json(const Json& object) {
  if (!has_exactly(object, {"choices", "confirmed_end", "go", "opened_by_hand", "recheck",
                            "settled", "typed"})) {
    return broken();
  }
  MemberReader in(object);
  Decisions decisions;
  decisions.go = in.one_of("go", Go::released);
  decisions.opened_by_hand = in.flag("opened_by_hand");
  decisions.recheck = in.flag("recheck");
  decisions.choices = in.texts("choices");
  decisions.settled = in.texts("settled");
  if (in.error()) return *in.error();
  auto confirmed = confirmed_from(object["confirmed_end"]);
  if (!confirmed) return confirmed.error();
  decisions.confirmed_end = std::move(*confirmed);
  if (!object["typed"].is_object()) return broken();
  for (const auto& [field, value] : object["typed"].items()) {
    Result<Typed> typed = typed_from(value);
    if (!typed) return typed.error();
    decisions.typed.emplace(field, std::move(*typed));
  }
  return decisions;
}

}  // namespace refledger::desk
