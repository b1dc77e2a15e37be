#include "render/letter/template.h"

#include <cstdlib>

namespace refledger::letter {
namespace {

constexpr int kMaxDepth = 8;

std::string with_replacements(std::string text, const Slots& replace) {
  for (const auto& [from, to] : replace) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
      text.replace(at, from.size(), to);
      at += to.size();
    }
  }
  return text;
}

// Whether `text` ends in the word `before`, not in a longer one.
bool ends_in_word(const std::string& text, const std::string& before) {
  if (!text.ends_with(before)) return false;
  const std::size_t rest = text.size() - before.size();
  return rest == 0 || text[rest - 1] == ' ' || before.front() == ',';
}

}  // namespace

class Template::Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  Result<Template> whole() {
    Template parsed = sequence("");
    if (!wrong_ && !rest_.empty()) wrong_ = "a bracket closes that never opened";
    if (wrong_) return Error{Fault::malformed, wrong_};
    return parsed;
  }

 private:
  // Up to one of `ends`, which stays.
  Template sequence(std::string_view ends) {
    Template parsed;
    std::string plain;
    const auto flush = [&] {
      if (!plain.empty()) parsed.pieces_.push_back({Kind::plain, std::move(plain), {}});
      plain.clear();
    };
    while (!wrong_ && !rest_.empty() && ends.find(rest_.front()) == std::string_view::npos) {
      const char next = rest_.front();
      if (next == '{' || next == '[' || next == '<' || next == '(') {
        flush();
        parsed.pieces_.push_back(next == '{' ? slot() : choice());
        continue;
      }
      if (std::string_view("]})>|").find(next) != std::string_view::npos) break;
      if (next == '\\') rest_.remove_prefix(1);
      if (rest_.empty()) break;
      plain += rest_.front();
      rest_.remove_prefix(1);
    }
    flush();
    return parsed;
  }

  Piece slot() {
    const std::size_t end = rest_.find('}');
    Piece piece{Kind::slot, {}, {}};
    if (end == std::string_view::npos) {
      wrong_ = "a slot does not close";
      return piece;
    }
    piece.text = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    return piece;
  }

  Piece choice() {
    const char open = rest_.front();
    const char close = open == '[' ? ']' : open == '<' ? '>' : ')';
    Piece piece;
    piece.kind = open == '[' ? Kind::tense : open == '<' ? Kind::salutation : Kind::first;
    if (++depth_ > kMaxDepth) wrong_ = "choices in choices, too deep";
    while (!wrong_) {
      rest_.remove_prefix(1);
      piece.ways.push_back(sequence(close == ']' ? "]|" : close == '>' ? ">|" : ")|"));
      if (wrong_) break;
      if (rest_.empty() || (rest_.front() != '|' && rest_.front() != close)) {
        wrong_ = "a choice does not close";
      } else if (rest_.front() == close) {
        break;
      }
    }
    --depth_;
    const std::size_t most = piece.kind == Kind::salutation ? 3 : 2;
    if (!wrong_ && (piece.ways.size() < 2 || piece.ways.size() > most)) {
      wrong_ = "a choice has too few or too many ways";
    }
    if (!wrong_) rest_.remove_prefix(1);
    return piece;
  }

  std::string_view rest_;
  int depth_ = 0;
  const char* wrong_ = nullptr;
};

struct Template::Writing {
  const Voice& voice;
  const Slots& slots;
  const std::vector<Join>& joins;
  const Slots& replace;
  std::string out;

  std::size_t way(Kind kind, std::size_t ways) const {
    if (kind == Kind::tense) return voice.tense == Tense::past ? 0 : 1;
    if (kind == Kind::first) return voice.first ? 0 : 1;
    if (voice.salutation == Salutation::neutral) return ways - 1;
    return ways == 3 && voice.salutation == Salutation::male ? 1 : 0;
  }

  void value(const std::string& text) {
    for (const Join& join : joins) {
      if (!ends_in_word(out, join.before)) continue;
      for (const std::string& start : join.starts) {
        if (!text.starts_with(start)) continue;
        out.replace(out.size() - join.before.size(), join.before.size(), join.instead);
        out += text.substr(join.drop);
        return;
      }
    }
    out += text;
  }
};

Result<Template> Template::parse(std::string_view text) { return Parser(text).whole(); }

void Template::write(Writing& writing) const {
  for (const Piece& piece : pieces_) {
    if (piece.kind == Kind::plain) {
      writing.out += with_replacements(piece.text, writing.replace);
    } else if (piece.kind == Kind::slot) {
      const auto found = writing.slots.find(piece.text);
      if (found == writing.slots.end()) std::abort();  // the wording file was checked for it
      writing.value(found->second);
    } else {
      piece.ways[writing.way(piece.kind, piece.ways.size())].write(writing);
    }
  }
}

std::string Template::render(const Voice& voice, const Slots& slots, const std::vector<Join>& joins,
                             const Slots& replace) const {
  Writing writing{voice, slots, joins, replace, {}};
  write(writing);
  return std::move(writing.out);
}

std::set<std::string> Template::slots() const {
  std::set<std::string> names;
  for (const Piece& piece : pieces_) {
    if (piece.kind == Kind::slot) names.insert(piece.text);
    for (const Template& way : piece.ways) names.merge(way.slots());
  }
  return names;
}

}  // namespace refledger::letter
