#include "render/pdf/lines.h"

#include <algorithm>
#include <array>

namespace refledger::pdf {
namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

// Whether a line may not end after `word`.
bool holds_next(std::string_view word) {
  static constexpr std::array<std::string_view, 7> before_numbers{
      "§", "Art.", "Abs.", "para.", "section", "Ms", "Mr"};
  if (std::find(before_numbers.begin(), before_numbers.end(), word) != before_numbers.end()) {
    return true;
  }
  if (word == "Frau" || word == "Herr") return true;
  if (word.ends_with('.')) word.remove_suffix(1);
  return !word.empty() && word.size() <= 2 && std::all_of(word.begin(), word.end(), is_digit);
}

// Pieces that a line is made of; each ends with its space, the last one without.
std::vector<std::string> pieces_of(std::string_view text) {
  std::vector<std::string> pieces{""};
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    const std::string_view word = text.substr(0, blank);
    pieces.back() += word;
    if (blank == std::string_view::npos) break;
    pieces.back() += ' ';
    text.remove_prefix(blank + 1);
    if (!holds_next(word)) pieces.emplace_back();
  }
  return pieces;
}

std::string_view without_final_space(std::string_view text) {
  if (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

class Lines {
 public:
  Lines(const Face& face, double size, double width) : face_(face), size_(size), width_(width) {}

  void add(const std::string& piece) {
    if (!line_.empty() && !fits(line_ + piece)) finish();
    line_ += piece;
    while (!fits(line_)) cut();
  }
  std::vector<std::string> take() {
    if (!line_.empty()) finish();
    keep_company();
    return std::move(lines_);
  }

 private:
  bool fits(std::string_view text) const {
    return width_at(face_.shape(without_final_space(text)), size_) <= width_;
  }
  void finish() {
    lines_.push_back(line_);
    line_.clear();
  }
  // A last line of one short word looks forgotten: it takes the word before it along.
  void keep_company() {
    constexpr double forgotten = 0.12;
    if (lines_.size() < 2) return;
    std::string& last = lines_.back();
    std::string& before = lines_[lines_.size() - 2];
    if (width_at(face_.shape(last), size_) >= forgotten * width_) return;
    const std::size_t blank = without_final_space(before).rfind(' ');
    if (blank == std::string::npos || !before.ends_with(' ')) return;
    const std::string joined = before.substr(blank + 1) + last;
    if (!fits(joined)) return;
    last = joined;
    before.erase(blank + 1);
  }
  // The longest beginning that fits becomes a line; at least one character.
  void cut() {
    std::size_t end = next_character(0);
    while (end < line_.size() && fits(line_.substr(0, next_character(end)))) {
      end = next_character(end);
    }
    if (end >= line_.size()) return finish();
    lines_.push_back(line_.substr(0, end));
    line_.erase(0, end);
  }
  std::size_t next_character(std::size_t at) const {
    do ++at;
    while (at < line_.size() && (static_cast<unsigned char>(line_[at]) & 0xC0) == 0x80);
    return at;
  }

  const Face& face_;
  double size_;
  double width_;
  std::string line_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> break_lines(std::string_view text, const Face& face, double size,
                                     double width) {
  Lines lines(face, size, width);
  for (const std::string& piece : pieces_of(text)) lines.add(piece);
  return lines.take();
}

}  // namespace refledger::pdf
