// A monitor's memory that is read is written again alike; whatever a log serves, following it ends.
#include <cstdlib>

#include "verify/monitor/monitor.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const std::string_view text = text_of({data, size});
  const Result<monitor::Memory> memory = monitor::parse_memory(text);
  if (memory && monitor::format_memory(*memory) != text) std::abort();
  monitor::Memory kept;
  const auto get = [&](const std::string&) { return Result<std::string>(std::string(text)); };
  const auto report = monitor::follow(get, {"a.example/log", 1, {}}, "", kept);
  if (report && report->alarms.empty()) std::abort();  // nothing is signed by that key
  const auto rooted = monitor::follow(get, {"a.example/log", 1, {}}, "", kept, {{"a/root", 1, {}}});
  if (rooted && rooted->alarms.empty()) std::abort();
  return 0;
}
