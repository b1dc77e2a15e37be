// The letterhead's picture, read and packed once for all documents of an issuer.
//
// Errors   malformed: not a PNG, JPEG or plain SVG, or too large (render/picture/picture.h)
// Threads  A logo does not change; copies are cheap and may be shared.
#pragma once

#include <memory>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger::pdf {

class Logo {
 public:
  static Result<Logo> read(ByteView file);

  std::size_t file_bytes() const;  ///< of the file it was read from

  struct State;
  const State& state() const { return *state_; }

 private:
  explicit Logo(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

}  // namespace refledger::pdf
