#include "ingest/personio/token.h"

#include <algorithm>

#include "ledger/core/json.h"

namespace refledger::ingest::personio {
namespace {

using std::chrono::seconds;

constexpr seconds kUnsaidLife{3600};  // when an answer does not tell how long its token lives
constexpr std::uint64_t kLongestLife = 7 * 24 * 3600;

// It becomes part of a header line.
bool is_token(const std::string& text) {
  return !text.empty() && text.size() <= 8192 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

// Seconds, as a number or as text.
Result<seconds> life_in(const Json& data) {
  const auto found = data.find("expires_in");
  if (found == data.end() || found->is_null()) return kUnsaidLife;
  std::uint64_t life = 0;
  if (found->is_number()) {
    const double number = found->get<double>();
    if (number < 0) return Error{Fault::malformed, "Personio: login: expires_in is negative"};
    life = number > static_cast<double>(kLongestLife) ? kLongestLife
                                                      : static_cast<std::uint64_t>(number);
  } else {
    const std::string text = found->is_string() ? found->get<std::string>() : "";
    if (text.empty() || text.size() > 9 ||
        text.find_first_not_of("0123456789") != std::string::npos) {
      return Error{Fault::malformed, "Personio: login: expires_in is no number"};
    }
    life = std::min<std::uint64_t>(std::stoull(text), kLongestLife);
  }
  return seconds(static_cast<seconds::rep>(life));
}

Result<Token> token_in(const Json& data, const char* name) {
  const Result<std::string> text = string_member(data, name);
  if (!text || !is_token(*text)) {
    return Error{Fault::malformed, "Personio: login: no usable token"};
  }
  const Result<seconds> life = life_in(data);
  if (!life) return life.error();
  return Token{*text, *life};
}

Result<Json> parse(std::string_view body) {
  return parse_json(body, kMaxAuthBytes, "Personio: login");
}

}  // namespace

Result<Token> parse_v1_token(std::string_view body) {
  const Result<Json> parsed = parse(body);
  if (!parsed) return parsed.error();
  const bool wrapped = parsed->is_object() && parsed->contains("data");
  return token_in(wrapped ? (*parsed)["data"] : Json(), "token");
}

Result<Token> parse_v2_token(std::string_view body) {
  const Result<Json> parsed = parse(body);
  if (!parsed) return parsed.error();
  return token_in(*parsed, "access_token");
}

}  // namespace refledger::ingest::personio
