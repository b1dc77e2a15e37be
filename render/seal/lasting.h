// Makes a signed file last: PAdES B-LT and B-LTA, from what the certificates' authorities say
// today.
//
// Errors   refused (a certificate is revoked, or cannot be asked about), upstream (an authority
//          does not answer, or not soundly), malformed: nothing is added then
// Threads  One file at a time for each object.
// Source   ETSI EN 319 142-1 §5.4, §6.3
#pragma once

#include <memory>
#include <vector>

#include "render/seal/further.h"
#include "render/seal/seal.h"
#include "render/seal/status.h"

namespace refledger::seal {

class Lasting {
 public:
  virtual ~Lasting() = default;
  /// Whether a timestamp over everything is added (B-LTA): pdf::Additions::archive_timestamp.
  virtual bool archives() const = 0;
  /// `file` with validation data for everybody who signed it, whose signatures are stamped; with a
  /// timestamp over everything where it was made for one (`archive`).
  virtual Result<Bytes> complete(ByteView file, const std::vector<const SignerChain*>& signers,
                                 bool archive) = 0;
};

/// Asks the authorities that the certificates name.
class OnlineLasting : public Lasting {
 public:
  OnlineLasting(bool archives, Timestamper& authority, StatusSettings settings, const Clock& clock)
      : archives_(archives), authority_(authority), settings_(std::move(settings)), clock_(clock) {}

  bool archives() const override { return archives_; }
  Result<Bytes> complete(ByteView file, const std::vector<const SignerChain*>& signers,
                         bool archive) override;

 private:
  bool archives_;
  Timestamper& authority_;
  StatusSettings settings_;
  const Clock& clock_;
};

}  // namespace refledger::seal
