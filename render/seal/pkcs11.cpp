// A document key on a token: spoken to by PKCS#11 itself, through p11-kit, which loads the module
// and reads the address.  OpenSSL 3.0 reaches tokens only by engines, which it has given up.
//
// State    One session, logged in.  Where it fails, module and session are started once more; a PIN
//          that was refused is never sent again, for tokens lock after a few.
// Errors   malformed (address, PIN, chain: a setting to mend), upstream (the token does not answer)
// Source   PKCS#11 v2.40 §5.6, §5.11; RFC 7512 (the address); RFC 8017 §9.2 note 1 (DigestInfo)
#include <openssl/err.h>
#include <p11-kit/p11-kit.h>
#include <p11-kit/pkcs11.h>
#include <p11-kit/uri.h>

#include <algorithm>
#include <mutex>

#include "ledger/core/hash.h"
#include "render/seal/state.h"

namespace refledger::seal {
namespace {

using Uri = std::unique_ptr<P11KitUri, Freer<p11_kit_uri_free>>;

constexpr std::size_t max_uri = 1024;
constexpr CK_ULONG max_slots = 64;
constexpr std::size_t max_signature = 512;

Error unusable(const std::string& why) { return {Fault::malformed, "document key: token: " + why}; }
Error unanswered(const std::string& what, CK_RV code) {
  return {Fault::upstream,
          "document key: token: " + what + ", PKCS#11 error " + std::to_string(code)};
}

struct FreeModule {
  void operator()(CK_FUNCTION_LIST* module) const {
    p11_kit_module_finalize(module);
    p11_kit_module_release(module);
  }
};
using Module = std::unique_ptr<CK_FUNCTION_LIST, FreeModule>;

Result<Uri> parsed(const std::string& text) {
  Uri uri(p11_kit_uri_new());
  if (!uri || text.size() > max_uri ||
      p11_kit_uri_parse(text.c_str(), P11_KIT_URI_FOR_ANY, uri.get()) != P11_KIT_URI_OK ||
      p11_kit_uri_any_unrecognized(uri.get()) != 0) {
    return unusable("not a pkcs11: address");
  }
  if (p11_kit_uri_get_pin_value(uri.get()) != nullptr ||
      p11_kit_uri_get_pin_source(uri.get()) != nullptr) {
    return unusable("the PIN does not belong into the address");
  }
  const char* path = p11_kit_uri_get_module_path(uri.get());
  if (path == nullptr || *path != '/') return unusable("the address names no module-path");
  return uri;
}

Result<Module> loaded(const Uri& uri) {
  CK_FUNCTION_LIST* module = p11_kit_module_load(p11_kit_uri_get_module_path(uri.get()), 0);
  if (module == nullptr) return unusable("the module cannot be loaded");
  if (const CK_RV code = p11_kit_module_initialize(module); code != CKR_OK) {
    p11_kit_module_release(module);
    return unanswered("the module does not start", code);
  }
  return Module(module);
}

// The one token that the address describes.
Result<CK_SLOT_ID> slot_of(CK_FUNCTION_LIST* module, P11KitUri* uri) {
  std::array<CK_SLOT_ID, max_slots> slots{};
  CK_ULONG count = slots.size();
  if (const CK_RV code = module->C_GetSlotList(CK_TRUE, slots.data(), &count); code != CKR_OK) {
    return unanswered("cannot be listed", code);
  }
  std::vector<CK_SLOT_ID> found;
  for (CK_ULONG at = 0; at < count; ++at) {
    CK_TOKEN_INFO info{};
    if (module->C_GetTokenInfo(slots[at], &info) == CKR_OK &&
        p11_kit_uri_match_token_info(uri, &info) == 1) {
      found.push_back(slots[at]);
    }
  }
  if (found.size() > 1) return unusable("the address fits more than one");
  if (found.empty()) return Error{Fault::upstream, "document key: token: not there"};
  return found.front();
}

class Token : public Hand {
 public:
  Token(Module module, Uri uri, std::string_view pin, KeyKind kind)
      : module_(std::move(module)), uri_(std::move(uri)), pin_(pin), kind_(kind) {}

  Result<void> open() {
    close();
    if (pin_refused_) return unusable("refused the PIN");
    const Result<CK_SLOT_ID> slot = slot_of(module_.get(), uri_.get());
    if (!slot) return slot.error();
    CK_RV code = module_->C_OpenSession(*slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session_);
    if (code != CKR_OK) return unanswered("gives no session", code);
    open_ = true;
    if (auto may = log_in(CKU_USER); !may) return may;
    return find_key();
  }

  Result<Bytes> sign(ByteView message) const override {
    const std::scoped_lock alone(mutex_);
    // Opening anew changes the session, not what this object is: the key on that token.
    Token& self = const_cast<Token&>(*this);
    if (open_) {
      if (Result<Bytes> signature = self.sign_once(message)) return signature;
    }
    if (auto again = self.open_anew(); !again) return again.error();
    return self.sign_once(message);
  }

  ~Token() override { close(); }
  Token(const Token&) = delete;
  Token& operator=(const Token&) = delete;

 private:
  void close() {
    if (open_) module_->C_CloseSession(session_);
    open_ = false;
  }

  // A module may know of a token that is back, or of a server that was away, only when it is
  // started again.
  Result<void> open_anew() {
    close();
    p11_kit_module_finalize(module_.get());
    if (const CK_RV code = p11_kit_module_initialize(module_.get()); code != CKR_OK) {
      return unanswered("the module does not start", code);
    }
    return open();
  }

  Result<void> log_in(CK_USER_TYPE user) {
    // The interface takes a pointer to bytes it only reads.
    const std::string_view pin = pin_;
    const CK_RV code = module_->C_Login(
        session_, user, reinterpret_cast<CK_UTF8CHAR*>(const_cast<char*>(pin.data())), pin.size());
    if (code == CKR_OK || code == CKR_USER_ALREADY_LOGGED_IN) return {};
    pin_refused_ = code == CKR_PIN_INCORRECT || code == CKR_PIN_LEN_RANGE ||
                   code == CKR_PIN_INVALID || code == CKR_PIN_LOCKED || code == CKR_PIN_EXPIRED;
    return pin_refused_ ? unusable("refused the PIN") : unanswered("lets nobody log in", code);
  }

  Result<void> find_key() {
    CK_OBJECT_CLASS type = CKO_PRIVATE_KEY;
    CK_BBOOL yes = CK_TRUE;
    std::vector<CK_ATTRIBUTE> wanted{{CKA_CLASS, &type, sizeof type}, {CKA_SIGN, &yes, sizeof yes}};
    for (const CK_ATTRIBUTE_TYPE name : {CKA_LABEL, CKA_ID}) {
      const CK_ATTRIBUTE* given = p11_kit_uri_get_attribute(uri_.get(), name);
      if (given != nullptr) wanted.push_back(*given);
    }
    CK_RV code = module_->C_FindObjectsInit(session_, wanted.data(), wanted.size());
    if (code != CKR_OK) return unanswered("cannot be searched", code);
    std::array<CK_OBJECT_HANDLE, 2> found{};
    CK_ULONG count = 0;
    code = module_->C_FindObjects(session_, found.data(), found.size(), &count);
    module_->C_FindObjectsFinal(session_);
    if (code != CKR_OK) return unanswered("cannot be searched", code);
    if (count != 1) return unusable(count == 0 ? "holds no such key" : "holds more than one");
    key_ = found.front();
    CK_BBOOL always = CK_FALSE;
    CK_ATTRIBUTE asks{CKA_ALWAYS_AUTHENTICATE, &always, sizeof always};
    asks_each_time_ =
        module_->C_GetAttributeValue(session_, key_, &asks, 1) == CKR_OK && always == CK_TRUE;
    return {};
  }

  // ECDSA takes the hash; RSA the hash with its name, which every token can pad.
  Result<Bytes> sign_once(ByteView message) {
    constexpr std::array<std::uint8_t, 19> digest_info{0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60,
                                                       0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
                                                       0x01, 0x05, 0x00, 0x04, 0x20};
    const bool rsa = kind_ == KeyKind::rsa;
    const Sha256 hash = sha256(message);
    Bytes input = rsa ? copy_of(digest_info) : Bytes{};
    input.insert(input.end(), hash.begin(), hash.end());
    CK_MECHANISM how{rsa ? CKM_RSA_PKCS : CKM_ECDSA, nullptr, 0};
    CK_RV code = module_->C_SignInit(session_, &how, key_);
    if (code != CKR_OK) return unanswered("does not sign", code);
    if (asks_each_time_) {
      if (auto may = log_in(CKU_CONTEXT_SPECIFIC); !may) return may.error();
    }
    Bytes signature(max_signature);
    CK_ULONG length = signature.size();
    code = module_->C_Sign(session_, input.data(), input.size(), signature.data(), &length);
    if (code != CKR_OK) return unanswered("does not sign", code);
    signature.resize(length);
    return signature;
  }

  Module module_;
  Uri uri_;
  sign::GuardedText pin_;
  KeyKind kind_;
  mutable std::mutex mutex_;
  bool open_ = false;
  bool pin_refused_ = false;
  bool asks_each_time_ = false;
  CK_SESSION_HANDLE session_ = 0;
  CK_OBJECT_HANDLE key_ = 0;
};

// That the token's key is the certificate's shows in a signature.
Result<void> belongs(const Hand& token, X509* signer) {
  const ByteView trial = bytes_of("refledger: is this the certificate's key?");
  const Result<Bytes> signature = token.sign(trial);
  if (!signature) return signature.error();
  if (checked_signature(trial, *signature, signer)) return {};
  return Error{Fault::malformed, "certificate chain: the first is not for this key"};
}

}  // namespace

Result<DocumentKey> DocumentKey::from_pkcs11(const std::string& uri, std::string_view pin,
                                             std::string_view chain) {
  ERR_clear_error();
  Result<SignerChain> certificates = SignerChain::from_pem(chain);
  if (!certificates) return certificates.error();
  Result<Uri> address = parsed(uri);
  if (!address) return address.error();
  Result<Module> module = loaded(*address);
  if (!module) return module.error();
  X509* signer = certificates->state().signer();
  auto token = std::make_unique<Token>(*std::move(module), *std::move(address), pin,
                                       kind_of(X509_get0_pubkey(signer)));
  if (auto opened = token->open(); !opened) return opened.error();
  if (auto own = belongs(*token, signer); !own) return own.error();
  return DocumentKey(
      std::make_unique<State>(State{nullptr, std::move(token), *std::move(certificates)}));
}

}  // namespace refledger::seal
