#include "verify/pdf/revision.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "verify/pdf/limits.h"

namespace refledger::verify {
namespace {

constexpr std::string_view mark = "%%EOF";

template <class Number>
bool take_number(std::string_view& rest, Number& number) {
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error != std::errc() || end == rest.data()) return false;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return true;
}

bool take(std::string_view& rest, std::string_view expected) {
  if (!rest.starts_with(expected)) return false;
  rest.remove_prefix(expected.size());
  return true;
}

// "startxref", a number, the mark, each on its own line, at the very end.
std::optional<std::size_t> table_offset(std::string_view text) {
  const std::size_t start = text.rfind("startxref\n");
  if (start == std::string_view::npos) return std::nullopt;
  std::string_view rest = text.substr(start);
  std::size_t offset = 0;
  if (!take(rest, "startxref\n") || !take_number(rest, offset) || rest != "\n%%EOF\n" ||
      offset >= start) {
    return std::nullopt;
  }
  return offset;
}

bool is_plain_trailer(std::string_view trailer) {
  // "#" would hide a name ("/#50rev" is /Prev).
  return trailer.size() <= max_trailer && trailer.find('#') == std::string_view::npos &&
         trailer.find("/Prev") == std::string_view::npos &&
         trailer.find("/XRefStm") == std::string_view::npos &&
         trailer.find("/Encrypt") == std::string_view::npos;
}

}  // namespace

std::vector<std::size_t> prefixes_at_marks(ByteView file) {
  std::vector<std::size_t> lengths;
  const std::string_view text = text_of(file);
  for (std::size_t at = text.find(mark); at != std::string_view::npos;
       at = text.find(mark, at + 1)) {
    std::size_t end = at + mark.size();
    lengths.push_back(end);
    for (const char line_end : {'\r', '\n'}) {
      if (end < text.size() && text[end] == line_end) lengths.push_back(++end);
    }
  }
  return lengths;
}

ByteView first_revision(ByteView file) {
  const std::size_t at = text_of(file).find("%%EOF\n");
  return at == std::string_view::npos ? file : file.first(at + mark.size() + 1);
}

std::optional<Table> table_of(ByteView revision) {
  const std::string_view text = text_of(revision);
  const std::optional<std::size_t> offset = table_offset(text);
  if (!offset) return std::nullopt;
  std::string_view rest = text.substr(*offset);
  std::size_t entries = 0;
  if (!take(rest, "xref\n0 ") || !take_number(rest, entries) || !take(rest, "\n")) {
    return std::nullopt;
  }
  if (entries > max_objects || !take(rest, "0000000000 65535 f \n")) return std::nullopt;
  Table table{{}, *offset};
  for (std::size_t at = 1; at < entries; ++at) {
    std::size_t position = 0;
    if (!take_number(rest, position) || !take(rest, " 00000 n \n")) return std::nullopt;
    table.objects.push_back(position);
  }
  if (!take(rest, "trailer ") || !is_plain_trailer(rest)) return std::nullopt;
  return table;
}

}  // namespace refledger::verify
