// A timestamp authority of a test's own: certificates and answers by the openssl program.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <mutex>
#include <string>

#include "ledger/core/file.h"
#include "support/shell.h"
#include "support/support.h"

namespace refledger::test {

class TimestampAuthority {
 public:
  struct Kind {
    std::string digest = "sha256";  ///< that the token is signed over
    std::string usage = "critical,timeStamping";
    std::string list_url = "";  ///< where its certificate says that the revocation list is
  };

  TimestampAuthority() : TimestampAuthority(Kind{}) {}
  explicit TimestampAuthority(const Kind& kind) {
    write("tsa.cnf", "[tsa]\ndefault_tsa = at\n[at]\nserial = " + path("serial") +
                         "\ncrypto_device = builtin\ndigests = sha256\ndefault_policy = 1.2.3.4.1\n"
                         "other_policies = 1.2.3.4.2\nordering = no\ntsa_name = no\n"
                         "ess_cert_id_chain = no\ness_cert_id_alg = sha256\nsigner_digest = " +
                         kind.digest + "\n");
    write("root.ext", "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n");
    write("tsa.ext",
          "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
          "extendedKeyUsage=" +
              kind.usage + "\n" +
              (kind.list_url.empty() ? "" : "crlDistributionPoints=URI:" + kind.list_url + "\n"));
    write("ca.cnf", "[ca]\ndatabase=" + path("index") +
                        "\ndefault_md=sha256\n"
                        "default_crl_days=30\n");
    write("index", "");
    write("serial", "01\n");
    openssl(
        "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=Time root' -keyout " +
        path("root.key") + " -out " + path("root.csr"));
    openssl("x509 -req -days 3650 -in " + path("root.csr") + " -signkey " + path("root.key") +
            " -extfile " + path("root.ext") + " -out " + path("root.pem"));
    openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=Time' -keyout " +
            path("tsa.key") + " -out " + path("tsa.csr"));
    certify("tsa.ext", "tsa.pem");
  }

  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string file(const std::string& name) const {
    const Result<Bytes> content = read_file(path(name), 1 << 20);
    EXPECT_TRUE(content) << name;
    return content ? std::string(text_of(*content)) : std::string();
  }
  std::string root_pem() const { return file("root.pem"); }

  /// Another certificate for the same key, under the same name and number.
  std::string certificate_with_usage(const std::string& usage) {
    write("other.ext", "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n" +
                           (usage.empty() ? "" : "extendedKeyUsage=" + usage + "\n"));
    certify("other.ext", "other.pem");
    return file("other.pem");
  }

  /// The root's revocation list, which is empty: DER.
  std::string list() const {
    openssl("ca -config " + path("ca.cnf") + " -name ca -gencrl -cert " + path("root.pem") +
            " -keyfile " + path("root.key") + " -out " + path("list.pem"));
    openssl("crl -in " + path("list.pem") + " -outform DER -out " + path("list.der"));
    return file("list.der");
  }

  /// TimeStampReq in, TimeStampResp out.
  std::string answer(const std::string& query) {
    const std::scoped_lock lock(mutex_);
    write("query.tsq", query);
    openssl("ts -reply -config " + path("tsa.cnf") + " -queryfile " + path("query.tsq") +
            " -signer " + path("tsa.pem") + " -inkey " + path("tsa.key") + " -chain " +
            path("root.pem") + " -out " + path("reply.tsr"));
    return file("reply.tsr");
  }

  void write(const std::string& name, const std::string& content) const {
    std::ofstream(path(name), std::ios::binary) << content;
  }
  std::string openssl(const std::string& words) const {
    const Outcome outcome = run("openssl " + words);
    EXPECT_EQ(outcome.status, 0) << words << "\n" << outcome.output;
    return outcome.output;
  }

 private:
  void certify(const std::string& extensions, const std::string& out) const {
    openssl("x509 -req -days 3650 -set_serial 7 -in " + path("tsa.csr") + " -CA " +
            path("root.pem") + " -CAkey " + path("root.key") + " -extfile " + path(extensions) +
            " -out " + path(out));
  }

  TemporaryFolder folder_;
  std::mutex mutex_;
};

}  // namespace refledger::test
