// The pages about references, as browsers of several people use them on one desk.
#include "desk/web/cases/area.h"

#include <gtest/gtest.h>

#include <thread>

#include "desk/case/signer.h"
#include "desk/case/world.h"
#include "desk/web/browser.h"
#include "ledger/core/encoding.h"

namespace refledger::site {
namespace {

using access::Role;

const std::string kHostile = "\"><svg onload=alert(1)>";

desk::IssuerSettings two_people() {
  desk::IssuerSettings issuer = desk::example_issuer();
  issuer.policy.four_eyes = {"*"};
  return issuer;
}

struct CasesTest : testing::Test {
  desk::World hr;
  std::unique_ptr<World> web;
  std::string id;

  CasesTest() {
    hr.issuer = two_people();
    hr.source.people = {desk::leaver("7")};
    hr.source.people[0].mapped["reference_wish"] = desk::told<std::string>("full", "dynamic_4");
    hr.source.people[0].position = desk::told<std::string>(kHostile, "position");
    hr.start(1);
    hr.sync();
    id = hr.only_case().case_id;
    std::vector<Area> areas;
    areas.push_back(case_area({hr.desk.get(), &hr.desk->issuer(), hr.random.get()}));
    web = std::make_unique<World>(std::move(areas));
    web->add("beat@firm.example", Role::approver);
    web->add("audit@firm.example", Role::auditor);
  }

  static bool has(const http::Response& page, const std::string& text) {
    return std::string(page.body()).find(text) != std::string::npos;
  }
  static std::string location(const http::Response& response) {
    return Browser::header(response, "Location");
  }
  std::string at(const std::string& rest) const { return "/cases/" + id + rest; }
  std::string version() const {
    const desk::Actor reader{"x", "x", {desk::Role::auditor}};
    return std::to_string(desk::Drafting(*hr.desk).dossier(id, reader)->sheet.version);
  }
  // A step's form, as the page has it, with what somebody types into it.
  http::Response save(Browser& browser, const std::string& step, Fields fields) {
    browser.get(at("/write/" + step));
    fields.emplace_back("version", version());
    fields.emplace_back("go", "stay");
    return browser.post(at("/write/" + step), std::move(fields));
  }
  void write_all(Browser& browser) {
    EXPECT_EQ(save(browser, "type", {{"type", "full_final"}, {"signing", "company-seal"}}).status(),
              303u);
    save(browser, "facts",
         {{"functions.1.title", "Polymechanikerin"},
          {"source.position", "own"},
          {"reasons.position", "im HR-System falsch"}});
    save(browser, "tasks", {{"functions.1.tasks", "Fräsen nach Zeichnung\r\nPrüfen"}});
    Fields grades;
    for (const char* name : {"expertise", "quality", "quantity", "conduct_managers",
                             "conduct_colleagues", "conduct_clients"}) {
      grades.emplace_back("ratings." + std::string(name) + ".grade", "2");
    }
    save(browser, "ratings", grades);
    save(browser, "text", {{"thanks", "yes"}, {"box", "thanks"}, {"box", "wishes"}});
    // The decision about the weaker signature, as the page of the checks asks for it.
    const http::Response page = browser.get(at("/write/checks"));
    const std::string body(page.body());
    const std::string start = "name=\"overrides.";
    const std::size_t finding = body.find("value=\"signing_mode_insufficient\"");
    ASSERT_NE(finding, std::string::npos);
    const std::size_t begin = body.rfind(start, finding) + 6;
    const std::string root = body.substr(begin, body.find(".finding", begin) - begin);
    const http::Response decided = save(browser, "checks",
                                        {{root + ".finding", "signing_mode_insufficient"},
                                         {root + ".section", ""},
                                         {root + ".excerpt", ""},
                                         {root + ".reason", "das Original folgt"}});
    EXPECT_EQ(decided.status(), 303u);
  }
};

TEST_F(CasesTest, GoFromTheBoardToADeliveredReference) {
  Browser anna(*web);
  anna.sign_in();
  EXPECT_TRUE(has(anna.get("/leavers"), "Vogelsang7"));
  EXPECT_TRUE(has(anna.get(at("")), "/write/type"));
  write_all(anna);
  EXPECT_TRUE(has(anna.get(at("/approval")), "Fräsen nach Zeichnung"));
  EXPECT_EQ(location(anna.post(at("/ask"), {{"version", version()}})), at(""));
  Browser beat(*web);
  beat.sign_in("beat@firm.example");
  const http::Response shown = beat.get(at("/approval"));
  EXPECT_TRUE(has(shown, "/approve\""));
  EXPECT_TRUE(has(shown, "das Original folgt"));
  EXPECT_TRUE(has(shown, "im HR-System falsch"));
  EXPECT_EQ(location(beat.post(at("/approve"), {{"version", version()}})), at(""));
  anna.get(at("/issue"));
  EXPECT_EQ(location(anna.post(at("/issue"), {{"version", version()}})), at("/issue"));
  EXPECT_EQ(hr.count<format::Issued>(), 0u);  // nobody said that it is meant
  anna.get(at("/issue"));
  EXPECT_EQ(location(anna.post(at("/issue"), {{"version", version()}, {"sure", "yes"}})), at(""));
  ASSERT_TRUE(hr.desk->resume().has_value());
  ASSERT_EQ(hr.transport.sent.size(), 1u);
  EXPECT_TRUE(has(anna.get(at("")), "delivered"));
  hr.sync();  // what was overruled is no change afterwards
  EXPECT_FALSE(has(anna.get(at("")), "/settle\""));
  EXPECT_EQ(location(anna.get(at("/write/type"))), at(""));
}

// The value under a heading of the signature's page.
std::string shown_at(const http::Response& page, const std::string& id) {
  const std::string body(page.body());
  const std::size_t at = body.find("id=\"" + id + "\">");
  if (at == std::string::npos) return {};
  const std::size_t begin = body.find('>', at) + 1;
  return body.substr(begin, body.find('<', begin) - begin);
}

TEST_F(CasesTest, TakeTwoSignaturesThatAreMadeElsewhere) {
  hr.issuer.policy.four_eyes = {};
  hr.start(2);
  web = nullptr;
  std::vector<Area> areas;
  areas.push_back(case_area({hr.desk.get(), &hr.desk->issuer(), hr.random.get()}));
  web = std::make_unique<World>(std::move(areas));
  web->add("carla@firm.example", Role::clerk | Role::signatory);
  Browser carla(*web);
  carla.sign_in("carla@firm.example");
  write_all(carla);
  save(carla, "type", {{"type", "full_final"}, {"signing", "qualified"}});
  const seal::DemonstrationCa other = *seal::make_demonstration_ca("Mara <Muster>", hr.clock.now());
  EXPECT_TRUE(has(carla.get(at("/issue")), "name=\"second_chain\""));
  EXPECT_EQ(location(carla.post(at("/issue"), {{"version", version()},
                                               {"sure", "yes"},
                                               {"chain", hr.ca.chain_pem},
                                               {"second_chain", other.chain_pem}})),
            at("/signature"));
  const http::Response first = carla.get(at("/signature"));
  EXPECT_TRUE(has(first, "Signature 1 of 2"));
  EXPECT_TRUE(has(first, "Muster Werke AG"));
  EXPECT_EQ(std::string(carla.get(at("/signature/document.pdf")).body()).substr(0, 5), "%PDF-");
  const std::string attributes(carla.get(at("/signature/attributes.der")).body());
  const std::string digest = shown_at(first, "digest");
  EXPECT_EQ(to_base64(sha256(bytes_of(attributes))), digest);
  const auto hand_in = [&](std::string_view key, const std::string& asked) {
    Sha256 hash{};
    const Bytes raw = *from_base64(asked, "digest");
    std::copy(raw.begin(), raw.end(), hash.begin());
    carla.get(at("/signature"));
    return location(
        carla.post(at("/signature"),
                   {{"signature_text", to_base64(desk::sign_elsewhere(key, hash)) + "\r\n"}}));
  };
  EXPECT_EQ(hand_in(other.key_pem, digest), at("/signature")) << "the wrong person";
  EXPECT_TRUE(has(carla.get(at("/signature")), "Signature 1 of 2"));
  EXPECT_EQ(hand_in(hr.ca.key_pem, digest), at("/signature"));
  const http::Response second = carla.get(at("/signature"));
  EXPECT_TRUE(has(second, "Signature 2 of 2"));
  EXPECT_TRUE(has(second, "Mara &lt;Muster&gt;"));
  EXPECT_EQ(hr.count<format::Issued>(), 0u);
  EXPECT_EQ(hand_in(other.key_pem, shown_at(second, "digest")), at(""));
  EXPECT_EQ(hr.count<format::Issued>(), 1u);
  EXPECT_EQ(location(carla.get(at("/signature"))), at(""));
}

TEST_F(CasesTest, PrintWithoutACodeWhereSomebodyAsksForIt) {
  Browser anna(*web);
  anna.sign_in();
  write_all(anna);
  EXPECT_TRUE(has(anna.get(at("/test.pdf")), "/URI ("));
  save(anna, "type", {{"type", "full_final"}, {"signing", "company-seal"}, {"qr", "no"}});
  const http::Response plain = anna.get(at("/test.pdf"));
  EXPECT_EQ(std::string(plain.body()).substr(0, 5), "%PDF-");
  EXPECT_FALSE(has(plain, "/URI ("));
}

TEST_F(CasesTest, ShowTheIssuersOwnTextAndLetItBeLeftOut) {
  hr.issuer.blocks = {{"closing.de", "Rückfragen <gern> an die Personalabteilung."}};
  hr.start(2);
  std::vector<Area> areas;
  areas.push_back(case_area({hr.desk.get(), &hr.desk->issuer(), hr.random.get()}));
  web = std::make_unique<World>(std::move(areas));
  Browser anna(*web);
  anna.sign_in();
  write_all(anna);
  const http::Response page = anna.get(at("/write/text"));
  EXPECT_TRUE(has(page, "Rückfragen &lt;gern&gt; an die Personalabteilung."));
  EXPECT_TRUE(has(page, "name=\"leave_out.closing\""));
  EXPECT_FALSE(has(page, "name=\"leave_out.introduction\""));
  save(anna, "text", {{"box", "leave_out.closing"}, {"leave_out.closing", "yes"}});
  EXPECT_FALSE(has(anna.get(at("/approval")), "Rückfragen"));
  save(anna, "text", {{"box", "leave_out.closing"}});
  EXPECT_TRUE(has(anna.get(at("/approval")), "Rückfragen"));
}

TEST_F(CasesTest, RefuseTheWrongRoleOnEveryRouteThatChangesSomething) {
  Browser audit(*web);
  audit.sign_in("audit@firm.example");
  EXPECT_EQ(audit.get("/leavers").status(), 200u);
  EXPECT_EQ(audit.get(at("")).status(), 200u);
  for (const Route& route : web->site->routes()) {
    if (route.method != Method::post || !route.pattern.starts_with("/cases")) continue;
    std::string path = route.pattern;
    path.replace(path.find("{id}"), 4, id);
    if (const std::size_t step = path.find("{step}"); step != std::string::npos) {
      path.replace(step, 6, "type");
    }
    audit.get(at(""));
    EXPECT_EQ(audit.post(path, {{"version", "0"}}).status(), 403u) << path;
  }
  Browser anna(*web);  // a clerk
  anna.sign_in();
  anna.get(at(""));
  EXPECT_EQ(anna.post(at("/approve"), {{"version", "0"}}).status(), 403u);
}

TEST_F(CasesTest, ShowBothTextsWhereTwoPeopleWroteTheSameField) {
  Browser anna(*web);
  anna.sign_in();
  Browser beat(*web);
  beat.sign_in("beat@firm.example");
  const std::string before = version();
  anna.get(at("/write/tasks"));
  beat.get(at("/write/tasks"));
  anna.post(at("/write/tasks"), {{"version", before}, {"functions.1.tasks", "of Anna"}});
  const http::Response clash = beat.post(
      at("/write/tasks"),
      {{"version", before}, {"functions.1.tasks", "of <b>Beat</b>"}, {"training", "a course"}});
  EXPECT_EQ(clash.status(), 409u);
  EXPECT_TRUE(has(clash, "<blockquote>of Anna</blockquote>"));
  EXPECT_TRUE(has(clash, ">of &lt;b&gt;Beat&lt;/b&gt;</textarea>"));
  EXPECT_TRUE(has(beat.get(at("/write/tasks")), "a course"));
  EXPECT_TRUE(has(beat.get(at("/write/tasks")), ">of Anna</textarea>"));
}

TEST_F(CasesTest, KeepNamesTextOnEveryPage) {
  Browser anna(*web);
  anna.sign_in();
  save(anna, "type", {{"type", "full_final"}});
  for (const char* path : {"", "/approval", "/issue", "/write/type", "/write/facts", "/write/tasks",
                           "/write/ratings", "/write/text", "/write/absences", "/write/checks"}) {
    const http::Response page = anna.get(at(path));
    EXPECT_EQ(page.status(), 200u) << path;
    EXPECT_FALSE(has(page, "<svg onload")) << path;
    // A text that is not there would stand as its key; the script's name is none.
    const std::string body(page.body());
    for (std::size_t key = body.find("cases."); key != std::string::npos;
         key = body.find("cases.", key + 1)) {
      EXPECT_EQ(body.substr(key, 8), "cases.js") << path;
    }
  }
  EXPECT_FALSE(has(anna.get("/leavers"), "<svg onload"));
  EXPECT_TRUE(has(anna.get("/leavers"), "&quot;&gt;&lt;svg onload=alert(1)&gt;"));
}

TEST_F(CasesTest, TakeOverWhatTheHrSystemSaysUnlessSomebodyTypedSomethingElse) {
  Browser anna(*web);
  anna.sign_in();
  save(anna, "facts", {{"given_name", "Canaria"}, {"reasons.given_name", ""}});
  EXPECT_EQ(version(), "0");
  save(anna, "facts", {{"given_name", "Kanaria"}, {"source.given_name", "own"}});
  EXPECT_EQ(version(), "1");
  const http::Response page = anna.get(at("/write/facts"));
  EXPECT_TRUE(has(page, "Give the reason"));
  save(anna, "facts", {{"given_name", "Kanaria"}, {"source.given_name", "told"}});
  EXPECT_EQ(version(), "2");
  EXPECT_FALSE(has(anna.get(at("/write/facts")), "Kanaria"));
}

TEST_F(CasesTest, DoOneOrderForManyAndTellWhatCouldNotBeDone) {
  Browser anna(*web);
  anna.sign_in();
  anna.get("/leavers");
  const http::Response begun =
      anna.post("/leavers/bulk", {{"act", "hold"}, {"case", id}, {"case", "nonsense"}});
  const std::string job = location(begun);
  ASSERT_TRUE(job.starts_with("/leavers/bulk/")) << job;
  for (int tries = 0; tries < 500 && !has(anna.get(job), "1 done"); ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  const http::Response page = anna.get(job);
  EXPECT_TRUE(has(page, "2 of 2"));
  EXPECT_TRUE(has(page, "nonsense"));
  Browser beat(*web);
  beat.sign_in("beat@firm.example");
  EXPECT_EQ(beat.get(job).status(), 404u);
}

TEST_F(CasesTest, DoNothingTwiceForAFormSentTwice) {
  Browser anna(*web);
  anna.sign_in();
  anna.get(at("/write/tasks"));
  const std::string once = anna.once;
  for (int n = 0; n < 2; ++n) {
    anna.once = once;
    EXPECT_EQ(anna.post(at("/write/tasks"), {{"version", "0"}, {"training", "a"}, {"go", "stay"}})
                  .status(),
              303u);
  }
  EXPECT_EQ(version(), "1");
}

}  // namespace
}  // namespace refledger::site
