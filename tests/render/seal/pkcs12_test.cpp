// A key comes out of a PKCS#12 file with its passphrase, and out of nothing less.
#include "keys.h"
#include "ledger/core/file.h"
#include "support/shell.h"

namespace refledger::seal {
namespace {

class Pkcs12 : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

  void write(const std::string& name, std::string_view content) const {
    ASSERT_TRUE(write_file(path(name), bytes_of(content)));
  }

  // What `openssl pkcs12 -export` makes of this key and these certificates.
  Bytes exported(std::string_view key, std::string_view certificates, const std::string& how = "") {
    write("key.pem", key);
    write("certificates.pem", certificates);
    const test::Outcome made =
        test::run("openssl pkcs12 -export " + how + " -inkey " + path("key.pem") + " -in " +
                  path("certificates.pem") + " -passout pass:word -out " + path("key.p12"));
    EXPECT_EQ(made.status, 0) << made.output;
    return *read_file(path("key.p12"), 1 << 20);
  }
  Bytes good(const std::string& how = "") {
    return exported(demonstration().key_pem, demonstration().chain_pem, how);
  }

  test::TemporaryFolder folder_;
};

std::string refusal(ByteView file, std::string_view passphrase = "word") {
  return refusal_of(DocumentKey::from_pkcs12(file, passphrase));
}

TEST_F(Pkcs12, GivesKeyAndChain) {
  const Result<DocumentKey> key = DocumentKey::from_pkcs12(good(), "word");
  ASSERT_TRUE(key) << key.error().detail;
  EXPECT_EQ(key->chain().pem(), demonstration().chain_pem);
  EXPECT_EQ(std::string_view(key->pem()), std::string_view(demonstration().key_pem));
}

TEST_F(Pkcs12, SignsAsItsPemDoes) {
  const DocumentKey key = *DocumentKey::from_pkcs12(good(), "word");
  const Bytes file = *sign_pdf(prepared(4096), before.size(), gap_end(4096), key);
  EXPECT_TRUE(
      openssl_accepts(parsed(cms_of(file, 4096)).get(), std::string(before) + std::string(after)));
}

TEST_F(Pkcs12, TakesCertificatesInAnyOrderAndLeavesOthersOut) {
  const std::string& chain = demonstration().chain_pem;
  const std::string root = demonstration().root_pem;
  const std::string signer = chain.substr(0, chain.rfind("-----BEGIN"));
  const std::string other = make_demonstration_ca("Somebody Else", now())->root_pem;
  const Result<DocumentKey> key =
      DocumentKey::from_pkcs12(exported(demonstration().key_pem, other + root + signer), "word");
  ASSERT_TRUE(key) << key.error().detail;
  EXPECT_EQ(key->chain().pem(), chain);
}

TEST_F(Pkcs12, TakesAPlainKeyInsideToo) {
  EXPECT_EQ(refusal(good("-keypbe NONE -certpbe NONE")), "accepted");
}

TEST_F(Pkcs12, RefusesTheWrongPassphrase) {
  for (const char* wrong : {"", "Word", "word ", "wor"}) {
    EXPECT_EQ(refusal(good(), wrong), "malformed: PKCS#12: wrong passphrase, or a damaged file")
        << wrong;
  }
  EXPECT_EQ(refusal(good(), std::string_view("word\0", 5)),
            "malformed: PKCS#12: not a usable passphrase");
  EXPECT_EQ(refusal(good(), std::string(2000, 'w')), "malformed: PKCS#12: not a usable passphrase");
}

TEST_F(Pkcs12, RefusesAFileWithOneByteChanged) {
  const Bytes file = good();
  for (std::size_t at = 0; at < file.size(); at += 37) {
    Bytes changed = file;
    changed[at] ^= 0x01;
    EXPECT_NE(refusal(changed), "accepted") << at;
  }
}

TEST_F(Pkcs12, RefusesAFileWithoutIntegrityCheck) {
  EXPECT_EQ(refusal(good("-nomac")), "malformed: PKCS#12: carries no integrity check");
}

TEST_F(Pkcs12, RefusesOutdatedEncryption) {
  EXPECT_EQ(refusal(good("-legacy")),
            "malformed: PKCS#12: encrypted in an outdated way; export it anew with AES-256");
  EXPECT_EQ(refusal(good("-keypbe PBE-SHA1-3DES")),
            "malformed: PKCS#12: encrypted in an outdated way; export it anew with AES-256");
}

// OpenSSL would derive keys for as long as the file says.
TEST_F(Pkcs12, RefusesToDeriveKeysForEver) {
  EXPECT_EQ(refusal(good("-iter 1000001 -nomaciter -certpbe NONE")),
            "malformed: PKCS#12: asks for too many rounds of key derivation");
}

TEST_F(Pkcs12, RefusesOtherKindsOfKeys) {
  ASSERT_EQ(test::run("openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=x -keyout " +
                      path("rsa.key") + " -out " + path("rsa.pem"))
                .status,
            0);
  const auto file = [&](const char* name) {
    return std::string(text_of(*read_file(path(name), 1 << 20)));
  };
  EXPECT_EQ(refusal(exported(file("rsa.key"), file("rsa.pem"))),
            "malformed: document key: neither ECDSA on P-256 nor RSA of 3072 to 4096 bits");
}

TEST_F(Pkcs12, RefusesAFileWithoutAKey) {
  write("certificates.pem", demonstration().chain_pem);
  ASSERT_EQ(test::run("openssl pkcs12 -export -nokeys -in " + path("certificates.pem") +
                      " -passout pass:word -out " + path("key.p12"))
                .status,
            0);
  EXPECT_EQ(refusal(*read_file(path("key.p12"), 1 << 20)),
            "malformed: PKCS#12: holds no private key");
}

TEST_F(Pkcs12, RefusesAChainWithoutItsRoot) {
  // Three certificates, of which the last is missing.
  write("root.ext", "basicConstraints=critical,CA:TRUE\n");
  write("leaf.ext", "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,nonRepudiation\n");
  const auto openssl = [&](const std::string& words) {
    const test::Outcome made = test::run("openssl " + words);
    ASSERT_EQ(made.status, 0) << made.output;
  };
  for (const char* name : {"top", "middle", "leaf"}) {
    openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" +
            std::string(name) + " -keyout " + path(name + std::string(".key")) + " -out " +
            path(name + std::string(".csr")));
  }
  openssl("x509 -req -in " + path("top.csr") + " -signkey " + path("top.key") + " -extfile " +
          path("root.ext") + " -out " + path("top.pem"));
  openssl("x509 -req -in " + path("middle.csr") + " -CA " + path("top.pem") + " -CAkey " +
          path("top.key") + " -extfile " + path("root.ext") + " -out " + path("middle.pem"));
  openssl("x509 -req -in " + path("leaf.csr") + " -CA " + path("middle.pem") + " -CAkey " +
          path("middle.key") + " -extfile " + path("leaf.ext") + " -out " + path("leaf.pem"));
  const auto file = [&](const char* name) {
    return std::string(text_of(*read_file(path(name), 1 << 20)));
  };
  EXPECT_EQ(refusal(exported(file("leaf.key"), file("leaf.pem") + file("middle.pem"))),
            "malformed: certificate chain: does not end with a root");
  EXPECT_EQ(
      refusal(exported(file("leaf.key"), file("leaf.pem") + file("middle.pem") + file("top.pem"))),
      "accepted");
}

TEST_F(Pkcs12, RefusesWhatIsNotSuchAFile) {
  EXPECT_EQ(refusal({}), "malformed: PKCS#12: not such a file");
  EXPECT_EQ(refusal(bytes_of(demonstration().chain_pem)), "malformed: PKCS#12: not such a file");
  EXPECT_EQ(refusal(Bytes(1 << 20)), "malformed: PKCS#12: too long");
  Bytes more = good();
  more.push_back(0);
  EXPECT_EQ(refusal(more), "malformed: PKCS#12: not such a file");
}

}  // namespace
}  // namespace refledger::seal
