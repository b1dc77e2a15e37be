// `refledger key list`: every key of the issuer as the ledger tells it.
#include <iostream>

#include "ledger/core/json.h"
#include "ledger/core/jws.h"
#include "ledger/keys/history.h"
#include "tools/refledger/commands/key_parts.h"
#include "tools/refledger/ledger_reader.h"

namespace refledger::tools {
namespace {

struct Listed {
  std::string kid;
  std::string name;
  std::string use;
  std::uint64_t added = 0;
  std::optional<std::uint64_t> retired;
  std::optional<std::uint64_t> bad_from;
  bool current = false;
};

void take(const format::Act& act, std::uint64_t at, std::vector<Listed>& keys) {
  if (const auto* added = std::get_if<format::KeyAdded>(&act)) {
    const bool signs_entries = added->use == format::KeyUse::issuer;
    keys.push_back({thumbprint(added->key),
                    added->name,
                    signs_entries ? "issuer" : "status",
                    at,
                    {},
                    {},
                    false});
  }
  const auto* const retired = std::get_if<format::KeyRetired>(&act);
  if (retired == nullptr) return;
  for (Listed& key : keys) {
    if (key.kid != retired->kid) continue;
    key.retired = at;
    if (retired->bad_from) key.bad_from = *retired->bad_from;
  }
}

Result<std::vector<Listed>> keys_of(const log::View& view, const std::string& iss) {
  const TreeSize size = view.checkpoint().size;
  const Result<std::vector<LeafIndex>> positions = view.key_entries(iss, size);
  if (!positions) return positions.error();
  std::vector<Listed> keys;
  keys::IssuerKeys rules;
  for (const LeafIndex at : *positions) {
    const Result<std::string> jws = view.entry(at);
    if (!jws) return jws.error();
    const Result<format::Entry> entry = format::parse_entry(*jws);
    if (!entry) return entry.error();
    if (Result<void> applied = rules.apply(*entry, at); !applied) return applied.error();
    take(entry->act, at.position, keys);
  }
  for (Listed& key : keys) {
    key.current = rules.may_attest(key.kid, {size.leaves}) || rules.may_sign_status(key.kid, size);
  }
  return keys;
}

Json or_null(const std::optional<std::uint64_t>& value) {
  return value ? Json(*value) : Json(nullptr);
}

}  // namespace

int key_list(const Arguments& arguments) {
  const Result<Settings> settings = settings_of(arguments);
  if (!settings) return failed(settings.error());
  const Result<LedgerReader> ledger = LedgerReader::open(*settings);
  if (!ledger) return failed(ledger.error());
  const Result<log::View> view = log::View::open(ledger->store());
  if (!view) return failed(view.error());
  const Result<std::vector<Listed>> keys = keys_of(*view, settings->issuer.iss);
  if (!keys) return failed(keys.error());
  Json list = Json::array();
  for (const Listed& key : *keys) {
    list.push_back({{"kid", key.kid},
                    {"name", key.name},
                    {"use", key.use},
                    {"added", key.added},
                    {"retired", or_null(key.retired)},
                    {"bad_from", or_null(key.bad_from)},
                    {"current", key.current}});
    if (arguments.has("--json")) continue;
    std::cout << key.kid << "  " << key.use << "  added at " << key.added;
    if (key.retired) std::cout << ", retired at " << *key.retired;
    if (key.bad_from) std::cout << ", bad from " << *key.bad_from;
    std::cout << (key.current ? "  current\n" : "\n");
  }
  if (arguments.has("--json")) std::cout << list.dump(2) << "\n";
  return 0;
}

}  // namespace refledger::tools
