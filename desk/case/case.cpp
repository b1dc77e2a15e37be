#include "desk/case/case.h"

#include <cstdlib>

namespace refledger::desk {

const char* name_of(Stage stage) {
  switch (stage) {
    case Stage::open:
      return "open";
    case Stage::drafted:
      return "drafted";
    case Stage::approved:
      return "approved";
    case Stage::identified:
      return "identified";
    case Stage::attested:
      return "attested";
    case Stage::sealed:
      return "sealed";
    case Stage::stored:
      return "stored";
    case Stage::logged:
      return "logged";
    case Stage::sending:
      return "sending";
    case Stage::delivered:
      return "delivered";
    case Stage::delivery_unknown:
      return "delivery_unknown";
    case Stage::delivery_refused:
      return "delivery_refused";
    case Stage::withdrawn:
      return "withdrawn";
  }
  std::abort();
}

const char* name_of(Waiting waiting) {
  switch (waiting) {
    case Waiting::nothing:
      return "nothing";
    case Waiting::death:
      return "death";
    case Waiting::moved_within_group:
      return "moved_within_group";
    case Waiting::end_unknown:
      return "end_unknown";
    case Waiting::end_ahead:
      return "end_ahead";
    case Waiting::end_before_start:
      return "end_before_start";
    case Waiting::end_not_definitive:
      return "end_not_definitive";
    case Waiting::other_employer:
      return "other_employer";
    case Waiting::employer_not_recorded:
      return "employer_not_recorded";
    case Waiting::law_unknown:
      return "law_unknown";
    case Waiting::law_not_supported:
      return "law_not_supported";
    case Waiting::language_not_supported:
      return "language_not_supported";
    case Waiting::wish_not_recorded:
      return "wish_not_recorded";
    case Waiting::wish_not_recognised:
      return "wish_not_recognised";
    case Waiting::full_reference_wished:
      return "full_reference_wished";
    case Waiting::law_asks_more:
      return "law_asks_more";
    case Waiting::position_missing:
      return "position_missing";
    case Waiting::text_not_printable:
      return "text_not_printable";
    case Waiting::address_missing:
      return "address_missing";
    case Waiting::address_unusable:
      return "address_unusable";
    case Waiting::term_to_confirm:
      return "term_to_confirm";
    case Waiting::to_release:
      return "to_release";
    case Waiting::stopped:
      return "stopped";
    case Waiting::deleted_in_source:
      return "deleted_in_source";
    case Waiting::signature_elsewhere:
      return "signature_elsewhere";
    case Waiting::signature_by_hand:
      return "signature_by_hand";
    case Waiting::to_publish:
      return "to_publish";
    case Waiting::to_hand_out:
      return "to_hand_out";
    case Waiting::to_claim:
      return "to_claim";
    case Waiting::delivery_refused:
      return "delivery_refused";
    case Waiting::delivery_unknown:
      return "delivery_unknown";
  }
  std::abort();
}

std::vector<Change> changes_in(const std::map<std::string, std::string>& changed) {
  static constexpr std::pair<const char*, Change> kNames[] = {
      {"employed_from", Change::start}, {"employed_to", Change::end},
      {"given_name", Change::name},     {"family_name", Change::name},
      {"position", Change::position},   {kGoesOn, Change::no_longer_ended}};
  std::vector<Change> changes;
  for (const auto& [name, change] : kNames) {
    const bool known = !changes.empty() && changes.back() == change;
    if (!known && changed.count(name) > 0) changes.push_back(change);
  }
  return changes;
}

std::optional<std::string> value_of(const Facts& facts, const std::string& name) {
  const auto found = facts.find(name);
  if (found == facts.end()) return std::nullopt;
  return found->second.value;
}

std::string index_of(std::string_view iss, std::string_view account, std::string_view person,
                     std::string_view start, std::string_view correction_of) {
  // As JSON, so that no two different lists make the same text.
  Json parts = Json::array({iss, account, person, start});
  if (!correction_of.empty()) parts.push_back(correction_of);
  return parts.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace refledger::desk
