#include "tools/refledger/paper_key.h"

#include "ledger/core/encoding.h"
#include "ledger/core/file.h"
#include "ledger/sign/secret_file.h"

namespace refledger::tools {

Result<std::unique_ptr<sign::Ed25519Key>> read_paper_key(const std::filesystem::path& file) {
  const Result<sign::GuardedText> content = sign::read_secret(file, 4096);
  if (!content) return content.error();
  std::string_view text = *content;
  while (text.ends_with('\n')) text.remove_suffix(1);
  Result<Bytes> seed = from_base64url(text.substr(text.rfind('\n') + 1), file.string() + ": key");
  if (!seed) return seed.error();
  Result<std::unique_ptr<sign::Ed25519Key>> key = sign::Ed25519Key::from_seed(*seed);
  sign::wipe(*seed);
  return key;
}

Result<PublicKey> make_paper_key(PaperKey which, const std::filesystem::path& file,
                                 Random& random) {
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored)) {
    return Error{Fault::conflict, file.string() + " is there already"};
  }
  const std::unique_ptr<sign::Ed25519Key> key = sign::Ed25519Key::generate(random);
  const bool root = which == PaperKey::root;
  const std::string text =
      std::string("refledger ") + (root ? "root" : "recovery") +
      " key. Print this page, keep it away from the server, delete this file.\n" +
      (root ? "It can close the log and name its successor; it signs nothing else.\n"
            : "It can replace the issuer's key when that is lost; it signs nothing else.\n") +
      key->paper_form() + "\n";
  if (Result<void> written = write_file(file, bytes_of(text)); !written) return written.error();
  return key->public_key();
}

}  // namespace refledger::tools
