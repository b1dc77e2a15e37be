// A stand-in for Personio, and for bexio's company profile, with a made-up company: stateful, for
// demonstrations and tests.
//
// Threads  handle() may be called from several at once.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "http/message.h"
#include "ledger/core/random.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::sandbox {

struct Settings {
  std::string client_id = "papi-demo";
  std::string client_secret = "papi-demo-secret";
  std::string bexio_token = "bexio-demo-token";
  std::optional<std::size_t> people;  ///< otherwise those who are told of by hand
  std::string time_zone = "Europe/Zurich";
  bool real_limits = false;
  unsigned speed = 1;  ///< of the clock by which limits count
};

class Sandbox {
 public:
  /// `clock` and `random` outlive it.  not_found if the time zone is not known.
  static Result<std::unique_ptr<Sandbox>> make(const Settings& settings, const Clock& clock,
                                               Random& random);

  http::Response handle(const http::Request& request);
  std::size_t people() const;
  ~Sandbox();

 private:
  struct State;
  explicit Sandbox(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace refledger::sandbox
