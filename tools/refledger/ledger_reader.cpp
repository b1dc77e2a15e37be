#include "tools/refledger/ledger_reader.h"

#include "ledger/core/file.h"
#include "tools/refledger/home.h"

namespace refledger::tools {
namespace {

constexpr std::size_t kCache = std::size_t{12} << 20;

}  // namespace

LedgerReader::LedgerReader(Scratch scratch, std::unique_ptr<store::Follower> store,
                           format::NoteKey log_key)
    : scratch_(std::move(scratch)), store_(std::move(store)), log_key_(std::move(log_key)) {}

Result<format::NoteKey> read_vkey(const std::filesystem::path& file) {
  const Result<Bytes> text = read_file(file, 1024);
  if (!text) return text.error();
  return format::parse_vkey(text_of(*text).substr(0, text_of(*text).find('\n')));
}

Result<format::NoteKey> vkey_given(const std::string& given) {
  return given.find('+') == std::string::npos ? read_vkey(given) : format::parse_vkey(given);
}

Result<LedgerReader> LedgerReader::open(const Settings& settings) {
  const Home home(settings.data);
  Result<format::NoteKey> key = read_vkey(home.log_vkey());
  if (!key) return key.error();
  Result<Scratch> scratch = Scratch::make();
  if (!scratch) return scratch.error();
  auto store =
      store::follow_rocksdb(home.ledger(), scratch->path() / "ledger", log::kSpaces, kCache);
  if (!store) return store.error();
  return LedgerReader(*std::move(scratch), *std::move(store), *std::move(key));
}

}  // namespace refledger::tools
