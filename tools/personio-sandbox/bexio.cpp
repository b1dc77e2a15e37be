// bexio's company profile.
#include "tools/personio-sandbox/bexio.h"

namespace refledger::sandbox {
namespace {

constexpr std::string_view kProfile = "/2.0/company_profile";

// A PNG of 120 by 40 pixels: two waves and a sun.
constexpr const char* kLogo =
    "iVBORw0KGgoAAAANSUhEUgAAAHgAAAAoAgMAAABIhNa2AAAADFBMVEX////IyMgcWorYeh6FNKUxAAAA8klEQVR4"
    "2s2UOw7DIBBEV06Xxvcgh+BqPopLa1NwBPs8qagjpAmfNbCORBmF7nlmWD6Lif5xWAxl4BioN8AP5BkIfyNPPJIn"
    "5m0gG2ZeGz6A96LCcXQIvDYdZl4a7uiQUvJeq08niuGe6xquuGSktYVT6MRNtsoymZOSEi4Y5bV8BlqNhmXWiZ9y"
    "vYLuvO3s57iN4jca5ThiuPgvKOfhjtQ9FfeEocV9bs3jG7PfleYLgntBaUXjQt/ZxnnV6LNMI36rkeq958XdNEa3"
    "rx0SWjihJ5wHUPw9pq2ifywWF6Q+nPwaSb+0WaOlWb9D63/3B/kAAWrg2zERxQwAAAAASUVORK5CYII=";

Reply failure(unsigned status, const char* message) {
  return {status, {{"error_code", status}, {"message", message}, {"errors", Json::array()}}};
}

void add_limits(Reply& reply) {
  reply.headers.insert(reply.headers.end(), {{"ratelimit-limit", "1000"},
                                             {"ratelimit-remaining", "999"},
                                             {"ratelimit-reset", "60"},
                                             {"x-ratelimit-limit-minute", "1000"},
                                             {"x-ratelimit-remaining-minute", "999"}});
}

Reply read(const World& world, const http::Request& request) {
  if (request.method != "GET") return failure(405, "Method not allowed");
  if (bearer_of(request) != world.bexio_token) {
    return {401, {{"message", "Unauthorized"}}};
  }
  if (request.path == kProfile) return {200, Json::array({world.bexio_profile})};
  const std::string one = std::string(kProfile) + "/" + world.bexio_profile["id"].dump();
  if (request.path != one) return failure(404, "The requested resource was not found");
  Reply made{200, world.bexio_profile};
  made.headers.emplace_back("etag", "W/\"seewald\"");
  return made;
}

}  // namespace

Reply answer_bexio(const World& world, const http::Request& request) {
  Reply made = read(world, request);
  add_limits(made);
  return made;
}

Json bexio_profile(bool sparse) {
  Json profile = {{"id", 1},
                  {"name", "Seewald Instrumente AG"},
                  {"address", "Seestrasse 12"},
                  {"address_nr", ""},
                  {"postcode", "8400"},
                  {"city", "Winterthur"},
                  {"country_id", 1},
                  {"country_name", "Schweiz"},
                  {"legal_form", "corporation"},
                  {"mail", "info@seewald-instrumente.example"},
                  {"phone_fixed", "0041525550100"},
                  {"url", "https://www.seewald-instrumente.example"},
                  {"ust_id_nr", "CHE-999.999.996"},
                  {"mwst_nr", "CHE-999.999.996 MWST"},
                  {"trade_register_nr", "CH-020.9.999.999-6"},
                  {"has_own_logo", true},
                  {"logo_base64", kLogo}};
  for (const char* name :
       {"phone_mobile", "fax", "skype_name", "facebook_name", "twitter_name", "description"}) {
    profile[name] = nullptr;
  }
  for (const char* name : {"is_public_profile", "is_logo_public", "is_address_public",
                           "is_phone_public", "is_mobile_public", "is_fax_public", "is_mail_public",
                           "is_url_public", "is_skype_public"}) {
    profile[name] = false;
  }
  if (!sparse) return profile;
  for (const char* name : {"address", "postcode", "city", "mail", "url", "ust_id_nr", "mwst_nr",
                           "trade_register_nr", "logo_base64"}) {
    profile[name] = nullptr;
  }
  profile["has_own_logo"] = false;
  return profile;
}

}  // namespace refledger::sandbox
