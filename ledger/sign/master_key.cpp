#include "ledger/sign/master_key.h"

#include <fcntl.h>
#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "ledger/sign/guarded.h"

namespace refledger::sign {
namespace {

constexpr std::size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kFileBytes = 2 * kKeyBytes + 1;  // hex digits and a line feed

void require(bool held) {
  if (!held) std::abort();  // only out of memory, or a library without the algorithm
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Error failed(const char* step, const std::filesystem::path& file) {
  const int reason = errno;
  return {reason == ENOENT ? Fault::not_found : Fault::storage,
          std::string("master key: ") + step + " " + file.string() + ": " + std::strerror(reason)};
}

// Asked of the open file, so that it cannot be another one by the time it is read.
Result<void> check_private(int fd, const std::filesystem::path& file) {
  struct stat about {};
  if (::fstat(fd, &about) != 0) return failed("look at", file);
  if (!S_ISREG(about.st_mode)) {
    return Error{Fault::malformed, "master key: " + file.string() + " is not a regular file"};
  }
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Error{Fault::refused,
                 "master key: " + file.string() +
                     " is open to group or others; chmod 600 keeps it to its owner"};
  }
  return {};
}

// Up to out.size() bytes; a longer file fills it whole.
Result<std::size_t> read_into(int fd, std::span<std::uint8_t> out,
                              const std::filesystem::path& file) {
  std::size_t filled = 0;
  while (filled < out.size()) {
    const ssize_t got = ::read(fd, out.data() + filled, out.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("read", file);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

void encode_file(const Guarded& key, Guarded& text) {
  sodium_bin2hex(reinterpret_cast<char*>(text.data()), text.size(), key.data(), key.size());
  text.bytes()[kFileBytes - 1] = '\n';  // in the place of sodium's final zero
}

// Strict: what encode_file would not write is refused.
bool decode_file(const Guarded& text, Guarded& key) {
  std::size_t length = 0;
  const int parsed =
      sodium_hex2bin(key.data(), key.size(), reinterpret_cast<const char*>(text.data()),
                     kFileBytes - 1, nullptr, &length, nullptr);
  if (parsed != 0 || length != key.size()) return false;
  Guarded again(kFileBytes);
  encode_file(key, again);
  return sodium_memcmp(again.data(), text.data(), kFileBytes) == 0;
}

// A file of its own (mode 0600) beside `file`, on disk; its name.
Result<std::string> write_draft(const std::filesystem::path& file, const Guarded& text) {
  std::string name = file.string() + ".XXXXXX";
  const Descriptor draft(::mkostemp(name.data(), O_CLOEXEC));
  if (draft.get() < 0) return failed("create", file);
  const ssize_t written = ::write(draft.get(), text.data(), text.size());
  if (written == static_cast<ssize_t>(text.size()) && ::fsync(draft.get()) == 0) return name;
  const Error error = failed("write", file);
  ::unlink(name.c_str());
  return error;
}

Result<void> sync_folder_of(const std::filesystem::path& file) {
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  const Descriptor open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (open.get() < 0 || ::fsync(open.get()) != 0) return failed("sync", folder);
  return {};
}

}  // namespace

struct MasterKey::Secret {
  Guarded key{kKeyBytes};
};

MasterKey::MasterKey(std::unique_ptr<Secret> secret) : secret_(std::move(secret)) {}
MasterKey::MasterKey(MasterKey&&) noexcept = default;
MasterKey& MasterKey::operator=(MasterKey&&) noexcept = default;
MasterKey::~MasterKey() = default;

Result<MasterKey> MasterKey::read(const std::filesystem::path& file) {
  const Descriptor open(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (open.get() < 0) return failed("open", file);
  if (Result<void> checked = check_private(open.get(), file); !checked) return checked.error();
  Guarded text(kFileBytes + 1);  // one more, to notice a longer file
  const Result<std::size_t> length = read_into(open.get(), text.bytes(), file);
  if (!length) return length.error();
  auto secret = std::make_unique<Secret>();
  if (*length != kFileBytes || !decode_file(text, secret->key)) {
    return Error{Fault::malformed, "master key: " + file.string() +
                                       " is not 64 lower-case hex digits and a line end"};
  }
  return MasterKey(std::move(secret));
}

Result<void> MasterKey::create(const std::filesystem::path& file, Random& random) {
  Guarded key(kKeyBytes);
  random.fill(key.bytes());
  Guarded text(kFileBytes);
  encode_file(key, text);
  // Written whole beside its place and then linked into it: link, unlike rename, never replaces a
  // key that is there, and a crash leaves no half-written one.
  const Result<std::string> draft = write_draft(file, text);
  if (!draft) return draft.error();
  const int linked = ::link(draft->c_str(), file.c_str());
  const int reason = errno;
  ::unlink(draft->c_str());
  errno = reason;
  if (linked != 0 && reason == EEXIST) {
    return Error{Fault::conflict, "master key: " + file.string() + " exists"};
  }
  if (linked != 0) return failed("create", file);
  return sync_folder_of(file);
}

Result<MasterKey> MasterKey::from_bytes(ByteView bytes) {
  if (bytes.size() != kKeyBytes) return Error{Fault::malformed, "master key: wrong length"};
  auto secret = std::make_unique<Secret>();
  std::copy(bytes.begin(), bytes.end(), secret->key.data());
  return MasterKey(std::move(secret));
}

Bytes MasterKey::seal(ByteView plain, std::string_view purpose, Random& random) const {
  Bytes sealed(1 + kNonceBytes + plain.size() + kTagBytes);
  sealed[0] = kVersion;
  const std::span<std::uint8_t> nonce(sealed.data() + 1, kNonceBytes);
  random.fill(nonce);
  const ByteView aad = bytes_of(purpose);
  unsigned long long length = 0;
  require(crypto_aead_xchacha20poly1305_ietf_encrypt(
              sealed.data() + 1 + kNonceBytes, &length, plain.data(), plain.size(), aad.data(),
              aad.size(), nullptr, nonce.data(), secret_->key.data()) == 0);
  return sealed;
}

Result<Bytes> MasterKey::open(ByteView sealed, std::string_view purpose) const {
  const Error refused{Fault::refused, "sealed value: another master key or purpose, or altered"};
  if (sealed.size() < 1 + kNonceBytes + kTagBytes || sealed[0] != kVersion) return refused;
  const ByteView nonce = sealed.subspan(1, kNonceBytes);
  const ByteView body = sealed.subspan(1 + kNonceBytes);
  const ByteView aad = bytes_of(purpose);
  Bytes plain(body.size() - kTagBytes);
  unsigned long long length = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), &length, nullptr, body.data(),
                                                 body.size(), aad.data(), aad.size(), nonce.data(),
                                                 secret_->key.data()) != 0) {
    return refused;
  }
  return plain;
}

Bytes MasterKey::derive(std::string_view purpose) const {
  const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(
      EVP_KDF_fetch(nullptr, "HKDF", nullptr), EVP_KDF_free);
  require(kdf != nullptr);
  const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(
      EVP_KDF_CTX_new(kdf.get()), EVP_KDF_CTX_free);
  require(context != nullptr);
  // OpenSSL's parameters are not const, though it only reads them.
  std::string digest = "SHA256";
  std::string info(purpose);
  const std::array<OSSL_PARAM, 4> parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret_->key.data(),
                                        secret_->key.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
      OSSL_PARAM_construct_end()};
  Bytes derived(kKeyBytes);
  require(EVP_KDF_derive(context.get(), derived.data(), derived.size(), parameters.data()) == 1);
  return derived;
}

}  // namespace refledger::sign
