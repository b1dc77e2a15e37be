#include "verify/web/metadata.h"

#include <algorithm>
#include <array>
#include <set>

#include "ledger/core/encoding.h"
#include "ledger/core/jws.h"

namespace refledger::web {
namespace {

struct KeyFacts {
  std::string iss;
  std::string name;
  std::string kid;
  PublicKey key;
  format::KeyUse use = format::KeyUse::issuer;
  LeafIndex added;
  bool retired = false;
};

void note_act(const format::Act& act, LeafIndex at, std::vector<KeyFacts>& keys) {
  if (const auto* added = std::get_if<format::KeyAdded>(&act)) {
    keys.push_back({added->iss, added->name, thumbprint(added->key), added->key, added->use, at});
  }
  if (const auto* retired = std::get_if<format::KeyRetired>(&act)) {
    for (KeyFacts& key : keys) key.retired = key.retired || key.kid == retired->kid;
  }
}

Result<std::vector<KeyFacts>> keys_of(const log::View& view, const std::string& iss) {
  const Result<std::vector<LeafIndex>> positions = view.key_entries(iss, view.checkpoint().size);
  if (!positions) return positions.error();
  std::vector<KeyFacts> keys;
  for (const LeafIndex at : *positions) {
    const Result<std::string> jws = view.entry(at);
    if (!jws) return jws.error();
    const Result<format::Entry> entry = format::parse_entry(*jws);
    if (!entry) return Error{Fault::storage, "key entry in the log: " + entry.error().detail};
    note_act(entry->act, at, keys);
  }
  return keys;
}

Json jwk_of(const KeyFacts& key) {
  return {{"alg", "EdDSA"}, {"crv", "Ed25519"}, {"kid", key.kid},
          {"kty", "OKP"},   {"use", "sig"},     {"x", to_base64url(key.key.view())}};
}

Json facts_of(const KeyFacts& key) {
  return {{"index", key.added.position},
          {"iss", key.iss},
          {"jwk", jwk_of(key)},
          {"kid", key.kid},
          {"name", key.name},
          {"retired", key.retired},
          {"use", key.use == format::KeyUse::issuer ? "issuer" : "status"}};
}

}  // namespace

Result<Json> all_keys(const log::View& view) {
  const Result<std::set<std::string>> issuers = view.issuers();
  if (!issuers) return issuers.error();
  Json list = Json::array();
  for (const std::string& iss : *issuers) {
    const Result<std::vector<KeyFacts>> keys = keys_of(view, iss);
    if (!keys) return keys.error();
    for (const KeyFacts& key : *keys) list.push_back(facts_of(key));
  }
  return Json{{"keys", std::move(list)}, {"size", view.checkpoint().size.leaves}};
}

Result<std::vector<format::Trust::Issuer>> known_issuers(const log::View& view) {
  const Result<std::set<std::string>> issuers = view.issuers();
  if (!issuers) return issuers.error();
  std::vector<format::Trust::Issuer> known;
  for (const std::string& iss : *issuers) {
    const Result<std::vector<KeyFacts>> keys = keys_of(view, iss);
    if (!keys) return keys.error();
    const auto first = std::ranges::find(*keys, format::KeyUse::issuer, &KeyFacts::use);
    if (first != keys->end()) known.push_back({iss, first->kid});
  }
  return known;
}

Result<std::vector<std::string>> current_kids(const log::View& view) {
  const Result<std::set<std::string>> issuers = view.issuers();
  if (!issuers) return issuers.error();
  std::vector<std::string> kids;
  for (const std::string& iss : *issuers) {
    const Result<std::vector<KeyFacts>> keys = keys_of(view, iss);
    if (!keys) return keys.error();
    for (const KeyFacts& key : *keys) {
      if (key.use == format::KeyUse::issuer && !key.retired) kids.push_back(key.kid);
    }
  }
  return kids;
}

Result<Json> issuer_metadata(const log::View& view, const std::string& iss) {
  const Result<std::vector<KeyFacts>> keys = keys_of(view, iss);
  if (!keys) return keys.error();
  if (keys->empty()) return Error{Fault::not_found, "issuer"};
  Json list = Json::array();
  for (const KeyFacts& key : *keys) {
    if (key.use == format::KeyUse::issuer) list.push_back(jwk_of(key));
  }
  return Json{{"issuer", iss}, {"jwks", {{"keys", std::move(list)}}}};
}

Json type_metadata(const std::string& vct) {
  static constexpr std::array kClaims{
      "given_name",    "family_name",   "birthdate",   "employer",     "position",
      "department",    "employed_from", "employed_to", "workload",     "reference_type",
      "governing_law", "document_date", "language",    "signing_mode", "text"};
  Json claims = Json::array();
  for (const char* name : kClaims) {
    claims.push_back({{"path", Json::array({name})}, {"sd", "always"}});
  }
  return {{"vct", vct},
          {"name", "Employment reference"},
          {"description",
           "What an employer attests about a person's employment. Every claim is a disclosure of "
           "its own; the credential without them says nothing about a person."},
          {"claims", std::move(claims)}};
}

}  // namespace refledger::web
