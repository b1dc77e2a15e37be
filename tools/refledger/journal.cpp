#include "tools/refledger/journal.h"

#include <unistd.h>

namespace refledger::tools {

void Journal::write(std::string_view event, Json fields) const {
  fields["time"] = format_time(clock_->now());
  fields["process"] = process_;
  fields["event"] = event;
  const std::string line = fields.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  // One write a line, so that lines of two processes do not mix.
  [[maybe_unused]] const ssize_t ignored = ::write(STDERR_FILENO, line.data(), line.size());
}

void Journal::fault(std::string_view event, const Error& error) const {
  write(event, {{"fault", name_of(error.fault)}, {"detail", error.detail}});
}

}  // namespace refledger::tools
