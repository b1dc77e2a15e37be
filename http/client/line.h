// One line to a server, kept open from one request to the next.
//
// Errors   as exchange().  A line that the server hung up on while it was quiet is opened again
//          without a word, once a request.
// Order    Every request has the endpoint's whole time, the opening included.
// Threads  One thread from the first request until close(); see connection.h.
#pragma once

#include <memory>

#include "http/client/exchange.h"

namespace refledger::client {

class Line {
 public:
  enum class Keep { one_request, open };
  explicit Line(Endpoint endpoint, Keep keep = Keep::open);
  Line(Line&&) noexcept;
  ~Line();

  Result<Answer> exchange(const Request& request, std::size_t max_body);
  void close();

 private:
  struct State;
  Result<void> open();
  Result<Answer> talk(const Request& request, std::size_t max_body);
  Result<Answer> receive(std::size_t max_body);

  Endpoint endpoint_;
  Keep keep_;
  std::unique_ptr<State> state_;
};

}  // namespace refledger::client
