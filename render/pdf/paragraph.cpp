#include "render/pdf/paragraph.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace refledger::pdf {
namespace {

constexpr double too_ragged = 0.16;  // of the width: above it, words are divided
constexpr double forgotten = 0.12;   // a last line shorter than this looks lost

// Costs beside the square of the empty part of a line.
constexpr double hyphen_cost = 0.012;
constexpr double hyphens_in_a_row = 0.03;
constexpr double divided_last_word = 0.03;
constexpr double forgotten_cost = 0.05;
constexpr double anywhere_cost = 10;

enum class Kind { space, joint, hyphen, anywhere, end };

/// A place where a line may end.
struct Break {
  std::size_t end = 0;   ///< of the visible part, in glyphs
  std::size_t next = 0;  ///< where the next line begins
  Kind kind = Kind::space;
};

bool is(const Glyph& glyph, char32_t character) {
  return glyph.text.size() == 1 && glyph.text.front() == character;
}

bool is_digit(char32_t letter) { return letter >= '0' && letter <= '9'; }

// Letters, and the marks that stand on them.
bool is_of_word(char32_t character) {
  if (character < 0x80) {  // most are: asking costs more
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }
  const hb_unicode_general_category_t category =
      hb_unicode_general_category(hb_unicode_funcs_get_default(), character);
  return category >= HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER &&
         category <= HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK;
}

bool is_of_word(const Glyph& glyph) {
  return std::all_of(glyph.text.begin(), glyph.text.end(),
                     [](char32_t character) { return is_of_word(character); });
}

constexpr std::size_t longest_holding = 7;  // "Signora"

// Whether a line may not end after `word`.
bool holds_next(std::u32string_view word) {
  static constexpr std::array<std::u32string_view, 22> holding{
      U"§",   U"Art.", U"art.", U"Abs.",  U"al.",    U"cpv.",   U"para.", U"section",
      U"Nr.", U"n°",   U"Ms",   U"Mr",    U"Mrs",    U"Frau",   U"Herr",  U"Herrn",
      U"Mme", U"M.",   U"Dr.",  U"Prof.", U"Signor", U"Signora"};
  if (std::find(holding.begin(), holding.end(), word) != holding.end()) return true;
  if (word == U"«" || word == U"–") return word == U"«";
  if (word.ends_with(U'.')) word.remove_suffix(1);
  return !word.empty() && word.size() <= 3 && std::all_of(word.begin(), word.end(), is_digit);
}

// Whether `word` may not begin a line: French sets a space before these.
bool holds_before(std::u32string_view word) {
  return !word.empty() && std::u32string_view(U":;!?»%–").find(word.front()) != word.npos &&
         word.size() == 1;
}

class Breaker {
 public:
  Breaker(const Face& face, const Glyphs& glyphs, double size, double width,
          const Division& division)
      : face_(face), glyphs_(glyphs), width_(width * 1000 / size), division_(division) {
    reach_.reserve(glyphs_.size() + 1);
    reach_.push_back(0);
    for (const Glyph& glyph : glyphs_) reach_.push_back(reach_.back() + glyph.advance);
  }

  std::vector<Glyphs> lines() {
    if (glyphs_.empty()) return {};
    if (reach_.back() <= width_) return {glyphs_};
    find_breaks(false);
    if (!choose() || (division_.patterns != nullptr && raggedness() > too_ragged)) {
      find_breaks(true);
      if (!choose()) {
        add_breaks_anywhere();
        choose();
      }
    }
    return taken();
  }

 private:
  std::u32string word(std::size_t begin, std::size_t end) const {
    std::u32string text;
    for (std::size_t at = begin; at < end; ++at) text += glyphs_[at].text;
    return text;
  }

  void find_breaks(bool divide) {
    breaks_.clear();
    if (divide) hyphen_width_ = width_at(face_.shape(U"-"), 1000);
    for (std::size_t begin = 0; begin < glyphs_.size();) {
      std::size_t end = begin;
      while (end < glyphs_.size() && !is(glyphs_[end], U' ')) ++end;
      find_inside(begin, end, divide);
      std::size_t after = end;
      while (after < glyphs_.size() && is(glyphs_[after], U' ')) ++after;
      std::size_t next_end = after;
      while (next_end < glyphs_.size() && !is(glyphs_[next_end], U' ')) ++next_end;
      if (end == glyphs_.size() || after == glyphs_.size()) break;
      if (!(end - begin <= longest_holding && holds_next(word(begin, end))) &&
          !(next_end - after == 1 && holds_before(word(after, next_end)))) {
        breaks_.push_back({end, after, Kind::space});
      }
      begin = after;
    }
    breaks_.push_back({glyphs_.size(), glyphs_.size(), Kind::end});
  }

  // Parts of letters between `begin` and `end`, which hold no space.
  void find_inside(std::size_t begin, std::size_t end, bool divide) {
    for (std::size_t at = begin; at < end;) {
      std::size_t stop = at;
      while (stop < end && is_of_word(glyphs_[stop])) {
        ++stop;
      }
      if (divide) find_points(at, stop);
      const bool joint = stop < end && (is(glyphs_[stop], U'-') || is(glyphs_[stop], U'/'));
      if (joint && stop - begin >= 3 && end - stop > 3) {
        breaks_.push_back({stop + 1, stop + 1, Kind::joint});
      }
      at = stop + 1;
    }
  }

  void find_points(std::size_t begin, std::size_t end) {
    if (division_.patterns == nullptr) return;
    const std::u32string letters = word(begin, end);
    // A glyph of several characters would shift the count.
    if (letters.size() != end - begin) return;
    if (division_.whole != nullptr && division_.whole->contains(letters)) return;
    for (const std::size_t point : division_.patterns->points(letters, division_.locale)) {
      breaks_.push_back({begin + point, begin + point, Kind::hyphen});
    }
  }

  // Words wider than the line, which have no other place.
  void add_breaks_anywhere() {
    for (std::size_t at = 1; at < glyphs_.size(); ++at) {
      const bool mark = glyphs_[at].advance == 0;
      if (!mark) breaks_.push_back({at, at, Kind::anywhere});
    }
    std::stable_sort(breaks_.begin(), breaks_.end(),
                     [](const Break& a, const Break& b) { return a.next < b.next; });
  }

  double length(std::size_t begin, const Break& at) const {
    return reach_[at.end] - reach_[begin] + (at.kind == Kind::hyphen ? hyphen_width_ : 0);
  }

  double cost(std::size_t begin, Kind before, const Break& at) const {
    const double empty = 1 - length(begin, at) / width_;
    if (at.kind == Kind::end) {
      return (1 - empty < forgotten ? forgotten_cost : 0) +
             (before == Kind::hyphen ? divided_last_word : 0);
    }
    double sum = empty * empty;
    if (at.kind == Kind::hyphen) sum += hyphen_cost;
    if (at.kind == Kind::hyphen && before == Kind::hyphen) sum += hyphens_in_a_row;
    if (at.kind == Kind::anywhere) sum += anywhere_cost;
    return sum;
  }

  // The cheapest way to each break (Knuth and Plass, Breaking Paragraphs into Lines, 1981, without
  // stretching).  False if a word fits no line.
  bool choose() {
    constexpr double never = std::numeric_limits<double>::infinity();
    best_.assign(breaks_.size(), never);
    from_.assign(breaks_.size(), start);
    for (std::size_t to = 0; to < breaks_.size(); ++to) {
      for (std::size_t from = to;
           from-- > 0 && length(breaks_[from].next, breaks_[to]) <= width_;) {
        if (breaks_[from].next >= breaks_[to].next || best_[from] == never) continue;
        const double sum = best_[from] + cost(breaks_[from].next, breaks_[from].kind, breaks_[to]);
        if (sum < best_[to]) {
          best_[to] = sum;
          from_[to] = from;
        }
      }
      if (length(0, breaks_[to]) > width_) continue;
      const double sum = cost(0, Kind::space, breaks_[to]);
      if (sum < best_[to]) {
        best_[to] = sum;
        from_[to] = start;
      }
    }
    return best_.back() != never;
  }

  /// The breaks of the chosen way, in order.
  std::vector<std::size_t> way() const {
    std::vector<std::size_t> chosen;
    for (std::size_t at = breaks_.size() - 1; at != start; at = from_[at]) chosen.push_back(at);
    std::reverse(chosen.begin(), chosen.end());
    return chosen;
  }

  double raggedness() const {
    double worst = 0;
    std::size_t begin = 0;
    for (const std::size_t at : way()) {
      if (breaks_[at].kind != Kind::end) {
        worst = std::max(worst, 1 - length(begin, breaks_[at]) / width_);
      }
      begin = breaks_[at].next;
    }
    return worst;
  }

  std::vector<Glyphs> taken() const {
    std::vector<Glyphs> lines;
    std::size_t begin = 0;
    for (const std::size_t at : way()) {
      const Break& chosen = breaks_[at];
      lines.emplace_back(glyphs_.begin() + static_cast<std::ptrdiff_t>(begin),
                         glyphs_.begin() + static_cast<std::ptrdiff_t>(chosen.next));
      if (chosen.kind == Kind::hyphen) add_hyphen(lines.back());
      begin = chosen.next;
    }
    return lines;
  }

  // A soft hyphen in the text (ISO 32000-1 §14.8.2.2.3), kerned with the letter before it.
  void add_hyphen(Glyphs& line) const {
    Glyphs pair = face_.shape(line.back().text + U"-");
    if (pair.size() != 2) pair = face_.shape(U"-");
    if (pair.size() == 2) line.back().advance = pair.front().advance;
    line.push_back(pair.back());
    line.back().text = U"\u00AD";
  }

  static constexpr std::size_t start = static_cast<std::size_t>(-1);
  const Face& face_;
  const Glyphs& glyphs_;
  double width_;  ///< of the line, in thousandths of the size
  const Division& division_;
  double hyphen_width_ = 0;
  std::vector<double> reach_;  ///< by glyph: where it begins, were all on one line
  std::vector<Break> breaks_;
  std::vector<double> best_;
  std::vector<std::size_t> from_;
};

}  // namespace

std::set<std::u32string, std::less<>> words_of(std::u32string_view text) {
  std::set<std::u32string, std::less<>> words;
  std::u32string word;
  for (const char32_t character : text) {
    if (is_of_word(character)) {
      word += character;
    } else {
      words.insert(std::exchange(word, {}));
    }
  }
  words.insert(word);
  return words;
}

std::vector<Glyphs> break_lines(const Glyphs& text, const Face& face, double size, double width,
                                const Division& division) {
  return Breaker(face, text, size, width, division).lines();
}

}  // namespace refledger::pdf
