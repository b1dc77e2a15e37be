#include "other_reader.h"

#include "ledger/format/note.h"
#include "ledger/records/records.h"
#include "ledger_folder.h"
#include "support/command.h"
#include "support/memory_store.h"
#include "support/serving.h"
#include "verify/web/web.h"

namespace refledger::test {

std::string wrong_by_other_reader(const std::filesystem::path& folder) {
#ifdef REFLEDGER_TLOG_READER
  const auto ledger = LedgerFolder::open(folder);
  if (!ledger) return "it does not open: " + ledger.error().detail;
  const MemoryStore records(records::kSpaces);
  const HandClock clock;
  const std::string vkey =
      format::format_vkey({kOrigin, format::kNoteEd25519, (*ledger)->key().public_key()});
  const web::PublicEndpoint endpoint(
      {std::string("https://") + kOrigin, kOrigin, vkey, folder / "shares"}, (*ledger)->store(),
      records, clock);
  const auto server =
      serve(on_loopback(), [&](const http::Request& request) { return endpoint.answer(request); });
  const Outcome read = run(std::string(REFLEDGER_TLOG_READER) + " http://127.0.0.1:" +
                           std::to_string(server->port()) + "/log '" + vkey + "'");
  if (read.status == 0) return {};
  return "the other reader says no: " + read.output;
#else
  (void)folder;
  return {};
#endif
}

}  // namespace refledger::test
