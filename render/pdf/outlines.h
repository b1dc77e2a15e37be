// A font's outlines without anything else, and copies of them cut down to some glyphs.
//
// Shape    The copies have what libharu's reader asks for: a cmap of one segment, so that its
//          linear scans cost nothing, and a short name table.
// Errors   malformed: the font's tables contradict each other
// Source   OpenType 1.9: cmap format 4, name; ISO 32000-1 §9.9
#pragma once

#include <hb.h>

#include <cstdint>
#include <memory>
#include <span>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger::pdf {

template <auto free>
struct FreeWith {
  template <class T>
  void operator()(T* handle) const {
    free(handle);
  }
};
using HbBlob = std::unique_ptr<hb_blob_t, FreeWith<hb_blob_destroy>>;
using HbBuffer = std::unique_ptr<hb_buffer_t, FreeWith<hb_buffer_destroy>>;

/// All glyphs of `face` under their own numbers, without hinting; the caller's.  Null if it is not
/// a TrueType font.
hb_face_t* outlines_of(hb_face_t* face);

/// As Face::subset says.
Result<Bytes> cut_down(hb_face_t* outlines, std::span<const std::uint32_t> glyphs,
                       std::size_t padding);

}  // namespace refledger::pdf
