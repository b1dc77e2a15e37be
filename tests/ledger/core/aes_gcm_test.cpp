// AES-256-GCM: the published example, everything back as it was, and every change noticed.
#include "ledger/core/aes_gcm.h"

#include "ledger/core/encoding.h"
#include "support/support.h"

namespace refledger {
namespace {

// Fills nonces with a value that the example gives.
class GivenRandom : public Random {
 public:
  explicit GivenRandom(Bytes bytes) : bytes_(std::move(bytes)) {}
  void fill(std::span<std::uint8_t> out) override {
    ASSERT_EQ(out.size(), bytes_.size());
    std::copy(bytes_.begin(), bytes_.end(), out.begin());
  }

 private:
  Bytes bytes_;
};

Bytes hex(std::string_view text) { return *from_hex(text, "example"); }

// McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16.
TEST(AesGcm, SealsThePublishedExample) {
  const Bytes key = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  const Bytes nonce = hex("cafebabefacedbaddecaf888");
  const Bytes plain = hex(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6"
      "b525b16aedf5aa0de657ba637b39");
  const Bytes bound_to = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  GivenRandom random(nonce);
  const Bytes sealed = seal_aes_gcm(key, bound_to, plain, random);
  EXPECT_EQ(
      to_hex(sealed),
      to_hex(nonce) +
          "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b"
          "1056828838c5f61e6393ba7a0abcc9f662"
          "76fc6ece0f4e1768cddf8853bb2d551b");
  EXPECT_EQ(*open_aes_gcm(key, bound_to, sealed, "example"), plain);
}

TEST(AesGcm, NoticesEveryBitThatIsChangedAndEveryByteThatIsMissing) {
  test::FixedRandom random;
  const Bytes key(kAesGcmKey, 3);
  const Bytes sealed = seal_aes_gcm(key, bytes_of("place"), bytes_of("words"), random);
  ASSERT_TRUE(open_aes_gcm(key, bytes_of("place"), sealed, "x"));
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    Bytes changed = sealed;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    EXPECT_FALSE(open_aes_gcm(key, bytes_of("place"), changed, "x")) << bit;
  }
  for (std::size_t length = 0; length < sealed.size(); ++length) {
    EXPECT_FALSE(open_aes_gcm(key, bytes_of("place"), ByteView(sealed).first(length), "x"));
  }
}

TEST(AesGcm, OpensUnderTheSameKeyAndForTheSamePlaceAlone) {
  test::FixedRandom random;
  const Bytes sealed = seal_aes_gcm(Bytes(kAesGcmKey, 3), bytes_of("here"), {}, random);
  EXPECT_TRUE(open_aes_gcm(Bytes(kAesGcmKey, 3), bytes_of("here"), sealed, "x"));
  EXPECT_EQ(open_aes_gcm(Bytes(kAesGcmKey, 3), bytes_of("there"), sealed, "x").error().fault,
            Fault::refused);
  EXPECT_FALSE(open_aes_gcm(Bytes(kAesGcmKey, 4), bytes_of("here"), sealed, "x"));
}

}  // namespace
}  // namespace refledger
