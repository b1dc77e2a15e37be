#include "ingest/personio/session.h"

#include <algorithm>

#include "ingest/personio/refusal.h"
#include "ledger/core/json.h"

namespace refledger::ingest::personio {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kAttempts = 5;
constexpr milliseconds kFirstWait{1000};
constexpr milliseconds kFirstWaitForLogin{15'000};  // a login too many costs a minute's cool-down
constexpr seconds kLongestWait{60};
constexpr seconds kMargin{60};
constexpr seconds kCoolDown{60};

bool worth_repeating(const Result<Answer>& answer) {
  if (!answer) return answer.error().fault == Fault::upstream;
  return answer->status == 429 || answer->status >= 500;
}

// RFC 3986 unreserved characters as they are, everything else in hexadecimal.
std::string form_encoded(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (plain) {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

std::string login_path(Version version) {
  return version == Version::v1 ? "/v1/auth" : "/v2/auth/token";
}

}  // namespace

const char* name_of(Version version) { return version == Version::v1 ? "v1" : "v2"; }

Error refused_answer(std::string_view method, std::string_view what, const Answer& answer) {
  std::string text = "Personio: " + std::string(method) + " " + std::string(what) + " answered " +
                     std::to_string(answer.status);
  if (const std::string reason = refusal_in(answer.body); !reason.empty()) text += ": " + reason;
  const bool no_right = answer.status == 401 || answer.status == 403;
  return {no_right ? Fault::refused : Fault::upstream, text};
}

Session::Session(Version version, Endpoint endpoint, PersonioCredentials credentials, World world)
    : version_(version),
      line_(std::move(endpoint)),
      credentials_(std::move(credentials)),
      world_(std::move(world)) {}

Result<Answer> Session::ask(const Question& question) {
  for (const bool last : {false, true}) {
    Result<std::string> bearer = token();
    if (!bearer) return bearer.error();
    Result<Answer> answer =
        patiently({question.target, *bearer, {}}, question.kind, question.max_body);
    if (!answer || answer->status != 401) return answer;
    // Taken back before its time, or a missing right: one new token tells which.
    if (last) no_new_login_before_ = now() + kCoolDown;
    if (last || now() < no_new_login_before_) return answer;
    token_.reset();
  }
  return Error{Fault::upstream, "Personio: no answer"};
}

Result<std::string> Session::get(const Question& question) {
  Result<Answer> answer = ask(question);
  if (!answer) return answer.error();
  if (answer->status != 200) return refused_answer("GET", question.what, *answer);
  return std::move(answer->body);
}

Result<void> Session::log_in() {
  const Result<std::string> bearer = token();
  if (!bearer) return bearer.error();
  return {};
}

Result<Answer> Session::send(const client::Request& request, std::string_view kind,
                             std::size_t max_body) {
  const milliseconds wait = world_.pace->reserve(kind, now());
  if (wait > milliseconds{0}) world_.sleep(wait);
  ++requests_;
  const UtcMillis sent = now();
  Result<Answer> answer = line_.exchange(request, max_body);
  if (!answer) return Error{answer.error().fault, "Personio: " + answer.error().detail};
  world_.pace->learn(kind, *answer, sent, now());
  return answer;
}

// Up to half as much again, so that many who were turned away do not come back together.
void Session::pause(milliseconds base) {
  std::array<std::uint8_t, 2> drawn{};
  world_.random.fill(drawn);
  const int part = drawn[0] * 256 + drawn[1];
  world_.sleep(base + base * part / (2 * 65536));
}

Result<Answer> Session::patiently(const client::Request& request, std::string_view kind,
                                  std::size_t max_body) {
  const bool login = !request.body.empty();
  milliseconds wait = kFirstWait;
  for (int attempt = 1;; ++attempt) {
    Result<Answer> answer = send(request, kind, max_body);
    if (!worth_repeating(answer) || attempt == kAttempts) return answer;
    const seconds asked = answer && answer->retry_after ? *answer->retry_after : seconds{0};
    // Asked for more patience than a run has: the next run tries again.
    if (asked > kLongestWait) return answer;
    const bool too_often = answer && answer->status == 429;
    if (too_often && login) wait = std::max(wait, kFirstWaitForLogin);
    // The pace knows from the answer how long to wait; only if that does not help, more is waited.
    const bool told = too_often && attempt == 1 && told_limit(*answer);
    if (!told) pause(std::max<milliseconds>(wait, asked));
    wait = std::min<milliseconds>(wait * 2, kLongestWait);
  }
}

Result<std::string> Session::token() {
  if (token_ && now() < token_->good_until) return token_->text;
  if (failed_login_ && now() < failed_login_->until) return failed_login_->error;
  Result<Held> fresh = authenticate();
  if (!fresh) return fresh.error();
  token_ = std::move(*fresh);
  return token_->text;
}

// In the body: credentials in a query string end up in logs, and Personio refuses them.
client::Request Session::login_request() const {
  if (version_ == Version::v2) {
    return {login_path(version_),
            {},
            "grant_type=client_credentials&client_id=" + form_encoded(credentials_.client_id) +
                "&client_secret=" + form_encoded(credentials_.client_secret),
            "application/x-www-form-urlencoded"};
  }
  const Result<std::string> body = to_canonical_json(
      {{"client_id", credentials_.client_id}, {"client_secret", credentials_.client_secret}});
  return {login_path(version_), {}, body ? *body : ""};
}

Result<Session::Held> Session::authenticate() {
  const client::Request request = login_request();
  if (request.body.empty()) {
    return Error{Fault::malformed, "Personio: the credentials are not UTF-8"};
  }
  const std::string kind = std::string(name_of(version_)) + "/auth";
  const Result<Answer> answer = patiently(request, kind, kMaxAuthBytes);
  if (!answer) return answer.error();
  if (answer->status != 200) {
    Error error = refused_answer("POST", login_path(version_), *answer);
    // v2 says 400 for credentials that are wrong, and a server without this version says 404.
    const bool no = answer->status >= 400 && answer->status < 500 && answer->status != 429;
    if (no) error.fault = Fault::refused;
    if (answer->status < 500) failed_login_ = Failure{error, now() + kCoolDown};
    return error;
  }
  const Result<Token> fresh =
      version_ == Version::v1 ? parse_v1_token(answer->body) : parse_v2_token(answer->body);
  if (!fresh) return fresh.error();
  return Held{fresh->text, now() + fresh->life - std::min<seconds>(kMargin, fresh->life / 2)};
}

}  // namespace refledger::ingest::personio
