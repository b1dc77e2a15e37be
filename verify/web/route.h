// Which answer a path asks for.
//
// Shape    /v/ID and its parts are taken with a small or a capital V (the QR code has a capital).
// Order    A '#' that arrived in the path or query, however often encoded, is looked for first:
// what
//          follows it is a secret that no client should have sent, so nothing else is read.
#pragma once

#include <string>
#include <string_view>

namespace refledger::web {

enum class Page {
  entrance,
  reference,
  record,
  proof,
  receipt,
  withdrawal,
  document,
  checkpoint,
  closing,
  predecessor,
  tile,
  log_proof,
  consistency,
  status,
  keys,
  well_known,
  issuer_metadata,
  type_metadata,
  verifier,
  asset,
  burnt,
  none,
};

struct Route {
  Page page = Page::none;
  std::string
      rest;  ///< the ID, hash, tile path, list number, issuer path or asset, still unchecked
};

Route route_of(std::string_view path, std::string_view query);

/// Whether programs on other sites may read it: the log and the public keys, nothing about one
/// reference.
bool open_to_other_sites(Page page);

}  // namespace refledger::web
