// A certificate of our own for a test's TLS server, made by the openssl command.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "support/support.h"

namespace refledger::test {

/// Self-signed, so that the certificate is its own authority.
class Certificate {
 public:
  /// `names` as in an extension: "DNS:localhost,IP:127.0.0.1".
  explicit Certificate(const std::string& names) {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "
        "/CN=refledger-test -addext subjectAltName=" +
        names + " -keyout " + key().string() + " -out " + chain().string() + " 2>/dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0) << "the openssl command is needed";
  }
  std::filesystem::path chain() const { return folder_.path() / "chain.pem"; }
  std::filesystem::path key() const { return folder_.path() / "key.pem"; }

 private:
  TemporaryFolder folder_;
};

}  // namespace refledger::test
