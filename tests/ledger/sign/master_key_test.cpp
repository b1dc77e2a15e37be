// The master key seals and opens as the specification's example says, and refuses all else.
#include "ledger/sign/master_key.h"

#include <sys/stat.h>

#include <thread>

#include "ledger/core/encoding.h"
#include "ledger/core/file.h"
#include "ledger/core/hash.h"
#include "support/support.h"

namespace refledger::sign {
namespace {

using test::FixedRandom;
using test::TemporaryFolder;

// Hands out the bytes it was given.
class Scripted : public Random {
 public:
  explicit Scripted(Bytes bytes) : bytes_(std::move(bytes)) {}
  void fill(std::span<std::uint8_t> out) override {
    ASSERT_EQ(out.size(), bytes_.size());
    std::copy(bytes_.begin(), bytes_.end(), out.begin());
  }

 private:
  Bytes bytes_;
};

MasterKey key(std::uint8_t filled_with = 7) {
  return *MasterKey::from_bytes(Bytes(32, filled_with));
}

Bytes sequence(std::uint8_t first, std::size_t count) {
  Bytes bytes(count);
  for (std::uint8_t& byte : bytes) byte = first++;
  return bytes;
}

void write_mode(const std::filesystem::path& file, std::string_view text, unsigned mode) {
  ASSERT_TRUE(write_file(file, bytes_of(text), mode).has_value());
}

const std::string kHex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

// draft-irtf-cfrg-xchacha-03, A.3.1 has this message; its aad goes in as the purpose.
TEST(MasterKey, SealsTheExampleOfTheXChaChaDraft) {
  const std::string message =
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
      "future, sunscreen would be it.";
  const Bytes purpose = *from_hex("50515253c0c1c2c3c4c5c6c7", "aad");
  Scripted nonce(sequence(0x40, 24));
  const MasterKey master = *MasterKey::from_bytes(sequence(0x80, 32));
  const Bytes sealed = master.seal(bytes_of(message), text_of(purpose), nonce);
  EXPECT_EQ(to_hex(sealed),
            "01404142434445464748494a4b4c4d4e4f5051525354555657"
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a8"
            "2f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369"
            "488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52e"
            "c0875924c1c7987947deafd8780acf49");
  EXPECT_EQ(text_of(*master.open(sealed, text_of(purpose))), message);
}

TEST(MasterKey, OpensWhatItSealedAtEveryLengthUpToFiveBlocks) {
  FixedRandom random;
  for (std::size_t length = 0; length <= 330; ++length) {
    const Bytes plain = sequence(3, length);
    EXPECT_EQ(*key().open(key().seal(plain, "item", random), "item"), plain) << length;
  }
}

TEST(MasterKey, SealsTheSameBytesDifferentlyEachTime) {
  FixedRandom random;
  EXPECT_NE(key().seal(Bytes(4), "item", random), key().seal(Bytes(4), "item", random));
}

TEST(MasterKey, RefusesAnotherKeyAndAnotherPurpose) {
  FixedRandom random;
  const Bytes sealed = key().seal(bytes_of("secret"), "item", random);
  EXPECT_EQ(key(8).open(sealed, "item").error().fault, Fault::refused);
  EXPECT_EQ(key().open(sealed, "item2").error().fault, Fault::refused);
  EXPECT_EQ(key().open(sealed, "").error().fault, Fault::refused);
}

TEST(MasterKey, RefusesEveryFlippedBitAndEveryCutAndAnAddedByte) {
  FixedRandom random;
  const Bytes sealed = key().seal(bytes_of("secret"), "item", random);
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    Bytes altered = sealed;
    altered[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_EQ(key().open(altered, "item").error().fault, Fault::refused) << "bit " << bit;
  }
  for (std::size_t length = 0; length < sealed.size(); ++length) {
    EXPECT_EQ(key().open(ByteView(sealed).first(length), "item").error().fault, Fault::refused);
  }
  Bytes longer = sealed;
  longer.push_back(0);
  EXPECT_EQ(key().open(longer, "item").error().fault, Fault::refused);
}

// RFC 5869 in its two steps, by HMAC: extract with a salt of zeros, expand to one block.
TEST(MasterKey, DerivesByHkdf) {
  const Sha256 extracted = hmac_sha256(Bytes(32, 0), Bytes(32, 7));
  Bytes info = copy_of(bytes_of("index"));
  info.push_back(1);
  EXPECT_EQ(key().derive("index"), copy_of(hmac_sha256(extracted, info)));
}

TEST(MasterKey, DerivesAnotherKeyForEachPurposeAndEachMaster) {
  EXPECT_EQ(key().derive("index"), key().derive("index"));
  EXPECT_NE(key().derive("index"), key().derive("index2"));
  EXPECT_NE(key().derive("index"), key(8).derive("index"));
  EXPECT_EQ(key().derive("").size(), 32u);
}

TEST(MasterKey, IsMadeOf32BytesOnly) {
  for (const std::size_t length : {0u, 31u, 33u, 64u}) {
    EXPECT_EQ(MasterKey::from_bytes(Bytes(length)).error().fault, Fault::malformed);
  }
}

TEST(MasterKeyFile, HoldsTheKeyInHexAndIsItsOwnersAlone) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "master.key";
  Scripted random(sequence(0, 32));
  ASSERT_TRUE(MasterKey::create(file, random).has_value());
  EXPECT_EQ(text_of(*read_file(file, 1000)), kHex + "\n");
  struct stat about {};
  ASSERT_EQ(::stat(file.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 07777u, 0600u);
  EXPECT_EQ(about.st_nlink, 1u);  // and nothing else holds it
  FixedRandom sealing;
  const Bytes sealed = MasterKey::from_bytes(sequence(0, 32))->seal(Bytes(3), "p", sealing);
  EXPECT_EQ(*MasterKey::read(file)->open(sealed, "p"), Bytes(3));
}

TEST(MasterKeyFile, IsNeverReplaced) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "master.key";
  FixedRandom random;
  ASSERT_TRUE(MasterKey::create(file, random).has_value());
  const Bytes before = *read_file(file, 1000);
  EXPECT_EQ(MasterKey::create(file, random).error().fault, Fault::conflict);
  EXPECT_EQ(*read_file(file, 1000), before);
}

TEST(MasterKeyFile, OfTwoMakersOneWins) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "master.key";
  std::array<bool, 2> made{};
  {
    std::jthread one([&] {
      FixedRandom r(1);
      made[0] = MasterKey::create(file, r).has_value();
    });
    std::jthread two([&] {
      FixedRandom r(2);
      made[1] = MasterKey::create(file, r).has_value();
    });
  }
  EXPECT_FALSE(made[0] && made[1]);
  EXPECT_TRUE(MasterKey::read(file).has_value());
}

TEST(MasterKeyFile, IsRefusedWhereGroupOrOthersMayTouchIt) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "master.key";
  for (const unsigned mode : {0640u, 0604u, 0620u, 0602u, 0610u, 0601u, 0644u}) {
    write_mode(file, kHex + "\n", mode);
    const Result<MasterKey> read = MasterKey::read(file);
    ASSERT_FALSE(read.has_value()) << std::oct << mode;
    EXPECT_EQ(read.error().fault, Fault::refused);
    EXPECT_NE(read.error().detail.find("chmod 600"), std::string::npos);
  }
  write_mode(file, kHex + "\n", 0400);
  EXPECT_TRUE(MasterKey::read(file).has_value());
}

TEST(MasterKeyFile, HasExactlyTheFormThatIsWritten) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "master.key";
  std::string upper = kHex;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  for (const std::string& text :
       {std::string(), kHex, kHex + "\n\n", kHex + "\r\n", " " + kHex + "\n", kHex + " ",
        kHex.substr(2) + "\n", kHex + "20\n", upper + "\n", kHex.substr(0, 63) + "g\n",
        kHex.substr(0, 62) + ": \n", std::string(65, '\0')}) {
    write_mode(file, text, 0600);
    const Result<MasterKey> read = MasterKey::read(file);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().fault, Fault::malformed) << text;
    EXPECT_EQ(read.error().detail.find("0102"), std::string::npos) << "the error shows the key";
  }
}

TEST(MasterKeyFile, MissingOrNoFileIsSaidSo) {
  const TemporaryFolder folder;
  EXPECT_EQ(MasterKey::read(folder.path() / "none").error().fault, Fault::not_found);
  ASSERT_EQ(::chmod(folder.path().c_str(), 0700), 0);
  EXPECT_EQ(MasterKey::read(folder.path()).error().fault, Fault::malformed);
  FixedRandom random;
  EXPECT_EQ(MasterKey::create(folder.path() / "no" / "folder", random).error().fault,
            Fault::not_found);
}

}  // namespace
}  // namespace refledger::sign
