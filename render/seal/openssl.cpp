#include "render/seal/openssl.h"

#include <openssl/err.h>

namespace refledger::seal {

Error openssl_error(Fault fault, std::string detail) {
  ERR_clear_error();
  return Error{fault, std::move(detail)};
}

Bio reader_of(std::string_view text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

}  // namespace refledger::seal
