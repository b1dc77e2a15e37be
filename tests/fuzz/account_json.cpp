// Accounts, credentials and company data from whatever bytes: refused, or written back as they
// were; and no reason repeats what an operator typed.
#include <cstdlib>

#include "desk/accounts/account.h"
#include "desk/accounts/company_json.h"
#include "ledger/core/bytes.h"

using namespace refledger;

namespace {

template <class Stored, class Write>
void written_back(const Result<Stored>& read, std::string_view text, Write write) {
  if (!read) return;
  const Result<std::string> again = write(*read);
  if (!again || *again != text) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of({data, size});
  written_back(accounts::stored_account_from(text), text,
               [](const auto& stored) { return accounts::to_text(stored); });
  written_back(accounts::stored_connection_from(text), text,
               [](const auto& stored) { return accounts::to_text(stored); });
  if (const auto company = accounts::company_from(text)) {
    if (!accounts::company_text(*company)) std::abort();
  }
  const auto given = accounts::credentials_from_json(text);
  if (given && (given->secret.empty() || given->secret.size() > 4096)) std::abort();
  if (!given && size > 24 && given.error().detail.find(text.substr(0, 24)) != std::string::npos) {
    std::abort();
  }
  return 0;
}
