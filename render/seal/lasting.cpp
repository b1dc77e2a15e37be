#include "render/seal/lasting.h"

#include <openssl/cms.h>
#include <openssl/err.h>

#include <algorithm>
#include <set>

#include "ledger/core/encoding.h"
#include "render/seal/state.h"

namespace refledger::seal {
namespace {

void free_certificates(STACK_OF(X509) * stack) { sk_X509_pop_free(stack, X509_free); }
using Certificates = std::unique_ptr<STACK_OF(X509), Freer<free_certificates>>;
using Cms = std::unique_ptr<CMS_ContentInfo, Freer<CMS_ContentInfo_free>>;

Error failed() {
  return openssl_error(Fault::malformed, "PDF: its signatures cannot be completed");
}

Certificate read(ByteView der) {
  const unsigned char* at = der.data();
  return Certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

bool is_self_signed(X509* certificate) {
  return X509_check_issued(certificate, certificate) == X509_V_OK &&
         X509_verify(certificate, X509_get0_pubkey(certificate)) == 1;
}

Cms cms_in(ByteView der) {
  const unsigned char* at = der.data();
  return Cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
}

// The signatures of a file of ours, one after the other: what stands in their /Contents.
std::vector<Bytes> signatures_in(std::string_view text) {
  std::vector<Bytes> found;
  constexpr std::string_view begin = "] /Contents <";
  for (std::size_t at = text.find(begin); at != std::string_view::npos;
       at = text.find(begin, at + 1)) {
    const std::size_t from = at + begin.size();
    const std::size_t to = text.find('>', from);
    if (to == std::string_view::npos) break;
    if (Result<Bytes> bytes = from_hex(text.substr(from, to - from), "signature")) {
      found.push_back(std::move(*bytes));
    }
  }
  return found;
}

// A timestamp over everything may carry certificates that its signature does not cover: those that
// are in the validation data, which it does cover, and its signer's.
bool carries_only(const Bytes& token, const std::vector<Bytes>& known) {
  const Cms cms = cms_in(token);
  const Certificates carried(cms ? CMS_get1_certs(cms.get()) : nullptr);
  if (!carried) return false;
  for (int at = 0; at < sk_X509_num(carried.get()); ++at) {
    X509* one = sk_X509_value(carried.get(), at);
    const Bytes der = encoded(i2d_X509, one);
    if (std::find(known.begin(), known.end(), der) == known.end() &&
        X509_check_purpose(one, X509_PURPOSE_TIMESTAMP_SIGN, 0) != 1) {
      return false;
    }
  }
  return true;
}

Bytes token_in(const Bytes& signature) {
  const Cms cms = cms_in(signature);
  STACK_OF(CMS_SignerInfo)* signers = cms ? CMS_get0_SignerInfos(cms.get()) : nullptr;
  if (signers == nullptr || sk_CMS_SignerInfo_num(signers) != 1) return {};
  const X509_ATTRIBUTE* attribute = CMS_unsigned_get_attr(sk_CMS_SignerInfo_value(signers, 0), 0);
  if (attribute == nullptr) return {};
  const ASN1_TYPE* value = X509_ATTRIBUTE_get0_type(const_cast<X509_ATTRIBUTE*>(attribute), 0);
  if (value == nullptr || ASN1_TYPE_get(value) != V_ASN1_SEQUENCE) return {};
  const ASN1_STRING* whole = value->value.sequence;
  return Bytes(ASN1_STRING_get0_data(whole),
               ASN1_STRING_get0_data(whole) + ASN1_STRING_length(whole));
}

// Every certificate that the signatures rest on, and what is said of each.
class Gathering {
 public:
  Gathering(const StatusSettings& settings, UtcMillis now) : settings_(settings), now_(now) {}

  void know(Certificate certificate) {
    if (!certificate || !seen_.insert(encoded(i2d_X509, certificate.get())).second) return;
    known_.push_back(std::move(certificate));
  }
  /// What is trusted by itself is not asked about.
  void trust(const Bytes& der) {
    trusted_.insert(der);
    know(read(der));
  }

  /// From `signer` up: each certificate, and the word on it.
  Result<void> follow(X509* signer) {
    for (X509* at = signer; at != nullptr;) {
      const Bytes der = encoded(i2d_X509, at);
      const bool done = !followed_.insert(der).second;
      if (done || trusted_.contains(der) || is_self_signed(at)) return {};
      X509* issuer = issuer_of(at);
      if (issuer == nullptr) {
        return Error{Fault::refused, "certificate status: a chain does not reach its root"};
      }
      Result<Status> status = ask_status(at, issuer, settings_, now_);
      if (!status) return status.error();
      keep(std::move(*status));
      at = issuer;
    }
    return {};
  }

  ValidationData take() {
    for (const Certificate& one : known_) {
      data_.certificates.push_back(encoded(i2d_X509, one.get()));
    }
    return std::move(data_);
  }

 private:
  X509* issuer_of(X509* certificate) const {
    for (const Certificate& one : known_) {
      if (one.get() != certificate && X509_check_issued(one.get(), certificate) == X509_V_OK &&
          X509_verify(certificate, X509_get0_pubkey(one.get())) == 1) {
        return one.get();
      }
    }
    return nullptr;
  }

  void keep(Status status) {
    if (!status.answer.empty()) data_.answers.push_back(std::move(status.answer));
    const bool fresh =
        std::find(data_.lists.begin(), data_.lists.end(), status.list) == data_.lists.end();
    if (!status.list.empty() && fresh) data_.lists.push_back(std::move(status.list));
    if (!status.responder.empty()) know(read(status.responder));
  }

  const StatusSettings& settings_;
  UtcMillis now_;
  std::vector<Certificate> known_;
  std::set<Bytes> seen_;
  std::set<Bytes> trusted_;
  std::set<Bytes> followed_;
  ValidationData data_;
};

// The certificates in a token; its signer's is the one for timestamps.
Result<void> follow_token(Gathering& gathering, const Bytes& signature) {
  const Bytes token = token_in(signature);
  const Cms cms = cms_in(token);
  const Certificates carried(cms ? CMS_get1_certs(cms.get()) : nullptr);
  if (!carried) return Error{Fault::malformed, "PDF: a signature carries no timestamp"};
  std::vector<X509*> stampers;
  for (int at = 0; at < sk_X509_num(carried.get()); ++at) {
    X509* one = sk_X509_value(carried.get(), at);
    if (X509_up_ref(one) != 1) return failed();
    gathering.know(Certificate(one));
    if (X509_check_purpose(one, X509_PURPOSE_TIMESTAMP_SIGN, 0) == 1) stampers.push_back(one);
  }
  for (X509* one : stampers) {
    if (auto followed = gathering.follow(one); !followed) return followed;
  }
  return stampers.empty() ? failed() : Result<void>{};
}

}  // namespace

Result<Bytes> OnlineLasting::complete(ByteView file, const std::vector<const SignerChain*>& signers,
                                      bool archive) {
  ERR_clear_error();
  Gathering gathering(settings_, clock_.now());
  for (const Bytes& authority : authority_.authorities()) gathering.trust(authority);
  for (const SignerChain* chain : signers) {
    for (const Certificate& one : chain->state().certificates) {
      if (X509_up_ref(one.get()) != 1) return failed();
      gathering.know(Certificate(one.get()));
    }
  }
  for (const SignerChain* chain : signers) {
    if (auto followed = gathering.follow(chain->state().signer()); !followed) {
      return followed.error();
    }
  }
  const std::vector<Bytes> signatures = signatures_in(text_of(file));
  if (signatures.size() != signers.size()) return failed();
  for (const Bytes& signature : signatures) {
    if (auto followed = follow_token(gathering, signature); !followed) return followed.error();
  }
  ERR_clear_error();
  const ValidationData data = gathering.take();
  const Result<Bytes> complete = with_validation_data(file, data);
  if (!complete || !archive) return complete;
  Result<Bytes> archived = with_archive_timestamp(*complete, authority_);
  if (archived && !carries_only(signatures_in(text_of(*archived)).back(), data.certificates)) {
    return Error{Fault::upstream, "timestamp authority: its certificates change between answers"};
  }
  return archived;
}

}  // namespace refledger::seal
