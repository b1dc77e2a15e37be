// A key that is kept on paper or on a stick: recovery and root keys.
//
// Shape    A text whose last line is the seed in base64url; what stands above it is for people.
// Errors   malformed, not_found, storage; conflict if the file is there already
#pragma once

#include <filesystem>
#include <memory>

#include "ledger/core/random.h"
#include "ledger/sign/ed25519_key.h"

namespace refledger::tools {

Result<std::unique_ptr<sign::Ed25519Key>> read_paper_key(const std::filesystem::path& file);

enum class PaperKey { recovery, root };

/// Draws one and writes it, readable by its owner alone.
Result<PublicKey> make_paper_key(PaperKey which, const std::filesystem::path& file, Random& random);

}  // namespace refledger::tools
