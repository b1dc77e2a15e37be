// What holds for every path alike: headers, methods, burnt links, pages and languages.
#include <gtest/gtest.h>

#include "asking.h"
#include "verify/web/bundle.h"
#include "verify/web/texts.h"

namespace refledger::web {
namespace {

// One request for each kind of answer, good and bad.
std::vector<std::string> every_route(const World& world) {
  const std::string id = path_of(world.valid);
  return {"/",
          "/?lang=fr",
          id,
          "/V/" + format::format_id(world.valid.id),
          path_of(world.withdrawn),
          "/v/" + std::string(kUnknownId),
          "/v/no-id",
          id + "/record",
          id + "/proof",
          "/v/x/record",
          "/d/" + doc_of(world.valid),
          "/d/no-hash",
          "/log/checkpoint",
          "/log/closing",
          "/log/predecessor",
          "/log/tile/0/000.p/4",
          "/log/tile/entries/000.p/4",
          "/log/tile/9/000",
          "/status/0",
          "/status/1",
          "/keys",
          "/.well-known/refledger",
          "/.well-known/jwt-vc-issuer",
          "/.well-known/jwt-vc-issuer/i/acme",
          "/vct/employment-reference/1",
          "/verifier.html",
          "/page/old/page.js",
          "/nowhere",
          id + "%23" + kUnknownId};
}

// ---- headers, methods, secrets in the path ------------------------------------------------------

TEST(Headers, EveryAnswerCarriesThem) {
  const World world;
  for (const std::string& target : every_route(world)) {
    for (const std::string method : {"GET", "HEAD", "POST"}) {
      const http::Response response = ask(world, target, {}, method);
      SCOPED_TRACE(method + " " + target);
      const std::string policy = header(response, "Content-Security-Policy");
      EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src ")) << policy;
      EXPECT_TRUE(policy.ends_with("frame-ancestors 'none'")) << policy;
      EXPECT_EQ(policy.find("unsafe"), std::string::npos);
      EXPECT_EQ(header(response, "Referrer-Policy"), "no-referrer");
      EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
      EXPECT_EQ(header(response, "X-Robots-Tag"), "noindex");
      EXPECT_TRUE(header(response, "Strict-Transport-Security").starts_with("max-age=31536000"));
      EXPECT_FALSE(header(response, "Cache-Control").empty());
      EXPECT_FALSE(header(response, "Content-Type").empty());
    }
  }
}

TEST(Headers, OnlyTheLogAndItsKeysAreOpenToOtherSites) {
  const World world;
  for (const std::string& target : every_route(world)) {
    const bool open = target.starts_with("/log/") || target.starts_with("/status/") ||
                      target.starts_with("/keys") || target.starts_with("/.well-known/");
    EXPECT_EQ(header(ask(world, target), "Access-Control-Allow-Origin"), open ? "*" : "") << target;
  }
}

TEST(Headers, PagesAndAnswersAboutAReferenceAreNeverStored) {
  const World world;
  for (const std::string& target : every_route(world)) {
    if (target != "/" && !target.starts_with("/v/") && !target.starts_with("/d/")) continue;
    EXPECT_EQ(header(ask(world, target), "Cache-Control"), "no-store") << target;
  }
}

TEST(Headers, StrictTransportSecurityIsForHttpsAlone) {
  const World world("Acme", "http://127.0.0.1:8080");
  EXPECT_EQ(header(ask(world, "/"), "Strict-Transport-Security"), "");
}

TEST(Methods, OnlyGetAndHeadAreTaken) {
  const World world;
  for (const std::string method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get"}) {
    const http::Response response = ask(world, path_of(world.valid), {}, method);
    EXPECT_EQ(response.status(), 405u) << method;
    EXPECT_EQ(header(response, "Allow"), "GET, HEAD") << method;
  }
  for (const std::string& target : every_route(world)) {
    const http::Response head = ask(world, target, {}, "HEAD");
    EXPECT_EQ(head.status(), ask(world, target).status()) << target;
    EXPECT_EQ(head.headers(), ask(world, target).headers()) << target;
  }
}

TEST(BurntLink, EveryFormOfTheSecretInThePathGetsTheSamePage) {
  const World world;
  const std::string secret = to_base32(world.valid.secret.view());
  const std::string expected = ask(world, "/v/%23").body();
  for (const std::string mark : {"#", "%23", "%2523", "%252523", "%25252523", "%2%333", "%%323"}) {
    for (const std::string& start :
         {path_of(world.valid), "/V/" + format::format_id(world.valid.id), std::string("/v/"),
          std::string("/x")}) {
      const http::Response response = ask(world, start + mark + secret);
      EXPECT_EQ(response.status(), 410u) << start << mark;
      EXPECT_EQ(response.body(), expected) << start << mark;
    }
  }
  const http::Response query = ask(world, "/?u=" + path_of(world.valid) + "%23" + secret);
  EXPECT_EQ(query.body(), expected);
  EXPECT_EQ(expected.find(secret), std::string::npos);
  EXPECT_EQ(expected.find("<script"), std::string::npos);
  for (const char* word :
       {"nicht mehr geheim", "no longer secret", "n’est plus secret", "non è più segreto"}) {
    EXPECT_NE(expected.find(word), std::string::npos) << word;
  }
}

// ---- pages and languages ------------------------------------------------------------------------

TEST(Pages, ThePagesFilesAreThereUnderTheirVersionAlone) {
  const World world;
  const std::string page = ask(world, "/").body();
  const std::size_t at = page.find("/page/");
  const std::string folder = page.substr(at, page.find('/', at + 6) + 1 - at);
  const http::Response script = ask(world, folder + "page.js");
  EXPECT_EQ(script.status(), 200u);
  EXPECT_EQ(header(script, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(header(script, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(ask(world, folder + "style.css"), "Content-Type"), "text/css; charset=utf-8");
  for (const std::string& bad :
       {folder + "page.html", folder + "nothing.js", folder, std::string("/page/page.js"),
        std::string("/page/0/page.js"), folder + "../web.cpp", folder + "noble-ed25519.LICENSE"}) {
    EXPECT_EQ(ask(world, bad).status(), 404u) << bad;
  }
}

TEST(Pages, TheSavedVerifierHasAPolicyOfItsOwn) {
  const World world;
  const std::string policy = header(ask(world, "/verifier.html"), "Content-Security-Policy");
  EXPECT_NE(policy.find("script-src 'sha256-"), std::string::npos);
  EXPECT_EQ(policy.find("connect-src"), std::string::npos) << "it asks nobody";
}

TEST(Pages, AModuleIsBundledOnceAfterWhatItNeeds) {
  const std::string script = bundle_modules("page.js");
  const std::size_t bytes = script.find("const module_bytes_js = (");
  ASSERT_NE(bytes, std::string::npos);
  EXPECT_LT(bytes, script.find("const module_page_js = ("));
  EXPECT_EQ(script.find("const module_bytes_js = (", bytes + 1), std::string::npos);
}

TEST(Languages, TheVisitorsWishIsMetAndItsWeightsKept) {
  EXPECT_EQ(pick_language("", "de-CH,de;q=0.9,en;q=0.8"), Language::de);
  EXPECT_EQ(pick_language("", "en;q=0.5, fr-CH;q=0.9, *;q=0.1"), Language::fr);
  EXPECT_EQ(pick_language("", "rm, it;q=0.3"), Language::it);
  EXPECT_EQ(pick_language("", "ja"), Language::en);
  EXPECT_EQ(pick_language("", ""), Language::en);
  EXPECT_EQ(pick_language("", "de;q=0"), Language::en);
  EXPECT_EQ(pick_language("it", "de"), Language::it);
  EXPECT_EQ(pick_language("xx", "de"), Language::de);
  EXPECT_EQ(pick_language("", "deutsch;q=;,,;;q=9"), Language::en);
}

TEST(Languages, EveryPageNamesItsLanguageAndOffersTheOthers) {
  const World world;
  for (const std::string lang : {"de", "fr", "it", "en"}) {
    const std::string page = ask(world, "/", {{"accept-language", lang}}).body();
    EXPECT_NE(page.find("<html lang=\"" + lang + "\">"), std::string::npos);
    for (const std::string other : {"de", "fr", "it", "en"}) {
      EXPECT_NE(page.find("href=\"?lang=" + other + "\""), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace refledger::web
