// One version of the API as one who is logged in sees it: token, pace, repetition, patience.
//
// Order    A token is kept until shortly before it runs out.  A 401 leads to one new token and one
//          repetition; one that did not help is not tried again for a minute, and a login that
//          failed is not, either.  429, 5xx and broken connections are repeated a few times, with
//          growing waits that vary, or after what the server asks for.
// Errors   refused (credentials, rights), upstream (all attempts failed), malformed
// Threads  One; the line that is kept open belongs to it until hang_up().
// Source   developer.personio.de; docs/ingest.md
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "http/client/line.h"
#include "ingest/personio/client.h"
#include "ingest/personio/pace.h"
#include "ingest/personio/token.h"
#include "ledger/core/random.h"
#include "ledger/core/time.h"

namespace refledger::ingest::personio {

using client::Answer;
using client::Endpoint;

enum class Version { v1, v2 };
const char* name_of(Version version);  ///< "v1"

struct Question {
  std::string target;     ///< path and query
  std::string_view what;  ///< of errors, without ids: "/v2/persons"
  std::string_view kind;  ///< of Pace
  std::size_t max_body;
};

class Session {
 public:
  struct World {
    const Clock& clock;
    Sleep sleep;
    Random& random;
    std::shared_ptr<Pace> pace;
  };
  Session(Version version, Endpoint endpoint, PersonioCredentials credentials, World world);

  /// The answer to a GET: 200, or whatever else repeating does not change.
  Result<Answer> ask(const Question& question);
  /// The body of a 200 answer; anything else is an error with the server's reason.
  Result<std::string> get(const Question& question);
  /// Whether the credentials are accepted.
  Result<void> log_in();

  void hang_up() { line_.close(); }
  UtcMillis now() const { return world_.clock.now(); }
  /// Requests sent so far, logins and repetitions included.
  std::size_t requests() const { return requests_; }
  Version version() const { return version_; }

 private:
  struct Held {
    std::string text;
    UtcMillis good_until;
  };
  struct Failure {
    Error error;
    UtcMillis until;
  };

  Result<Answer> send(const client::Request& request, std::string_view kind, std::size_t max_body);
  Result<Answer> patiently(const client::Request& request, std::string_view kind,
                           std::size_t max_body);
  void pause(std::chrono::milliseconds base);
  Result<std::string> token();
  Result<Held> authenticate();
  client::Request login_request() const;

  Version version_;
  client::Line line_;
  PersonioCredentials credentials_;
  World world_;
  std::optional<Held> token_;
  std::optional<Failure> failed_login_;
  UtcMillis no_new_login_before_{};
  std::size_t requests_ = 0;
};

/// What became of a question that was not answered by 200.
Error refused_answer(std::string_view method, std::string_view what, const Answer& answer);

}  // namespace refledger::ingest::personio
