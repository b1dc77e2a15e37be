// Hashes against published constants.
#include "ledger/core/hash.h"

#include "ledger/core/encoding.h"
#include "support/support.h"

namespace refledger {
namespace {

TEST(Hash, Sha256OfTheStandardsExamples) {
  EXPECT_EQ(to_hex(sha256(bytes_of("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256(bytes_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Hash, PartsCountAsOneText) {
  EXPECT_EQ(sha256({bytes_of("a"), bytes_of(""), bytes_of("bc")}), sha256(bytes_of("abc")));
}

// RFC 9162 §2.1.1; the constants are those of every RFC 6962 implementation.
TEST(Hash, TreeHashesHaveTheirPrefixes) {
  EXPECT_EQ(to_hex(hash_empty().view()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(hash_leaf({}).view()),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  const Bytes zero{0x00};
  EXPECT_EQ(to_hex(hash_children(hash_leaf({}), hash_leaf(zero)).view()),
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
}

// RFC 4231 §4.2 and §4.7 (a key longer than a block).
TEST(Hash, HmacOfTheRfcsExamples) {
  EXPECT_EQ(to_hex(hmac_sha256(Bytes(20, 0x0b), bytes_of("Hi There"))),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(to_hex(hmac_sha256(Bytes(131, 0xaa),
                               bytes_of("Test Using Larger Than Block-Size Key - Hash Key First"))),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hash, AReferenceIsHashedUnderItsOwnName) {
  const ReferenceId id{};
  EXPECT_EQ(hash_reference(id).bytes, sha256({bytes_of("refledger-ref-v1"), Bytes(17)}));
}

TEST(Hash, SecretsAreEqualOnlyByteForByte) {
  EXPECT_TRUE(equal_secrets({}, {}));
  EXPECT_TRUE(equal_secrets(bytes_of("abc"), bytes_of("abc")));
  EXPECT_FALSE(equal_secrets(bytes_of("abc"), bytes_of("abd")));
  EXPECT_FALSE(equal_secrets(bytes_of("abc"), bytes_of("ab")));
}

}  // namespace
}  // namespace refledger
