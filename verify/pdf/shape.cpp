#define POINTERHOLDER_TRANSITION 4  // libqpdf's API without its old pointer class
#include "verify/pdf/shape.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <qpdf/QPDFObjectHandle.hh>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "verify/pdf/limits.h"
#include "verify/pdf/revision.h"

namespace refledger::verify {
namespace {

using Object = QPDFObjectHandle;

constexpr std::string_view head = "%PDF-1.7\n%\xBF\xF7\xA2\xFE\n";
constexpr std::string_view object_end = "\nendobj\n";
constexpr std::string_view stream_begin = "\nstream\n";
constexpr std::string_view stream_end = "\nendstream\nendobj\n";

// The text of object `number` is one object and no more.
bool is_one_object(std::string_view text, int number, Object object) {
  const std::string begin = std::to_string(number) + " 0 obj\n";
  if (!text.starts_with(begin) || !text.ends_with(object_end)) return false;
  std::string_view body = text.substr(begin.size() - 1);
  if (object.isStream()) {
    const std::size_t at = body.find(stream_begin);
    Object length = object.getDict().getKey("/Length");
    if (at == std::string_view::npos || !length.isInteger() || length.getIntValue() < 0) {
      return false;
    }
    const auto data = static_cast<std::uint64_t>(length.getIntValue());
    if (body.size() != at + stream_begin.size() + data + stream_end.size() ||
        !body.ends_with(stream_end)) {
      return false;
    }
    body = body.substr(0, at);
  } else {
    body.remove_suffix(object_end.size());
  }
  return body.find("endobj") == std::string_view::npos;
}

// From the head to the table, one behind the other.
bool stand_in_a_row(std::string_view text, QPDF& pdf) {
  const std::optional<Table> table = table_of(bytes_of(text));
  if (!table || table->objects.empty() || !text.starts_with(head) ||
      table->objects.front() != head.size()) {
    return false;
  }
  for (std::size_t at = 0; at < table->objects.size(); ++at) {
    const std::size_t begin = table->objects[at];
    const std::size_t end =
        at + 1 < table->objects.size() ? table->objects[at + 1] : table->position;
    const int number = static_cast<int>(at) + 1;
    if (begin >= end || end > text.size() ||
        !is_one_object(text.substr(begin, end - begin), number, pdf.getObjectByID(number, 0))) {
      return false;
    }
  }
  return true;
}

bool is_forbidden(const std::string& key) {
  // Actions that run by themselves, layers, forms of another kind, and actions other than links.
  constexpr std::array<std::string_view, 8> keys{"/AA",  "/OpenAction", "/OCProperties", "/OC",
                                                 "/XFA", "/JS",         "/JavaScript",   "/Next"};
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

bool is_layout(Object value) {
  return value.isDictionary() && value.hasKey("/O") && !value.hasKey("/S");
}

// Under /A: what a link does, or how a tag is laid out (ISO 32000-1 §14.7.6).
bool is_link_or_layout(Object value) {
  if (value.isArray()) {
    std::vector<Object> all = value.getArrayAsVector();
    return std::all_of(all.begin(), all.end(), is_layout);
  }
  return is_layout(value) || (value.isDictionary() && value.getKey("/S").isNameAndEquals("/URI"));
}

// Follows every reference from the trailer.
class Walk {
 public:
  /// False at something that acts or switches, or lies outside the file.
  bool all(Object from) {
    pending_.push_back(from);
    while (!pending_.empty()) {
      Object next = pending_.back();
      pending_.pop_back();
      if (!visit(next)) return false;
    }
    return true;
  }
  std::size_t reached() const { return seen_.size(); }

 private:
  bool visit(Object object) {
    if (object.isIndirect() && !seen_.insert(object.getObjectID()).second) return true;
    if (object.isArray()) {
      for (Object& item : object.getArrayAsVector()) pending_.push_back(item);
      return true;
    }
    if (object.isStream()) {
      // /F would name a file outside.
      return !object.getDict().hasKey("/F") && visit_dictionary(object.getDict());
    }
    return !object.isDictionary() || visit_dictionary(object);
  }

  bool visit_dictionary(Object dictionary) {
    for (const std::string& key : dictionary.getKeys()) {
      Object value = dictionary.getKey(key);
      if (is_forbidden(key) || (key == "/A" && !is_link_or_layout(value))) return false;
      pending_.push_back(value);
    }
    return true;
  }

  std::vector<Object> pending_;
  std::set<int> seen_;
};

}  // namespace

bool holds_nothing_hidden(ByteView revision, QPDF& pdf) {
  if (!stand_in_a_row(text_of(revision), pdf)) return false;
  Walk walk;
  return walk.all(pdf.getTrailer()) && walk.reached() == pdf.getObjectCount();
}

}  // namespace refledger::verify
