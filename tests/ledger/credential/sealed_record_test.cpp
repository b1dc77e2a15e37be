// Sealed records: another program's record opens, and nothing else does.
#include "ledger/credential/sealed_record.h"

#include "support/example.h"

namespace refledger::credential {
namespace {

using test::example;
using test::ExampleSecrets;
using test::FixedRandom;

RecordKeys example_keys() {
  const ExampleSecrets secrets;
  return {secrets.fixed<ReferenceId>("id"), secrets.fixed<LinkSecret>("secret"),
          secrets.fixed<Share>("share")};
}
Credential example_credential() { return *parse_sd_jwt(example("reference.sd-jwt")); }

TEST(SealedRecord, TheExampleOpens) {
  const Result<Credential> opened = open_record(bytes_of(example("record.bin")), example_keys());
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(format_sd_jwt(*opened), example("reference.sd-jwt"));
}

TEST(SealedRecord, TheExampleIsSealedAgainByteForByte) {
  test::ScriptedRandom nonce(ExampleSecrets().bytes("nonce"));
  const Result<Bytes> sealed = seal_record(example_credential(), example_keys(), nonce);
  ASSERT_TRUE(sealed);
  EXPECT_EQ(text_of(*sealed), example("record.bin"));
}

TEST(SealedRecord, EveryChangedByteIsRefused) {
  Bytes sealed = copy_of(bytes_of(example("record.bin")));
  const RecordKeys keys = example_keys();
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    sealed[at] ^= 0x10;
    const Result<Credential> opened = open_record(sealed, keys);
    ASSERT_FALSE(opened) << at;
    ASSERT_EQ(opened.error().fault, at == 0 ? Fault::malformed : Fault::refused) << at;
    sealed[at] ^= 0x10;
  }
}

TEST(SealedRecord, OpensWithAllThreeKeysOnly) {
  const std::string sealed = example("record.bin");
  for (std::size_t at = 0; at < 16; ++at) {
    RecordKeys keys = example_keys();
    keys.id.bytes[at] ^= 1;
    EXPECT_EQ(open_record(bytes_of(sealed), keys).error().fault, Fault::refused);
    keys = example_keys();
    keys.secret.bytes[at] ^= 1;
    EXPECT_EQ(open_record(bytes_of(sealed), keys).error().fault, Fault::refused);
  }
  for (std::size_t at = 0; at < 32; ++at) {
    RecordKeys keys = example_keys();
    keys.share.bytes[at] ^= 1;
    EXPECT_EQ(open_record(bytes_of(sealed), keys).error().fault, Fault::refused);
  }
}

TEST(SealedRecord, EveryTruncationIsRefused) {
  const std::string sealed = example("record.bin");
  for (std::size_t length = 0; length < sealed.size(); ++length) {
    ASSERT_FALSE(open_record(bytes_of(sealed).first(length), example_keys())) << length;
  }
  EXPECT_FALSE(open_record(bytes_of(sealed + '\0'), example_keys()));
  EXPECT_FALSE(open_record(Bytes((1 << 17) + 1, 1), example_keys()));
}

// Its length tells only in steps of 4 KiB what is in it.
TEST(SealedRecord, ItsLengthGoesInSteps) {
  FixedRandom random;
  Credential credential{"a", {}};
  const std::size_t overhead = std::string(R"({"credential":"","disclosures":[]})").size();
  for (const auto& [length, blocks] : std::vector<std::pair<std::size_t, std::size_t>>{
           {1, 1}, {4096 - overhead, 1}, {4097 - overhead, 2}, {8192 - overhead, 2}}) {
    credential.jwt = std::string(length, 'a');
    const Result<Bytes> sealed = seal_record(credential, example_keys(), random);
    ASSERT_TRUE(sealed);
    EXPECT_EQ(sealed->size(), blocks * 4096 + 29) << length;
    EXPECT_EQ(open_record(*sealed, example_keys())->jwt, credential.jwt);
  }
  credential.jwt = std::string(1 << 17, 'a');
  EXPECT_FALSE(seal_record(credential, example_keys(), random));
}

}  // namespace
}  // namespace refledger::credential
