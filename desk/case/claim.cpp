#include "desk/case/claim.h"

#include <array>

#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "ledger/core/json.h"
#include "ledger/format/link.h"

namespace refledger::desk {
namespace {

// The claim lies under its case, so that there is one at a time; a code leads to its case.
constexpr std::string_view kClaim = "claim";
constexpr std::string_view kCode = "claim-code";
constexpr std::size_t kMaxKept = 4096;

Error no_such_code() { return {Fault::not_found, "claim: there is no such code, or it is over"}; }

Result<std::string> text_of(const Claim& claim) {
  return to_canonical_json(Json{{"case", claim.case_id},
                                {"code", claim.code},
                                {"good_until", format_time(claim.good_until)},
                                {"pin", claim.pin},
                                {"wrong_pins", claim.wrong_pins}});
}

Result<Claim> claim_from(std::string_view text) {
  const Error broken{Fault::malformed, "claim: not what was kept"};
  Result<Json> json = parse_json(text, kMaxKept, "claim");
  if (!json || !has_exactly(*json, {"case", "code", "good_until", "pin", "wrong_pins"}))
    return broken;
  Result<std::string> case_id = string_member(*json, "case");
  Result<std::string> code = string_member(*json, "code");
  Result<std::string> pin = string_member(*json, "pin");
  Result<std::string> until = string_member(*json, "good_until");
  Result<std::uint64_t> wrong = number_member(*json, "wrong_pins");
  if (!case_id || !code || !pin || !until || !wrong) return broken;
  Result<UtcMillis> time = parse_time(*until, "claim");
  if (!time) return broken;
  return Claim{*case_id, *code, *pin, *time, static_cast<int>(*wrong)};
}

std::string draw_pin(Random& random) {
  constexpr std::uint32_t kPins = 1'000'000;
  constexpr std::uint32_t kEven = 0xffffffffu - 0xffffffffu % kPins;
  for (;;) {
    std::array<std::uint8_t, 4> drawn{};
    random.fill(drawn);
    std::uint32_t number = 0;
    for (const std::uint8_t byte : drawn) number = number << 8 | byte;
    if (number >= kEven) continue;  // every PIN is equally likely
    std::string digits = std::to_string(number % kPins);
    return std::string(6 - digits.size(), '0') + digits;
  }
}

struct Found {
  vault::ItemId item;
  Claim claim;
};

Result<std::optional<Found>> claim_of_case(const vault::Vault& vault, std::string_view case_id) {
  auto item = vault.find(kClaim, case_id);
  if (!item) return item.error();
  if (!*item) return std::optional<Found>{};
  Result<Bytes> kept = vault.get(**item, kClaim);
  if (!kept) return kept.error();
  Result<Claim> claim = claim_from(refledger::text_of(*kept));
  if (!claim) return claim.error();
  return std::optional(Found{**item, std::move(*claim)});
}

// The case that a code names.
Result<std::string> case_behind(const vault::Vault& vault, const std::string& code) {
  auto item = vault.find(kCode, code);
  if (!item) return item.error();
  if (!*item) return no_such_code();
  Result<Bytes> kept = vault.get(**item, kCode);
  if (!kept) return kept.error();
  return std::string(refledger::text_of(*kept));
}

// An earlier code of the case leads nowhere any more.
Result<void> forget_code(vault::Vault& vault, const std::string& code) {
  auto item = vault.find(kCode, code);
  if (!item) return item.error();
  return *item ? vault.erase(**item) : Result<void>();
}

}  // namespace

Result<ClaimTicket> draw_claim(vault::Vault& vault, Random& random, const std::string& case_id,
                               UtcMillis good_until) {
  if (auto gone = destroy_claim(vault, case_id); !gone) return gone.error();
  std::array<std::uint8_t, 16> drawn{};
  random.fill(drawn);
  const Claim claim{case_id, to_hex(drawn), draw_pin(random), good_until, 0};
  Result<std::string> text = text_of(claim);
  if (!text) return text.error();
  Result<vault::ItemId> kept = vault.add(kClaim, case_id, bytes_of(*text));
  if (!kept) return kept.error();
  Result<vault::ItemId> named = vault.add(kCode, claim.code, bytes_of(case_id));
  if (!named) return named.error();
  return ClaimTicket{format::format_typed(drawn), claim.pin, good_until};
}

Result<Claim> check_claim(vault::Vault& vault, const std::string& code, const std::string& pin,
                          UtcMillis now) {
  Result<Bytes> typed = format::parse_typed(code);
  if (!typed) return typed.error();
  Result<std::string> case_id = case_behind(vault, to_hex(*typed));
  if (!case_id) return case_id.error();
  Result<std::optional<Found>> found = claim_of_case(vault, *case_id);
  if (!found) return found.error();
  if (!*found) return no_such_code();
  Claim& claim = (*found)->claim;
  const bool over = now >= claim.good_until || claim.wrong_pins >= kMaxWrongPins;
  if (over || claim.code != to_hex(*typed)) return no_such_code();
  if (equal_secrets(bytes_of(pin), bytes_of(claim.pin))) return std::move(claim);
  ++claim.wrong_pins;
  Result<std::string> text = text_of(claim);
  if (!text) return text.error();
  auto counted = vault.replace((*found)->item, kClaim, bytes_of(*text));
  if (!counted) return counted.error();
  return Error{Fault::refused, "claim: another PIN belongs to this code"};
}

Result<bool> destroy_claim(vault::Vault& vault, std::string_view case_id) {
  Result<std::optional<Found>> found = claim_of_case(vault, case_id);
  if (!found) return found.error();
  if (!*found) return false;
  if (auto gone = forget_code(vault, (*found)->claim.code); !gone) return gone.error();
  if (auto gone = vault.erase((*found)->item); !gone) return gone.error();
  return true;
}

}  // namespace refledger::desk
