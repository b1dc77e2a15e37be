// A certificate authority of a test's own: a root, an issuing authority below it and a signer's
// certificate, by the openssl program, with an OCSP responder and revocation lists over HTTP.
//
// Shape    The signer's certificate names the responder, the issuing authority's the root's list.
#pragma once

#include <fstream>

#include "http/server.h"
#include "ledger/core/file.h"
#include "support/serving.h"
#include "support/shell.h"

namespace refledger::test {

class CertificateAuthority {
 public:
  struct Kind {
    std::string signer = "ec";  ///< or "rsa:3072"
    std::string name = "Nordlicht Instrumente AG";
    bool tells_status = true;         ///< the certificates say where to ask
    bool responder_unchecked = true;  ///< id-pkix-ocsp-nocheck
  };

  CertificateAuthority() : CertificateAuthority(Kind{}) {}
  explicit CertificateAuthority(const Kind& kind)
      : server_(serve(on_loopback(),
                      [this](const http::Request& request) { return answer(request); })) {
    write_files(kind);
    openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -config " +
            path("ca.cnf") + " -extensions root -subj '/CN=" + kind.name + " root' -keyout " +
            path("root.key") + " -out " + path("root.pem"));
    certify("issuing", "ec", "/CN=" + kind.name + " issuing", "root");
    certify("signer", kind.signer, "/O=" + kind.name + "/CN=" + kind.name, "issuing");
    certify("responder", "ec", "/CN=" + kind.name + " responder", "issuing");
    openssl(ca("root") + "-gencrl -out " + path("root.crl"));
    openssl("crl -in " + path("root.crl") + " -outform DER -out " + path("root.crl.der"));
  }

  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string file(const std::string& name) const {
    const Result<Bytes> content = read_file(path(name), 1 << 20);
    EXPECT_TRUE(content) << name;
    return content ? std::string(text_of(*content)) : std::string();
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
  std::string root_pem() const { return file("root.pem"); }
  std::string chain_pem() const { return file("signer.pem") + file("issuing.pem") + root_pem(); }

  /// From here on the responder says that the signer's certificate is revoked, and so does the
  /// issuing authority's list.
  void revoke_signer() const { openssl(ca("issuing") + "-revoke " + path("signer.pem")); }
  /// The root's list revokes the issuing authority.
  void revoke_issuing() const {
    openssl(ca("root") + "-revoke " + path("issuing.pem"));
    openssl(ca("root") + "-gencrl -out " + path("root.crl"));
    openssl("crl -in " + path("root.crl") + " -outform DER -out " + path("root.crl.der"));
  }

  /// Stands between responder and asker: may change the body, and gives the HTTP status.
  std::function<unsigned(const std::string& path, std::string& body)> between =
      [](const std::string&, std::string&) { return 200u; };

  void write(const std::string& name, const std::string& content) const {
    std::ofstream(path(name), std::ios::binary) << content;
  }
  std::string openssl(const std::string& words) const {
    const Outcome outcome = run("openssl " + words);
    EXPECT_EQ(outcome.status, 0) << words << "\n" << outcome.output;
    return outcome.output;
  }

 private:
  std::string ca(const std::string& name) const {
    return "ca -batch -config " + path("ca.cnf") + " -name " + name + "_ca ";
  }

  void write_files(const Kind& kind) const {
    std::string text =
        "[req]\ndistinguished_name=name\n[name]\n[policy]\ncommonName=supplied\n"
        "organizationName=optional\n";
    for (const std::string name : {"root", "issuing"}) {
      write(name + ".txt", "");
      write(name + ".serial", name == "root" ? "1001\n" : "2001\n");
      text += "[" + name + "_ca]\ndatabase=" + path(name + ".txt") +
              "\nserial=" + path(name + ".serial") + "\ncertificate=" + path(name + ".pem") +
              "\nprivate_key=" + path(name + ".key") +
              "\nnew_certs_dir=" + folder_.path().string() +
              "\ndefault_md=sha256\ndefault_days=3650\ndefault_crl_days=30\npolicy=policy\n"
              "unique_subject=no\n";
    }
    const std::string list =
        kind.tells_status ? "crlDistributionPoints=URI:" + url() + "/root.crl\n" : "";
    const std::string responder =
        kind.tells_status ? "authorityInfoAccess=OCSP;URI:" + url() + "/ocsp\n" : "";
    const std::string unchecked = kind.responder_unchecked ? "noCheck=ignored\n" : "";
    const std::string keys = "subjectKeyIdentifier=hash\n";
    text += "[root]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n" +
            keys +
            "[issuing]\nbasicConstraints=critical,CA:TRUE,pathlen:0\n"
            "keyUsage=critical,keyCertSign,cRLSign\n" +
            keys + "authorityKeyIdentifier=keyid:always\n" + list +
            "[signer]\nbasicConstraints=critical,CA:FALSE\n"
            "keyUsage=critical,digitalSignature,nonRepudiation\n" +
            keys + "authorityKeyIdentifier=keyid:always\n" + responder +
            "[responder]\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
            "extendedKeyUsage=critical,OCSPSigning\n" +
            unchecked + keys + "authorityKeyIdentifier=keyid:always\n";
    write("ca.cnf", text);
  }

  void certify(const std::string& name, const std::string& key, const std::string& subject,
               const std::string& above) const {
    const std::string kind = key == "ec" ? "ec -pkeyopt ec_paramgen_curve:P-256" : key;
    openssl("req -newkey " + kind + " -nodes -config " + path("ca.cnf") + " -subj '" + subject +
            "' -keyout " + path(name + ".key") + " -out " + path(name + ".csr"));
    openssl(ca(above) + "-notext -extensions " + name + " -in " + path(name + ".csr") + " -out " +
            path(name + ".pem"));
  }

  http::Response passed_on(const std::string& path, const std::string& type, std::string body) {
    const unsigned status = between(path, body);
    return {status, type, body};
  }

  http::Response answer(const http::Request& request) {
    if (request.path == "/root.crl") {
      return passed_on(request.path, "application/pkix-crl", file("root.crl.der"));
    }
    if (request.path != "/ocsp") return {404, "text/plain", ""};
    const std::scoped_lock lock(mutex_);
    write("ocsp.req", request.body);
    openssl("ocsp -index " + path("issuing.txt") + " -CA " + path("issuing.pem") + " -rsigner " +
            path("responder.pem") + " -rkey " + path("responder.key") + " -ndays 7 -reqin " +
            path("ocsp.req") + " -respout " + path("ocsp.resp"));
    return passed_on(request.path, "application/ocsp-response", file("ocsp.resp"));
  }

  TemporaryFolder folder_;
  std::mutex mutex_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace refledger::test
