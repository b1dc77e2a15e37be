#include "desk/case/watch_state.h"

#include "desk/case/member_reader.h"
#include "ingest/source/zone.h"

namespace refledger::desk {
namespace {

constexpr std::string_view kShard = "watch";
constexpr std::string_view kHead = "watch-head";
// Where clocks are put forward in the night, the third hour begins an hour later by the clock.
constexpr std::chrono::hours kNight{3};

Json time_or_null(const std::optional<UtcMillis>& time) {
  return time ? Json(format_time(*time)) : Json(nullptr);
}

Json to_json(const WatchHead& head) {
  return {{"connected_on", head.connected_on ? Json(format_date(*head.connected_on)) : Json()},
          {"entities", head.entities},
          {"read_at", time_or_null(head.read_at)},
          {"rules", head.rules},
          {"swept_at", time_or_null(head.swept_at)},
          {"v", 1}};
}

Result<WatchHead> head_from(std::string_view text) {
  const Error broken{Fault::malformed, "watch: head"};
  Result<Json> object = from_canonical_json(text, "watch");
  if (!object) return object.error();
  if (!has_exactly(*object, {"connected_on", "entities", "read_at", "rules", "swept_at", "v"})) {
    return broken;
  }
  MemberReader in(*object);
  WatchHead head;
  if (in.number("v") != 1) return broken;
  head.entities = in.flag("entities");
  head.rules = in.text("rules");
  head.read_at = in.optional_time("read_at");
  head.swept_at = in.optional_time("swept_at");
  if (!in.is_null("connected_on")) {
    const Result<Date> day = parse_date(in.text("connected_on"), "watch");
    if (!day) return broken;
    head.connected_on = *day;
  }
  if (in.error()) return broken;
  return head;
}

}  // namespace

std::string WatchState::index_of(std::string_view what) const {
  return Json::array({iss_, account_, what}).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<std::optional<std::string>> WatchState::text_of(std::string_view kind,
                                                       std::string_view what) const {
  auto item = vault_->find(kind, index_of(what));
  if (!item) return item.error();
  if (!*item) return std::optional<std::string>{};
  Result<Bytes> bytes = vault_->get(**item, kind);
  if (!bytes) return bytes.error();
  return std::optional<std::string>(refledger::text_of(*bytes));
}

Result<void> WatchState::put(std::string_view kind, std::string_view what, std::string_view text) {
  auto item = vault_->find(kind, index_of(what));
  if (!item) return item.error();
  if (*item) return vault_->replace(**item, kind, bytes_of(text));
  Result<vault::ItemId> added = vault_->add(kind, index_of(what), bytes_of(text));
  return added ? Result<void>() : added.error();
}

Result<WatchHead> WatchState::head() const {
  Result<std::optional<std::string>> text = text_of(kHead, "head");
  if (!text) return text.error();
  return *text ? head_from(**text) : WatchHead{};
}

Result<ingest::KnownPeople> WatchState::people() const {
  ingest::KnownPeople people;
  for (unsigned shard = 0; shard < ingest::KnownPeople::kShards; ++shard) {
    Result<std::optional<std::string>> text = text_of(kShard, std::to_string(shard));
    if (!text) return text.error();
    if (!*text) continue;
    if (auto loaded = people.load_shard(shard, **text); !loaded) return loaded.error();
  }
  return people;
}

Result<void> WatchState::save(ingest::KnownPeople& people, const WatchHead& head) {
  for (const unsigned shard : people.changed()) {
    Result<std::string> text = people.shard_text(shard);
    if (!text) return text.error();
    if (auto done = put(kShard, std::to_string(shard), *text); !done) return done;
  }
  people.mark_saved();
  Result<std::string> text = to_canonical_json(to_json(head));
  if (!text) return text.error();
  return put(kHead, "head", *text);
}

Result<bool> is_sweep_due(const WatchHead& head, UtcMillis now, std::string_view zone) {
  if (!head.swept_at) return true;
  Result<Date> night = ingest::local_date(now - kNight, zone);
  if (!night) return night.error();
  Result<Date> swept = ingest::local_date(*head.swept_at - kNight, zone);
  if (!swept) return swept.error();
  return *swept != *night;
}

}  // namespace refledger::desk
