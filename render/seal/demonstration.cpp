// Certificates for demonstrations: a root of its own for each call, P-256 throughout.
//
// Source   RFC 5280 §4.2 (extensions), §4.1.2.2 (serial numbers)
#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/rand.h>

#include "render/seal/openssl.h"
#include "render/seal/seal.h"

namespace refledger::seal {
namespace {

using std::chrono::seconds;

constexpr std::chrono::days root_days{3653};
constexpr std::chrono::days signer_days{1096};
// Browsers on phones refuse server certificates that are valid for longer than 398 days.
constexpr std::chrono::days server_days{397};
constexpr std::size_t max_name = 64;  // RFC 5280 A.1: ub-common-name, ub-organization-name

struct ExtensionText {
  int nid;
  std::string value;
};

struct Request {
  std::string organisation;  ///< may be empty
  std::string common_name;
  std::chrono::days valid_for;
  std::vector<ExtensionText> extensions;
};

struct Issued {
  EvpKey key;
  Certificate certificate;
};

Error failed() { return openssl_error(Fault::malformed, "certificate: cannot be made"); }

bool add_name(X509_NAME* name, int nid, const std::string& value) {
  return value.empty() ||
         X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(value.data()),
                                    static_cast<int>(value.size()), -1, 0) == 1;
}

// 126 random bits after a leading one: positive, never zero.
bool set_serial(X509* certificate) {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return false;
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x3F) | 0x40);
  const BigNumber number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_validity(X509* certificate, UtcMillis now, std::chrono::days days) {
  const std::time_t from = std::chrono::floor<seconds>(now).time_since_epoch().count();
  const std::time_t to = from + std::chrono::duration_cast<seconds>(days).count();
  return ASN1_TIME_set(X509_getm_notBefore(certificate), from) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), to) != nullptr;
}

bool add_extensions(X509* certificate, X509* issuer, const std::vector<ExtensionText>& texts) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  for (const ExtensionText& text : texts) {
    const Extension made(X509V3_EXT_conf_nid(nullptr, &context, text.nid, text.value.c_str()));
    if (!made || X509_add_ext(certificate, made.get(), -1) != 1) return false;
  }
  return true;
}

// A certificate for a fresh key, signed by `above`, or by itself if that is null.
Result<Issued> issue(const Request& request, UtcMillis now, const Issued* above) {
  Issued made{EvpKey(EVP_EC_gen("P-256")), Certificate(X509_new())};
  X509* certificate = made.certificate.get();
  if (!made.key || certificate == nullptr) return failed();
  X509* issuer = above == nullptr ? certificate : above->certificate.get();
  EVP_PKEY* signing_key = above == nullptr ? made.key.get() : above->key.get();
  X509_NAME* subject = X509_get_subject_name(certificate);
  const bool complete = X509_set_version(certificate, X509_VERSION_3) == 1 &&
                        set_serial(certificate) &&
                        set_validity(certificate, now, request.valid_for) &&
                        add_name(subject, NID_organizationName, request.organisation) &&
                        add_name(subject, NID_commonName, request.common_name) &&
                        X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1 &&
                        X509_set_pubkey(certificate, made.key.get()) == 1 &&
                        add_extensions(certificate, issuer, request.extensions) &&
                        X509_sign(certificate, signing_key, EVP_sha256()) > 0;
  if (!complete) return failed();
  return made;
}

Request root_request(std::string organisation, std::string common_name) {
  return {std::move(organisation),
          std::move(common_name),
          root_days,
          {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
           {NID_key_usage, "critical,keyCertSign,cRLSign"},
           {NID_subject_key_identifier, "hash"},
           {NID_authority_key_identifier, "keyid:always"}}};
}

Result<DemonstrationCa> root_and_leaf(const Request& root_wanted, const Request& leaf_wanted,
                                      UtcMillis now) {
  ERR_clear_error();
  const Result<Issued> root = issue(root_wanted, now, nullptr);
  if (!root) return root.error();
  const Result<Issued> leaf = issue(leaf_wanted, now, &*root);
  if (!leaf) return leaf.error();
  DemonstrationCa made;
  made.root_pem = pem_of(root->certificate.get());
  made.chain_pem = pem_of(leaf->certificate.get()) + made.root_pem;
  made.key_pem = pem_of(leaf->key.get());
  if (made.root_pem.empty() || std::string_view(made.key_pem).empty()) return failed();
  return made;
}

std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

bool is_ip_address(const std::string& host) {
  std::array<unsigned char, 16> bytes{};
  return inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

// Only what a host name may hold: the text goes into an extension's value, where a comma would
// start another name.
bool is_host_name(std::string_view host) {
  return !host.empty() && host.size() <= 253 &&
         std::all_of(host.begin(), host.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
                  letter == '-' || letter == '.';
         });
}

}  // namespace

Result<DemonstrationCa> make_demonstration_ca(std::string_view organisation, UtcMillis now) {
  const std::string name(organisation);
  if (name.empty() || characters_of(name) > max_name) {
    return Error{Fault::malformed, "organisation: not 1 to 64 characters"};
  }
  const Request signer{name,
                       name,
                       signer_days,
                       {{NID_basic_constraints, "critical,CA:FALSE"},
                        {NID_key_usage, "critical,digitalSignature,nonRepudiation"},
                        {NID_subject_key_identifier, "hash"},
                        {NID_authority_key_identifier, "keyid:always"}}};
  return root_and_leaf(root_request(name, "Demonstration root"), signer, now);
}

Result<DemonstrationCa> make_demonstration_tls(std::string_view host, UtcMillis now) {
  const std::string name(host);
  const bool address = is_ip_address(name);
  if (!address && !is_host_name(name)) {
    return Error{Fault::malformed, "host: neither a host name in lower case nor an IP address"};
  }
  // A name too long for CN goes into the alternative name alone; that is what clients read.
  const Request server{"",
                       name.size() <= max_name ? name : "server",
                       server_days,
                       {{NID_basic_constraints, "critical,CA:FALSE"},
                        {NID_key_usage, "critical,digitalSignature"},
                        {NID_ext_key_usage, "serverAuth"},
                        {NID_subject_alt_name, (address ? "IP:" : "DNS:") + name},
                        {NID_subject_key_identifier, "hash"},
                        {NID_authority_key_identifier, "keyid:always"}}};
  return root_and_leaf(root_request("", "Demonstration TLS root"), server, now);
}

}  // namespace refledger::seal
