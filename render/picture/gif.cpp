// The first frame of a GIF on its screen; what it leaves open, or makes transparent, is white.
//
// Source   GIF89a Specification (W3C, 1990); its appendix F for the variable-length codes
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "render/picture/formats.h"

namespace refledger::picture {
namespace {

constexpr std::size_t kMostCodes = 4096;  // of 12 bits
constexpr unsigned kNone = kMostCodes;    // no code

// Takes bytes from the front; once there are too few, everything is 0 and `bad`.
class Input {
 public:
  explicit Input(ByteView file) : rest_(file) {}

  ByteView bytes(std::size_t count) {
    if (rest_.size() < count) bad_ = true;
    if (bad_) return {};
    const ByteView taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  unsigned byte() {
    const ByteView one = bytes(1);
    return one.empty() ? 0 : one[0];
  }
  unsigned number() {
    const unsigned low = byte();
    return low + byte() * 256;
  }
  /// Blocks of up to 255 bytes, joined, up to an empty one.
  Bytes blocks() {
    Bytes all;
    for (unsigned length = byte(); length > 0 && !bad_; length = byte()) {
      const ByteView block = bytes(length);
      all.insert(all.end(), block.begin(), block.end());
    }
    return all;
  }
  bool bad() const { return bad_; }

 private:
  ByteView rest_;
  bool bad_ = false;
};

// Codes of a growing width, the least significant bit first.
class Codes {
 public:
  explicit Codes(const Bytes& data) : data_(data) {}
  /// Nothing: the data is over.
  std::optional<unsigned> next(unsigned width) {
    unsigned code = 0;
    for (unsigned bit = 0; bit < width; ++bit, ++at_) {
      if (at_ / 8 >= data_.size()) return std::nullopt;
      code |= (data_[at_ / 8] >> at_ % 8 & 1u) << bit;
    }
    return code;
  }

 private:
  const Bytes& data_;
  std::size_t at_ = 0;  // bits
};

// Each code stands for what an earlier one does and one more index.
class Strings {
 public:
  explicit Strings(unsigned least_width) : clear_(1u << least_width) { forget(); }

  void forget() { size_ = clear_ + 2; }
  bool has(unsigned code) const { return code < size_ && code != clear_ && code != end(); }
  unsigned clear() const { return clear_; }
  unsigned end() const { return clear_ + 1; }
  std::size_t size() const { return size_; }
  bool full() const { return size_ == kMostCodes; }

  void add(unsigned before, std::uint8_t last) {
    if (full()) return;
    before_[size_] = static_cast<std::uint16_t>(before);
    last_[size_] = last;
    ++size_;
  }
  /// The indexes of `code`, the last first.
  Bytes reversed(unsigned code) const {
    Bytes out;
    for (; code >= clear_; code = before_[code]) out.push_back(last_[code]);
    out.push_back(static_cast<std::uint8_t>(code));
    return out;
  }

 private:
  unsigned clear_;
  std::size_t size_ = 0;
  std::array<std::uint16_t, kMostCodes> before_{};
  std::array<std::uint8_t, kMostCodes> last_{};
};

// As many indexes as the frame has pixels, or nothing.
std::optional<Bytes> unpack(const Bytes& data, unsigned least_width, std::size_t pixels) {
  Codes codes(data);
  Strings strings(least_width);
  Bytes out;
  out.reserve(pixels);
  unsigned width = least_width + 1;
  unsigned before = kNone;
  while (out.size() < pixels) {
    const std::optional<unsigned> code = codes.next(width);
    if (!code || *code == strings.end()) return std::nullopt;
    if (*code == strings.clear()) {
      strings.forget();
      width = least_width + 1;
      before = kNone;
      continue;
    }
    const bool known = strings.has(*code);
    if (!known && (before == kNone || *code != strings.size() || strings.full()))
      return std::nullopt;
    const Bytes said = strings.reversed(known ? *code : before);
    const std::uint8_t first = said.back();
    if (before != kNone) strings.add(before, first);
    out.insert(out.end(), said.rbegin(), said.rend());
    if (!known) out.push_back(first);
    if (strings.size() == std::size_t{1} << width && width < 12) ++width;
    before = *code;
  }
  out.resize(pixels);
  return out;
}

// Rows come in four passes: each eighth, those between, and so on.
std::vector<unsigned> rows_in_order(unsigned height, bool interlaced) {
  std::vector<unsigned> rows;
  if (!interlaced) {
    for (unsigned row = 0; row < height; ++row) rows.push_back(row);
    return rows;
  }
  for (const auto& [first, step] : {std::pair{0u, 8u}, {4u, 8u}, {2u, 4u}, {1u, 2u}}) {
    for (unsigned row = first; row < height; row += step) rows.push_back(row);
  }
  return rows;
}

struct Frame {
  unsigned left, top, width, height;
  bool interlaced;
  ByteView colours;  // 3 bytes each
  Bytes indexes;
};

std::optional<Frame> read_frame(Input& in, ByteView shared_colours) {
  Frame frame{in.number(), in.number(), in.number(), in.number(), false, shared_colours, {}};
  const unsigned flags = in.byte();
  frame.interlaced = (flags & 0x40) != 0;
  if ((flags & 0x80) != 0) frame.colours = in.bytes(std::size_t{3} << ((flags & 7) + 1));
  const unsigned least_width = in.byte();
  if (in.bad() || least_width < 2 || least_width > 8) return std::nullopt;
  const Bytes data = in.blocks();
  const std::size_t pixels = std::size_t{frame.width} * frame.height;
  if (in.bad() || frame.width > max_side || frame.height > max_side) return std::nullopt;
  std::optional<Bytes> indexes = unpack(data, least_width, pixels);
  if (!indexes) return std::nullopt;
  frame.indexes = *std::move(indexes);
  return frame;
}

bool lay(const Frame& frame, std::optional<unsigned> transparent, Picture& picture) {
  const bool inside = frame.width > 0 && frame.height > 0 &&
                      frame.left + frame.width <= picture.width &&
                      frame.top + frame.height <= picture.height;
  if (!inside) return false;
  auto index = frame.indexes.begin();
  for (const unsigned row : rows_in_order(frame.height, frame.interlaced)) {
    const std::size_t begin = std::size_t{frame.top + row} * picture.width + frame.left;
    for (std::size_t at = begin * 3; at < (begin + frame.width) * 3; at += 3, ++index) {
      if (transparent == *index) continue;
      if (std::size_t{*index} * 3 + 3 > frame.colours.size()) return false;
      for (std::size_t part = 0; part < 3; ++part) {
        picture.rgb[at + part] = frame.colours[std::size_t{*index} * 3 + part];
      }
    }
  }
  return true;
}

}  // namespace

Result<Picture> read_gif(ByteView file) {
  Input in(file);
  const std::string_view version = text_of(in.bytes(6));
  if (version != "GIF87a" && version != "GIF89a") return broken();
  Picture picture{in.number(), in.number(), {}};
  const unsigned flags = in.byte();
  in.bytes(2);  // background and proportions
  ByteView colours;
  if ((flags & 0x80) != 0) colours = in.bytes(std::size_t{3} << ((flags & 7) + 1));
  if (in.bad() || picture.width == 0 || picture.height == 0) return broken();
  if (picture.width > max_side || picture.height > max_side) return broken();
  std::optional<unsigned> transparent;
  for (;;) {
    const unsigned block = in.byte();
    if (in.bad() || (block != 0x21 && block != 0x2C)) return broken();
    if (block == 0x2C) break;
    const bool control = in.byte() == 0xF9;
    const Bytes said = in.blocks();
    if (control && said.size() == 4 && (said[0] & 1) != 0) transparent = said[3];
  }
  const std::optional<Frame> frame = read_frame(in, colours);
  if (!frame) return broken();
  picture.rgb.assign(std::size_t{3} * picture.width * picture.height, 255);
  if (!lay(*frame, transparent, picture)) return broken();
  return picture;
}

}  // namespace refledger::picture
