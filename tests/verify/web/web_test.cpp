// Every answer of the public endpoint, asked of a real ledger.
#include <gtest/gtest.h>

#include "asking.h"
#include "ledger/core/jws.h"
#include "ledger/format/trust.h"
#include "ledger/log/closing.h"

namespace refledger::web {
namespace {

// ---- one reference ------------------------------------------------------------------------------

TEST(Reference, AnswersJsonWithAllThatAVerifierNeeds) {
  const World world;
  const Json json = ask_json(world, path_of(world.valid));
  EXPECT_TRUE(
      has_exactly(json, {"v", "id", "status", "iss", "issuer_name", "entry", "receipt", "withdrawn",
                         "keys", "status_token", "checkpoint", "size", "as_of"}));
  EXPECT_EQ(json["v"], 1);
  EXPECT_EQ(json["id"], format::format_id(world.valid.id));
  EXPECT_EQ(json["status"], "issued");
  EXPECT_EQ(json["iss"], world.iss);
  EXPECT_EQ(json["issuer_name"], "Bergbahn & S\u00f6hne AG");
  EXPECT_EQ(json["withdrawn"], nullptr);
  EXPECT_EQ(json["keys"].size(), 2u);
  EXPECT_EQ(json["size"], 5);
  EXPECT_EQ(json["as_of"], "2026-11-02T08:00:00.000Z");
  EXPECT_TRUE(format::parse_receipt(json["receipt"].get<std::string>()));
  const Result<format::Entry> entry = format::parse_entry(json["entry"].get<std::string>());
  ASSERT_TRUE(entry);
  EXPECT_EQ(std::get<format::Issued>(entry->act).ref, hash_reference(world.valid.id));
  EXPECT_EQ(json["checkpoint"], world.log->view()->signed_checkpoint());
}

TEST(Reference, AWithdrawnOneComesWithItsWithdrawal) {
  const World world;
  const Json json = ask_json(world, path_of(world.withdrawn));
  EXPECT_EQ(json["status"], "withdrawn");
  ASSERT_TRUE(has_exactly(json["withdrawn"], {"entry", "receipt"}));
  const Result<format::Entry> entry =
      format::parse_entry(json["withdrawn"]["entry"].get<std::string>());
  ASSERT_TRUE(entry);
  EXPECT_TRUE(std::holds_alternative<format::Withdrawn>(entry->act));
}

TEST(Reference, AnUnknownIdIs404AndAMalformedOne400) {
  const World world;
  const auto accept = std::map<std::string, std::string>{{"accept", "application/json"}};
  const http::Response unknown = ask(world, "/v/" + std::string(kUnknownId), accept);
  EXPECT_EQ(unknown.status(), 404u);
  EXPECT_EQ(json_of(unknown), Json({{"v", 1},
                                    {"id", kUnknownId},
                                    {"status", "unknown"},
                                    {"size", 5},
                                    {"as_of", "2026-11-02T08:00:00.000Z"}}));
  for (const std::string id : {"", "x", "0000000000000000000000000O", "00000000000000000000000001",
                               "0000000000000000000000000", "zzzzzzzzzzzzzzzzzzzzzzzzzz"}) {
    EXPECT_EQ(ask(world, "/v/" + id, accept).status(), 400u) << id;
    EXPECT_EQ(ask(world, "/v/" + id).status(), 400u) << id;
  }
}

TEST(Reference, ThePageAloneNeverSaysGenuineNorIsGreen) {
  const World world;
  for (const char* lang : {"de", "fr", "it", "en"}) {
    const http::Response page = ask(world, path_of(world.valid) + "?lang=" + lang);
    EXPECT_EQ(page.status(), 200u);
    EXPECT_NE(page.body().find("Bergbahn &amp; S\u00f6hne AG"), std::string::npos);
    EXPECT_NE(page.body().find("class=\"card verdict is-issued\" data-verdict=\"\""),
              std::string::npos);
    for (const char* word : {"genuine", "Echt", "uthenti", "utentic"}) {
      EXPECT_EQ(page.body().find(word), std::string::npos) << lang << " says " << word;
    }
  }
}

TEST(Reference, ThePageWithoutScriptsSaysIssuerAndStatus) {
  const World world;
  const std::map<std::string, std::string> english{{"accept-language", "en"}};
  EXPECT_NE(ask(world, path_of(world.valid), english).body().find("issued, not withdrawn"),
            std::string::npos);
  const std::string withdrawn = ask(world, path_of(world.withdrawn), english).body();
  EXPECT_NE(withdrawn.find("<h1>No longer valid</h1>"), std::string::npos);
  const http::Response unknown = ask(world, "/v/" + std::string(kUnknownId), english);
  EXPECT_EQ(unknown.status(), 404u);
  EXPECT_NE(unknown.body().find("data-verdict=\"unknown\""), std::string::npos);
}

TEST(Reference, AnIssuersNameIsTextAndNothingElse) {
  const std::string hostile = "\"><svg onload=alert(1)></script>{{t.skip}}'&";
  const World world(hostile);
  const std::string page = ask(world, path_of(world.valid)).body();
  EXPECT_EQ(page.find("<svg onload"), std::string::npos);
  EXPECT_EQ(page.find("</script>{{"), std::string::npos);
  EXPECT_NE(page.find("&lt;svg onload"), std::string::npos);
  EXPECT_NE(page.find("{{t.skip}}"), std::string::npos) << "not taken for a template";
  EXPECT_EQ(ask_json(world, path_of(world.valid))["issuer_name"], hostile);
}

TEST(Reference, AnEmptyLedgerKnowsNothingAndSaysSo) {
  const test::TemporaryFolder folder;
  const auto ledger = *store::open_rocksdb(folder.path() / "ledger", log::kSpaces);
  const auto records = *store::open_rocksdb(folder.path() / "records", records::kSpaces);
  const test::HandClock clock;
  const PublicEndpoint endpoint({"https://h", "h/log", "vkey", folder.path() / "shares"}, *ledger,
                                *records, clock);
  http::Request request;
  request.method = "GET";
  request.path = "/v/" + std::string(kUnknownId);
  EXPECT_EQ(endpoint.answer(request).status(), 404u);
  request.headers["accept"] = "application/json";
  EXPECT_EQ(json_of(endpoint.answer(request))["size"], 0);
  request.path = "/log/checkpoint";
  EXPECT_EQ(endpoint.answer(request).status(), 404u);
}

class BrokenStore : public store::Reader {
 public:
  Result<std::optional<Bytes>> get(std::string_view, std::string_view) const override {
    return Error{Fault::storage, "disk"};
  }
  Result<void> scan(std::string_view, std::string_view, std::string_view,
                    const Visit&) const override {
    return Error{Fault::storage, "disk"};
  }
};

TEST(Reference, ABrokenStoreCannotCheckNow) {
  const BrokenStore broken;
  const test::HandClock clock;
  const PublicEndpoint endpoint({"https://h", "h/log", "vkey", "/nowhere"}, broken, broken, clock);
  http::Request request;
  request.method = "GET";
  for (const std::string& path : {"/v/" + std::string(kUnknownId), std::string("/log/checkpoint"),
                                  "/d/" + std::string(64, '0'), std::string("/keys")}) {
    request.path = path;
    EXPECT_EQ(endpoint.answer(request).status(), 503u) << path;
  }
  request.path = "/v/" + std::string(kUnknownId);
  EXPECT_NE(endpoint.answer(request).body().find("data-verdict=\"cannot-check-now\""),
            std::string::npos);
}

// ---- record, proof, document --------------------------------------------------------------------

TEST(Record, OpensWithTheLinksSecret) {
  const World world;
  const http::Response response = ask(world, path_of(world.valid) + "/record");
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
  const Json json = json_of(response);
  ASSERT_TRUE(has_exactly(json, {"v", "sealed", "share"}));
  const Bytes sealed = *from_base64url(json["sealed"].get<std::string>(), "sealed");
  const Share share = *from_base64url_as<Share>(json["share"].get<std::string>(), "share");
  const auto opened = credential::open_record(sealed, {world.valid.id, world.valid.secret, share});
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->jwt, world.valid.credential.jwt);
}

TEST(Record, UnknownErasedAndMalformedAreAnsweredAlike) {
  World world;
  ASSERT_TRUE(world.records->erase(hash_reference(world.withdrawn.id)));
  const http::Response unknown = ask(world, "/v/" + std::string(kUnknownId) + "/record");
  EXPECT_EQ(unknown.status(), 404u);
  for (const std::string& path :
       {path_of(world.withdrawn), std::string("/v/x"), std::string("/v/")}) {
    const http::Response other = ask(world, path + "/record");
    EXPECT_EQ(other.status(), unknown.status()) << path;
    EXPECT_EQ(other.body(), unknown.body()) << path;
    EXPECT_EQ(other.headers(), unknown.headers()) << path;
  }
}

TEST(Proof, IsTheProofFileWithKeysUpToTheEntry) {
  const World world;
  const http::Response response = ask(world, path_of(world.valid) + "/proof");
  EXPECT_EQ(header(response, "Content-Type"), "application/json");
  EXPECT_EQ(header(response, "Content-Disposition"),
            "attachment; filename=\"" + format::format_id(world.valid.id) + ".refproof\"");
  const Result<format::ProofFile> proof = format::parse_proof_file(response.body());
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->id, world.valid.id);
  EXPECT_EQ(proof->keys.size(), 2u);
  EXPECT_EQ(ask(world, "/v/" + std::string(kUnknownId) + "/proof").status(), 404u);
  EXPECT_EQ(ask(world, "/v/x/proof").status(), 404u);
}

TEST(Document, ListsEveryEntryOfThatFile) {
  const World world;
  const Json json = ask_json(world, "/d/" + doc_of(world.valid));
  EXPECT_EQ(json["doc"], doc_of(world.valid));
  ASSERT_EQ(json["entries"].size(), 1u);
  EXPECT_EQ(json["entries"][0]["entry"], ask_json(world, path_of(world.valid))["entry"]);
  EXPECT_FALSE(json["entries"][0].contains("id")) << "a file's hash does not tell the number";
  EXPECT_EQ(ask_json(world, "/d/" + doc_of(world.withdrawn))["entries"][0]["status"], "withdrawn");
}

TEST(Document, AnUnknownFileHasNoEntriesAndAMalformedHashIsRefused) {
  const World world;
  EXPECT_EQ(ask_json(world, "/d/" + std::string(64, '0'))["entries"], Json::array());
  for (const std::string hash : {"", "00", "zz"}) {
    EXPECT_EQ(ask(world, "/d/" + hash).status(), 400u) << hash;
  }
  EXPECT_EQ(ask(world, "/d/" + std::string(64, 'A')).status(), 400u) << "lower case only";
}

// ---- the log and its keys -----------------------------------------------------------------------

TEST(LogFiles, CheckpointAndTilesAreTheLogs) {
  const World world;
  const http::Response checkpoint = ask(world, "/log/checkpoint");
  EXPECT_EQ(checkpoint.body(), world.log->view()->signed_checkpoint());
  EXPECT_EQ(header(checkpoint, "Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(header(checkpoint, "Cache-Control"), "public, max-age=2");
  const http::Response tile = ask(world, "/log/tile/0/000.p/5");
  EXPECT_EQ(tile.body().size(), 5u * 32);
  EXPECT_EQ(header(tile, "Content-Type"), "application/octet-stream");
  EXPECT_EQ(header(tile, "Cache-Control"), "public, max-age=31536000, immutable");
  const auto bundle =
      format::parse_bundle(bytes_of(ask(world, "/log/tile/entries/000.p/5").body()));
  ASSERT_TRUE(bundle);
  EXPECT_EQ(bundle->size(), 5u);
}

TEST(LogFiles, WhereALogEndedIsServedBesideIt) {
  const World world;
  EXPECT_EQ(ask(world, "/log/closing").status(), 404u);
  EXPECT_EQ(ask(world, "/log/predecessor").status(), 404u);
  ASSERT_TRUE(world.log->build_indexes());
  const format::Closing closing{world.log->view()->checkpoint(), false, {}};
  const std::string closings = format::format_closings(
      {format::sign_closing(closing, world.origin + "/root", *world.log_key)});
  ASSERT_TRUE(log::store_closings(*world.ledger, closings));
  const http::Response served = ask(world, "/log/closing");
  EXPECT_EQ(served.body(), closings);
  EXPECT_EQ(header(served, "Content-Type"), "application/json");
  EXPECT_EQ(header(served, "Cache-Control"), "public, max-age=60");
  EXPECT_EQ(header(served, "Access-Control-Allow-Origin"), "*");
}

TEST(LogFiles, TilesBeyondTheCheckpointAndOddPathsAreNotThere) {
  const World world;
  for (const std::string path :
       {"0/000.p/6", "0/000", "1/000.p/1", "0/001.p/1", "64/000", "0/0", "../meta", "", "0/000.p/0",
        "entries/000.p/999", "0/000.p/05", "00/000.p/5"}) {
    const http::Response response = ask(world, "/log/tile/" + path);
    EXPECT_EQ(response.status(), 404u) << path;
    EXPECT_EQ(header(response, "Cache-Control"), "no-store") << path;
  }
}

TEST(LogFiles, TheStatusListIsServedAsAStatusListToken) {
  const World world;
  const http::Response response = ask(world, "/status/0");
  EXPECT_EQ(header(response, "Content-Type"), "application/statuslist+jwt");
  const auto token = credential::parse_status_token(response.body());
  ASSERT_TRUE(token);
  EXPECT_EQ(token->list.withdrawn, (std::set<std::uint64_t>{815}));
  for (const std::string list : {"", "1", "00", "-1", "x", "0/", "99999999999999999999"}) {
    EXPECT_EQ(ask(world, "/status/" + list).status(), 404u) << list;
  }
}

TEST(Keys, EveryKeyIsListedWithItsIssuer) {
  const World world;
  const Json json = ask_json(world, "/keys");
  ASSERT_EQ(json["keys"].size(), 2u);
  EXPECT_EQ(json["keys"][0]["iss"], world.iss);
  EXPECT_EQ(json["keys"][0]["use"], "issuer");
  EXPECT_EQ(json["keys"][0]["jwk"]["x"], to_base64url(world.issuer_key->public_key().view()));
  EXPECT_EQ(json["keys"][0]["jwk"]["kid"], json["keys"][0]["kid"]);
  EXPECT_EQ(json["keys"][1]["use"], "status");
}

TEST(Keys, IssuerMetadataIsThereForAnIssuerOnThisHostAlone) {
  World world;
  EXPECT_EQ(ask(world, "/.well-known/jwt-vc-issuer").status(), 404u);
  const auto key = sign::Ed25519Key::generate(world.random);
  format::KeyAdded first;
  first.iss = world.public_url + "/i/acme";
  first.name = "Acme";
  const std::vector<std::string> one{format::sign_key_added(first, world.origin, *key, *key)};
  ASSERT_TRUE(world.log->append(one));
  const Json json = ask_json(world, "/.well-known/jwt-vc-issuer/i/acme");
  EXPECT_EQ(json["issuer"], first.iss);
  ASSERT_EQ(json["jwks"]["keys"].size(), 1u);
  EXPECT_EQ(json["jwks"]["keys"][0]["x"], to_base64url(key->public_key().view()));
}

// The trust text inside the saved verifier.
format::Trust saved_trust(const World& world) {
  const std::string page = ask(world, "/verifier.html").body();
  const std::string_view mark = "id=\"config\">";
  const std::size_t begin = page.find(mark) + mark.size();
  const Result<Json> config =
      parse_json(page.substr(begin, page.find("</script>", begin) - begin), 1 << 20, "config");
  const Result<format::Trust> trust =
      format::parse_trust(config ? (*config)["trust"].get<std::string>() : std::string{});
  EXPECT_TRUE(trust) << page.substr(begin, 200);
  return trust ? *trust : format::Trust{};
}

TEST(Keys, TheSavedVerifierConfirmsEveryIssuerThatTheLogKnowsAtThatMoment) {
  World world;
  const format::Trust::Issuer first{world.iss, thumbprint(world.issuer_key->public_key())};
  EXPECT_EQ(saved_trust(world).issuers, std::vector<format::Trust::Issuer>{first});
  EXPECT_EQ(saved_trust(world).logs.size(), 1u);
  const auto key = sign::Ed25519Key::generate(world.random);
  format::KeyAdded added;
  added.iss = "https://acme.example";
  added.name = "Acme";
  const std::vector<std::string> one{format::sign_key_added(added, world.origin, *key, *key)};
  ASSERT_TRUE(world.log->append(one));
  const format::Trust::Issuer second{added.iss, thumbprint(key->public_key())};
  EXPECT_EQ(saved_trust(world).issuers, (std::vector<format::Trust::Issuer>{second, first}));
}

TEST(Keys, TheDomainProofNamesNoKeyThatIsOutOfUse) {
  World world;
  const Json before = ask_json(world, "/.well-known/refledger");
  ASSERT_EQ(before["kid"].size(), 1u);
  format::KeyRetired retired;
  retired.iss = world.iss;
  retired.kid = before["kid"][0].get<std::string>();
  retired.prev = world.last_key;
  const std::vector<std::string> one{
      format::sign_entry(retired, world.origin, *world.recovery_key)};
  ASSERT_TRUE(world.log->append(one));
  EXPECT_TRUE(ask_json(world, "/.well-known/refledger")["kid"].empty());
}

TEST(Keys, TheDomainProofAndTheTypeAreFixedDocuments) {
  const World world;
  const std::string kid = thumbprint(world.issuer_key->public_key());
  const std::string vkey = world.vkey();
  EXPECT_EQ(ask_json(world, "/.well-known/refledger"),
            Json({{"v", "refledger1"},
                  {"origin", world.origin},
                  {"log", vkey.substr(vkey.find('+') + 1, 8)},
                  {"kid", Json::array({kid})},
                  {"vkey", vkey},
                  {"url", world.public_url}}));
  const Json type = ask_json(world, "/vct/employment-reference/1");
  EXPECT_EQ(type["vct"], "https://verify.example/vct/employment-reference/1");
  EXPECT_EQ(type["claims"].size(), 15u);
}

}  // namespace
}  // namespace refledger::web
