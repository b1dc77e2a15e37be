// JSON in two manners: ours, canonical and exact; and other people's, bounded and tolerant.
//
// Source   RFC 8785 (JCS), restricted to what our formats hold: objects, arrays, strings, true,
//          false, null and integers within 2^53 - 1.
// Errors   malformed
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "ledger/core/result.h"

namespace refledger {

using Json = nlohmann::json;

/// The JCS bytes of `value`.  malformed if it holds a float, a number beyond 2^53 - 1 or text that
/// is not UTF-8.
Result<std::string> to_canonical_json(const Json& value);

/// Accepts exactly what to_canonical_json writes: parsed, written again, compared.
Result<Json> from_canonical_json(std::string_view text, std::string_view what);

/// JSON from outside: at most `max_bytes` long and `max_depth` deep.  A name that occurs twice in
/// one object is malformed.
Result<Json> parse_json(std::string_view text, std::size_t max_bytes, std::string_view what,
                        int max_depth = 32);

/// The string member `name` of an object, or malformed naming it.
Result<std::string> string_member(const Json& object, const char* name);

/// The non-negative integer member `name` of an object, or malformed naming it.
Result<std::uint64_t> number_member(const Json& object, const char* name);

/// Whether `object` is an object that has exactly these members.
bool has_exactly(const Json& object, std::initializer_list<std::string_view> names);

}  // namespace refledger
