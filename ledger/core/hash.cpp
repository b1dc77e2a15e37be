#include "ledger/core/hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cstdlib>
#include <memory>

namespace refledger {
namespace {

// One fetched digest and one context a thread: EVP_sha256() would be looked up again on each call,
// which costs three times the hash of a tree node.
struct Hasher {
  std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> digest{EVP_MD_fetch(nullptr, "SHA256", nullptr),
                                                         EVP_MD_free};
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                  EVP_MD_CTX_free};
};

void require(bool held) {
  if (!held) std::abort();  // only out of memory, or an OpenSSL without SHA-256
}

}  // namespace

Sha256 sha256(std::initializer_list<ByteView> parts) {
  thread_local const Hasher hasher;
  EVP_MD_CTX* const context = hasher.context.get();
  require(EVP_DigestInit_ex2(context, hasher.digest.get(), nullptr) == 1);
  for (const ByteView part : parts) {
    require(EVP_DigestUpdate(context, part.data(), part.size()) == 1);
  }
  Sha256 out{};
  require(EVP_DigestFinal_ex(context, out.data(), nullptr) == 1);
  return out;
}

TreeHash hash_leaf(ByteView entry) {
  static constexpr std::array<std::uint8_t, 1> prefix{0};
  return {sha256({prefix, entry})};
}

TreeHash hash_children(const TreeHash& left, const TreeHash& right) {
  static constexpr std::array<std::uint8_t, 1> prefix{1};
  return {sha256({prefix, left.view(), right.view()})};
}

TreeHash hash_empty() { return {sha256(std::initializer_list<ByteView>{})}; }

ReferenceHash hash_reference(const ReferenceId& id) {
  static constexpr std::string_view domain{"refledger-ref-v1\0", 17};
  return {sha256({bytes_of(domain), id.view()})};
}

Sha256 hmac_sha256(ByteView key, ByteView message) {
  Sha256 out{};
  unsigned int length = 0;
  require(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), message.data(),
               message.size(), out.data(), &length) != nullptr &&
          length == out.size());
  return out;
}

bool equal_secrets(ByteView a, ByteView b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace refledger
