// The CMS SignedData of a PAdES signature, written by hand: OpenSSL's own writer always adds
// signing-time, which the baseline forbids, and wants the key at hand.
//
// Order    What is signed is the attributes' SET OF with its own tag, not the [0] it is sent under
//          (RFC 5652 §5.4).
// Source   RFC 5652 §5; RFC 5035 §3 (signing-certificate-v2); RFC 5754 §3 (signature algorithms);
//          RFC 3161 appendix A (the timestamp's attribute); ETSI EN 319 122-1 §5
#include "ledger/core/hash.h"
#include "render/seal/der.h"
#include "render/seal/state.h"

namespace refledger::seal {
namespace {

using der::element;
using der::Tag;

// Object identifiers, as the content of their DER.
constexpr std::array<std::uint8_t, 9> id_data{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1};
constexpr std::array<std::uint8_t, 9> id_signed_data{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2};
constexpr std::array<std::uint8_t, 9> id_content_type{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 3};
constexpr std::array<std::uint8_t, 9> id_message_digest{0x2A, 0x86, 0x48, 0x86, 0xF7,
                                                        0x0D, 1,    9,    4};
constexpr std::array<std::uint8_t, 11> id_signing_certificate_v2{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D,
                                                                 1,    9,    16,   2,    47};
constexpr std::array<std::uint8_t, 11> id_signature_time_stamp{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D,
                                                               1,    9,    16,   2,    14};
constexpr std::array<std::uint8_t, 9> id_sha256{0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1};
constexpr std::array<std::uint8_t, 9> id_sha256_with_rsa{0x2A, 0x86, 0x48, 0x86, 0xF7,
                                                         0x0D, 1,    1,    11};
constexpr std::array<std::uint8_t, 8> id_ecdsa_with_sha256{0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2};

Bytes oid(ByteView content) { return element(Tag::oid, content); }
Bytes algorithm(ByteView id) { return element(Tag::sequence, {oid(id)}); }

// RSA's has parameters, which are NULL; ECDSA's has none.
Bytes signature_algorithm(const X509* certificate) {
  if (kind_of(X509_get0_pubkey(certificate)) == KeyKind::p256) {
    return algorithm(id_ecdsa_with_sha256);
  }
  return element(Tag::sequence, {oid(id_sha256_with_rsa), element(Tag::null, ByteView())});
}

Bytes attribute(ByteView id, ByteView value) {
  return element(Tag::sequence, {oid(id), element(Tag::set, value)});
}

Bytes name_of_issuer(const X509* certificate) {
  return encoded(i2d_X509_NAME, X509_get_issuer_name(certificate));
}
Bytes serial_of(const X509* certificate) {
  return encoded(i2d_ASN1_INTEGER, X509_get0_serialNumber(certificate));
}

// SigningCertificateV2 with one ESSCertIDv2; its hash algorithm is SHA-256 by default and so not
// written.
Bytes signing_certificate(const X509* certificate) {
  const Sha256 hash = sha256(encoded(i2d_X509, certificate));
  const Bytes general_name = element(Tag::context_4, name_of_issuer(certificate));
  const Bytes issuer_serial =
      element(Tag::sequence, {element(Tag::sequence, general_name), serial_of(certificate)});
  const Bytes ess_cert_id =
      element(Tag::sequence, {element(Tag::octet_string, hash), issuer_serial});
  return element(Tag::sequence, element(Tag::sequence, ess_cert_id));
}

// The same elements under another tag: a set that is sent as [n] IMPLICIT.
Bytes retagged(ByteView set, Tag tag) {
  Bytes out = copy_of(set);
  out.front() = static_cast<std::uint8_t>(tag);
  return out;
}

Bytes signer_info(const X509* certificate, ByteView attributes, ByteView signature,
                  ByteView token) {
  const Bytes signer =
      element(Tag::sequence, {name_of_issuer(certificate), serial_of(certificate)});
  const Bytes stamp =
      token.empty() ? Bytes{} : element(Tag::context_1, attribute(id_signature_time_stamp, token));
  return element(
      Tag::sequence,
      {der::small_integer(1), signer, algorithm(id_sha256), retagged(attributes, Tag::context_0),
       signature_algorithm(certificate), element(Tag::octet_string, signature), stamp});
}

Bytes certificates_of(const SignerChain::State& chain) {
  std::vector<Bytes> certificates;
  for (const Certificate& one : chain.certificates) {
    certificates.push_back(encoded(i2d_X509, one.get()));
  }
  return der::set_of(Tag::context_0, std::move(certificates));
}

}  // namespace

Bytes signed_attributes(const Sha256& digest, const SignerChain::State& chain) {
  return der::set_of(Tag::set,
                     {attribute(id_content_type, oid(id_data)),
                      attribute(id_message_digest, element(Tag::octet_string, digest)),
                      attribute(id_signing_certificate_v2, signing_certificate(chain.signer()))});
}

Bytes signed_data(ByteView attributes, ByteView signature, ByteView token,
                  const SignerChain::State& chain) {
  const Bytes signer = signer_info(chain.signer(), attributes, signature, token);
  const Bytes data =
      element(Tag::sequence, {der::small_integer(1), element(Tag::set, algorithm(id_sha256)),
                              element(Tag::sequence, oid(id_data)), certificates_of(chain),
                              element(Tag::set, signer)});
  return element(Tag::sequence, {oid(id_signed_data), element(Tag::context_0, data)});
}

}  // namespace refledger::seal
