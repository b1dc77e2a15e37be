// A form from whatever bytes: an error, or fields and files within their limits.
#include <cstdlib>

#include "desk/web/form.h"
#include "http/text.h"
#include "ledger/core/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const std::string_view input = text_of({data, size});
  const std::size_t line = std::min(input.find('\n'), input.size());
  const std::string_view rest = input.substr(std::min(line + 1, input.size()));
  for (const std::string_view type :
       {input.substr(0, line), std::string_view("multipart/form-data; boundary=x"),
        std::string_view("application/x-www-form-urlencoded")}) {
    const Result<site::Form> form = site::Form::parse(type, rest);
    if (!form) continue;
    if (form->fields().size() > 500) std::abort();
    for (const auto& [name, value] : form->fields()) {
      if (name.empty() || !http::is_utf8(value) || !form->has(name)) std::abort();
      if (value.find('\0') != std::string::npos) std::abort();
    }
  }
  return 0;
}
