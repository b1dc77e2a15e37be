#include "ledger/core/aes_gcm.h"

#include <openssl/evp.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace refledger {
namespace {

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

void require(bool held) {
  if (!held) std::abort();  // only out of memory, a wrong key length, or an OpenSSL without AES-GCM
}

Cipher start(ByteView key, ByteView nonce, ByteView bound_to, bool sealing) {
  require(key.size() == kAesGcmKey);
  Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  require(cipher != nullptr);
  require(EVP_CipherInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce.data(),
                            sealing ? 1 : 0) == 1);
  int length = 0;
  require(EVP_CipherUpdate(cipher.get(), nullptr, &length, bound_to.data(),
                           static_cast<int>(bound_to.size())) == 1);
  return cipher;
}

void run(const Cipher& cipher, ByteView in, std::uint8_t* out) {
  int length = 0;
  require(EVP_CipherUpdate(cipher.get(), out, &length, in.data(), static_cast<int>(in.size())) ==
          1);
}

}  // namespace

Bytes seal_aes_gcm(ByteView key, ByteView bound_to, ByteView plain, Random& random) {
  Bytes sealed(kAesGcmNonce + plain.size() + kAesGcmTag);
  const std::span<std::uint8_t> nonce = std::span(sealed).first(kAesGcmNonce);
  random.fill(nonce);
  const Cipher cipher = start(key, nonce, bound_to, true);
  run(cipher, plain, sealed.data() + kAesGcmNonce);
  std::uint8_t* const end = sealed.data() + kAesGcmNonce + plain.size();
  int length = 0;
  require(EVP_CipherFinal_ex(cipher.get(), end, &length) == 1 && length == 0);
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kAesGcmTag, end) == 1);
  return sealed;
}

Result<Bytes> open_aes_gcm(ByteView key, ByteView bound_to, ByteView sealed,
                           std::string_view what) {
  const Error refused{Fault::refused, std::string(what) + ": another key, or altered"};
  if (sealed.size() < kAesGcmNonce + kAesGcmTag) return refused;
  const ByteView body = sealed.subspan(kAesGcmNonce, sealed.size() - kAesGcmNonce - kAesGcmTag);
  Bytes tag = copy_of(sealed.last(kAesGcmTag));
  const Cipher cipher = start(key, sealed.first(kAesGcmNonce), bound_to, false);
  Bytes plain(body.size());
  run(cipher, body, plain.data());
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kAesGcmTag, tag.data()) == 1);
  int length = 0;
  std::array<std::uint8_t, kAesGcmTag> nothing{};
  if (EVP_CipherFinal_ex(cipher.get(), nothing.data(), &length) != 1) return refused;
  return plain;
}

}  // namespace refledger
