// The credential: the worked example, then RFC 9901's refusals and ours.
#include "ledger/credential/credential.h"

#include <algorithm>

#include "support/example.h"

namespace refledger::credential {
namespace {

using test::example;
using test::ExampleSecrets;
using test::FixedRandom;
using test::key_of;

Claims required_claims() {
  return {{"given_name", "Zoë"},
          {"family_name", "Muster"},
          {"employer", "Muster AG"},
          {"position", "Leiterin"},
          {"employed_from", "2019-04-01"},
          {"reference_type", "confirmation"},
          {"governing_law", "CH"},
          {"document_date", "2026-10-31"},
          {"language", "de"},
          {"signing_mode", "company-seal"},
          {"text", "Wir bestätigen."}};
}

const StatusIndex kStatus{4711, "https://refs.example.com/status/0"};
const std::string kVct = "https://refs.example.com/vct/employment-reference/1";

Credential made() {
  FixedRandom random;
  return *make_credential(required_claims(), test::kIss, kVct, kStatus, *key_of(1), random);
}

Credential example_credential() { return *parse_sd_jwt(example("reference.sd-jwt")); }

TEST(Credential, TheExampleIsReadAsItWasMeant) {
  const Result<ParsedCredential> parsed = parse_credential(example_credential());
  ASSERT_TRUE(parsed) << parsed.error().detail;
  EXPECT_EQ(parsed->iss, test::kIss);
  EXPECT_EQ(parsed->vct, kVct);
  EXPECT_EQ(parsed->status, kStatus);
  EXPECT_EQ(parsed->kid, thumbprint(ExampleSecrets().key("issuer")->public_key()));
  EXPECT_EQ(parsed->claims.size(), 15u);
  EXPECT_EQ(parsed->claims.at("family_name"), "Muster-Łukasiewicz");
  EXPECT_EQ(parsed->claims.at("text"), "Wir bestätigen die Anstellung.\n\nMuster AG");
}

TEST(Credential, TheExampleIsMadeAgainByteForByte) {
  const ExampleSecrets secrets;
  const Claims claims = parse_credential(example_credential())->claims;
  test::ScriptedRandom salts(secrets.bytes("salts"));
  const Result<Credential> again =
      make_credential(claims, test::kIss, kVct, kStatus, *secrets.key("issuer"), salts);
  ASSERT_TRUE(again);
  EXPECT_EQ(format_sd_jwt(*again), example("reference.sd-jwt"));
}

TEST(Credential, NoClaimIsInTheClear) {
  const Credential credential = made();
  const std::string payload = split_jws(credential.jwt, "dc+sd-jwt")->payload;
  for (const auto& [name, value] : required_claims()) {
    EXPECT_EQ(payload.find("\"" + name + "\""), std::string::npos) << name;
    EXPECT_EQ(payload.find("\"" + value + "\""), std::string::npos) << name;
    // Two letters may stand in any digest.
    if (value.size() <= 4) continue;
    EXPECT_EQ(payload.find(value), std::string::npos) << name;
  }
}

TEST(Credential, EverySaltIsDrawnAnew) {
  FixedRandom random;
  const Credential one =
      *make_credential(required_claims(), test::kIss, kVct, kStatus, *key_of(1), random);
  const Credential two =
      *make_credential(required_claims(), test::kIss, kVct, kStatus, *key_of(1), random);
  for (std::size_t i = 0; i < one.disclosures.size(); ++i) {
    EXPECT_NE(one.disclosures[i], two.disclosures[i]);
  }
  const std::vector<std::string> a = parse_jwt(one.jwt)->digests, b = parse_jwt(two.jwt)->digests;
  for (const std::string& digest : a) EXPECT_EQ(std::count(b.begin(), b.end(), digest), 0);
}

TEST(Credential, IsMadeOfTheKnownClaimsOnly) {
  FixedRandom random;
  const auto error_for = [&](const Claims& claims) {
    return make_credential(claims, test::kIss, kVct, kStatus, *key_of(1), random).error().detail;
  };
  for (const auto& member : required_claims()) {
    Claims fewer = required_claims();
    fewer.erase(member.first);
    EXPECT_EQ(error_for(fewer), "credential: " + member.first + " is missing");
  }
  for (const char* name : {"_sd", "...", "iss", "status", "", "salary", "Text"}) {
    Claims more = required_claims();
    more[name] = "x";
    EXPECT_EQ(error_for(more), "credential: unknown claim") << name;
  }
  Claims broken = required_claims();
  broken["text"] = "\xff";
  EXPECT_EQ(error_for(broken), "JSON: text is not UTF-8");
  broken["text"] = std::string(1 << 16, 'a');
  EXPECT_EQ(error_for(broken), "credential: longer than 64 KiB");
}

TEST(Credential, AnEmploymentThatLastsHasNoEnd) {
  FixedRandom random;
  Claims claims = required_claims();
  for (const char* name : {"", "employed_to", "birthdate", "department", "workload"}) {
    if (*name != '\0') claims[name] = "x";
    const auto credential = make_credential(claims, test::kIss, kVct, kStatus, *key_of(1), random);
    ASSERT_TRUE(credential.has_value()) << name;
    EXPECT_EQ(parse_credential(*credential)->claims, claims);
  }
}

TEST(Credential, ItsClaimsReadAsTheyAreWritten) {
  FixedRandom random;
  for (const char* hidden : {"\x01", "\t", "\n", "\r", "\x7f", "\u0085", "\u2028", "\u2029",
                             "\u202a", "\u202e", "\u2066", "\u2069"}) {
    for (const char* name : {"position", "text", "given_name"}) {
      Claims claims = required_claims();
      claims[name] = std::string("Lei") + hidden + "terin";
      const bool is_line_of_text = std::string_view(hidden) == "\n" && name == std::string("text");
      const auto made = make_credential(claims, test::kIss, kVct, kStatus, *key_of(1), random);
      ASSERT_EQ(made.has_value(), is_line_of_text) << name;
      if (!made) {
        EXPECT_EQ(made.error().detail,
                  "credential: " + std::string(name) + " holds control characters");
      }
    }
  }
}

// ---- disclosures --------------------------------------------------------------------------------

std::string disclosure(const Json& array) {
  return to_base64url(bytes_of(*to_canonical_json(array)));
}
std::string digest(const std::string& text) { return to_base64url(sha256(bytes_of(text))); }

// A credential over these disclosures, with whatever they hold, correctly digested and signed.
Credential over(std::vector<std::string> disclosures) {
  std::vector<std::string> digests;
  for (const std::string& each : disclosures) digests.push_back(digest(each));
  std::sort(digests.begin(), digests.end());
  const Json payload{{"_sd", digests},
                     {"_sd_alg", "sha-256"},
                     {"iss", test::kIss},
                     {"status", {{"status_list", {{"idx", 1}, {"uri", "u"}}}}},
                     {"vct", kVct}};
  return {sign_jws("dc+sd-jwt", *to_canonical_json(payload), *key_of(1)), std::move(disclosures)};
}

TEST(Disclosures, NoneMayBeDroppedAddedRepeatedOrMoved) {
  const Credential good = made();
  ASSERT_TRUE(parse_credential(good));
  for (std::size_t i = 0; i < good.disclosures.size(); ++i) {
    Credential other = good;
    other.disclosures.erase(other.disclosures.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(parse_credential(other));
    other = good;
    other.disclosures.push_back(good.disclosures[i]);
    EXPECT_FALSE(parse_credential(other));
    other = good;
    other.disclosures[i] = good.disclosures[(i + 1) % good.disclosures.size()];
    EXPECT_FALSE(parse_credential(other));
    other = good;
    std::swap(other.disclosures[i], other.disclosures[(i + 1) % good.disclosures.size()]);
    EXPECT_FALSE(parse_credential(other));
  }
  Credential more = good;
  more.disclosures.push_back(disclosure({to_base64url(Bytes(16)), "workload", "80 %"}));
  EXPECT_FALSE(parse_credential(more));
}

TEST(Disclosures, NoneHoldsWhatHides) {
  const auto with_position = [](const std::string& position) {
    Claims claims = required_claims();
    claims["position"] = position;
    std::vector<std::string> disclosures;
    for (const auto& [name, value] : claims) {
      disclosures.push_back(disclosure({to_base64url(Bytes(16)), name, value}));
    }
    return over(std::move(disclosures));
  };
  EXPECT_TRUE(parse_credential(with_position("Leiterin")));
  for (const char* hidden : {"\u202e", "\u2067", "\u2028", "\n", "\u0085"}) {
    const auto parsed = parse_credential(with_position(std::string("nireti") + hidden + "eL"));
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().detail, "credential: position holds control characters");
  }
}

TEST(Disclosures, EveryChangedByteIsRefused) {
  const Credential good = made();
  for (std::size_t i = 0; i < good.disclosures.size(); ++i) {
    for (std::size_t at = 0; at < good.disclosures[i].size(); ++at) {
      Credential other = good;
      other.disclosures[i] = test::flipped(good.disclosures[i], at);
      ASSERT_FALSE(parse_credential(other)) << i << " " << at;
    }
  }
}

TEST(Disclosures, AreArraysOfSaltNameAndText) {
  const std::string salt = to_base64url(Bytes(16));
  const auto with_text = [&](const std::string& last) {
    Credential good = made();
    std::vector<std::string> disclosures = good.disclosures;
    // `text` is the last of the required claims in the order of their names.
    disclosures.back() = last;
    return over(disclosures);
  };
  ASSERT_TRUE(parse_credential(with_text(disclosure({salt, "text", "x"}))));
  for (const Json& array :
       {Json::array({salt, "text"}), Json::array({salt, "text", "x", "y"}),
        Json::array({salt, "x"}), Json::array({salt, "text", 1}),
        Json::array({salt, "text", nullptr}), Json::array({salt, "text", Json::object()}),
        Json::array({1, "text", "x"}), Json::array({salt, 1, "x"}), Json::array({"", "text", "x"}),
        Json::array({to_base64url(Bytes(15)), "text", "x"}),
        Json::array({to_base64url(Bytes(17)), "text", "x"}), Json::array({"salt!", "text", "x"}),
        Json::array({salt, "_sd", "x"}), Json::array({salt, "...", "x"}),
        Json::array({salt, "iss", "x"}), Json::array({salt, "unknown", "x"}), Json("text"),
        Json{{"text", "x"}}}) {
    EXPECT_EQ(parse_credential(with_text(disclosure(array))).error().fault, Fault::malformed)
        << array;
  }
  for (const char* text : {R"(["AAAAAAAAAAAAAAAAAAAAAA", "text","x"])",
                           R"(["AAAAAAAAAAAAAAAAAAAAAA","text","\u0078"])", "[", ""}) {
    EXPECT_FALSE(parse_credential(with_text(to_base64url(bytes_of(text))))) << text;
  }
  EXPECT_FALSE(parse_credential(with_text("***")));
}

TEST(Disclosures, TheClaimsAreAllTheRequiredOnesAndNoneTwice) {
  const Credential good = made();
  for (std::size_t i = 0; i < good.disclosures.size(); ++i) {
    std::vector<std::string> fewer = good.disclosures;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(parse_credential(over(fewer))) << i;
    std::vector<std::string> twice = good.disclosures;
    twice.insert(
        twice.begin() + static_cast<std::ptrdiff_t>(i),
        disclosure({to_base64url(Bytes(16)),
                    (*parse_json(text_of(*from_base64url(good.disclosures[i], "d")), 1000, "d"))[1],
                    "x"}));
    EXPECT_FALSE(parse_credential(over(twice))) << i;
  }
}

// ---- the signed part ----------------------------------------------------------------------------

Json good_payload() {
  return *parse_json(split_jws(made().jwt, "dc+sd-jwt")->payload, 1 << 16, "payload");
}
bool is_refused(const Json& payload) {
  return !parse_jwt(sign_jws("dc+sd-jwt", *to_canonical_json(payload), *key_of(1)));
}

TEST(CredentialJwt, HasJustItsMembersOfJustTheirTypes) {
  const Json whole = good_payload();
  ASSERT_FALSE(is_refused(whole));
  for (const auto& member : whole.items()) {
    Json changed = whole;
    changed.erase(member.key());
    EXPECT_TRUE(is_refused(changed)) << member.key();
    for (const Json& value : {Json(nullptr), Json(1), Json(true), Json{{"x", 1}}, Json::array({1}),
                              Json::array({"x"}), Json("sha-512")}) {
      changed[member.key()] = value;
      const bool is_text = value.is_string() && (member.key() == "iss" || member.key() == "vct");
      EXPECT_EQ(is_refused(changed), !is_text) << member.key() << " " << value;
    }
  }
  for (const char* name : {"iat", "nbf", "exp", "sub", "jti", "cnf", "given_name", "text", "..."}) {
    Json more = whole;
    more[name] = 1;
    EXPECT_TRUE(is_refused(more)) << name;
  }
}

TEST(CredentialJwt, DigestsAreSortedAndNoneIsThereTwice) {
  Json payload = good_payload();
  std::swap(payload["_sd"][0], payload["_sd"][1]);
  EXPECT_TRUE(is_refused(payload));
  payload = good_payload();
  payload["_sd"][1] = payload["_sd"][0];
  EXPECT_TRUE(is_refused(payload));
  payload = good_payload();
  payload["_sd"][0] = to_base64url(Bytes(31));
  EXPECT_TRUE(is_refused(payload));
  payload["_sd"] = Json::array();
  for (std::uint8_t i = 0; i < 16; ++i) payload["_sd"].push_back(to_base64url(Bytes(32, i)));
  EXPECT_TRUE(is_refused(payload));
}

TEST(CredentialJwt, StatusIsOneIndexInOneList) {
  for (const Json& status :
       {Json::object(), Json{{"status_list", 1}}, Json{{"status_list", {{"idx", 1}}}},
        Json{{"status_list", {{"uri", "u"}}}}, Json{{"status_list", {{"idx", -1}, {"uri", "u"}}}},
        Json{{"status_list", {{"idx", "1"}, {"uri", "u"}}}},
        Json{{"status_list", {{"idx", 1}, {"uri", 1}}}},
        Json{{"status_list", {{"idx", 1}, {"uri", "u"}, {"x", 1}}}},
        Json{{"status_list", {{"idx", 1}, {"uri", "u"}}}, {"x", 1}}}) {
    Json payload = good_payload();
    payload["status"] = status;
    EXPECT_TRUE(is_refused(payload)) << status;
  }
}

TEST(CredentialJwt, IsOfItsTypeAndWhole) {
  const std::string payload = *to_canonical_json(good_payload());
  EXPECT_FALSE(parse_jwt(sign_jws("vc+sd-jwt", payload, *key_of(1))));
  EXPECT_FALSE(parse_jwt(sign_jws("dc+sd-jwt", payload + " ", *key_of(1))));
  const std::string jwt = made().jwt;
  for (std::size_t length = 0; length < jwt.size(); ++length) {
    ASSERT_FALSE(parse_jwt(jwt.substr(0, length))) << length;
  }
}

// ---- as text ------------------------------------------------------------------------------------

TEST(SdJwt, ComesBackAsItWasWritten) {
  const std::string text = example("reference.sd-jwt");
  EXPECT_EQ(format_sd_jwt(*parse_sd_jwt(text)), text);
  const Result<Credential> bare = parse_sd_jwt("a.b.c~");
  ASSERT_TRUE(bare);
  EXPECT_TRUE(bare->disclosures.empty());
}

TEST(SdJwt, EndsInATildeWithoutEmptyParts) {
  for (const char* text : {"", "~", "a", "a~b", "~a~", "a~~", "a~~b~", "a~b~kb-jwt"}) {
    EXPECT_EQ(parse_sd_jwt(text).error().fault, Fault::malformed) << text;
  }
  std::string text = "a~";
  for (int i = 0; i < 15; ++i) text += "b~";
  EXPECT_TRUE(parse_sd_jwt(text));
  EXPECT_FALSE(parse_sd_jwt(text + "b~"));
  EXPECT_FALSE(parse_sd_jwt(std::string(1 << 16, 'a') + "~"));
}

TEST(SdJwt, ItsHashIsThatOfTheJwtAlone) {
  Credential credential = made();
  const CredentialHash hash = hash_credential(credential);
  EXPECT_EQ(hash, sha256_as<CredentialHash>(bytes_of(credential.jwt)));
  credential.disclosures.clear();
  EXPECT_EQ(hash_credential(credential), hash);
}

}  // namespace
}  // namespace refledger::credential
