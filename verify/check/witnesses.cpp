#include "verify/check/witnesses.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>

#include "ledger/keys/note.h"

namespace refledger::verify {
namespace {

using Names = std::set<std::string, std::less<>>;

Names cosigners(const format::Note& checkpoint, const format::Trust& trust,
                std::uint64_t not_before, std::uint64_t not_after) {
  Names names;
  for (const auto& [name, key] : trust.witnesses) {
    const keys::Cosignature found = keys::check_cosignature(checkpoint, key);
    if (found.trust == keys::NoteTrust::signed_by_key && found.time >= not_before &&
        found.time <= not_after) {
      names.insert(name);
    }
  }
  return names;
}

// A trust file's groups have no cycles; `depth` holds for trust that was put together by hand.
bool is_reached(const std::string& name, const format::Trust& trust, const Names& cosigned,
                std::size_t depth) {
  const auto group = trust.groups.find(name);
  if (group == trust.groups.end()) return cosigned.contains(name);
  if (depth == 0 || group->second.threshold == 0) return false;
  const auto reached = std::count_if(
      group->second.members.begin(), group->second.members.end(),
      [&](const std::string& member) { return is_reached(member, trust, cosigned, depth - 1); });
  return static_cast<std::size_t>(reached) >= group->second.threshold;
}

}  // namespace

bool has_quorum(const format::Note& checkpoint, const format::Trust& trust,
                std::uint64_t not_before, std::uint64_t not_after) {
  if (trust.quorum == "none") return true;
  return is_reached(trust.quorum, trust, cosigners(checkpoint, trust, not_before, not_after),
                    trust.groups.size());
}

}  // namespace refledger::verify
