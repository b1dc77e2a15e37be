// A document key from PKCS#12: walked bag by bag, so that nothing is decrypted before the work that
// it asks for is known.
//
// Source   RFC 7292 §4 (the bags), RFC 8018 §6.2 and §A.2 (PBES2, PBKDF2)
#include <openssl/err.h>
#include <openssl/pkcs12.h>

#include <algorithm>

#include "render/seal/state.h"

namespace refledger::seal {
namespace {

void free_safes(STACK_OF(PKCS7) * safes) { sk_PKCS7_pop_free(safes, PKCS7_free); }
void free_bags(STACK_OF(PKCS12_SAFEBAG) * bags) {
  sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
}
using Pkcs12 = std::unique_ptr<PKCS12, Freer<PKCS12_free>>;
using Safes = std::unique_ptr<STACK_OF(PKCS7), Freer<free_safes>>;
using Bags = std::unique_ptr<STACK_OF(PKCS12_SAFEBAG), Freer<free_bags>>;
using PrivateKeyInfo = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Freer<PKCS8_PRIV_KEY_INFO_free>>;
using Pbes2 = std::unique_ptr<PBE2PARAM, Freer<PBE2PARAM_free>>;
using Pbkdf2 = std::unique_ptr<PBKDF2PARAM, Freer<PBKDF2PARAM_free>>;

constexpr std::size_t max_file = 64 * 1024;
constexpr std::size_t max_passphrase = 1024;
constexpr int max_bags = 32;
// OpenSSL writes 2,048, browsers and authorities up to 600,000.
constexpr long max_rounds = 1'000'000;
// More than one part may ask for the most, and a file may hold many.
constexpr long max_rounds_together = 2'000'000;

Error failed(const char* what) {
  return openssl_error(Fault::malformed, std::string("PKCS#12: ") + what);
}

long rounds_of(const ASN1_INTEGER* number) {
  return number == nullptr ? 1 : ASN1_INTEGER_get(number);
}

// PBES2 with PBKDF2 is what is written today.  The older schemes (RC2 and RC4 of 40 bits, 3DES)
// protect little; OpenSSL keeps most of them in a provider that is not loaded.
std::optional<long> rounds_of(const X509_ALGOR* algorithm) {
  const ASN1_OBJECT* scheme = nullptr;
  int type = V_ASN1_UNDEF;
  const void* value = nullptr;
  X509_ALGOR_get0(&scheme, &type, &value, algorithm);
  if (OBJ_obj2nid(scheme) != NID_pbes2 || type != V_ASN1_SEQUENCE) return std::nullopt;
  const Pbes2 outer(static_cast<PBE2PARAM*>(
      ASN1_item_unpack(static_cast<const ASN1_STRING*>(value), ASN1_ITEM_rptr(PBE2PARAM))));
  if (!outer) return std::nullopt;
  X509_ALGOR_get0(&scheme, &type, &value, outer->keyfunc);
  if (OBJ_obj2nid(scheme) != NID_id_pbkdf2 || type != V_ASN1_SEQUENCE) return std::nullopt;
  const Pbkdf2 inner(static_cast<PBKDF2PARAM*>(
      ASN1_item_unpack(static_cast<const ASN1_STRING*>(value), ASN1_ITEM_rptr(PBKDF2PARAM))));
  if (!inner) return std::nullopt;
  return rounds_of(inner->iter);
}

// What the file holds: one key, and certificates in any order.
class Contents {
 public:
  explicit Contents(std::string_view passphrase) : passphrase_(passphrase) {}

  Result<void> read(const PKCS12* file) {
    if (auto whole = check_mac(file); !whole) return whole;
    const Safes safes(PKCS12_unpack_authsafes(file));
    if (!safes || sk_PKCS7_num(safes.get()) > max_bags) return failed("not readable");
    for (int at = 0; at < sk_PKCS7_num(safes.get()); ++at) {
      if (auto taken = take_safe(sk_PKCS7_value(safes.get(), at)); !taken) return taken;
    }
    if (!key_) return failed("holds no private key");
    return {};
  }

  EvpKey take_key() { return std::move(key_); }
  std::vector<Certificate> take_certificates() { return std::move(certificates_); }

 private:
  int length() const { return static_cast<int>(passphrase_.size()); }

  Result<void> may_spend(std::optional<long> rounds) {
    if (!rounds) return failed("encrypted in an outdated way; export it anew with AES-256");
    if (*rounds < 1 || *rounds > max_rounds || (spent_ += *rounds) > max_rounds_together) {
      return failed("asks for too many rounds of key derivation");
    }
    return {};
  }

  Result<void> check_mac(const PKCS12* file) {
    const ASN1_INTEGER* rounds = nullptr;
    PKCS12_get0_mac(nullptr, nullptr, nullptr, &rounds, file);
    if (PKCS12_mac_present(file) != 1) return failed("carries no integrity check");
    if (auto may = may_spend(rounds_of(rounds)); !may) return may;
    // Passing the file as not const is what the library's interface asks for.
    if (PKCS12_verify_mac(const_cast<PKCS12*>(file), passphrase_.data(), length()) != 1) {
      return failed("wrong passphrase, or a damaged file");
    }
    return {};
  }

  Result<void> take_safe(PKCS7* safe) {
    Bags bags;
    if (PKCS7_type_is_data(safe)) {
      bags.reset(PKCS12_unpack_p7data(safe));
    } else if (PKCS7_type_is_encrypted(safe) && safe->d.encrypted != nullptr &&
               safe->d.encrypted->enc_data != nullptr) {
      if (auto may = may_spend(rounds_of(safe->d.encrypted->enc_data->algorithm)); !may) {
        return may;
      }
      bags.reset(PKCS12_unpack_p7encdata(safe, passphrase_.data(), length()));
    }
    if (!bags || sk_PKCS12_SAFEBAG_num(bags.get()) > max_bags) return failed("not readable");
    for (int at = 0; at < sk_PKCS12_SAFEBAG_num(bags.get()); ++at) {
      if (auto taken = take_bag(sk_PKCS12_SAFEBAG_value(bags.get(), at)); !taken) return taken;
    }
    return {};
  }

  Result<void> take_bag(const PKCS12_SAFEBAG* bag) {
    switch (PKCS12_SAFEBAG_get_nid(bag)) {
      case NID_keyBag:
        return take_key(PKCS12_SAFEBAG_get0_p8inf(bag));
      case NID_pkcs8ShroudedKeyBag:
        return take_shrouded(bag);
      case NID_certBag:
        return take_certificate(bag);
      default:
        return failed("holds something other than a key and certificates");
    }
  }

  Result<void> take_shrouded(const PKCS12_SAFEBAG* bag) {
    const X509_ALGOR* algorithm = nullptr;
    X509_SIG_get0(PKCS12_SAFEBAG_get0_pkcs8(bag), &algorithm, nullptr);
    if (auto may = may_spend(rounds_of(algorithm)); !may) return may;
    const PrivateKeyInfo info(PKCS12_decrypt_skey(bag, passphrase_.data(), length()));
    return take_key(info.get());
  }

  Result<void> take_key(const PKCS8_PRIV_KEY_INFO* info) {
    EvpKey key(info == nullptr ? nullptr : EVP_PKCS82PKEY(info));
    if (!key) return failed("the private key is not readable");
    if (key_) return failed("holds more than one private key");
    key_ = std::move(key);
    return {};
  }

  Result<void> take_certificate(const PKCS12_SAFEBAG* bag) {
    Certificate certificate(PKCS12_SAFEBAG_get1_cert(bag));
    if (!certificate) return failed("a certificate is not readable");
    certificates_.push_back(std::move(certificate));
    return certificates_.size() <= static_cast<std::size_t>(max_bags)
               ? Result<void>{}
               : failed("holds too many certificates");
  }

  std::string_view passphrase_;
  long spent_ = 0;
  EvpKey key_;
  std::vector<Certificate> certificates_;
};

Certificate taken(std::vector<Certificate>& from, std::vector<Certificate>::iterator at) {
  Certificate one = std::move(*at);
  from.erase(at);
  return one;
}

// From the key's certificate upwards; what belongs to another chain is left out.
Result<SignerChain> ordered(std::vector<Certificate> all, const EVP_PKEY* key) {
  const auto own = std::find_if(all.begin(), all.end(), [&](const Certificate& one) {
    return X509_check_private_key(one.get(), key) == 1;
  });
  if (own == all.end()) return failed("holds no certificate for its key");
  std::vector<Certificate> chain;
  chain.push_back(taken(all, own));
  for (;;) {
    const auto above = std::find_if(all.begin(), all.end(), [&](const Certificate& one) {
      return X509_check_issued(one.get(), chain.back().get()) == X509_V_OK;
    });
    if (above == all.end()) break;
    chain.push_back(taken(all, above));
  }
  return chain_of(std::move(chain));
}

}  // namespace

Result<DocumentKey> DocumentKey::from_pkcs12(ByteView file, std::string_view passphrase) {
  ERR_clear_error();
  if (file.size() > max_file) return failed("too long");
  if (passphrase.size() > max_passphrase || passphrase.find('\0') != std::string_view::npos) {
    return failed("not a usable passphrase");
  }
  const unsigned char* at = file.data();
  const Pkcs12 parsed(d2i_PKCS12(nullptr, &at, static_cast<long>(file.size())));
  if (!parsed || at != file.data() + file.size()) return failed("not such a file");
  Contents contents(passphrase);
  if (auto read = contents.read(parsed.get()); !read) return read.error();
  EvpKey key = contents.take_key();
  if (kind_of(key.get()) == KeyKind::other) {
    return openssl_error(Fault::malformed, "document key: " + std::string(unfit_key));
  }
  Result<SignerChain> chain = ordered(contents.take_certificates(), key.get());
  if (!chain) return chain.error();
  Result<std::unique_ptr<State>> state = key_with_chain(std::move(key), *std::move(chain));
  if (!state) return state.error();
  ERR_clear_error();
  return DocumentKey(*std::move(state));
}

}  // namespace refledger::seal
