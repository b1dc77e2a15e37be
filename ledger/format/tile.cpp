#include "ledger/format/tile.h"

#include <cstdlib>

#include "ledger/core/text.h"

namespace refledger::format {
namespace {

constexpr std::uint64_t kMaxIndex = (std::uint64_t{1} << 56) - 1;  // times 256 stays below 2^64
constexpr unsigned kMaxLevel = 63;

Error bad(const char* why) { return {Fault::malformed, std::string("tile path: ") + why}; }

std::string three_digits(std::uint64_t value) {
  const std::string digits = std::to_string(value);
  return std::string(3 - digits.size(), '0') + digits;
}

// 1234067 is x001/x234/067.
std::string format_index(std::uint64_t index) {
  std::string out = three_digits(index % 1000);
  while ((index /= 1000) > 0) out = "x" + three_digits(index % 1000) + "/" + out;
  return out;
}

std::string_view take_until(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

// Adds up the digits of the index, whatever their grouping: the comparison with what we would write
// checks that.
Result<std::uint64_t> parse_index(std::string_view text) {
  std::uint64_t index = 0;
  for (const char c : text) {
    if (c == 'x' || c == '/') continue;
    if (c < '0' || c > '9') return bad("index");
    index = index * 10 + static_cast<std::uint64_t>(c - '0');
    if (index > kMaxIndex) return bad("index too large");
  }
  return index;
}

Result<unsigned> parse_small(std::string_view text, unsigned max) {
  const Result<std::uint64_t> number = from_decimal(text, "tile path");
  if (!number) return number.error();
  if (*number > max) return bad("number too large");
  return static_cast<unsigned>(*number);
}

}  // namespace

std::string format_tile_path(const TilePath& path) {
  return "tile/" + (path.entries ? std::string("entries") : std::to_string(path.level)) + "/" +
         format_index(path.index) +
         (path.width == kTileWidth ? "" : ".p/" + std::to_string(path.width));
}

Result<TilePath> parse_tile_path(std::string_view path) {
  if (path.size() > 64) return bad("too long");
  std::string_view rest = path;
  TilePath made;
  if (take_until(rest, '/') != "tile") return bad("begins with tile/");
  const std::string_view level = take_until(rest, '/');
  made.entries = level == "entries";
  if (!made.entries) {
    const Result<unsigned> number = parse_small(level, kMaxLevel);
    if (!number) return number.error();
    made.level = *number;
  }
  if (const std::size_t partial = rest.find(".p/"); partial != std::string_view::npos) {
    const Result<unsigned> width = parse_small(rest.substr(partial + 3), kTileWidth - 1);
    if (!width) return width.error();
    if (*width == 0) return bad("width 0");
    made.width = *width;
    rest = rest.substr(0, partial);
  }
  const Result<std::uint64_t> index = parse_index(rest);
  if (!index) return index.error();
  made.index = *index;
  if (format_tile_path(made) != path) return bad("not as we would write it");
  return made;
}

Bytes format_bundle(const std::vector<std::string>& entries) {
  if (entries.empty() || entries.size() > kTileWidth) std::abort();
  Bytes out;
  for (const std::string& entry : entries) {
    if (entry.size() > kMaxEntryBytes) std::abort();  // its length has two bytes
    out.push_back(static_cast<std::uint8_t>(entry.size() >> 8));
    out.push_back(static_cast<std::uint8_t>(entry.size() & 0xff));
    out.insert(out.end(), entry.begin(), entry.end());
  }
  return out;
}

Result<std::vector<std::string>> parse_bundle(ByteView bundle) {
  const Error malformed{Fault::malformed, "entry bundle"};
  std::vector<std::string> entries;
  while (!bundle.empty()) {
    if (bundle.size() < 2 || entries.size() == kTileWidth) return malformed;
    const std::size_t length = std::size_t{bundle[0]} << 8 | bundle[1];
    bundle = bundle.subspan(2);
    if (bundle.size() < length) return malformed;
    entries.emplace_back(text_of(bundle.first(length)));
    bundle = bundle.subspan(length);
  }
  if (entries.empty()) return malformed;
  return entries;
}

}  // namespace refledger::format
