#include "render/seal/openssl.h"

#include <openssl/err.h>

namespace refledger::seal {
namespace {

std::string_view written_to(const Bio& bio) {
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio.get(), &data);
  return length > 0 ? std::string_view(data, static_cast<std::size_t>(length)) : std::string_view();
}

}  // namespace

Error openssl_error(Fault fault, std::string detail) {
  ERR_clear_error();
  return Error{fault, std::move(detail)};
}

Bio reader_of(std::string_view text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string pem_of(const X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  if (!bio || PEM_write_bio_X509(bio.get(), certificate) != 1) return {};
  return std::string(written_to(bio));
}

sign::GuardedText pem_of(const EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_secmem()));  // cleared when freed
  if (!bio ||
      PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return {};
  }
  return sign::GuardedText(written_to(bio));
}

}  // namespace refledger::seal
