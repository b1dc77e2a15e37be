#include "desk/case/status.h"

#include "ledger/core/jws.h"
#include "ledger/credential/status_list.h"
#include "ledger/format/entry.h"

namespace refledger::desk {
namespace {

constexpr std::chrono::hours kYoung{1};
constexpr std::chrono::hours kLifetime{24};

// A token that does not parse is as good as none.
bool is_fresh(const Bench& bench, const log::View& view) {
  Result<std::string> token = view.status_token(0);
  if (!token) return false;
  auto parsed = credential::parse_status_token(*token);
  if (!parsed) return false;
  const auto age = bench.now() - parsed->list.issued_at;
  return parsed->list.size == view.checkpoint().size &&
         parsed->list.root == view.checkpoint().root &&
         parsed->kid == thumbprint(bench.parts.status_key->public_key()) &&
         age >= std::chrono::milliseconds(0) && age < kYoung;
}

std::string make_token(const Bench& bench, const log::View& view,
                       const WithdrawnIndexes& withdrawn) {
  credential::StatusList list;
  list.uri = bench.issuer.public_url + "/status/0";
  list.iss = bench.issuer.iss;
  list.origin = bench.parts.log->origin();
  list.size = view.checkpoint().size;
  list.root = view.checkpoint().root;
  list.issued_at = std::chrono::floor<std::chrono::seconds>(bench.now());
  list.lifetime = kLifetime;
  list.withdrawn = withdrawn.indexes();
  return credential::make_status_token(list, *bench.parts.status_key);
}

}  // namespace

Result<void> WithdrawnIndexes::read(const log::View& view) {
  for (; read_ < view.checkpoint().size; ++read_.leaves) {
    Result<std::string> jws = view.entry({read_.leaves});
    if (!jws) return jws.error();
    Result<format::Entry> entry = format::parse_entry(*jws);
    if (!entry) return Error{Fault::storage, "log: an entry that does not parse"};
    const auto* act = std::get_if<format::Withdrawn>(&entry->act);
    if (act != nullptr && act->list == 0 && act->idx < credential::kStatusListLength) {
      indexes_.insert(act->idx);
    }
  }
  return {};
}

Result<void> refresh_token(const Bench& bench, WithdrawnIndexes& withdrawn) {
  Result<log::View> view = bench.parts.log->view();
  if (!view && view.error().fault == Fault::not_found) return {};
  if (!view) return view.error();
  if (is_fresh(bench, *view)) return {};
  if (auto read = withdrawn.read(*view); !read) return read;
  auto put = bench.parts.log->put_status_token(0, make_token(bench, *view, withdrawn));
  if (!put) return put;
  bench.done(step::status_refreshed);
  return {};
}

}  // namespace refledger::desk
