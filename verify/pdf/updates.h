// What may stand behind the signed revision, and nothing else: a second signature, validation data,
// a timestamp over everything, as render/seal writes them.
//
// Shape    Up to three updates in this order, read by their text: all that is free in them is the
//          hex of a signature and the content of the validation data's streams.  Every other byte
//          follows from what stands before, so nothing on a page can change.
// Why      No parser looks at an update: what two readers may take differently is not in reach.
// Source   docs/pdf.md
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/core/bytes.h"

namespace refledger::verify {

/// What the signed revision has ready for updates.
struct Prepared {
  std::size_t length = 0;   ///< of the signed revision
  std::size_t catalog = 0;  ///< object numbers; 0: there is no such field
  std::size_t second = 0;
  std::size_t archive = 0;
};

/// One signature's place: [0, begin) and [end, revision_end) are what it covers.
struct Covered {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t revision_end = 0;
};

struct ValidationTexts {
  std::vector<ByteView> lists;
  std::vector<ByteView> certificates;
  std::vector<ByteView> answers;
};

struct Updates {
  std::optional<Covered> second;
  std::optional<ValidationTexts> validation;
  std::optional<Covered> archive;
  std::size_t length = 0;  ///< up to here the file is ours
};

/// As far as the file's updates are ours; `length` tells whether that is all of it.
Updates read_updates(ByteView file, const Prepared& prepared);

}  // namespace refledger::verify
