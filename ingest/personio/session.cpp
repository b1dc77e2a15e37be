#include "ingest/personio/session.h"

#include <algorithm>

#include "ledger/core/json.h"

namespace refledger::ingest::personio {
namespace {

using std::chrono::seconds;

constexpr int kAttempts = 5;
constexpr seconds kFirstWait{1};
constexpr seconds kLongestWait{60};
constexpr seconds kMargin{60};
constexpr seconds kUnsaidLife{3600};  // when an answer does not tell how long its token lives
constexpr std::uint64_t kLongestLife = 7 * 24 * 3600;
constexpr std::size_t kMaxAuthBytes = 64 * 1024;

bool worth_repeating(const Result<Answer>& answer) {
  if (!answer) return answer.error().fault == Fault::upstream;
  return answer->status == 429 || answer->status >= 500;
}

Error answered(const char* what, unsigned status) {
  const bool no_right = status == 401 || status == 403;
  return {no_right ? Fault::refused : Fault::upstream,
          std::string("Personio: ") + what + " answered " + std::to_string(status)};
}

// It becomes part of a header line.
bool is_token(const std::string& text) {
  return !text.empty() && text.size() <= 8192 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

// Seconds, as a number or as text.
Result<seconds> life_of(const Json& data) {
  const auto found = data.find("expires_in");
  if (found == data.end() || found->is_null()) return kUnsaidLife;
  std::uint64_t life = 0;
  if (found->is_number()) {
    const double number = found->get<double>();
    if (number < 0) return Error{Fault::malformed, "Personio: /auth: expires_in is negative"};
    life = number > static_cast<double>(kLongestLife) ? kLongestLife
                                                      : static_cast<std::uint64_t>(number);
  } else {
    const std::string text = found->is_string() ? found->get<std::string>() : "";
    if (text.empty() || text.size() > 9 ||
        text.find_first_not_of("0123456789") != std::string::npos) {
      return Error{Fault::malformed, "Personio: /auth: expires_in is no number"};
    }
    life = std::min<std::uint64_t>(std::stoull(text), kLongestLife);
  }
  return seconds(static_cast<seconds::rep>(life));
}

}  // namespace

Session::Session(Endpoint endpoint, PersonioCredentials credentials, const Clock& clock,
                 Sleep sleep)
    : endpoint_(std::move(endpoint)),
      credentials_(std::move(credentials)),
      clock_(clock),
      sleep_(std::move(sleep)) {}

Result<std::string> Session::get(const std::string& target, std::size_t max_body) {
  for (const bool last : {false, true}) {
    Result<std::string> bearer = token();
    if (!bearer) return bearer;
    Result<Answer> answer = patiently({target, *bearer, {}}, max_body);
    if (!answer) return answer.error();
    if (answer->status == 200) return std::move(answer->body);
    if (answer->status != 401 || last) return answered("GET /company/employees", answer->status);
    token_.reset();  // taken back before its time: once, a new one
  }
  return Error{Fault::upstream, "Personio: no answer"};
}

Result<Answer> Session::patiently(const Request& request, std::size_t max_body) {
  seconds wait = kFirstWait;
  for (int attempt = 1;; ++attempt) {
    Result<Answer> answer = client::exchange(endpoint_, request, max_body);
    if (!answer) answer = Error{answer.error().fault, "Personio: " + answer.error().detail};
    if (!worth_repeating(answer) || attempt == kAttempts) return answer;
    const seconds asked = answer && answer->retry_after ? *answer->retry_after : seconds{0};
    // Asked for more patience than a run has: the next run tries again.
    if (asked > kLongestWait) return answer;
    sleep_(std::max(wait, asked));
    wait *= 2;
  }
}

Result<std::string> Session::token() {
  if (!token_ || clock_.now() >= token_->good_until) {
    Result<Token> fresh = authenticate();
    if (!fresh) return fresh.error();
    token_ = std::move(*fresh);
  }
  return token_->text;
}

Result<Session::Token> Session::authenticate() {
  // In the body: credentials in a query string end up in logs, and Personio refuses them.
  const Result<std::string> body = to_canonical_json(
      {{"client_id", credentials_.client_id}, {"client_secret", credentials_.client_secret}});
  if (!body) return Error{Fault::malformed, "Personio: the credentials are not UTF-8"};
  const Result<Answer> answer = patiently({"/auth", {}, *body}, kMaxAuthBytes);
  if (!answer) return answer.error();
  if (answer->status != 200) return answered("POST /auth", answer->status);
  return token_in(*answer);
}

Result<Session::Token> Session::token_in(const Answer& answer) const {
  const Result<Json> parsed = parse_json(answer.body, kMaxAuthBytes, "Personio: /auth");
  if (!parsed) return parsed.error();
  const Error bad{Fault::malformed, "Personio: /auth: no usable token"};
  if (!parsed->is_object() || !parsed->contains("data")) return bad;
  const Json& data = (*parsed)["data"];
  const Result<std::string> text = string_member(data, "token");
  if (!text || !is_token(*text)) return bad;
  const Result<seconds> life = life_of(data);
  if (!life) return life.error();
  return Token{*text, clock_.now() + *life - std::min<seconds>(kMargin, *life / 2)};
}

}  // namespace refledger::ingest::personio
