#include "ledger/log/fsck.h"

#include <algorithm>

#include "ledger/core/hash.h"
#include "ledger/core/random.h"
#include "ledger/format/checkpoint.h"
#include "ledger/keys/ed25519.h"
#include "ledger/keys/note.h"
#include "ledger/log/fsck_parts.h"

namespace refledger::log {
namespace {

// The stored checkpoint says how many entries there are; beyond them there is nothing.
Result<Claims> read_claims(FsckScene& scene) {
  Claims claims;
  const auto stored = scene.store.get(layout::kMeta, layout::kCheckpointKey);
  if (!stored) return stored.error();
  if (*stored) {
    const std::string text(text_of(**stored));
    if (const auto checkpoint = read_checkpoint(scene, "the checkpoint", text)) {
      scene.size = checkpoint->size;
      add_claim(scene, *checkpoint, "the checkpoint", claims);
    }
  }
  const Result<TreeSize> indexed = layout::read_indexed(scene.store);
  if (!indexed) return indexed.error();
  scene.indexed = *indexed;
  if (*indexed > scene.size) scene.findings.add("the watermark is beyond the checkpoint's size");
  const std::string end = store::number_key(scene.size.leaves);
  for (const auto& [from, to] :
       {std::pair<std::string, std::string>{end, ""}, {"", store::number_key(0)}}) {
    const Result<void> scanned =
        scene.store.scan(layout::kEntry, from, to, [&](std::string_view, ByteView) {
          scene.findings.add(*stored ? "there are entries beyond the checkpoint"
                                     : "there are entries and no checkpoint");
          return false;
        });
    if (!scanned) return scanned.error();
  }
  const auto cosigned = scene.store.get(layout::kCosigned, layout::kNewestCosigned);
  if (!cosigned) return cosigned.error();
  if (*cosigned) {
    const std::string what = "the cosigned checkpoint";
    const auto checkpoint = read_checkpoint(scene, what, std::string(text_of(**cosigned)));
    if (checkpoint) add_claim(scene, *checkpoint, what, claims);
  }
  const Result<void> strays =
      scene.store.scan(layout::kCosigned, "", "", [&](std::string_view key, ByteView) {
        const bool by_size = key.size() == store::number_key(0).size() &&
                             layout::position_of_key(key)->position <= scene.size.leaves;
        if (!by_size && key != layout::kNewestCosigned) {
          scene.findings.add("a cosigned checkpoint of no size that the log had");
        }
        return true;
      });
  if (!strays) return strays.error();
  for (const auto& [what, text] : scene.options.checkpoints) {
    if (const auto checkpoint = read_checkpoint(scene, what, text)) {
      add_claim(scene, *checkpoint, what, claims);
    }
  }
  if (Result<void> ends = check_ends(scene, claims); !ends) return ends.error();
  return claims;
}

// A token names the state of the log that it speaks of.
void add_token_claims(FsckScene& scene, std::vector<StatusClaim>& tokens, Claims& claims) {
  std::erase_if(tokens, [&](const StatusClaim& token) {
    const credential::StatusList& list = token.token.list;
    const std::string what = "status list " + std::to_string(token.list);
    if (list.origin != scene.log_key.name) {
      scene.findings.add(what + " is another log's");
      return true;
    }
    add_claim(scene, {list.origin, list.size, list.root}, what, claims);
    return list.size > scene.size;
  });
}

Result<void> count_tiles(FsckScene& scene) {
  std::uint64_t there = 0;
  const Result<void> scanned =
      scene.store.scan(layout::kTile, "", "", [&](std::string_view, ByteView) {
        ++there;
        return true;
      });
  if (!scanned) return scanned;
  if (there > scene.report.tiles) scene.findings.add("there are tiles too many");
  return {};
}

Result<void> run(FsckScene& scene) {
  Result<Claims> claims = read_claims(scene);
  if (!claims) return claims.error();
  std::vector<StatusClaim> tokens;
  if (!scene.options.tree_only) {
    Result<std::vector<StatusClaim>> read = read_status_tokens(scene);
    if (!read) return read.error();
    tokens = *std::move(read);
    add_token_claims(scene, tokens, *claims);
  }
  const Result<EntriesChecked> entries = check_entries(scene, *claims, tokens);
  if (!entries) return entries.error();
  if (scene.report.ended_early) return {};
  if (Result<void> counted = count_tiles(scene); !counted) return counted;
  if (scene.options.tree_only) return {};
  check_token_signatures(scene, tokens, entries->issuers);
  return scene.options.indexes ? check_indexes(scene, *entries) : Result<void>();
}

}  // namespace

void add_claim(FsckScene& scene, const format::Checkpoint& checkpoint, const std::string& what,
               Claims& claims) {
  if (checkpoint.size > scene.size) {
    scene.findings.add(what + " is of " + std::to_string(checkpoint.size.leaves) +
                       " entries, stored are " + std::to_string(scene.size.leaves));
  } else if (checkpoint.size.leaves == 0) {
    ++scene.report.checkpoints;
    if (checkpoint.root != hash_empty()) scene.findings.add(what + ": root of an empty log");
  } else {
    claims.emplace(checkpoint.size, Claim{checkpoint.root, what});
  }
}

std::optional<format::Checkpoint> read_checkpoint(FsckScene& scene, const std::string& what,
                                                  const std::string& text) {
  const auto wrong = [&](const std::string& why) {
    scene.findings.add(what + ": " + why);
    return std::nullopt;
  };
  const Result<format::Note> note = format::parse_note(text);
  if (!note) return wrong(note.error().detail);
  const Result<format::Checkpoint> checkpoint = format::parse_checkpoint(note->text);
  if (!checkpoint) return wrong(checkpoint.error().detail);
  if (checkpoint->origin != scene.log_key.name) return wrong("is another log's");
  switch (keys::check_note(*note, scene.log_key)) {
    case keys::NoteTrust::signed_by_key:
      return *checkpoint;
    case keys::NoteTrust::unknown_signers:
      return wrong("is not signed by this log's key");
    case keys::NoteTrust::bad_signature:
      return wrong("its signature does not hold");
  }
  std::abort();
}

Result<std::vector<StatusClaim>> read_status_tokens(FsckScene& scene) {
  std::vector<StatusClaim> tokens;
  const auto take = [&](std::string_view key, ByteView value) {
    const Result<LeafIndex> list = layout::position_of_key(key);
    const std::string what = "status list " + std::to_string(list ? list->position : 0);
    const Result<std::string> text = layout::parse_status(value);
    Result<credential::ParsedStatusToken> token =
        text ? credential::parse_status_token(*text) : text.error();
    if (!list || !token) {
      scene.findings.add(what + ": " + (token ? "key" : token.error().detail));
      return true;
    }
    StatusClaim claim{list->position, *std::move(token), {}};
    claim.withdrawn.resize(credential::kStatusListLength);
    for (const std::uint64_t place : claim.token.list.withdrawn) claim.withdrawn[place] = true;
    claim.token.list.withdrawn.clear();
    tokens.push_back(std::move(claim));
    return true;
  };
  const Result<void> scanned = scene.store.scan(layout::kStatus, "", "", take);
  if (!scanned) return scanned.error();
  std::ranges::sort(tokens, {}, [](const StatusClaim& claim) { return claim.token.list.size; });
  return tokens;
}

void check_token_signatures(FsckScene& scene, const std::vector<StatusClaim>& tokens,
                            const keys::Issuers& issuers) {
  for (const StatusClaim& claim : tokens) {
    const credential::ParsedStatusToken& token = claim.token;
    const keys::IssuerKeys* const issuer = issuers.find(token.list.iss);
    const auto key =
        issuer == nullptr ? std::nullopt : issuer->find(token.kid, format::KeyUse::status);
    if (key && issuer->may_sign_status(token.kid, token.list.size) &&
        keys::signature_holds(*key, bytes_of(token.signing_input), token.signature)) {
      continue;
    }
    scene.findings.add("status list " + std::to_string(claim.list) +
                       " is not signed by a status key that counts");
  }
}

FsckReport fsck(const store::Reader& store, const std::string& origin, const PublicKey& log_key,
                const FsckOptions& options) {
  SystemRandom random;
  FsckScene scene{store, {origin, format::kNoteEd25519, log_key}, options, {}, {}, {}, {}, {}};
  random.fill(scene.sum_key);
  if (Result<void> ran = run(scene); !ran) {
    scene.findings.add("cannot be read to its end: " + ran.error().detail);
    scene.report.ended_early = true;
  }
  scene.report.size = scene.size;
  scene.findings.move_into(scene.report);
  return std::move(scene.report);
}

}  // namespace refledger::log
