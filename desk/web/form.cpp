#include "desk/web/form.h"

#include <algorithm>
#include <optional>

#include "http/message.h"
#include "http/text.h"

namespace refledger::site {
namespace {

constexpr std::size_t kMaxFields = 500;
constexpr std::size_t kMaxName = 200;
constexpr std::size_t kMaxValue = 256 * 1024;
constexpr std::size_t kMaxUpload = std::size_t{2} << 20;
constexpr std::size_t kMaxPartHead = 2048;
constexpr std::size_t kMaxBoundary = 70;  // RFC 2046 §5.1.1

Error malformed(const char* what) { return {Fault::malformed, std::string("form: ") + what}; }
Error too_much() { return {Fault::out_of_range, "form: too much"}; }

bool good_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxName &&
         std::ranges::all_of(name, [](char letter) { return letter > ' ' && letter <= '~'; });
}

std::optional<std::string> text_value(std::string_view sent) {
  if (!http::is_utf8(sent) || sent.find('\0') != std::string_view::npos) return std::nullopt;
  std::string value;
  for (std::size_t at = 0; at < sent.size(); ++at) {
    const bool line_end = sent[at] == '\r' && at + 1 < sent.size() && sent[at + 1] == '\n';
    if (!line_end) value += sent[at];
  }
  return value;
}

// `name="value"` of a header's parameters; browsers write `"` in names as %22.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
  const std::string start = "; " + std::string(name) + "=\"";
  const std::size_t at = header.find(start);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t begin = at + start.size();
  const std::size_t end = header.find('"', begin);
  if (end == std::string_view::npos) return std::nullopt;
  return std::string(header.substr(begin, end - begin));
}

std::optional<std::string> boundary_of(std::string_view content_type) {
  constexpr std::string_view kName = "boundary=";
  const std::size_t at = content_type.find(kName);
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view value = content_type.substr(at + kName.size());
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    value = value.substr(1, value.size() - 2);
  }
  const bool plain = std::ranges::all_of(value, [](char letter) {
    return (letter > ' ' && letter <= '~') && letter != '"' && letter != ';' && letter != '\\';
  });
  if (value.empty() || value.size() > kMaxBoundary || !plain) return std::nullopt;
  return std::string(value);
}

struct Part {
  std::string name;
  bool is_file = false;
  std::string type;
  std::string_view content;
};

Result<Part> part_of(std::string_view whole) {
  const std::size_t blank = whole.find("\r\n\r\n");
  if (blank == std::string_view::npos || blank > kMaxPartHead) return malformed("part");
  Part part;
  part.content = whole.substr(blank + 4);
  std::string_view head = whole.substr(0, blank);
  std::string disposition;
  while (!head.empty()) {
    const std::size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return malformed("part");
    const std::string_view value = http::trim_blanks(line.substr(colon + 1));
    if (http::equal_ignoring_case(line.substr(0, colon), "content-disposition")) {
      disposition = value;
    } else if (http::equal_ignoring_case(line.substr(0, colon), "content-type")) {
      part.type = value;
    }
  }
  if (!disposition.starts_with("form-data;")) return malformed("part");
  const std::optional<std::string> name = parameter(disposition, "name");
  if (!name || !good_name(*name)) return malformed("name");
  part.name = *name;
  part.is_file = disposition.find("; filename=") != std::string::npos;
  return part;
}

// The parts between the boundary's lines; nothing may stand before the first or after the last.
Result<std::vector<Part>> parts_of(std::string_view body, const std::string& boundary) {
  const std::string first = "--" + boundary + "\r\n";
  const std::string next = "\r\n--" + boundary;
  if (body == "--" + boundary + "--\r\n" || body == "--" + boundary + "--") {
    return std::vector<Part>{};
  }
  if (!body.starts_with(first)) return malformed("boundary");
  body.remove_prefix(first.size());
  std::vector<Part> parts;
  for (;;) {
    const std::size_t end = body.find(next);
    if (end == std::string_view::npos) return malformed("boundary");
    if (parts.size() == kMaxFields) return too_much();
    Result<Part> part = part_of(body.substr(0, end));
    if (!part) return part.error();
    parts.push_back(*std::move(part));
    body.remove_prefix(end + next.size());
    if (body == "--" || body == "--\r\n") return parts;
    if (!body.starts_with("\r\n")) return malformed("boundary");
    body.remove_prefix(2);
  }
}

}  // namespace

Result<Form> Form::parse_query(std::string_view query) {
  Form form;
  if (query.empty()) return form;
  const auto pairs = http::form_pairs(query);
  if (!pairs) return malformed("fields");
  if (pairs->size() > kMaxFields) return too_much();
  for (const auto& [name, sent] : *pairs) {
    const std::optional<std::string> value = text_value(sent);
    if (!good_name(name) || !value) return malformed("field");
    if (value->size() > kMaxValue) return too_much();
    form.fields_.emplace_back(name, *value);
  }
  return form;
}

Result<Form> Form::parse(std::string_view content_type, std::string_view body) {
  const std::string_view type = http::trim_blanks(content_type.substr(0, content_type.find(';')));
  if (http::equal_ignoring_case(type, "application/x-www-form-urlencoded")) {
    return parse_query(body);
  }
  if (!http::equal_ignoring_case(type, "multipart/form-data")) return malformed("type");
  const std::optional<std::string> boundary = boundary_of(content_type);
  if (!boundary) return malformed("boundary");
  const Result<std::vector<Part>> parts = parts_of(body, *boundary);
  if (!parts) return parts.error();
  Form form;
  for (const Part& part : *parts) {
    if (part.is_file) {
      if (part.content.size() > kMaxUpload) return too_much();
      form.uploads_.push_back({part.name, part.type, std::string(part.content)});
      continue;
    }
    const std::optional<std::string> value = text_value(part.content);
    if (!value) return malformed("field");
    if (value->size() > kMaxValue) return too_much();
    form.fields_.emplace_back(part.name, *value);
  }
  return form;
}

std::string Form::raw(std::string_view name) const {
  for (const auto& [field, value] : fields_) {
    if (field == name) return value;
  }
  return {};
}

std::string Form::get(std::string_view name) const {
  const std::string value = raw(name);
  const std::size_t first = value.find_first_not_of(" \t\n\r");
  if (first == std::string::npos) return {};
  return value.substr(first, value.find_last_not_of(" \t\n\r") - first + 1);
}

std::vector<std::string> Form::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [field, value] : fields_) {
    if (field == name) values.push_back(value);
  }
  return values;
}

bool Form::has(std::string_view name) const {
  return std::ranges::any_of(fields_, [&](const auto& pair) { return pair.first == name; });
}

const Upload* Form::upload(std::string_view field) const {
  for (const Upload& upload : uploads_) {
    if (upload.field == field) return &upload;
  }
  return nullptr;
}

}  // namespace refledger::site
