#include "desk/case/notice_state.h"

#include "desk/case/member_reader.h"

namespace refledger::desk {
namespace {

constexpr std::string_view kKind = "notices";

Error broken() { return {Fault::malformed, "notices: not what was kept"}; }

Json json_of(const std::optional<FailingReadings>& failing) {
  if (!failing) return nullptr;
  return {{"count", failing->count},
          {"refused", failing->refused},
          {"since", format_time(failing->since)}};
}

Json json_of(const std::optional<NoticeMessage>& message) {
  if (!message) return nullptr;
  return {{"date", format_time(message->date)}, {"facts", message->facts}, {"id", message->id},
          {"subject", message->subject},        {"text", message->text},   {"to", message->to},
          {"unknowns", message->unknowns}};
}

// In the order of the set, each once.
Result<std::set<std::string>> set_from(const Json& json) {
  if (!json.is_array()) return broken();
  std::set<std::string> all;
  for (const Json& one : json) {
    if (!one.is_string() || (!all.empty() && one.get<std::string>() <= *all.rbegin())) {
      return broken();
    }
    all.insert(one.get<std::string>());
  }
  return all;
}

Result<std::optional<FailingReadings>> failing_from(const Json& json) {
  if (json.is_null()) return std::optional<FailingReadings>{};
  if (!has_exactly(json, {"count", "refused", "since"})) return broken();
  MemberReader in(json);
  const FailingReadings failing{in.time("since"), in.number("count"), in.flag("refused")};
  if (in.error()) return broken();
  return std::optional<FailingReadings>(failing);
}

Result<std::optional<NoticeMessage>> message_from(const Json& json) {
  if (json.is_null()) return std::optional<NoticeMessage>{};
  if (!has_exactly(json, {"date", "facts", "id", "subject", "text", "to", "unknowns"})) {
    return broken();
  }
  Result<std::set<std::string>> facts = set_from(json.at("facts"));
  if (!facts) return facts.error();
  MemberReader in(json);
  NoticeMessage message{in.text("id"),        in.time("date"), in.text("to"),
                        in.text("subject"),   in.text("text"), *std::move(facts),
                        in.number("unknowns")};
  if (in.error()) return broken();
  return std::optional<NoticeMessage>(std::move(message));
}

}  // namespace

Result<std::string> to_text(const NoticeState& state) {
  return to_canonical_json(
      Json{{"digest_on", state.digest_on ? Json(format_date(*state.digest_on)) : Json()},
           {"failing", json_of(state.failing)},
           {"message", json_of(state.message)},
           {"told", state.told},
           {"v", 1}});
}

Result<NoticeState> notice_state_from(std::string_view canonical_text) {
  const Result<Json> json = from_canonical_json(canonical_text, "notices");
  if (!json || !has_exactly(*json, {"digest_on", "failing", "message", "told", "v"})) {
    return broken();
  }
  Result<std::set<std::string>> told = set_from(json->at("told"));
  if (!told) return told.error();
  Result<std::optional<FailingReadings>> failing = failing_from(json->at("failing"));
  if (!failing) return failing.error();
  Result<std::optional<NoticeMessage>> message = message_from(json->at("message"));
  if (!message) return message.error();
  MemberReader in(*json);
  NoticeState state{{}, *std::move(told), *failing, *std::move(message)};
  if (!in.is_null("digest_on")) {
    const Result<Date> day = parse_date(in.text("digest_on"), "notices");
    if (!day) return broken();
    state.digest_on = *day;
  }
  if (in.number("v") != 1 || in.error()) return broken();
  return state;
}

NoticeStore::NoticeStore(vault::Vault& vault, const std::string& iss, const std::string& account)
    : vault_(&vault),
      index_(Json::array({iss, account}).dump(-1, ' ', false, Json::error_handler_t::replace)) {}

Result<NoticeState> NoticeStore::load() const {
  const auto item = vault_->find(kKind, index_);
  if (!item) return item.error();
  if (!*item) return NoticeState{};
  const Result<Bytes> bytes = vault_->get(**item, kKind);
  if (!bytes) return bytes.error();
  return notice_state_from(text_of(*bytes));
}

Result<void> NoticeStore::save(const NoticeState& state) {
  const Result<std::string> text = to_text(state);
  if (!text) return text.error();
  const auto item = vault_->find(kKind, index_);
  if (!item) return item.error();
  if (*item) return vault_->replace(**item, kKind, bytes_of(*text));
  const Result<vault::ItemId> added = vault_->add(kKind, index_, bytes_of(*text));
  return added ? Result<void>() : added.error();
}

}  // namespace refledger::desk
