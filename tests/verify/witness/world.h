// A log as a witness sees it: leaves, checkpoints, proofs; and one that forks.
#pragma once

#include <gtest/gtest.h>

#include "ledger/core/hash.h"
#include "ledger/format/witness_request.h"
#include "ledger/merkle/proof.h"
#include "support/example.h"
#include "support/merkle_reference.h"

namespace refledger::witness {

class WatchedLog : public merkle::Nodes {
 public:
  explicit WatchedLog(std::string origin = test::kOrigin, std::uint8_t key = 99)
      : origin_(std::move(origin)), key_(test::key_of(key)) {}

  format::NoteKey verifier_key() const {
    return {origin_, format::kNoteEd25519, key_->public_key()};
  }
  void grow(std::size_t leaves, const std::string& what = "leaf") {
    while (leaves_.size() < leaves) {
      leaves_.push_back(hash_leaf(bytes_of(what + std::to_string(leaves_.size()))));
    }
  }
  TreeHash root(std::size_t size) const { return test::tree_hash(std::span(leaves_).first(size)); }
  std::string checkpoint(std::size_t size) const {
    return format::sign_checkpoint({origin_, {size}, root(size)}, *key_);
  }
  std::vector<TreeHash> proof(std::size_t from, std::size_t to) const {
    if (from == 0 || from == to) return {};
    return *merkle::prove_consistency(*this, {from}, {to});
  }
  std::string request(std::size_t from, std::size_t to) const {
    return format::format_witness_request({{from}, proof(from, to), checkpoint(to)});
  }
  const Signer& key() const { return *key_; }

  Result<TreeHash> node(unsigned height, std::uint64_t index) const override {
    const std::size_t width = std::size_t{1} << height;
    return test::tree_hash(std::span(leaves_).subspan(index * width, width));
  }

 private:
  std::string origin_;
  std::unique_ptr<sign::Ed25519Key> key_;
  std::vector<TreeHash> leaves_;
};

}  // namespace refledger::witness
