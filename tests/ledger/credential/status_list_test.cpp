// Status lists: the draft's vectors, the worked example, and every bound.
#include "ledger/credential/status_list.h"

#include "support/example.h"

namespace refledger::credential {
namespace {

using test::example;
using test::ExampleSecrets;
using test::key_of;

Json draft() {
  return *parse_json(test::vector_file("status-list/token-status-list.json"), 1 << 16, "vectors");
}

unsigned status_at(ByteView bits, std::uint64_t index, unsigned width) {
  const unsigned per_byte = 8 / width;
  return (bits[index / per_byte] >> (index % per_byte * width)) & ((1u << width) - 1);
}

// draft-ietf-oauth-status-list, "Test vectors": every list of every width.
TEST(StatusList, UnpacksTheDraftsVectors) {
  for (const Json& vector : draft()["small"]) {
    EXPECT_EQ(to_hex(*decompress_status(vector["lst"].get<std::string>())), vector["bytes"]);
  }
  for (const Json& vector : draft()["long"]) {
    const auto width = vector["bits"].get<unsigned>();
    const auto size = vector["size"].get<std::uint64_t>();
    const Result<Bytes> bits = decompress_status(vector["lst"].get<std::string>());
    ASSERT_TRUE(bits) << width;
    ASSERT_EQ(bits->size(), size * width / 8);
    std::uint64_t set = 0;
    for (std::uint64_t index = 0; index < size; ++index) {
      set += status_at(*bits, index, width) != 0 ? 1 : 0;
    }
    EXPECT_EQ(set, vector["non_zero"].size());
    for (const auto& each : vector["non_zero"].items()) {
      EXPECT_EQ(status_at(*bits, std::stoull(each.key()), width), each.value().get<unsigned>());
    }
  }
}

// The draft's two-bit list is 01 10 00 11 ..., least significant bits first.
TEST(StatusList, PacksTwoBitsAnIndexLeastSignificantFirst) {
  EXPECT_EQ(to_hex(pack_status_bits({}, 8)), "0000");
  EXPECT_EQ(to_hex(pack_status_bits({0}, 8)), "0100");
  EXPECT_EQ(to_hex(pack_status_bits({1, 3, 4}, 8)), "4401");
  EXPECT_EQ(to_hex(pack_status_bits({0, 1, 2, 3, 4, 5, 6, 7}, 8)), "5555");
  for (std::uint64_t index = 0; index < 64; ++index) {
    const Bytes bits = pack_status_bits({index}, 64);
    for (std::uint64_t other = 0; other < 64; ++other) {
      ASSERT_EQ(status_at(bits, other, 2), other == index ? 1u : 0u);
    }
  }
}

TEST(StatusList, ComesBackFromItsText) {
  for (const std::size_t length : {1, 100, 32768, 1 << 20}) {
    Bytes bits(length);
    test::FixedRandom().fill(std::span(bits).first(std::min<std::size_t>(length, 500)));
    EXPECT_EQ(*decompress_status(compress_status(bits)), bits);
  }
  EXPECT_FALSE(decompress_status(compress_status(Bytes((1 << 20) + 1))));
}

TEST(StatusList, RefusesWhatIsNotOneWholeZlibStream) {
  const std::string good = compress_status(Bytes(100));
  const Bytes packed = *from_base64url(good, "lst");
  for (std::size_t length = 0; length < packed.size(); ++length) {
    EXPECT_FALSE(decompress_status(to_base64url(ByteView(packed).first(length)))) << length;
  }
  Bytes more = packed;
  more.push_back(0);
  EXPECT_FALSE(decompress_status(to_base64url(more)));
  Bytes checksum = packed;
  checksum.back() ^= 1;
  EXPECT_FALSE(decompress_status(to_base64url(checksum)));
  EXPECT_FALSE(decompress_status(good + "="));
  EXPECT_FALSE(decompress_status("!"));
}

StatusList some_list() {
  StatusList list;
  list.uri = "https://refs.example.com/status/0";
  list.iss = test::kIss;
  list.origin = test::kOrigin;
  list.size = {12};
  list.root = hash_empty();
  list.issued_at = *parse_time("2026-11-02T08:00:00.000Z", "time");
  list.withdrawn = {0, 99, kStatusListLength - 1};
  return list;
}

TEST(StatusToken, TheExampleIsReadAsItWasMeant) {
  const Result<ParsedStatusToken> token = parse_status_token(example("status.jwt"));
  ASSERT_TRUE(token) << token.error().detail;
  const ExampleSecrets secrets;
  EXPECT_EQ(token->kid, thumbprint(secrets.key("status")->public_key()));
  EXPECT_EQ(token->list.withdrawn, std::set<std::uint64_t>{99});
  EXPECT_EQ(token->list.uri, "https://refs.example.com/status/0");
  EXPECT_EQ(token->list.iss, test::kIss);
  EXPECT_EQ(token->list.origin, test::kOrigin);
  EXPECT_EQ(token->list.size, TreeSize{7});
  EXPECT_EQ(token->list.root, secrets.fixed<TreeHash>("root"));
  EXPECT_EQ(format_time(token->list.issued_at), "2026-10-31T00:00:00.000Z");
  EXPECT_EQ(token->list.lifetime, std::chrono::hours(24));
}

TEST(StatusToken, TheExampleIsMadeAgain) {
  const ExampleSecrets secrets;
  const StatusList list = parse_status_token(example("status.jwt"))->list;
  EXPECT_EQ(make_status_token(list, *secrets.key("status")), example("status.jwt"));
}

TEST(StatusToken, ComesBackAsItWasMade) {
  const StatusList list = some_list();
  const Result<ParsedStatusToken> token = parse_status_token(make_status_token(list, *key_of(1)));
  ASSERT_TRUE(token);
  EXPECT_EQ(token->list.withdrawn, list.withdrawn);
  EXPECT_EQ(token->list.root, list.root);
  EXPECT_EQ(token->list.size, list.size);
  EXPECT_EQ(token->list.issued_at, list.issued_at);
  EXPECT_EQ(token->signature, key_of(1)->sign(bytes_of(token->signing_input)));
}

Json good_payload() {
  return *parse_json(
      split_jws(make_status_token(some_list(), *key_of(1)), "statuslist+jwt")->payload, 1 << 16,
      "payload");
}
bool is_refused(const Json& payload) {
  return !parse_status_token(sign_jws("statuslist+jwt", *to_canonical_json(payload), *key_of(1)));
}

TEST(StatusToken, HasJustItsMembersOfJustTheirTypes) {
  const Json whole = good_payload();
  ASSERT_FALSE(is_refused(whole));
  for (const auto& member : whole.items()) {
    Json changed = whole;
    changed.erase(member.key());
    EXPECT_TRUE(is_refused(changed)) << member.key();
    for (const Json& value : {Json(nullptr), Json(-1), Json(true), Json::array(), Json::object()}) {
      changed[member.key()] = value;
      EXPECT_TRUE(is_refused(changed)) << member.key() << " " << value;
    }
  }
  for (const char* group : {"refledger", "status_list"}) {
    for (const auto& member : whole[group].items()) {
      Json changed = whole;
      changed[group].erase(member.key());
      EXPECT_TRUE(is_refused(changed)) << member.key();
      for (const Json& value : {Json(nullptr), Json(-1), Json(true), Json::array()}) {
        changed[group][member.key()] = value;
        EXPECT_TRUE(is_refused(changed)) << member.key() << " " << value;
      }
    }
    Json more = whole;
    more[group]["x"] = 1;
    EXPECT_TRUE(is_refused(more));
  }
  Json more = whole;
  more["x"] = 1;
  EXPECT_TRUE(is_refused(more));
}

TEST(StatusToken, ItsTimesAreInOrderAndBounded) {
  Json payload = good_payload();
  const auto issued = payload["iat"].get<std::int64_t>();
  for (const std::int64_t expires :
       {std::int64_t{0}, issued - 1, issued, std::int64_t{253402300800}}) {
    payload["exp"] = expires;
    EXPECT_TRUE(is_refused(payload)) << expires;
  }
  payload["exp"] = issued + 1;
  EXPECT_FALSE(is_refused(payload));
  payload["ttl"] = 60;
  EXPECT_TRUE(is_refused(payload));
}

TEST(StatusToken, ItsListHasOneLengthAndTwoStatuses) {
  Json payload = good_payload();
  const auto with = [&](const Bytes& bits) {
    payload["status_list"]["lst"] = compress_status(bits);
    return is_refused(payload);
  };
  EXPECT_FALSE(with(Bytes(32768)));
  EXPECT_TRUE(with(Bytes(32767)));
  EXPECT_TRUE(with(Bytes(32769)));
  Bytes bits(32768);
  for (const unsigned status : {2u, 3u}) {
    for (unsigned shift = 0; shift < 8; shift += 2) {
      bits[777] = static_cast<std::uint8_t>(status << shift);
      EXPECT_TRUE(with(bits)) << status << " " << shift;
    }
  }
  payload = good_payload();
  payload["status_list"]["bits"] = 1;
  EXPECT_TRUE(is_refused(payload));
}

TEST(StatusToken, EveryTruncationAndAnotherTypeIsRefused) {
  const std::string token = example("status.jwt");
  for (std::size_t length = 0; length < token.size(); ++length) {
    ASSERT_FALSE(parse_status_token(token.substr(0, length))) << length;
  }
  EXPECT_FALSE(parse_status_token(sign_jws("JWT", *to_canonical_json(good_payload()), *key_of(1))));
  EXPECT_FALSE(parse_status_token(std::string((1 << 18) + 1, 'a')));
}

}  // namespace
}  // namespace refledger::credential
