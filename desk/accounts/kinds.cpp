#include "desk/accounts/kinds.h"

#include <array>

#include "desk/accounts/reads.h"
#include "ingest/bexio/client.h"
#include "ingest/personio/client.h"

namespace refledger::accounts {
namespace {

std::unique_ptr<ingest::HrSource> personio(const Connection& connection, const Mapping& mapping,
                                           const Outside& outside, Shared& shared) {
  ingest::PersonioSettings settings;
  settings.base_url = connection.base_url;
  settings.api = connection.api == Api::v1   ? ingest::PersonioApi::v1
                 : connection.api == Api::v2 ? ingest::PersonioApi::v2
                                             : ingest::PersonioApi::automatic;
  settings.mapping = mapping;
  settings.ca_file = connection.ca_file;
  if (shared == nullptr) shared = ingest::make_personio_pace(settings);
  return ingest::make_personio(std::move(settings),
                               {connection.credentials.id, connection.credentials.secret},
                               *outside.clock, outside.sleep, *outside.random,
                               std::static_pointer_cast<ingest::personio::Pace>(shared));
}

std::unique_ptr<ingest::CompanySource> bexio(const Connection& connection, const Outside& outside) {
  ingest::BexioSettings settings;
  settings.base_url = connection.base_url;
  settings.ca_file = connection.ca_file;
  return ingest::make_bexio(std::move(settings), connection.credentials.secret, *outside.clock,
                            outside.sleep, *outside.random);
}

constexpr std::array<Kind, 2> kKinds{{
    {"personio", "Personio", "https://api.personio.de", true, personio, nullptr, asked_of_personio},
    {"bexio", "bexio", "https://api.bexio.com", false, nullptr, bexio, asked_of_bexio},
}};

}  // namespace

std::span<const Kind> kinds() { return kKinds; }

}  // namespace refledger::accounts
