// Secrets come out of files whole, and passphrases without their line end.
#include "ledger/sign/secret_file.h"

#include "ledger/core/file.h"
#include "support/support.h"

namespace refledger::sign {
namespace {

class SecretFile : public testing::Test {
 protected:
  std::filesystem::path with(std::string_view content) const {
    const std::filesystem::path file = folder_.path() / "secret";
    EXPECT_TRUE(write_file(file, bytes_of(content)));
    return file;
  }
  test::TemporaryFolder folder_;
};

TEST_F(SecretFile, IsReadWhole) {
  const std::string content("line\n\0end", 9);
  EXPECT_EQ(std::string_view(*read_secret(with(content), 9)), content);
  EXPECT_EQ(std::string_view(*read_secret(with(""), 9)), "");
}

TEST_F(SecretFile, IsRefusedIfItIsTooLong) {
  EXPECT_EQ(read_secret(with("0123456789"), 9).error().fault, Fault::out_of_range);
}

TEST_F(SecretFile, IsNotFoundWhereThereIsNone) {
  EXPECT_EQ(read_secret(folder_.path() / "none", 9).error().fault, Fault::not_found);
}

TEST_F(SecretFile, GivesItsFirstLineAsPassphrase) {
  for (const char* content : {"word", "word\n", "word\r\n", "word\nanother\n"}) {
    EXPECT_EQ(std::string_view(*read_passphrase(with(content))), "word");
  }
  EXPECT_EQ(std::string_view(*read_passphrase(with(" word \n"))), " word ");
}

}  // namespace
}  // namespace refledger::sign
