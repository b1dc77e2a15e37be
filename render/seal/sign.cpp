// The signature's way into the file: hash around the gap, sign, fill the gap with hex.
#include <openssl/err.h>

#include <algorithm>

#include "ledger/core/encoding.h"
#include "render/seal/state.h"

namespace refledger::seal {
namespace {

// For the heads of the DER elements.
constexpr std::size_t slack = 128;
constexpr std::size_t granule = 256;

// A prepared gap is '<', an even number of zeros, '>'.  Anything else is signed already or not
// ours.
bool is_prepared(ByteView file, std::size_t begin, std::size_t end) {
  if (begin >= end || end > file.size() || end - begin < 4 || (end - begin) % 2 != 0) return false;
  if (file[begin] != '<' || file[end - 1] != '>') return false;
  const ByteView zeros = file.subspan(begin + 1, end - begin - 2);
  return std::all_of(zeros.begin(), zeros.end(), [](std::uint8_t digit) { return digit == '0'; });
}

Result<void> may_stamp(const Stamping& stamping) {
  if (stamping.document_date >= stamping.signing_day) return {};
  return Error{Fault::refused,
               "timestamp: would show a day of signing after the date that the document bears"};
}

// The authority's word on this very signature (RFC 3161 appendix A), or nothing where none is
// asked for.
Result<Bytes> token_for(ByteView signature, const std::optional<Stamping>& stamping) {
  if (!stamping) return Bytes{};
  return stamping->authority.token(sha256(signature));
}

Result<Bytes> fill(Bytes file, std::size_t begin, std::size_t end, ByteView cms) {
  const std::string hex = to_hex(cms);
  if (hex.size() > end - begin - 2) {
    return Error{Fault::out_of_range, "PDF: the space kept for the signature is too small"};
  }
  std::copy(hex.begin(), hex.end(), file.begin() + static_cast<std::ptrdiff_t>(begin) + 1);
  return file;
}

Result<SignedParts> signed_parts(const ToBeSigned& asked, ByteView given,
                                 const SignerChain::State& chain) {
  if (is_whole_cms(given)) return parts_of(given, asked.document, chain);
  Result<Bytes> signature = checked_signature(asked.signed_attributes, given, chain.signer());
  if (!signature) return signature.error();
  return SignedParts{asked.signed_attributes, std::move(*signature)};
}

Result<Bytes> completed(Bytes file, std::size_t begin, std::size_t end, ByteView attributes,
                        ByteView signature, const SignerChain& chain,
                        const std::optional<Stamping>& stamping) {
  const Result<Bytes> token = token_for(signature, stamping);
  if (!token) return token.error();
  return fill(std::move(file), begin, end,
              signed_data(attributes, signature, *token, chain.state()));
}

}  // namespace

std::size_t reserve_for(const SignerChain& chain, const Timestamper* authority) {
  const Bytes token(authority == nullptr ? 0 : authority->room());
  const int most = EVP_PKEY_get_size(X509_get0_pubkey(chain.state().signer()));
  const Bytes whole = signed_data(signed_attributes(Sha256{}, chain.state()),
                                  Bytes(static_cast<std::size_t>(most)), token, chain.state());
  return (whole.size() + slack + granule - 1) / granule * granule;
}

Result<ToBeSigned> prepare(ByteView file, std::size_t contents_begin, std::size_t contents_end,
                           const SignerChain& chain) {
  ERR_clear_error();
  if (!is_prepared(file, contents_begin, contents_end)) {
    return Error{Fault::malformed, "PDF: not prepared for a signature here"};
  }
  ToBeSigned asked;
  asked.document = sha256({file.first(contents_begin), file.subspan(contents_end)});
  asked.signed_attributes = signed_attributes(asked.document, chain.state());
  asked.digest = sha256(asked.signed_attributes);
  return asked;
}

Result<Bytes> sign_pdf(Bytes file, std::size_t contents_begin, std::size_t contents_end,
                       const DocumentKey& key, const std::optional<Stamping>& stamping) {
  if (stamping) {
    if (auto may = may_stamp(*stamping); !may) return may.error();
  }
  const Result<ToBeSigned> asked = prepare(file, contents_begin, contents_end, key.chain());
  if (!asked) return asked.error();
  const Result<Bytes> signature = signature_by(key.state(), asked->signed_attributes);
  if (!signature) return signature.error();
  return completed(std::move(file), contents_begin, contents_end, asked->signed_attributes,
                   *signature, key.chain(), stamping);
}

Result<Bytes> assemble(Bytes file, std::size_t contents_begin, std::size_t contents_end,
                       const ToBeSigned& asked, ByteView signature, const SignerChain& chain,
                       const std::optional<Stamping>& stamping) {
  if (stamping) {
    if (auto may = may_stamp(*stamping); !may) return may.error();
  }
  const Result<ToBeSigned> now = prepare(file, contents_begin, contents_end, chain);
  if (!now) return now.error();
  if (now->signed_attributes != asked.signed_attributes) {
    return Error{Fault::conflict, "PDF: not the file, or not the certificate, that was prepared"};
  }
  const Result<SignedParts> parts = signed_parts(*now, signature, chain.state());
  if (!parts) return parts.error();
  return completed(std::move(file), contents_begin, contents_end, parts->attributes,
                   parts->signature, chain, stamping);
}

}  // namespace refledger::seal
