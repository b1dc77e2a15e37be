#include "verify/pdf/validation.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <set>

#include "verify/pdf/openssl.h"

namespace refledger::verify {
namespace {

using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Response = std::unique_ptr<OCSP_RESPONSE, Freer<OCSP_RESPONSE_free>>;
using Basic = std::unique_ptr<OCSP_BASICRESP, Freer<OCSP_BASICRESP_free>>;
using CertId = std::unique_ptr<OCSP_CERTID, Freer<OCSP_CERTID_free>>;
using List = std::unique_ptr<X509_CRL, Freer<X509_CRL_free>>;
using Store = std::unique_ptr<X509_STORE, Freer<X509_STORE_free>>;

constexpr int max_steps = 8;

// Encoded again, it is the same: only DER survives.
template <class T, class Encode>
bool is_der(ByteView der, const T* value, Encode encode) {
  const Bytes again = value == nullptr ? Bytes{} : encoded(encode, value);
  return !again.empty() && std::equal(again.begin(), again.end(), der.begin(), der.end());
}

bool signed_by(X509* certificate, X509* issuer) {
  return X509_check_issued(issuer, certificate) == X509_V_OK &&
         X509_verify(certificate, X509_get0_pubkey(issuer)) == 1;
}

class Words {
 public:
  bool take_certificate(ByteView der) {
    const unsigned char* at = der.data();
    Certificate one(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!is_der(der, one.get(), i2d_X509)) return false;
    known_.push_back(std::move(one));
    return true;
  }

  bool certificates_hang_together() const {
    return std::all_of(known_.begin(), known_.end(), [&](const Certificate& one) {
      return signed_by(one.get(), one.get()) || issuer_of(one.get()) != nullptr;
    });
  }

  bool take_answer(ByteView der) {
    const unsigned char* at = der.data();
    const Response response(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(der.size())));
    if (!is_der(der, response.get(), i2d_OCSP_RESPONSE) ||
        OCSP_response_status(response.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
      return false;
    }
    const Basic basic(OCSP_response_get1_basic(response.get()));
    if (!basic || OCSP_resp_count(basic.get()) != 1) return false;
    X509* about = certificate_in(OCSP_resp_get0(basic.get(), 0));
    if (about == nullptr || !is_signed(basic.get(), issuer_of(about))) return false;
    good_.insert(about);
    return true;
  }

  bool take_list(ByteView der) {
    const unsigned char* at = der.data();
    const List list(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
    if (!is_der(der, list.get(), i2d_X509_CRL)) return false;
    for (const Certificate& issuer : known_) {
      if (X509_NAME_cmp(X509_CRL_get_issuer(list.get()), X509_get_subject_name(issuer.get())) ==
              0 &&
          X509_CRL_verify(list.get(), X509_get0_pubkey(issuer.get())) == 1) {
        return holds_none_of(list.get(), issuer.get());
      }
    }
    return false;
  }

  // From the signer's certificate to a root, with a word on each below it.
  bool cover(ByteView signer) const {
    X509* at = find(signer);
    for (int step = 0; at != nullptr && step < max_steps; ++step) {
      if (signed_by(at, at)) return true;
      if (!good_.contains(at)) return false;
      at = issuer_of(at);
    }
    return false;
  }

 private:
  X509* find(ByteView der) const {
    for (const Certificate& one : known_) {
      const Bytes own = encoded(i2d_X509, one.get());
      if (std::equal(own.begin(), own.end(), der.begin(), der.end())) return one.get();
    }
    return nullptr;
  }

  X509* issuer_of(X509* certificate) const {
    for (const Certificate& one : known_) {
      if (one.get() != certificate && signed_by(certificate, one.get())) return one.get();
    }
    return nullptr;
  }

  // The certificate that an answer calls good.
  X509* certificate_in(OCSP_SINGLERESP* single) const {
    int reason = 0;
    if (OCSP_single_get0_status(single, &reason, nullptr, nullptr, nullptr) !=
        V_OCSP_CERTSTATUS_GOOD) {
      return nullptr;
    }
    for (const Certificate& one : known_) {
      X509* issuer = issuer_of(one.get());
      const CertId id(issuer == nullptr ? nullptr : OCSP_cert_to_id(EVP_sha1(), one.get(), issuer));
      if (id && OCSP_id_cmp(id.get(), OCSP_SINGLERESP_get0_id(single)) == 0) return one.get();
    }
    return nullptr;
  }

  // By the issuer itself or a responder that it made for that, at whatever time: what was good then
  // stays said when those certificates have run out.
  static bool is_signed(OCSP_BASICRESP* basic, X509* issuer) {
    const Store store(X509_STORE_new());
    const Signers others(sk_X509_new_null());
    if (issuer == nullptr || !store || !others || X509_STORE_add_cert(store.get(), issuer) != 1 ||
        sk_X509_push(others.get(), issuer) <= 0) {
      return false;
    }
    X509_VERIFY_PARAM_set_flags(X509_STORE_get0_param(store.get()),
                                X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME);
    return OCSP_basic_verify(basic, others.get(), store.get(), 0) == 1;
  }

  bool holds_none_of(X509_CRL* list, X509* issuer) {
    bool about_some = false;
    for (const Certificate& one : known_) {
      if (one.get() == issuer || !signed_by(one.get(), issuer)) continue;
      X509_REVOKED* entry = nullptr;
      if (X509_CRL_get0_by_cert(list, &entry, one.get()) != 0) return false;
      good_.insert(one.get());
      about_some = true;
    }
    return about_some;
  }

  std::vector<Certificate> known_;
  std::set<X509*> good_;
};

bool all_sound(const ValidationTexts& data, const std::vector<Bytes>& signers) {
  Words words;
  const auto all = [](const auto& list, auto take) {
    return std::all_of(list.begin(), list.end(), take);
  };
  return all(data.certificates, [&](ByteView der) { return words.take_certificate(der); }) &&
         words.certificates_hang_together() &&
         all(data.answers, [&](ByteView der) { return words.take_answer(der); }) &&
         all(data.lists, [&](ByteView der) { return words.take_list(der); }) &&
         all(signers, [&](ByteView der) { return words.cover(der); });
}

}  // namespace

bool is_sound(const ValidationTexts& data, const std::vector<Bytes>& signers) {
  ERR_clear_error();
  const bool sound = all_sound(data, signers);
  ERR_clear_error();
  return sound;
}

}  // namespace refledger::verify
