// Entries: the worked examples of docs/format/entry.md, then everything that is not quite one.
#include "ledger/format/entry.h"

#include "support/example.h"

namespace refledger::format {
namespace {

using test::example;
using test::ExampleSecrets;
using test::key_of;
using test::kIss;
using test::kOrigin;

std::string example_entry(int number) {
  return example("entry-" + std::to_string(number) + ".jws");
}

TEST(Entry, TheExamplesAreReadAsTheyWereMeant) {
  const ExampleSecrets secrets;
  const Result<Entry> first = parse_entry(example_entry(0));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->log, kOrigin);
  EXPECT_EQ(first->kid, thumbprint(secrets.key("issuer")->public_key()));
  const auto& added = std::get<KeyAdded>(first->act);
  EXPECT_EQ(added.iss, kIss);
  EXPECT_EQ(added.name, "Muster AG");
  EXPECT_EQ(added.recovery, secrets.key("recovery")->public_key());
  EXPECT_FALSE(added.prev);
  const auto status = std::get<KeyAdded>(parse_entry(example_entry(1))->act);
  EXPECT_EQ(status.use, KeyUse::status);
  EXPECT_EQ(status.prev, hash_entry(example_entry(0)));
  const auto issued = std::get<Issued>(parse_entry(example_entry(2))->act);
  EXPECT_EQ(issued.ref, hash_reference(secrets.fixed<ReferenceId>("id")));
  EXPECT_EQ(issued.doc, sha256_as<DocumentHash>(bytes_of(example("document.pdf.txt"))));
  EXPECT_FALSE(std::get<Issued>(parse_entry(example_entry(3))->act).doc);
  EXPECT_EQ(std::get<Withdrawn>(parse_entry(example_entry(4))->act).idx, 99u);
  EXPECT_EQ(std::get<KeyRetired>(parse_entry(example_entry(6))->act).kid, first->kid);
}

TEST(Entry, TheExamplesAreWrittenAgainByteForByte) {
  const ExampleSecrets secrets;
  const auto issuer = secrets.key("issuer");
  for (const int number : {2, 3, 4}) {
    const Result<Entry> entry = parse_entry(example_entry(number));
    EXPECT_EQ(sign_entry(entry->act, entry->log, *issuer), example_entry(number));
  }
  const auto added = [&](int number, const char* key) {
    return sign_key_added(std::get<KeyAdded>(parse_entry(example_entry(number))->act), kOrigin,
                          *secrets.key(key), *issuer);
  };
  EXPECT_EQ(added(0, "issuer"), example_entry(0));
  EXPECT_EQ(added(1, "status"), example_entry(1));
  EXPECT_EQ(added(5, "second"), example_entry(5));
  EXPECT_EQ(sign_entry(parse_entry(example_entry(6))->act, kOrigin, *secrets.key("second")),
            example_entry(6));
}

TEST(Entry, ThePossessionProofIsOverThePayloadWithoutIt) {
  const auto act = std::get<KeyAdded>(parse_entry(example_entry(1))->act);
  const Bytes message = pop_message(act, kOrigin);
  EXPECT_TRUE(text_of(message).starts_with(std::string("refledger-pop-v1\0{\"act\":", 24)));
  EXPECT_EQ(text_of(message).find("\"pop\""), std::string_view::npos);
  EXPECT_EQ(ExampleSecrets().key("status")->sign(message), act.pop);
}

// ---- refusals -----------------------------------------------------------------------------------

std::string with_payload(const std::string& payload) {
  return sign_jws(kEntryType, payload, *key_of(1));
}

Json payload_of(int number) {
  return *parse_json(split_jws(example_entry(number), kEntryType)->payload, 8192, "payload");
}

bool is_refused(const Json& payload) {
  const Result<Entry> entry = parse_entry(with_payload(*to_canonical_json(payload)));
  return !entry && entry.error().fault == Fault::malformed;
}

class EveryAct : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Example, EveryAct, testing::Values(0, 1, 2, 3, 4, 5, 6));

TEST_P(EveryAct, NeedsEachOfItsMembers) {
  const Json whole = payload_of(GetParam());
  ASSERT_FALSE(is_refused(whole));
  for (const auto& member : whole.items()) {
    Json without = whole;
    without.erase(member.key());
    // `doc` alone may be left out: where a document is signed by hand.
    EXPECT_EQ(is_refused(without), member.key() != "doc") << member.key();
  }
}

TEST_P(EveryAct, HasNoMemberOfAnotherAct) {
  const Json whole = payload_of(GetParam());
  for (const char* name : {"act", "bad_from", "cred", "doc", "idx", "iss", "key", "kid", "list",
                           "log", "name", "pop", "prev", "recovery", "ref", "use", "v", "x", ""}) {
    if (whole.contains(name) || (GetParam() == 3 && std::string(name) == "doc")) continue;
    for (const Json& value : {Json(nullptr), Json(1), Json("x")}) {
      Json more = whole;
      more[name] = value;
      EXPECT_TRUE(is_refused(more)) << name << " " << value;
    }
  }
}

TEST_P(EveryAct, HasMembersOfTheirOwnTypeOnly) {
  const Json whole = payload_of(GetParam());
  for (const auto& member : whole.items()) {
    for (const Json& value :
         {Json(nullptr), Json(true), Json(-1), Json(2), Json(""), Json("x"), Json("A\nB"),
          Json(std::string(43, 'A') + "="), Json(to_base64url(Bytes(31))),
          Json(to_base64url(Bytes(33))), Json::array(), Json::object(), Json::array({"x"})}) {
      Json changed = whole;
      changed[member.key()] = value;
      const std::string& name = member.key();
      const bool is_null_allowed =
          value.is_null() && (name == "recovery" || name == "bad_from" ||
                              (name == "prev" && whole["act"] == "key-added"));
      const bool is_number_allowed =
          value == 2 && (name == "idx" || name == "list" || name == "bad_from");
      const bool is_text_allowed =
          name == "name" && value.is_string() && value != "" && value != "A\nB";
      const bool is_log_allowed =
          name == "log" && value.is_string() && value != "" && value != "A\nB";
      EXPECT_EQ(is_refused(changed),
                !(is_null_allowed || is_number_allowed || is_text_allowed || is_log_allowed))
          << name << " " << value;
    }
  }
}

TEST_P(EveryAct, IsRefusedAtEveryTruncation) {
  const std::string whole = example_entry(GetParam());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    ASSERT_FALSE(parse_entry(whole.substr(0, length))) << length;
  }
}

// A changed byte either breaks the form, or the entry that is read is another one: there is no
// second text for the same entry.
TEST_P(EveryAct, HasOneTextOnly) {
  const std::string whole = example_entry(GetParam());
  const Result<Entry> meant = parse_entry(whole);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      const Result<Entry> read = parse_entry(test::flipped(whole, at, bit));
      if (!read) continue;
      ASSERT_FALSE(read->signing_input == meant->signing_input &&
                   read->signature == meant->signature)
          << at;
    }
  }
}

TEST(Entry, RefusesPayloadsThatAreNotCanonical) {
  const std::string good = *to_canonical_json(payload_of(4));
  ASSERT_TRUE(parse_entry(with_payload(good)));
  EXPECT_FALSE(parse_entry(with_payload(" " + good)));
  EXPECT_FALSE(parse_entry(with_payload(good + "\n")));
  EXPECT_FALSE(parse_entry(with_payload("{\"v\":1," + good.substr(1))));
  std::string escaped = good;
  escaped.replace(escaped.find("withdrawn"), 1, "\\u0077");
  EXPECT_FALSE(parse_entry(with_payload(escaped)));
  EXPECT_FALSE(parse_entry(with_payload("null")));
  EXPECT_FALSE(parse_entry(with_payload("")));
}

TEST(Entry, RefusesAnotherTypeOrAKidThatIsNoThumbprint) {
  const std::string payload = *to_canonical_json(payload_of(4));
  EXPECT_FALSE(parse_entry(sign_jws("refledger-entry", payload, *key_of(1))));
  for (const char* kid : {"", "k", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB"}) {
    const std::string header =
        R"({"alg":"EdDSA","kid":")" + std::string(kid) + R"(","typ":"refledger-entry+jws"})";
    EXPECT_FALSE(parse_entry(test::raw_jws(header, payload, *key_of(1)))) << kid;
  }
}

TEST(Entry, IsAtMostEightKibibytes) {
  Json payload = payload_of(0);
  payload["name"] = std::string(256, 'n');
  EXPECT_FALSE(is_refused(payload));
  payload["name"] = std::string(257, 'n');
  EXPECT_TRUE(is_refused(payload));
  payload["name"] = std::string(7000, 'n');
  const Result<Entry> entry = parse_entry(with_payload(*to_canonical_json(payload)));
  EXPECT_EQ(entry.error().detail, "entry: longer than 8 KiB");
}

// One issuer, one text: what a reader takes for the host is the host.
TEST(Entry, TakesAnIssuersUrlInItsOneFormOnly) {
  const auto is_taken = [](const std::string& iss) {
    Json payload = payload_of(0);
    payload["iss"] = iss;
    KeyAdded act;
    act.iss = iss;
    act.name = "Muster AG";
    EXPECT_EQ(check_act(act, kOrigin).has_value(), !is_refused(payload)) << iss;
    return !is_refused(payload);
  };
  const std::string host = "https://ubs.com";
  for (const std::string& iss :
       {host, host + ":8443", host + "/people", host + ":8443/people/ch-1_~.x",
        std::string("https://192.0.2.1"), std::string("http://localhost:8080"),
        std::string("http://127.0.0.1"), host + "/" + std::string(512 - host.size() - 1, 'a')}) {
    EXPECT_TRUE(is_taken(iss)) << iss;
  }
  for (const std::string& iss : {host + "@evil.example",
                                 host + ":443@evil.example",
                                 host + "/@evil",
                                 host + "/",
                                 host + "/a/",
                                 host + "//a",
                                 host + "/./a",
                                 host + "/../a",
                                 host + "/a/..",
                                 host + "?a",
                                 host + "/a?b",
                                 host + "#a",
                                 host + "/a#b",
                                 host + "/%61",
                                 host + "/a b",
                                 host + "\\a",
                                 host + ":443",
                                 host + ":",
                                 host + ":0",
                                 host + ":08443",
                                 host + ":65536",
                                 host + ".",
                                 std::string("https://UBS.com"),
                                 std::string("HTTPS://ubs.com"),
                                 std::string("https://"),
                                 std::string("https:///a"),
                                 std::string("https://.com"),
                                 std::string("https://-a.com"),
                                 std::string("https://[::1]"),
                                 std::string("http://ubs.com"),
                                 std::string("http://localhost:80"),
                                 std::string("http://localhost.evil.example"),
                                 host + "/" + std::string(512 - host.size(), 'a')}) {
    EXPECT_FALSE(is_taken(iss)) << iss;
  }
}

TEST(Entry, ChecksSettingsBeforeTheyAreSigned) {
  KeyAdded act;
  act.iss = kIss;
  act.name = "Müller & Söhne AG";
  EXPECT_TRUE(check_act(act, kOrigin));
  for (const char* origin : {"", "a b", "a+b", "a\nb", "\xff"}) {
    EXPECT_EQ(check_act(act, origin).error().detail, "entry: log") << origin;
  }
  for (const char* iss :
       {"", "muster.example", "ftp://muster.example", "https://müster.example", "https://a b"}) {
    act.iss = iss;
    EXPECT_EQ(check_act(act, kOrigin).error().detail, "entry: iss") << iss;
    EXPECT_FALSE(check_act(KeyRetired{std::nullopt, iss, std::string(43, 'A'), {}}, kOrigin));
  }
  act.iss = kIss;
  for (const char* name :
       {"", "a\tb", "\xc3", "GA \u202eretsuM", "Muster\u2028AG", "\u2066Muster AG"}) {
    act.name = name;
    EXPECT_EQ(check_act(act, kOrigin).error().detail, "entry: name");
  }
  EXPECT_FALSE(check_act(Withdrawn{std::uint64_t{1} << 53, 0, {}}, kOrigin));
  EXPECT_FALSE(check_act(Withdrawn{0, std::uint64_t{1} << 53, {}}, kOrigin));
  EXPECT_FALSE(
      check_act(KeyRetired{std::uint64_t{1} << 53, kIss, std::string(43, 'A'), {}}, kOrigin));
  EXPECT_FALSE(check_act(KeyRetired{std::nullopt, kIss, "kid", {}}, kOrigin));
}

}  // namespace
}  // namespace refledger::format
