// Companies and departments by their ids, as Personio's API v2 tells them.
//
// Source   developer.personio.de v2: legal-entities, org-units (its list is beta)
#include "tools/personio-sandbox/listing.h"
#include "tools/personio-sandbox/people.h"
#include "tools/personio-sandbox/v2.h"

namespace refledger::sandbox::v2 {
namespace {

const ListRules kLegalEntities = {20, 100, {"id", "country"}};
const ListRules kOrgUnits = {20, 100, {"id", "type", "sort"}};

constexpr const char* kTypeWanted = "Parameter [type] is required: department or team.";

std::optional<Kind> kind_of(const std::optional<std::string>& type) {
  if (type == "department") return Kind::department;
  if (type == "team") return Kind::team;
  return std::nullopt;
}

Json legal_entity(const Unit& unit) {
  const bool german = unit.name == kGermanCompany;
  return {{"id", std::to_string(unit.id)},
          {"name", unit.name},
          {"country", german ? "DE" : "CH"},
          {"address",
           {{"street", german ? "Reichenaustrasse 9" : "Seestrasse 12"},
            {"postal_code", german ? "78462" : "8400"},
            {"city", german ? "Konstanz" : "Winterthur"}}}};
}

Json org_unit(const Unit& unit) {
  return {{"id", std::to_string(unit.id)},
          {"type", unit.kind == Kind::team ? "team" : "department"},
          {"name", unit.name},
          {"description", nullptr},
          {"abbreviation", nullptr},
          {"parent_id", nullptr}};
}

}  // namespace

Reply list_legal_entities(const World& world, const http::Request& request) {
  const Result<Listing> listing = parse_listing(request, kLegalEntities);
  if (!listing) return bad_request(world, listing.error().detail);
  std::vector<Json> rows;
  const auto& units = world.company.units();
  for (auto unit = units.rbegin(); unit != units.rend(); ++unit) {  // newest first
    if (unit->kind != Kind::subcompany) continue;
    Json row = legal_entity(*unit);
    const bool wanted = listing->allows("id", row["id"].get<std::string>()) &&
                        listing->allows("country", row["country"].get<std::string>());
    if (wanted) rows.push_back(std::move(row));
  }
  return page_of_all(world, request, *listing, std::move(rows));
}

Reply list_org_units(const World& world, const http::Request& request) {
  if (request.header("beta") != "true") {
    return bad_request(world, "This endpoint is in beta: send the header Beta: true.");
  }
  const Result<Listing> listing = parse_listing(request, kOrgUnits);
  if (!listing) return bad_request(world, listing.error().detail);
  const auto type = listing->filters.find("type");
  const auto kind =
      kind_of(type == listing->filters.end() ? std::nullopt : std::optional(type->second));
  if (!kind) return bad_request(world, kTypeWanted);
  std::vector<Json> rows;
  for (const Unit& unit : world.company.units()) {
    if (unit.kind == *kind && listing->allows("id", std::to_string(unit.id))) {
      rows.push_back(org_unit(unit));
    }
  }
  return page_of_all(world, request, *listing, std::move(rows));
}

Reply one_org_unit(const World& world, const http::Request& request, std::string_view id) {
  const auto kind = kind_of(http::form_value(request.query, "type"));
  if (!kind) return bad_request(world, kTypeWanted);
  for (const Unit& unit : world.company.units()) {
    if (unit.kind == *kind && std::to_string(unit.id) == id) return {200, org_unit(unit)};
  }
  return not_found(world);
}

}  // namespace refledger::sandbox::v2
