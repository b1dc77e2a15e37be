#include "ingest/watch/known.h"

#include <algorithm>

#include "ledger/core/json.h"

namespace refledger::ingest {
namespace {

// A person is an array: in a hundred thousand of them names of members would be most of the text.
constexpr std::size_t kMembers = 8;
enum Flag : unsigned { kInactive = 1, kOver = 2, kOnlyListed = 4, kDeleted = 8, kAll = 15 };

Error broken() { return {Fault::malformed, "watch: not as it was written"}; }

std::string text_of(const std::optional<Date>& day) { return day ? format_date(*day) : ""; }

unsigned flags_of(const Known& known) {
  return (known.inactive ? kInactive : 0u) | (known.over ? kOver : 0u) |
         (known.only_listed ? kOnlyListed : 0u) | (known.deleted ? kDeleted : 0u);
}

Json to_json(const Known& known) {
  return Json::array({known.id, known.employment, format_date(known.start), text_of(known.end),
                      text_of(known.term), format_date(known.first_seen), text_of(known.look_again),
                      flags_of(known)});
}

Result<std::optional<Date>> day_from(const std::string& text) {
  if (text.empty()) return std::optional<Date>{};
  Result<Date> day = parse_date(text, "watch");
  if (!day) return broken();
  return std::optional<Date>{*day};
}

Result<Known> known_from(const Json& array) {
  if (!array.is_array() || array.size() != kMembers) return broken();
  for (std::size_t at = 0; at + 1 < kMembers; ++at) {
    if (!array[at].is_string()) return broken();
  }
  if (!array[7].is_number_unsigned() || array[7].get<std::uint64_t>() > kAll) return broken();
  std::optional<Date> days[5];
  for (std::size_t at = 0; at < 5; ++at) {
    Result<std::optional<Date>> day = day_from(array[at + 2].get_ref<const std::string&>());
    if (!day) return day.error();
    days[at] = *day;
  }
  if (!days[0] || !days[3]) return broken();
  const auto flags = array[7].get<unsigned>();
  return Known{array[0],
               array[1],
               *days[0],
               days[1],
               days[2],
               *days[3],
               days[4],
               (flags & kInactive) != 0,
               (flags & kOver) != 0,
               (flags & kOnlyListed) != 0,
               (flags & kDeleted) != 0};
}

}  // namespace

// FNV-1a: the shards are on disk, so their hash must be the same for ever.
unsigned KnownPeople::shard_of(std::string_view id) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return static_cast<unsigned>((hash ^ hash >> 32) % kShards);
}

const Known* KnownPeople::find(std::string_view id) const {
  const auto found = people_.find(id);
  return found == people_.end() ? nullptr : &found->second;
}

void KnownPeople::put(Known known) {
  const auto found = people_.find(known.id);
  if (found != people_.end() && found->second == known) return;
  changed_[shard_of(known.id)] = true;
  people_[known.id] = std::move(known);
}

std::vector<unsigned> KnownPeople::changed() const {
  std::vector<unsigned> shards;
  for (unsigned shard = 0; shard < kShards; ++shard) {
    if (changed_[shard]) shards.push_back(shard);
  }
  return shards;
}

void KnownPeople::mark_saved() { changed_.assign(kShards, false); }

Result<std::string> KnownPeople::shard_text(unsigned shard) const {
  std::vector<const Known*> inside;
  for (const auto& [id, known] : people_) {
    if (shard_of(id) == shard) inside.push_back(&known);
  }
  std::sort(inside.begin(), inside.end(),
            [](const Known* a, const Known* b) { return a->id < b->id; });
  Json people = Json::array();
  for (const Known* known : inside) people.push_back(to_json(*known));
  return to_canonical_json({{"people", std::move(people)}, {"v", 1}});
}

Result<void> KnownPeople::load_shard(unsigned shard, std::string_view text) {
  Result<Json> object = from_canonical_json(text, "watch");
  if (!object) return object.error();
  if (!has_exactly(*object, {"people", "v"}) || (*object)["v"] != 1) return broken();
  if (!(*object)["people"].is_array()) return broken();
  for (const Json& array : (*object)["people"]) {
    Result<Known> known = known_from(array);
    if (!known) return known.error();
    if (shard_of(known->id) != shard) return broken();
    std::string id = known->id;
    if (!people_.emplace(std::move(id), std::move(*known)).second) return broken();
  }
  return {};
}

}  // namespace refledger::ingest
